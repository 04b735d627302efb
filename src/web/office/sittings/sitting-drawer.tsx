import { Skeleton, Tabs } from 'antd';
import type { SittingView } from '../../../sitting/sitting.contract.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { dateTimeText } from '../../lib/time.ts';
import { useLoad } from '../lib/load.ts';
import { useMay } from '../lib/me.ts';
import { PART_SHORT } from '../lib/names.ts';
import { Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { AnswersExport } from './answers-export.tsx';
import { sittingMessages } from './messages.ts';
import { Publishing } from './publishing.tsx';
import { RoomsPanel } from './rooms-panel.tsx';
import { SeatPlan } from './seat-plan.tsx';

/** One sitting beside the list: rooms and staff, seat plan, checks and publication. */
export function SittingDrawer({
  sittingId,
  onChanged,
  onClose,
}: {
  sittingId: string | undefined;
  onChanged(): void;
  onClose(): void;
}) {
  const text = useText(sittingMessages);
  const of = useOf();
  const load = useLoad<SittingView>(sittingId === undefined ? undefined : `/api/sittings/${sittingId}`);
  const maySeats = useMay('exam-officer', 'chief-invigilator');
  const mayPublish = useMay('exam-officer');
  const mayExport = useMay('exam-officer', 'auditor');
  const sitting = load.data;
  const changed = (): void => {
    load.reload();
    onChanged();
  };
  return (
    <SidePanel
      open={sittingId !== undefined}
      width={860}
      onClose={onClose}
      title={
        sitting === undefined ? '' : `${of(PART_SHORT[sitting.part])} · ${dateTimeText(sitting.startsAt)}`
      }
    >
      <Refusal error={load.error} onRetry={load.reload} />
      {sitting === undefined ? (
        load.loading && <Skeleton active />
      ) : (
        <>
          <Facts sitting={sitting} />
          <Tabs
            key={sitting.id}
            items={[
              {
                key: 'rooms',
                label: text('roomsAndStaff'),
                children: <RoomsPanel sitting={sitting} onChanged={changed} />,
              },
              ...(maySeats
                ? [
                    {
                      key: 'seats',
                      label: text('seatPlan'),
                      children: <SeatPlan sitting={sitting} onChanged={changed} />,
                    },
                  ]
                : []),
              ...(mayPublish
                ? [
                    {
                      key: 'publish',
                      label: text('publishing'),
                      children: <Publishing sitting={sitting} onChanged={changed} />,
                      destroyOnHidden: true,
                    },
                  ]
                : []),
              ...(mayExport
                ? [
                    {
                      key: 'answers',
                      label: text('answersAndReceipts'),
                      children: <AnswersExport sitting={sitting} />,
                    },
                  ]
                : []),
            ]}
          />
        </>
      )}
    </SidePanel>
  );
}

function Facts({ sitting }: { sitting: SittingView }) {
  const text = useText(sittingMessages);
  const of = useOf();
  return (
    <dl className="facts">
      <div>
        <dt>{text('examTitle')}</dt>
        <dd>{of(sitting.title)}</dd>
      </div>
      <div>
        <dt>{text('state')}</dt>
        <dd>{text(sitting.state)}</dd>
      </div>
      <div>
        <dt>{text('duration')}</dt>
        <dd>{text('minutesN', { n: sitting.minutes })}</dd>
      </div>
      <div>
        <dt>{text('template')}</dt>
        <dd>
          <code>{sitting.templateCode}</code>
        </dd>
      </div>
      <div>
        <dt>{text('seated')}</dt>
        <dd>{sitting.seated}</dd>
      </div>
    </dl>
  );
}
