import type { ConsoleSeat, ConsoleView } from '../../proctoring/proctoring.views.contract.ts';
import { useOf, useText, type Messages } from '../lib/language.tsx';
import type { SeatAction } from './actions.ts';
import { ActionGrid } from './action-grid.tsx';
import { LateRoom } from './late-room.tsx';
import { seatNumber, statusOf } from './seat-status.ts';
import { Shape } from './shape.tsx';

const messages = {
  label: { zh: '已选 {n} 人', en: '{n} chosen' },
  close: { zh: '取消选择', en: 'Choose none' },
  drop: { zh: '从选择中去掉 {seat} 号 {name}', en: 'Take seat {seat}, {name}, out of the choice' },
} satisfies Messages;

interface GroupPanelProps {
  view: ConsoleView;
  seats: readonly ConsoleSeat[];
  busy: boolean;
  onAction(action: SeatAction): void;
  onDecideLate(attemptIds: readonly string[]): void;
  onDrop(attemptId: string): void;
  onClose(): void;
}

/** Several chosen seats: what can be done to them together, and who they are. */
export function GroupPanel(props: GroupPanelProps) {
  const { view, seats, busy, onAction, onDecideLate, onDrop, onClose } = props;
  const text = useText(messages);
  const of = useOf();
  return (
    <aside className="side-panel" aria-label={text('label', { n: seats.length })}>
      <header className="panel-head plain">
        <h2>{text('label', { n: seats.length })}</h2>
        <button
          type="button"
          className="icon-close"
          aria-label={text('close')}
          title={text('close')}
          onClick={onClose}
        >
          ×
        </button>
      </header>
      <LateRoom view={view} seats={seats} busy={busy} onDecideLate={onDecideLate} />
      <ActionGrid view={view} targets={seats} busy={busy} onAction={onAction} />
      <ul className="chosen-list">
        {seats.map((seat) => {
          const status = statusOf(seat, view.room.startedAt);
          return (
            <li key={seat.attemptId}>
              <b className="number">{seatNumber(seat.seat)}</b>
              <span className="name">{seat.name}</span>
              <span className={`status ${status.tone}`}>
                <Shape name={status.shape} /> {of(status.word)}
              </span>
              <button
                type="button"
                className="icon-close"
                aria-label={text('drop', { seat: seat.seat, name: seat.name })}
                onClick={() => {
                  onDrop(seat.attemptId);
                }}
              >
                ×
              </button>
            </li>
          );
        })}
      </ul>
    </aside>
  );
}
