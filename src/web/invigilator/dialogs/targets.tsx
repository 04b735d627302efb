import type { ConsoleSeat } from '../../../proctoring/proctoring.views.contract.ts';
import { useOf, useText, type Messages } from '../../lib/language.tsx';
import { REFUSALS, type ActionVerdict } from '../actions.ts';
import { seatNumber } from '../seat-status.ts';
import type { OrdersHandle } from '../use-orders.ts';

const messages = {
  who: { zh: '对象', en: 'For' },
  whole: { zh: '全场 {n} 人', en: 'The whole room, {n}' },
  more: { zh: '等 {n} 人', en: 'and others, {n} in all' },
  leftOut: { zh: '不含 {n} 人：{why}', en: 'Not {n}: {why}' },
} satisfies Messages;

/** What every dialog about seats is given. */
export interface SeatDialogProps {
  seats: ConsoleSeat[];
  whole: boolean;
  leftOut: ActionVerdict['leftOut'];
  orders: OrdersHandle;
  onClose(): void;
}

const NAMED = 6;

/** Whom it is for, and who is left out and why. */
export function Targets({ seats, whole, leftOut }: Pick<SeatDialogProps, 'seats' | 'whole' | 'leftOut'>) {
  const text = useText(messages);
  const of = useOf();
  const named = seats.slice(0, NAMED).map((seat) => `${seatNumber(seat.seat)} ${seat.name}`);
  return (
    <div className="targets">
      <p>
        <span className="muted">{text('who')}</span>{' '}
        <b>
          {whole ? text('whole', { n: seats.length }) : named.join(' · ')}
          {!whole && seats.length > NAMED && ` ${text('more', { n: seats.length })}`}
        </b>
      </p>
      {leftOut.map(({ refusal, count }) => (
        <p key={refusal} className="muted">
          {text('leftOut', { n: count, why: of(REFUSALS[refusal]) })}
        </p>
      ))}
    </div>
  );
}
