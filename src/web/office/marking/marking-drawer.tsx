import { Alert, Button, Drawer, Flex, Statistic } from 'antd';
import type { MarkingReport, WaitingAdjudication } from '../../../marking/marking.contract.ts';
import type { SittingView } from '../../../sitting/sitting.contract.ts';
import { api } from '../../lib/api.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { useLoad, useSend } from '../lib/load.ts';
import { useMay } from '../lib/me.ts';
import { Refusal } from '../lib/refusal.tsx';
import { markingMessages } from './messages.ts';

interface MarkingDrawerProps {
  sitting: SittingView;
  onClose(): void;
  onMarked(): void;
}

/** One sitting's marking: counts, the automatic scoring, and the seats that wait for an adjudication. */
export function MarkingDrawer({ sitting, onClose, onMarked }: MarkingDrawerProps) {
  const text = useText(markingMessages);
  const of = useOf();
  const officer = useMay('exam-officer');
  const progress = useLoad<MarkingReport>(`/api/sittings/${sitting.id}/marking`);
  const waiting = useLoad<{ items: WaitingAdjudication[] }>(`/api/sittings/${sitting.id}/adjudications`);
  const { busy, error, send } = useSend();
  const markable = sitting.state === 'collected' || sitting.state === 'marked';
  const score = async (): Promise<void> => {
    if ((await send(() => api.post<MarkingReport>(`/api/sittings/${sitting.id}/marking`))) === undefined)
      return;
    progress.reload();
    waiting.reload();
    onMarked();
  };
  return (
    <Drawer open onClose={onClose} title={of(sitting.title)} size={520}>
      <Flex vertical gap="middle">
        {progress.error !== undefined && <Refusal error={progress.error} onRetry={progress.reload} />}
        <Flex gap="large" wrap>
          <Statistic
            title={text('scored')}
            value={progress.data?.scored ?? 0}
            loading={progress.data === undefined}
          />
          <Statistic
            title={text('sheetsOpen')}
            value={progress.data?.sheetsOpen ?? 0}
            loading={progress.data === undefined}
          />
          <Statistic
            title={text('adjudications')}
            value={progress.data?.adjudicationsOpen ?? 0}
            loading={progress.data === undefined}
          />
        </Flex>
        {(waiting.data?.items.length ?? 0) > 0 && (
          <Alert
            type="warning"
            showIcon
            title={text('waiting')}
            description={waiting.data?.items.map((row) => (
              <p key={row.attemptId}>{text('seat', { room: row.roomCode, seat: row.seat })}</p>
            ))}
          />
        )}
        {officer && (
          <Button type="primary" loading={busy} disabled={!markable} onClick={() => void score()}>
            {text('score')}
          </Button>
        )}
        {!markable && <p className="muted">{text('notCollected')}</p>}
        <Refusal error={error} />
      </Flex>
    </Drawer>
  );
}
