import { troubleFacts, troublesOf } from '../../proctoring/trouble.rules.ts';
import type {
  CommandView,
  ConsoleSeat,
  ConsoleView,
  IncidentView,
  LedgerAcknowledged,
  MessageAcknowledged,
  MessageView,
  StaffingView,
} from '../../proctoring/proctoring.views.contract.ts';
import type { SeatsProgress, SeatView } from '../../sitting/attempt.contract.ts';

/** What was announced by the socket; the console's state after it is `afterEvent`. */
export type ConsoleEvent =
  | { kind: 'seat'; seat: SeatView }
  | { kind: 'progress'; progress: SeatsProgress }
  | { kind: 'staffing'; staffing: StaffingView }
  | { kind: 'message'; message: MessageView }
  | { kind: 'message-read'; read: MessageAcknowledged }
  | { kind: 'time-read'; read: LedgerAcknowledged }
  | { kind: 'incident'; incident: IncidentView }
  | { kind: 'command'; command: CommandView };

/** Replaces the entry with the same id, or puts the new one in front. */
function withEntry<T extends { id: string }>(entries: readonly T[], entry: T): T[] {
  const known = entries.some(({ id }) => id === entry.id);
  return known ? entries.map((old) => (old.id === entry.id ? entry : old)) : [entry, ...entries];
}

/** One more candidate has pressed "read"; told twice, it counts once. */
function withRead<T extends { id: string; acknowledged: number; waitingFor: string[] }>(
  entries: readonly T[],
  id: string,
  attemptId: string,
): T[] {
  return entries.map((entry) => {
    if (entry.id !== id || !entry.waitingFor.includes(attemptId)) return entry;
    const waitingFor = entry.waitingFor.filter((waiting) => waiting !== attemptId);
    return { ...entry, waitingFor, acknowledged: entry.acknowledged + 1 };
  });
}

function withSeat(view: ConsoleView, seat: SeatView): ConsoleView {
  const seats = view.seats
    .filter(({ attemptId }) => seat.roomId === view.room.id || attemptId !== seat.attemptId)
    .map((old): ConsoleSeat => {
      const newer = old.attemptId === seat.attemptId && seat.version >= old.version;
      return newer ? { ...seat, troubles: old.troubles } : old;
    });
  const known = seats.some(({ attemptId }) => attemptId === seat.attemptId);
  if (known || seat.roomId !== view.room.id) return { ...view, seats };
  return { ...view, seats: [...seats, { ...seat, troubles: [] }].sort((a, b) => a.seat - b.seat) };
}

/** Seats that have saved; what comes twice or late changes nothing. */
function withProgress(view: ConsoleView, { seats }: SeatsProgress): ConsoleView {
  const news = new Map(seats.map((seat) => [seat.attemptId, seat]));
  return {
    ...view,
    seats: view.seats.map((seat) => {
      const progress = news.get(seat.attemptId);
      return progress !== undefined && progress.lastSaveAt > (seat.lastSaveAt ?? 0)
        ? { ...seat, ...progress }
        : seat;
    }),
  };
}

/** The console's state after something was announced. What it cannot carry comes with the next whole answer. */
export function afterEvent(view: ConsoleView, event: ConsoleEvent): ConsoleView {
  switch (event.kind) {
    case 'seat':
      return withSeat(view, event.seat);
    case 'progress':
      return withProgress(view, event.progress);
    case 'staffing':
      return { ...view, staffing: event.staffing, room: { ...view.room, state: event.staffing.state } };
    case 'message':
      return { ...view, messages: withEntry(view.messages, event.message) };
    case 'message-read':
      return { ...view, messages: withRead(view.messages, event.read.messageId, event.read.attemptId) };
    case 'time-read':
      return { ...view, ledger: withRead(view.ledger, event.read.entryId, event.read.attemptId) };
    case 'incident': {
      const open = withEntry(view.openIncidents, event.incident);
      return { ...view, openIncidents: open.filter(({ decidedAt }) => decidedAt === undefined) };
    }
    case 'command': {
      const requests = withEntry(view.requests, event.command);
      return { ...view, requests: requests.filter(({ state }) => state === 'awaiting') };
    }
  }
}

/** A whole answer, keeping seats that were announced in a newer version while it was on its way. */
export function afterAnswer(before: ConsoleView | undefined, answer: ConsoleView): ConsoleView {
  const known = new Map(before?.seats.map((seat) => [seat.attemptId, seat]));
  const seats = answer.seats.map((seat) => {
    const old = known.get(seat.attemptId);
    return old !== undefined && old.version > seat.version && old.roomId === seat.roomId ? old : seat;
  });
  return { ...answer, seats };
}

/** The seats with their troubles judged at `now`: some begin by mere passing of time. */
export function judgedSeats(view: ConsoleView, now: number): ConsoleSeat[] {
  return view.seats.map((seat) => ({
    ...seat,
    troubles: troublesOf(troubleFacts(seat, view.room, now)),
  }));
}
