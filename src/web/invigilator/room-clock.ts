import type { ConsoleView, LedgerView } from '../../proctoring/proctoring.views.contract.ts';
import type { SeatView } from '../../sitting/attempt.contract.ts';
import { deadlineOf, remainingMs, type ClockFacts } from '../../sitting/deadline.rules.ts';

/** What the clock in the head of the page counts. */
export type RoomClock =
  | { kind: 'until-start'; ms: number }
  | { kind: 'overdue'; ms: number }
  | { kind: 'left'; ms: number; stopped: boolean }
  | { kind: 'over' };

const ofRoom =
  (view: ConsoleView) =>
  (entry: LedgerView): boolean =>
    entry.scope === 'sitting' || (entry.scope === 'room' && entry.scopeId === view.room.id);

const heldSince = (view: ConsoleView): number | undefined =>
  view.room.state === 'held' && view.sitting.holdClocks === 'pause' ? view.room.heldAt : undefined;

/** The room's clock at `now`: until the start, then until the time of those without extra time of their own is over. */
export function roomClock(view: ConsoleView, now: number): RoomClock {
  const { room, sitting } = view;
  if (room.state === 'collected') return { kind: 'over' };
  if (room.startedAt === undefined) {
    const ms = sitting.startsAt - now;
    return ms >= 0 ? { kind: 'until-start', ms } : { kind: 'overdue', ms: -ms };
  }
  const entries = view.ledger.filter(ofRoom(view));
  const deadline = deadlineOf({ startedAt: room.startedAt, minutes: sitting.minutes, entries });
  const heldAt = heldSince(view);
  return { kind: 'left', ms: remainingMs(now, { deadline, heldAt }), stopped: heldAt !== undefined };
}

/** Time left at one seat, ms; undefined before the start and after the end. */
export function seatRemaining(view: ConsoleView, seat: SeatView, now: number): number | undefined {
  if (seat.deadline === undefined || seat.endedAt !== undefined) return undefined;
  const clock: ClockFacts = { deadline: seat.deadline, pausedAt: seat.pausedAt, heldAt: heldSince(view) };
  return remainingMs(now, clock);
}

/** Minutes that one candidate has beyond the room; what a pause gives back is none. */
export function ownMinutes(view: ConsoleView, seat: SeatView): number {
  const own = view.ledger.filter(
    ({ scope, scopeId, kind }) =>
      scope === 'candidate' && scopeId === seat.attemptId && kind !== 'pause-credit',
  );
  return own.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** The changes of time that count for one seat, newest first. */
export function ledgerOfSeat(view: ConsoleView, seat: SeatView): LedgerView[] {
  const counts = (entry: LedgerView): boolean =>
    entry.scope === 'candidate' ? entry.scopeId === seat.attemptId : ofRoom(view)(entry);
  return view.ledger.filter(counts).sort((one, other) => other.at - one.at);
}
