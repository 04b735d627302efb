import { Button } from 'antd';
import { useState } from 'react';
import type { EnrolmentView, ExamView } from '../../../sitting/sitting.contract.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { useMay } from '../lib/me.ts';
import { LEVEL_SHORT } from '../lib/names.ts';
import { PagedTable } from '../lib/paged-table.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { EnrolPanel } from './enrol.tsx';
import { sittingMessages } from './messages.ts';

/** One examination beside the list: its templates and who is enrolled. */
export function ExamDrawer({
  exam,
  onChanged,
  onClose,
}: {
  exam: ExamView | undefined;
  onChanged(): void;
  onClose(): void;
}) {
  const text = useText(sittingMessages);
  const of = useOf();
  const mayEnrol = useMay('exam-officer');
  const [enrolling, setEnrolling] = useState(false);
  const [version, setVersion] = useState(0);
  return (
    <SidePanel
      open={exam !== undefined}
      title={exam === undefined ? '' : of(exam.title)}
      onClose={onClose}
      footer={
        mayEnrol && (
          <div className="drawer-actions">
            <Button
              type="primary"
              onClick={() => {
                setEnrolling(true);
              }}
            >
              {text('enrol')}
            </Button>
          </div>
        )
      }
    >
      {exam !== undefined && (
        <>
          <ExamFacts exam={exam} />
          <h2>{text('enrolments')}</h2>
          <Enrolments exam={exam} version={version} />
          <EnrolPanel
            exam={exam}
            open={enrolling}
            onClose={() => {
              setEnrolling(false);
            }}
            onEnrolled={() => {
              setVersion((n) => n + 1);
              onChanged();
            }}
          />
        </>
      )}
    </SidePanel>
  );
}

function ExamFacts({ exam }: { exam: ExamView }) {
  const text = useText(sittingMessages);
  const of = useOf();
  const { templates } = exam;
  return (
    <dl className="facts">
      <div>
        <dt>{text('code')}</dt>
        <dd>{exam.code}</dd>
      </div>
      <div>
        <dt>{text('level')}</dt>
        <dd>{of(LEVEL_SHORT[exam.level])}</dd>
      </div>
      {(['theory', 'skill', 'review'] as const).map(
        (part) =>
          templates[part] !== undefined && (
            <div key={part}>
              <dt>
                {text(
                  ({ theory: 'templateTheory', skill: 'templateSkill', review: 'templateReview' } as const)[
                    part
                  ],
                )}
              </dt>
              <dd>
                <code>{templates[part]}</code>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Enrolments({ exam, version }: { exam: ExamView; version: number }) {
  const text = useText(sittingMessages);
  return (
    <PagedTable<EnrolmentView>
      path={`/api/exams/${exam.id}/enrolments`}
      version={version}
      rowKey={(enrolment) => enrolment.id}
      empty={text('noEnrolments')}
      minWidth={480}
      columns={[
        { key: 'number', title: text('admissionNumber'), width: 190, render: (e) => e.admissionNumber },
        { key: 'name', title: text('name'), render: (e) => e.name },
        {
          key: 'accommodation',
          title: text('accommodation'),
          width: 220,
          render: ({ accommodation }) =>
            accommodation === undefined
              ? '–'
              : text('accommodationText', { n: accommodation.minutes, reason: accommodation.reason }),
        },
      ]}
    />
  );
}
