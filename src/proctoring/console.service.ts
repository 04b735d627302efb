import type { StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import type { SeatView } from '../sitting/attempt.contract.ts';
import type { Room } from '../sitting/room.model.ts';
import { seatsOfRoom } from '../sitting/seats.service.ts';
import type { Sitting } from '../sitting/sitting.model.ts';
import { viewRoom } from '../sitting/sittings.service.ts';
import { dutyIn, isChief, mayCommand } from './access.ts';
import { countSeats } from './counts.rules.ts';
import { IncidentModel } from './incident.model.ts';
import { viewIncident } from './incidents.service.ts';
import { ledgerViews } from './ledger.views.ts';
import { messagesOfRoom } from './messages.service.ts';
import { refusalsNow } from './opening.service.ts';
import type { ConsoleMe, ConsoleSeat, ConsoleView, PresentStaff } from './proctoring.views.contract.ts';
import { openRequests } from './requests.service.ts';
import { loadStaffing, viewStaffing } from './staffing.service.ts';
import { troubleFacts, troublesOf } from './trouble.rules.ts';

/** The whole state of a room for the people in charge of it, in one answer. */
export async function readConsole(ctx: Ctx, actor: StaffActor, roomId: string): Promise<ConsoleView> {
  const now = ctx.clock.now();
  const staffing = await loadStaffing(roomId);
  const { room, sitting, present } = staffing;
  const seats = await seatsOfRoom(ctx, roomId);
  const [incidents, messages, requests, ledger] = await Promise.all([
    IncidentModel.find({ roomId, decidedAt: null }).sort({ at: 1 }).limit(200).lean(),
    messagesOfRoom(roomId, { limit: 50 }),
    openRequests(roomId, now),
    ledgerViews(roomId, seats),
  ]);
  return {
    now,
    me: meIn(room, actor, present),
    room: { ...viewRoom(room, seats.length), version: room.version },
    sitting: viewSittingOf(sitting),
    staffing: viewStaffing(staffing, now),
    opening: refusalsNow(ctx, staffing),
    seats: seats.map((seat) => consoleSeat(seat, room, now)),
    counts: countSeats(seats.map(countFacts), incidents.length),
    hands: handsOf(seats),
    openIncidents: incidents.map(viewIncident),
    messages: messages.items,
    requests,
    ledger,
  };
}

function meIn(room: Room, actor: StaffActor, present: readonly PresentStaff[]): ConsoleMe {
  const duty = dutyIn(room, actor.accountId);
  return {
    ...(duty === undefined ? {} : { duty }),
    chief: isChief(room, actor),
    commands: mayCommand(room, actor),
    present: present.some(({ accountId }) => accountId === actor.accountId),
  };
}

/** What consoles and records show of a room's sitting. */
export function viewSittingOf(sitting: Sitting): ConsoleView['sitting'] {
  const { _id, examId, part, level, title, startsAt, minutes, state, terms } = sitting;
  const { graceSeconds, holdClocks } = terms;
  return { id: _id, examId, part, level, title, startsAt, minutes, state, graceSeconds, holdClocks };
}

const countFacts = (seat: SeatView) => ({
  state: seat.state,
  arrived: seat.arrivedAt !== undefined,
  connected: seat.line.connected,
  handRaised: seat.hand !== undefined,
  late: seat.late,
});

const consoleSeat = (seat: SeatView, room: Room, now: number): ConsoleSeat => ({
  ...seat,
  troubles: troublesOf(troubleFacts(seat, room, now)),
});

const handsOf = (seats: readonly SeatView[]): string[] =>
  seats
    .filter(({ hand }) => hand !== undefined)
    .sort((one, other) => (one.hand?.at ?? 0) - (other.hand?.at ?? 0))
    .map(({ attemptId }) => attemptId);
