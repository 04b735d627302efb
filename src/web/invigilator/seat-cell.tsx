import type { ConsoleSeat, ConsoleView } from '../../proctoring/proctoring.views.contract.ts';
import { useLanguage, useOf, useText, type Messages } from '../lib/language.tsx';
import { clockText } from '../lib/time.ts';
import { ownMinutes, seatRemaining } from './room-clock.ts';
import { agoText, elapsedText, seatNumber, statusOf } from './seat-status.ts';
import { Shape } from './shape.tsx';

const messages = {
  seat: { zh: '{seat} 号', en: 'Seat {seat}' },
  answered: { zh: '已答 {n}/{m}', en: '{n} of {m} answered' },
  saved: { zh: '保存于 {ago}', en: 'saved {ago}' },
  left: { zh: '剩余 {time}', en: '{time} left' },
  extra: { zh: '加时 {n} 分钟', en: '{n} min extra' },
  twice: { zh: '登录 {n} 次', en: '{n} sign-ins' },
} satisfies Messages;

interface SeatCellProps {
  view: ConsoleView;
  seat: ConsoleSeat;
  now: number;
  chosen: boolean;
  /** Takes the Tab key's focus of the map. */
  current: boolean;
  /** Outside the filter or the search: stays in its place, but steps back. */
  faded: boolean;
}

const answersCount = (seat: ConsoleSeat): boolean => seat.startedAt !== undefined;

/** One seat of the map: number, name, shape and word of its state, progress, last save, flags. */
export function SeatCell({ view, seat, now, chosen, current, faded }: SeatCellProps) {
  const { lang } = useLanguage();
  const of = useOf();
  const status = statusOf(seat, view.room.startedAt);
  const label = useSeatLabel(view, seat, now);
  const extra = ownMinutes(view, seat);
  const quiet = seat.endedAt !== undefined;
  return (
    <div
      role="option"
      id={`seat-${seat.attemptId}`}
      data-attempt={seat.attemptId}
      data-state={status.shape}
      aria-selected={chosen}
      aria-label={label}
      tabIndex={current ? 0 : -1}
      className={`seat ${status.tone}${faded ? ' faded' : ''}`}
    >
      <span className="seat-head">
        <b className="number">{seatNumber(seat.seat)}</b>
        <span className="name">{seat.name}</span>
        <Shape name={status.shape} />
      </span>
      <span className="seat-line">
        <span className="word">
          {of(status.word)}
          {status.since !== undefined && <i className="number"> {elapsedText(now - status.since)}</i>}
        </span>
        {answersCount(seat) && (
          <span className="number">
            {seat.answered}/{seat.total}
          </span>
        )}
      </span>
      <span className="seat-line small">
        <span className="number">
          {!quiet && seat.lastSaveAt !== undefined && agoText(now - seat.lastSaveAt, lang)}
        </span>
        <span className="flags">
          {extra > 0 && <span className="flag number">+{extra}′</span>}
          {seat.signIns > 1 && <span className="flag number">×{seat.signIns}</span>}
        </span>
      </span>
      {answersCount(seat) && (
        <span className="bar">
          <span style={{ width: `${seat.total === 0 ? 0 : (100 * seat.answered) / seat.total}%` }} />
        </span>
      )}
    </div>
  );
}

/** The seat in words, for those who hear the map. The last save is left out: it would change each second. */
function useSeatLabel(view: ConsoleView, seat: ConsoleSeat, now: number): string {
  const text = useText(messages);
  const of = useOf();
  const left = seatRemaining(view, seat, now);
  const extra = ownMinutes(view, seat);
  return [
    `${text('seat', { seat: seat.seat })} ${seat.name}`,
    of(statusOf(seat, view.room.startedAt).word),
    answersCount(seat) ? text('answered', { n: seat.answered, m: seat.total }) : '',
    left === undefined ? '' : text('left', { time: clockText(left).slice(0, 5) }),
    extra > 0 ? text('extra', { n: extra }) : '',
    seat.signIns > 1 ? text('twice', { n: seat.signIns }) : '',
  ]
    .filter(Boolean)
    .join(', ');
}
