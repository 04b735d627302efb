import type { ClientSession } from 'mongoose';
import type { Ctx } from '../platform/context.ts';
import { AttemptModel } from '../sitting/attempt.model.ts';
import type { Room } from '../sitting/room.model.ts';
import type { Sitting } from '../sitting/sitting.model.ts';
import { selectRoom, selectSitting } from '../sitting/sittings.service.ts';
import { countingStaff, judgeStaffing, type StaffingVerdict } from '../sitting/staffing.rules.ts';
import { machineNow } from './machine-time.ts';
import { PresenceModel, StaffingLogModel, type StaffingLogEntry } from './presence.model.ts';
import type { PresentStaff, StaffingView } from './proctoring.views.contract.ts';
import { watchedCandidates } from './watch.rules.ts';

/** A room, its staffing now, and all that the judgement rests on. */
export interface RoomStaffing {
  room: Room;
  sitting: Sitting;
  present: PresentStaff[];
  verdict: StaffingVerdict;
}

/** Staff present in a room now: on its roster, with a lease that runs. */
export async function presentStaff(room: Room, session?: ClientSession): Promise<PresentStaff[]> {
  const presences = await PresenceModel.find({
    roomId: room._id,
    present: true,
    until: { $gt: machineNow() },
  })
    .session(session ?? null)
    .sort({ since: 1 })
    .lean();
  return presences.flatMap(({ _id, name, since }) => {
    const planned = room.staff.find(({ accountId }) => accountId === _id);
    return planned === undefined ? [] : [{ accountId: _id, name, duty: planned.duty, since }];
  });
}

/** Candidates that the room's staffing is measured by now. */
function countWatched(room: Room, session?: ClientSession): Promise<number> {
  const { states, arrivedOnly } = watchedCandidates(room.startedAt !== undefined);
  return AttemptModel.countDocuments({
    roomId: room._id,
    state: { $in: [...states] },
    ...(arrivedOnly ? { arrivedAt: { $gt: 0 } } : {}),
  }).session(session ?? null);
}

/** Judges a room's staffing by clause 11.2 and its template. `more` candidates may be about to come. */
export async function judgeRoom(
  room: Room,
  sitting: Sitting,
  session?: ClientSession,
  more = 0,
): Promise<RoomStaffing> {
  // One after the other: a session carries one command at a time.
  const present = await presentStaff(room, session);
  const candidates = (await countWatched(room, session)) + more;
  const verdict = judgeStaffing({
    part: sitting.part,
    candidates,
    staff: countingStaff(sitting.part, present),
    terms: sitting.terms.staffing,
  });
  return { room, sitting, present, verdict };
}

/** The same, from the room's id. @throws AppError platform.not-found */
export async function loadStaffing(roomId: string, session?: ClientSession): Promise<RoomStaffing> {
  const room = await selectRoom(roomId, session);
  return judgeRoom(room, await selectSitting(room.sittingId, session), session);
}

/** Staffing as consoles and the duty office see it. */
export function viewStaffing({ room, sitting, present, verdict }: RoomStaffing, now: number): StaffingView {
  const { breachSince, state } = room;
  return {
    roomId: room._id,
    roomCode: room.code,
    roomName: room.name,
    state,
    part: sitting.part,
    verdict,
    present,
    ...(breachSince === undefined ? {} : { breachSince }),
    ...(breachSince === undefined || state === 'held'
      ? {}
      : { holdsAt: breachSince + sitting.terms.graceSeconds * 1000 }),
    now,
  };
}

/** Tells the consoles of the room and the duty office. */
export function publishStaffing(ctx: Ctx, staffing: RoomStaffing): void {
  const view = viewStaffing(staffing, ctx.clock.now());
  ctx.live.publish(`staff:${view.roomId}`, 'room.staffing', view);
  ctx.live.publish('duty', 'room.staffing', view);
}

/** Writes one change of staffing down, with what it came to, in the transaction that makes it. */
export async function logStaffing(
  ctx: Ctx,
  staffing: RoomStaffing,
  entry: Pick<StaffingLogEntry, 'change' | 'at'> &
    Partial<Pick<StaffingLogEntry, 'accountId' | 'name' | 'duty'>>,
  session: ClientSession,
): Promise<void> {
  const { needed, present, candidates, ok } = staffing.verdict;
  const line: StaffingLogEntry = {
    _id: ctx.random.id('stf'),
    roomId: staffing.room._id,
    seq: staffing.room.presenceVersion,
    step: entry.accountId === undefined ? 1 : 0,
    ...entry,
    present,
    needed,
    candidates,
    ok,
  };
  await StaffingLogModel.create([line], { session });
}
