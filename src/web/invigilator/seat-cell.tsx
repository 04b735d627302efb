import type { ConsoleSeat, ConsoleView } from '../../proctoring/proctoring.views.contract.ts';
import { useLanguage, useOf, useText, type Messages } from '../lib/language.tsx';
import { ownMinutes } from './room-clock.ts';
import { ageText, elapsedText, seatNumber, statusOf } from './seat-status.ts';
import { Shape } from './shape.tsx';

const messages = {
  answered: { zh: '已答', en: 'answered' },
  saved: { zh: '最后保存', en: 'last save' },
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
  const text = useText(messages);
  const status = statusOf(seat, view.room.startedAt);
  const extra = ownMinutes(view, seat);
  const savedAt = seat.endedAt === undefined ? seat.lastSaveAt : undefined;
  return (
    <div
      role="option"
      id={`seat-${seat.attemptId}`}
      data-attempt={seat.attemptId}
      data-state={status.shape}
      aria-selected={chosen}
      tabIndex={current ? 0 : -1}
      className={`seat ${status.tone}${status.routine === true ? ' routine' : ''}${faded ? ' faded' : ''}`}
    >
      <span className="seat-head">
        <b className="number">{seatNumber(seat.seat)}</b>
        <span className="name">{seat.name}</span>
        {seat.hand !== undefined && status.shape !== 'hand' && <Shape name="hand" />}
        <Shape name={status.shape} />
      </span>
      <span className="word">
        {of(status.word)}
        {status.since !== undefined && <i className="number"> {elapsedText(now - status.since, lang)}</i>}
      </span>
      <span className="seat-line">
        {answersCount(seat) && (
          <span className="number">
            <span className="visually-hidden">{text('answered')} </span>
            {seat.answered}/{seat.total}
          </span>
        )}
        {extra > 0 && (
          <span className="flag number" title={text('extra', { n: extra })}>
            +{extra}′
          </span>
        )}
        {seat.signIns > 1 && (
          <span className="flag number" title={text('twice', { n: seat.signIns })}>
            ×{seat.signIns}
          </span>
        )}
        {savedAt !== undefined && (
          <span className="age number" title={text('saved')}>
            <span className="visually-hidden">{text('saved')} </span>
            {ageText(now - savedAt, lang)}
          </span>
        )}
      </span>
      {answersCount(seat) && (
        <span className="bar">
          <span style={{ width: `${seat.total === 0 ? 0 : (100 * seat.answered) / seat.total}%` }} />
        </span>
      )}
    </div>
  );
}
