import { PlusOutlined } from '@ant-design/icons';
import { Button, Flex } from 'antd';
import { useState } from 'react';
import type { DefenceState } from '../../../review/defence.rules.ts';
import type { DefenceSummary } from '../../../review/review.contract.ts';
import { useText } from '../../lib/language.tsx';
import { dateTimeText } from '../../lib/time.ts';
import { ExamSelect, useExamChoice } from '../lib/exam-select.tsx';
import { useMay } from '../lib/me.ts';
import { Page } from '../lib/page.tsx';
import { PagedTable } from '../lib/paged-table.tsx';
import { Refusal } from '../lib/refusal.tsx';
import { State, type Tone } from '../lib/state.tsx';
import { DefenceDrawer } from './defence-drawer.tsx';
import { reviewMessages } from './messages.ts';
import { ScheduleDrawer } from './schedule-drawer.tsx';

const TONES: Record<DefenceState, Tone> = {
  scheduled: 'away',
  defending: 'current',
  deliberating: 'attention',
  final: 'ok',
};

/** Defences of an examination: schedule, draw, materials, replacements. */
export function ReviewPage() {
  const text = useText(reviewMessages);
  const officer = useMay('exam-officer');
  const choice = useExamChoice((exam) => exam.templates.review !== undefined);
  const [open, setOpen] = useState<string>();
  const [scheduling, setScheduling] = useState(false);
  const [version, setVersion] = useState(0);
  const { exam } = choice;
  const changed = (): void => {
    setVersion((n) => n + 1);
  };
  return (
    <Page
      title={text('title')}
      lead={text('lead')}
      action={
        <Flex gap="small">
          <ExamSelect choice={choice} />
          {officer && (
            <Button
              type="primary"
              icon={<PlusOutlined />}
              disabled={exam === undefined}
              onClick={() => {
                setScheduling(true);
              }}
            >
              {text('schedule')}
            </Button>
          )}
        </Flex>
      }
    >
      {choice.load.error !== undefined && <Refusal error={choice.load.error} onRetry={choice.load.reload} />}
      {choice.load.data !== undefined && exam === undefined && <p className="muted">{text('noReview')}</p>}
      {exam !== undefined && (
        <PagedTable<DefenceSummary>
          path={`/api/exams/${exam.id}/defences`}
          version={version}
          rowKey={(defence) => defence.id}
          {...(officer
            ? {
                onOpen: (defence: DefenceSummary) => {
                  setOpen(defence.id);
                },
              }
            : {})}
          empty={text('none')}
          columns={[
            { key: 'candidate', title: text('candidate'), render: (defence) => defence.admissionNumber },
            {
              key: 'startsAt',
              title: text('startsAt'),
              width: 170,
              render: (defence) => dateTimeText(defence.startsAt),
            },
            {
              key: 'members',
              title: text('members'),
              width: 90,
              align: 'right',
              render: (defence) => defence.members,
            },
            {
              key: 'materials',
              title: text('materials'),
              width: 90,
              align: 'right',
              render: (defence) => defence.materials,
            },
            {
              key: 'state',
              title: text('state'),
              width: 150,
              render: (defence) => <State tone={TONES[defence.state]}>{text(defence.state)}</State>,
            },
          ]}
        />
      )}
      {open !== undefined && (
        <DefenceDrawer
          key={open}
          defenceId={open}
          onChanged={changed}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
      {scheduling && exam !== undefined && (
        <ScheduleDrawer
          exam={exam}
          onClose={() => {
            setScheduling(false);
          }}
          onScheduled={(id) => {
            setScheduling(false);
            setOpen(id);
            changed();
          }}
        />
      )}
    </Page>
  );
}
