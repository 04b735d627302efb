import type { ClientSession } from 'mongoose';
import { actorName, type StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { RoomModel, type Room } from '../sitting/room.model.ts';
import { selectRoom, selectSitting } from '../sitting/sittings.service.ts';
import type { Duty } from '../sitting/staffing.rules.ts';
import { machineNow } from './machine-time.ts';
import { PresenceModel, type Presence } from './presence.model.ts';
import { judgeRenewal, LEASE_MS, RENEW_MS, type PresenceEnd } from './presence.rules.ts';
import type { PresenceView, StaffingView } from './proctoring.views.contract.ts';
import { judgeRoom, loadStaffing, logStaffing, viewStaffing } from './staffing.service.ts';
import { watchRoom } from './watch.service.ts';

const viewPresence = (ctx: Ctx, roomId: string, duty: Duty): PresenceView => ({
  roomId,
  present: true,
  duty,
  renewMs: RENEW_MS,
  leaseMs: LEASE_MS,
  now: ctx.clock.now(),
});

/**
 * A console says that its person is here. Most of the time that is one conditional write; the first time, and after a
 * lapse, it changes the room's staffing.
 * @throws AppError proctoring.left-the-room, proctoring.present-elsewhere, sitting.room-collected
 */
export async function renewPresence(
  ctx: Ctx,
  actor: StaffActor,
  roomId: string,
  enter: boolean,
): Promise<PresenceView> {
  const now = machineNow();
  const renewed = await PresenceModel.findOneAndUpdate(
    { _id: actor.accountId, roomId, present: true, until: { $gt: now } },
    { $set: { until: now + LEASE_MS } },
    { returnDocument: 'after' },
  ).lean();
  if (renewed !== null) return viewPresence(ctx, roomId, renewed.duty);
  const { duty, touched } = await ctx.transact((session) => enterRoom(ctx, actor, roomId, enter, session));
  for (const changed of touched) await watchRoom(ctx, changed, true);
  return viewPresence(ctx, roomId, duty);
}

/** Makes a person present, ending what there was before. Returns the duty and the rooms whose staffing has changed. */
async function enterRoom(
  ctx: Ctx,
  actor: StaffActor,
  roomId: string,
  enter: boolean,
  session: ClientSession,
): Promise<{ duty: Duty; touched: string[] }> {
  const room = await selectRoom(roomId, session);
  const duty = room.staff.find(({ accountId }) => accountId === actor.accountId)?.duty;
  if (duty === undefined) throw new AppError('platform.not-found');
  if (room.state === 'collected') throw new AppError('sitting.room-collected');
  const before = (await PresenceModel.findById(actor.accountId).session(session).lean()) ?? undefined;
  const now = machineNow();
  const verdict = judgeRenewal({ roomId, machineNow: now, enter, presence: before });
  if (!verdict.ok) throw new AppError(verdict.code, { params: await roomParams(before, session) });
  if (verdict.effect === 'renew') {
    await PresenceModel.updateOne({ _id: actor.accountId }, { $set: { until: now + LEASE_MS } }, { session });
    return { duty, touched: [] };
  }
  if (before?.present === true) {
    await endPresence(ctx, before, verdict.effect === 'move' ? 'moved' : 'lapsed', session);
  }
  await PresenceModel.updateOne(
    { _id: actor.accountId },
    {
      $set: { roomId, name: actor.name, duty, present: true, since: ctx.clock.now(), until: now + LEASE_MS },
      $unset: { endedBy: 1 },
    },
    { upsert: true, session },
  );
  const who = { accountId: actor.accountId, name: actor.name, duty };
  await recordChange(
    ctx,
    roomId,
    { change: 'entered', at: ctx.clock.now(), ...who },
    actorName(actor),
    session,
  );
  return {
    duty,
    touched: before?.present === true && before.roomId !== roomId ? [before.roomId, roomId] : [roomId],
  };
}

async function roomParams(presence: Presence | undefined, session: ClientSession): Promise<{ room: string }> {
  const room = await RoomModel.findById(presence?.roomId ?? '')
    .session(session)
    .lean();
  return { room: room?.code ?? '' };
}

/** Raises the room's presence version, logs and audits the change, all in the transaction that makes it. */
async function recordChange(
  ctx: Ctx,
  roomId: string,
  entry: Parameters<typeof logStaffing>[2],
  by: string,
  session: ClientSession,
): Promise<void> {
  const room = await RoomModel.findByIdAndUpdate(
    roomId,
    { $inc: { presenceVersion: 1 } },
    { returnDocument: 'after', session },
  ).lean<Room>();
  if (room === null) return;
  const staffing = await judgeRoom(room, await selectSitting(room.sittingId, session), session);
  await logStaffing(ctx, staffing, entry, session);
  const { present, needed } = staffing.verdict;
  await ctx.audit.append(
    {
      actor: by,
      action: `proctoring.presence.${entry.change}`,
      subject: `room:${roomId}`,
      facts: { account: entry.accountId ?? '', present, needed, seq: room.presenceVersion },
    },
    session,
  );
}

/** Ends a presence. One whose lease had run out before counts as lapsed at that moment, whatever ends it now. */
async function endPresence(
  ctx: Ctx,
  presence: Presence,
  end: PresenceEnd,
  session: ClientSession,
): Promise<void> {
  const overdue = machineNow() - presence.until;
  await PresenceModel.updateOne(
    { _id: presence._id },
    { $set: { present: false, endedBy: end } },
    { session },
  );
  const { _id: accountId, name, duty, roomId } = presence;
  const at = ctx.clock.now() - Math.max(0, overdue);
  const change = overdue >= 0 ? 'lapsed' : end;
  const by = end === 'left' || end === 'moved' ? `account:${accountId}` : 'system';
  await recordChange(ctx, roomId, { change, at, accountId, name, duty }, by, session);
}

/** A person leaves the room: at once, and for all their consoles. Leaving twice is answered, not failed. */
export async function leaveRoom(ctx: Ctx, actor: StaffActor, roomId: string): Promise<StaffingView> {
  await ctx.transact(async (session) => {
    const presence = await PresenceModel.findById(actor.accountId).session(session).lean();
    if (presence?.roomId !== roomId) return;
    if (presence.present) await endPresence(ctx, presence, 'left', session);
    else await PresenceModel.updateOne({ _id: actor.accountId }, { $set: { endedBy: 'left' } }, { session });
  });
  await watchRoom(ctx, roomId, true);
  return viewStaffing(await loadStaffing(roomId), ctx.clock.now());
}

/** Ends every presence whose lease has run out or whose room has been collected. Returns the rooms whose staffing changed. */
export async function endStalePresences(ctx: Ctx): Promise<string[]> {
  const presences = await PresenceModel.find({ present: true }).lean();
  const rooms = [...new Set(presences.map(({ roomId }) => roomId))];
  const collected = await RoomModel.find({ _id: { $in: rooms }, state: 'collected' }, { _id: 1 }).lean();
  const touched = new Set<string>();
  for (const { _id, roomId, until } of presences) {
    const over = collected.some((room) => room._id === roomId);
    if (!over && until > machineNow()) continue;
    await ctx.transact(async (session) => {
      const presence = await PresenceModel.findById(_id).session(session).lean();
      // It may have been renewed, or have moved, since we looked.
      if (presence?.present !== true || presence.roomId !== roomId) return;
      if (!over && presence.until > machineNow()) return;
      await endPresence(ctx, presence, over ? 'collected' : 'lapsed', session);
      touched.add(roomId);
    });
  }
  return [...touched];
}
