import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { SittingView } from '../../../sitting/sitting.contract.ts';
import { useText } from '../../lib/language.tsx';
import { useMay } from '../lib/me.ts';
import { Page, PageTabs } from '../lib/page.tsx';
import { go, usePlace } from '../router.ts';
import { ExamForm } from './exam-form.tsx';
import { ExamsTab } from './exams.tsx';
import { sittingMessages } from './messages.ts';
import { Planner } from './planner.tsx';
import { SittingsTab } from './sittings.tsx';
import './sittings.css';

/** Examinations with their enrolments, and sittings with rooms, staff, seats and publication. */
export function SittingsPage() {
  const text = useText(sittingMessages);
  const mayPlan = useMay('exam-officer');
  const onSittings = usePlace().tab === 'sittings';
  const [making, setMaking] = useState<'exam' | 'sitting'>();
  const [version, setVersion] = useState(0);
  const [planned, setPlanned] = useState<SittingView>();
  const close = (): void => {
    setMaking(undefined);
  };
  const changed = (): void => {
    setVersion((n) => n + 1);
  };
  return (
    <Page
      title={text('title')}
      lead={text('lead')}
      action={
        mayPlan && (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            onClick={() => {
              setMaking(onSittings ? 'sitting' : 'exam');
            }}
          >
            {text(onSittings ? 'plan' : 'createExam')}
          </Button>
        )
      }
    >
      <PageTabs
        page="sittings"
        tabs={[
          {
            key: 'exams',
            label: text('exams'),
            content: <ExamsTab version={version} onChanged={changed} />,
          },
          {
            key: 'sittings',
            label: text('sittings'),
            content: (
              <SittingsTab
                version={version}
                onChanged={changed}
                opened={planned}
                onClosed={() => {
                  setPlanned(undefined);
                }}
              />
            ),
          },
        ]}
      />
      <ExamForm open={making === 'exam'} onClose={close} onCreated={changed} />
      <Planner
        open={making === 'sitting'}
        onClose={close}
        onPlanned={(sitting) => {
          changed();
          close();
          setPlanned(sitting);
          go('sittings', 'sittings');
        }}
      />
    </Page>
  );
}
