import type { ConsoleSeat } from '../../proctoring/proctoring.views.contract.ts';
import { useText, type Messages } from '../lib/language.tsx';
import { seatNumber } from './seat-status.ts';
import { Shape } from './shape.tsx';

const messages = {
  time: { zh: '已确认 {n}/{m}', en: 'acknowledged {n} of {m}' },
  message: { zh: '已读 {n}/{m}', en: 'read by {n} of {m}' },
  timeMissing: { zh: '考生屏幕尚未显示新时间：{who}', en: 'Not yet shown on the screens of: {who}' },
  messageMissing: { zh: '未读：{who}', en: 'Not read by: {who}' },
} satisfies Messages;

interface AcknowledgedProps {
  /** A change of time is acknowledged by the candidate's page itself, once it shows it; a message is read by the candidate. */
  kind: 'time' | 'message';
  acknowledged: number;
  of: number;
  /** Attempts that have not acknowledged it. */
  waitingFor: readonly string[];
  seats: readonly ConsoleSeat[];
  onSelect(attemptIds: readonly string[]): void;
}

/** "Acknowledged n of m": names who is missing, and a click chooses their seats. */
export function Acknowledged({ kind, acknowledged, of, waitingFor, seats, onSelect }: AcknowledgedProps) {
  const text = useText(messages);
  const missing = seats.filter(({ attemptId }) => waitingFor.includes(attemptId));
  const words = text(kind, { n: acknowledged, m: of });
  if (missing.length === 0) {
    return (
      <b className="status ok">
        <Shape name="ok" /> <span className="number">{words}</span>
      </b>
    );
  }
  const who = missing.map(({ seat, name }) => `${seatNumber(seat)} ${name}`).join(' · ');
  return (
    <button
      type="button"
      className="missing status attention"
      title={text(`${kind}Missing`, { who })}
      onClick={() => {
        onSelect(missing.map(({ attemptId }) => attemptId));
      }}
    >
      <Shape name="attention" /> <span className="number">{words}</span>
    </button>
  );
}
