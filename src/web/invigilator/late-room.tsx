import type { ConsoleSeat, ConsoleView } from '../../proctoring/proctoring.views.contract.ts';
import { useOf, useText, type Messages } from '../lib/language.tsx';
import { REFUSALS } from './actions.ts';
import { ReasonButton } from './reason-button.tsx';
import { seatNumber } from './seat-status.ts';
import { Shape } from './shape.tsx';

const messages = {
  title: { zh: '{n} 人有迟到答案', en: 'Candidates with late answers: {n}' },
  places: { zh: '座位 {seats}，共 {m} 题，尚未计入', en: 'Seat {seats}. Questions: {m}. Not counted yet.' },
  more: { zh: '{seats} 等', en: '{seats} …' },
  decideOne: { zh: '决定是否采用', en: 'Decide' },
  decide: { zh: '一并决定', en: 'Decide for all' },
} satisfies Messages;

/** Seats named before the rest is left to the map. */
const NAMED = 8;

/** Late answers of several seats, to be decided together: after an outage they are of one cause. */
export function LateRoom({
  view,
  seats,
  busy,
  onDecideLate,
}: {
  view: ConsoleView;
  seats: readonly ConsoleSeat[];
  busy: boolean;
  onDecideLate: (attemptIds: readonly string[]) => void;
}) {
  const text = useText(messages);
  const of = useOf();
  const waiting = seats.filter(({ troubles }) => troubles.includes('late-answers'));
  if (waiting.length === 0) return null;
  const named = waiting
    .slice(0, NAMED)
    .map(({ seat }) => seatNumber(seat))
    .join(' ');
  const items = waiting.reduce((sum, { late }) => sum + (late?.items ?? 0), 0);
  return (
    <section className="seat-notice attention">
      <p className="status attention">
        <Shape name="attention" /> <b>{text('title', { n: waiting.length })}</b>
      </p>
      <p className="number">
        {text('places', { seats: waiting.length > NAMED ? text('more', { seats: named }) : named, m: items })}
      </p>
      <div className="row">
        <ReasonButton
          className="button primary small"
          busy={busy}
          beside
          reason={view.me.chief ? undefined : of(REFUSALS['chief-only'])}
          onPress={() => {
            onDecideLate(waiting.map(({ attemptId }) => attemptId));
          }}
        >
          {text(waiting.length === 1 ? 'decideOne' : 'decide')}
        </ReasonButton>
      </div>
    </section>
  );
}
