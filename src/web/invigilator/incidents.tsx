import type { ConsoleView, IncidentView } from '../../proctoring/proctoring.views.contract.ts';
import { useOf, useText, type Messages } from '../lib/language.tsx';
import { timeText } from '../lib/time.ts';
import { CATEGORY_NAMES, kindName } from './incident-names.ts';
import { seatNumber } from './seat-status.ts';

const messages = {
  title: { zh: '待处理异常', en: 'Open incidents' },
  seats: { zh: '座位 {seats}', en: 'Seat {seats}' },
  decide: { zh: '填写意见', en: 'Decide' },
} satisfies Messages;

/** Incidents without a decision. */
export function Incidents({
  view,
  onDecide,
}: {
  view: ConsoleView;
  onDecide: (incident: IncidentView) => void;
}) {
  const text = useText(messages);
  const of = useOf();
  if (view.openIncidents.length === 0) return null;
  return (
    <section className="incidents">
      <h3>
        {text('title')} <span className="number">{view.openIncidents.length}</span>
      </h3>
      <ul>
        {view.openIncidents.map((incident) => {
          const seats = view.seats.filter(({ attemptId }) => incident.attemptIds.includes(attemptId));
          return (
            <li key={incident.id}>
              <p>
                <b>
                  {of(CATEGORY_NAMES[incident.category])} · {of(kindName(incident.kind))}
                </b>
                <small className="number">
                  {timeText(incident.occurredAt)}{' '}
                  {seats.length > 0 &&
                    text('seats', { seats: seats.map(({ seat }) => seatNumber(seat)).join(' ') })}
                </small>
              </p>
              <p className="clamp">{incident.text}</p>
              {view.me.commands && (
                <button
                  type="button"
                  className="button small"
                  onClick={() => {
                    onDecide(incident);
                  }}
                >
                  {text('decide')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
