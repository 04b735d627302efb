import type { AttemptView } from '../../../sitting/attempt.contract.ts';
import { useOf, useText, type Messages } from '../../lib/language.tsx';

const messages = {
  name: { zh: '姓名', en: 'Name' },
  seat: { zh: '座位', en: 'Seat' },
  seatOf: { zh: '{room} {seat}号座', en: '{room}, seat {seat}' },
  paper: { zh: '考试', en: 'Paper' },
} satisfies Messages;

/** Who this is, where, and in which examination. */
export function Place({ attempt }: { attempt: AttemptView }) {
  const text = useText(messages);
  const of = useOf();
  return (
    <dl className="facts">
      <dt>{text('name')}</dt>
      <dd>
        <b>{attempt.candidate.name}</b> <span className="number">{attempt.candidate.admissionNumber}</span>
      </dd>
      <dt>{text('seat')}</dt>
      <dd>{text('seatOf', { room: attempt.room.name, seat: attempt.seat })}</dd>
      <dt>{text('paper')}</dt>
      <dd>{of(attempt.paperTitle)}</dd>
    </dl>
  );
}
