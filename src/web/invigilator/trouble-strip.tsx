import type { ConsoleSeat } from '../../proctoring/proctoring.views.contract.ts';
import { byTrouble, type Trouble } from '../../proctoring/trouble.rules.ts';
import { useLanguage, useOf, useText, type Messages } from '../lib/language.tsx';
import { elapsedText, seatNumber, statusOf, troubleLook, troubleWord } from './seat-status.ts';
import { Shape } from './shape.tsx';

const messages = {
  label: { zh: '需关注的座位，重的在前', en: 'Seats that need attention, the gravest first' },
  more: { zh: '另 {n} 个', en: '{n} more' },
  people: { zh: '{n} 人', en: '{n}' },
} satisfies Messages;

/** Troubles of which many at once are one line: they are the ordinary course of an admission or of a start. */
const GATHERED: readonly Trouble[] = [
  'late-answers',
  'seat-left',
  'not-saving',
  'waits-for-admission',
  'paused',
  'not-arrived',
  'not-started',
];
/** From so many on they are gathered. */
const GATHER_FROM = 3;
/** Single seats that fit into the line at 1366 px. */
const SINGLES = 7;

interface TroubleStripProps {
  seats: readonly ConsoleSeat[];
  roomStartedAt: number | undefined;
  now: number;
  onSelect(attemptIds: readonly string[]): void;
  onShowAll(): void;
}

/** Trouble first: one line of the seats that need somebody, gravest first; a click chooses them. */
export function TroubleStrip({ seats, roomStartedAt, now, onSelect, onShowAll }: TroubleStripProps) {
  const text = useText(messages);
  const of = useOf();
  const { lang } = useLanguage();
  const troubled = seats.filter(({ troubles }) => troubles.length > 0).sort(byTrouble);
  const groups = GATHERED.map((trouble) => ({
    trouble,
    seats: troubled.filter(({ troubles }) => troubles[0] === trouble),
  })).filter((group) => group.seats.length >= GATHER_FROM);
  const gathered = new Set(groups.flatMap((group) => group.seats));
  const singles = troubled.filter((seat) => !gathered.has(seat));
  const shown = singles.slice(0, SINGLES - groups.length);
  const more = singles.length - shown.length;
  if (troubled.length === 0) return null;
  return (
    <ul className="strip" aria-label={text('label')}>
      {shown.map((seat) => {
        const status = statusOf(seat, roomStartedAt);
        return (
          <li key={seat.attemptId}>
            <button
              type="button"
              className={`trouble-chip ${status.tone}`}
              onClick={() => {
                onSelect([seat.attemptId]);
              }}
            >
              <Shape name={status.shape} />
              <b className="number">{seatNumber(seat.seat)}</b>
              <span className="name">{seat.name}</span>
              <span className="number">
                {of(status.word)}
                {status.since !== undefined && ` ${elapsedText(now - status.since, lang)}`}
              </span>
            </button>
          </li>
        );
      })}
      {groups.map((group) => {
        const look = troubleLook(group.trouble);
        return (
          <li key={group.trouble}>
            <button
              type="button"
              className={`trouble-chip ${look.tone}`}
              onClick={() => {
                onSelect(group.seats.map(({ attemptId }) => attemptId));
              }}
            >
              <Shape name={look.shape} />
              <span>{of(troubleWord(group.trouble))}</span>
              <b className="number">{text('people', { n: group.seats.length })}</b>
            </button>
          </li>
        );
      })}
      {more > 0 && (
        <li>
          <button
            type="button"
            className="trouble-chip"
            onClick={() => {
              onShowAll();
            }}
          >
            {text('more', { n: more })}
          </button>
        </li>
      )}
    </ul>
  );
}
