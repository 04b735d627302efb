import { hasEnded, type AttemptState } from '../sitting/attempt.rules.ts';
import type { LateView } from '../sitting/attempt.contract.ts';
import { awaitsDecision } from '../sitting/late-answers.rules.ts';
import type { RoomCounts } from './proctoring.views.contract.ts';

/** What counting needs of a seat. */
export interface CountFacts {
  state: AttemptState;
  arrived: boolean;
  connected: boolean;
  handRaised: boolean;
  late?: LateView | undefined;
}

/** The heads of a room, for its headline and the duty office. */
export function countSeats(seats: readonly CountFacts[], openIncidents: number): RoomCounts {
  const count = (test: (seat: CountFacts) => boolean): number => seats.filter(test).length;
  return {
    expected: seats.length,
    arrived: count((seat) => seat.arrived),
    admitted: count(({ state }) => ['checked-in', 'ready', 'answering', 'paused'].includes(state)),
    answering: count(({ state }) => state === 'answering'),
    paused: count(({ state }) => state === 'paused'),
    ended: count(({ state }) => hasEnded(state)),
    offline: count((seat) => seat.arrived && !seat.connected && !hasEnded(seat.state)),
    hands: count((seat) => seat.handRaised && !hasEnded(seat.state)),
    late: count((seat) => awaitsDecision(seat.late)),
    openIncidents,
  };
}
