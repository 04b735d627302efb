import { App, Button } from 'antd';
import { useState } from 'react';
import type { SeatPlanRow, SittingView } from '../../../sitting/sitting.contract.ts';
import { api } from '../../lib/api.ts';
import { useText } from '../../lib/language.tsx';
import { useSend } from '../lib/load.ts';
import { useMay } from '../lib/me.ts';
import { PagedTable } from '../lib/paged-table.tsx';
import { Refusal } from '../lib/refusal.tsx';
import { sittingMessages } from './messages.ts';

/** Who sits where, with which form; a draft can be seated anew. */
export function SeatPlan({ sitting, onChanged }: { sitting: SittingView; onChanged(): void }) {
  const text = useText(sittingMessages);
  const maySeat = useMay('exam-officer');
  const { modal, message } = App.useApp();
  const { busy, error, send } = useSend();
  const [version, setVersion] = useState(0);
  const seat = async (): Promise<void> => {
    const answer = await send(() =>
      api.post<{ seated: number; seed: string }>(`/api/sittings/${sitting.id}/seating`),
    );
    if (answer === undefined) return;
    message.success(text('seatedNow', { n: answer.seated, seed: answer.seed }));
    setVersion((n) => n + 1);
    onChanged();
  };
  return (
    <div className="stack">
      {maySeat && sitting.state === 'draft' && (
        <div className="toolbar">
          <Button
            type={sitting.seated === 0 ? 'primary' : 'default'}
            loading={busy}
            onClick={() => {
              if (sitting.seated === 0) void seat();
              else
                void modal.confirm({
                  title: text('seatAgainAsk', { n: sitting.seated }),
                  okText: text('seatAgain'),
                  onOk: seat,
                });
            }}
          >
            {text(sitting.seated === 0 ? 'seatAll' : 'seatAgain')}
          </Button>
        </div>
      )}
      <Refusal error={error} />
      <PagedTable<SeatPlanRow>
        path={`/api/sittings/${sitting.id}/seating`}
        version={version}
        rowKey={(row) => row.attemptId}
        empty={text('nobody')}
        pageSize={50}
        minWidth={560}
        columns={[
          { key: 'room', title: text('room'), width: 110, render: (row) => row.roomCode },
          { key: 'seat', title: text('seat'), width: 80, align: 'right', render: (row) => row.seat },
          { key: 'name', title: text('name'), render: (row) => row.name },
          {
            key: 'number',
            title: text('admissionNumber'),
            width: 200,
            render: (row) => row.admissionNumber,
          },
          { key: 'form', title: text('form'), width: 80, render: (row) => row.formLabel },
        ]}
      />
    </div>
  );
}
