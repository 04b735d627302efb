import type { ClientSession } from 'mongoose';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { AttemptModel } from './attempt.model.ts';
import { LIVE_STATES } from './attempt.rules.ts';
import { MINUTE, type ClockFacts, type GraceFacts, type Span } from './deadline.rules.ts';
import { appendLedger, refreshDeadlines } from './ledger.service.ts';
import { RoomModel, type Room } from './room.model.ts';
import { judgeRoom, type RoomCommand } from './room.rules.ts';
import type { RoomChanged } from './sitting.contract.ts';
import { SittingModel, type Sitting } from './sitting.model.ts';
import { followRooms } from './sitting.rules.ts';
import { selectRoom, selectSitting } from './sittings.service.ts';

/** A change of a room's state. */
export interface RoomMove {
  roomId: string;
  command: RoomCommand;
  /** As the audit names the person, or "system". */
  by: string;
  reason?: string;
  /** Moves only while this still holds, so that an opening can depend on the staff it was judged by. */
  where?: Partial<Pick<Room, 'presenceVersion'>>;
}

/** Asked before a room starts; answers the refusal, or undefined when it may. */
export type RoomGate = (ctx: Ctx, room: Room, sitting: Sitting) => Promise<AppError | undefined>;

let gate: RoomGate = () => Promise.resolve(undefined);
/** Proctoring puts its staffing check here, being downstream. */
export function setRoomGate(asked: RoomGate): void {
  gate = asked;
}
/** What the gate says about a start now. */
export const askRoomGate: RoomGate = (ctx, room, sitting) => gate(ctx, room, sitting);

/**
 * Moves a room to its next state, with audit, pause credit and the sitting's state. Without a session it also tells everyone;
 * with one, call `announceRoom` after the commit.
 * @throws AppError the table's reason; sitting.attempt-not-ended when collected too early; platform.conflict when `where` does not hold
 */
export async function moveRoom(ctx: Ctx, move: RoomMove, session?: ClientSession): Promise<Room> {
  if (session !== undefined) return applyMove(ctx, move, session);
  const room = await ctx.transact((own) => applyMove(ctx, move, own));
  await announceRoom(ctx, room);
  return room;
}

async function applyMove(ctx: Ctx, move: RoomMove, session: ClientSession): Promise<Room> {
  const room = await selectRoom(move.roomId, session);
  const sitting = await selectSitting(room.sittingId, session);
  const verdict = judgeRoom(room.state, move.command, room.startedAt !== undefined);
  if (!verdict.ok) throw new AppError(verdict.code);
  if (move.command === 'open' && !['published', 'admitting', 'running'].includes(sitting.state))
    throw new AppError('sitting.not-published');
  if (
    move.command === 'collect' &&
    (await AttemptModel.exists({ roomId: room._id, state: { $in: LIVE_STATES } }).session(session)) !== null
  ) {
    throw new AppError('sitting.attempt-not-ended');
  }
  const now = ctx.clock.now();
  const { $set, ...rest } = changesOf(move.command, room, now);
  const moved = await RoomModel.findOneAndUpdate(
    { _id: room._id, state: room.state, version: room.version, ...move.where },
    { ...rest, $set: { ...$set, state: verdict.next }, $inc: { version: 1 } },
    { returnDocument: 'after', session },
  ).lean();
  if (moved === null) throw new AppError('platform.conflict');
  if (move.command === 'resume') await creditHold(ctx, room, sitting, now, session);
  const facts = {
    from: room.state,
    to: moved.state,
    ...(move.reason === undefined ? {} : { reason: move.reason }),
  };
  await ctx.audit.append(
    { actor: move.by, action: `sitting.room.${move.command}`, subject: `room:${room._id}`, facts },
    session,
  );
  await followSitting(ctx, sitting, moved, session);
  return moved;
}

function changesOf(command: RoomCommand, room: Room, now: number): Record<string, object> {
  switch (command) {
    case 'open':
      return { $set: { openedAt: now } };
    case 'start':
      return { $set: { startedAt: now } };
    case 'hold':
      return { $set: { heldAt: now } };
    case 'resume': {
      const hold: Span = { from: room.heldAt ?? now, to: now };
      return { $unset: { heldAt: 1 }, ...(room.startedAt === undefined ? {} : { $push: { holds: hold } }) };
    }
    case 'collect':
      return { $set: { collectedAt: now }, $unset: { heldAt: 1 } };
  }
}

/** Time stood still for everyone in a held room whose template pauses clocks: the ledger gives it back. */
async function creditHold(
  ctx: Ctx,
  room: Room,
  sitting: Sitting,
  now: number,
  session: ClientSession,
): Promise<void> {
  if (
    room.startedAt === undefined ||
    room.heldAt === undefined ||
    sitting.terms.holdClocks !== 'pause' ||
    now <= room.heldAt
  )
    return;
  await appendLedger(
    ctx,
    {
      sittingId: sitting._id,
      scope: 'room',
      scopeId: room._id,
      minutes: (now - room.heldAt) / MINUTE,
      kind: 'pause-credit',
      reason: 'room held',
      by: 'system',
    },
    session,
  );
}

/** Brings the sitting to the state its rooms show. */
async function followSitting(ctx: Ctx, sitting: Sitting, moved: Room, session: ClientSession): Promise<void> {
  const rooms = await RoomModel.find({ sittingId: sitting._id }).session(session).lean();
  const used = new Set(await AttemptModel.distinct('roomId', { sittingId: sitting._id }).session(session));
  const facts = rooms
    .map((room) => (room._id === moved._id ? moved : room))
    .filter((room) => used.has(room._id))
    .map((room) => ({ state: room.state, started: room.startedAt !== undefined }));
  const state = followRooms(sitting.state, facts);
  if (state === sitting.state) return;
  await SittingModel.updateOne({ _id: sitting._id }, { $set: { state } }, { session });
  await ctx.audit.append(
    {
      actor: 'system',
      action: `sitting.${state}`,
      subject: `sitting:${sitting._id}`,
      facts: { from: sitting.state, to: state },
    },
    session,
  );
}

/** Tells everyone in and about a room that it has changed; deadlines with it. */
export async function announceRoom(ctx: Ctx, room: Room): Promise<void> {
  const hint: RoomChanged = {
    roomId: room._id,
    state: room.state,
    version: room.version,
    now: ctx.clock.now(),
  };
  ctx.live.publish(`room:${room._id}`, 'room.changed', hint);
  ctx.live.publish(`staff:${room._id}`, 'room.changed', hint);
  if (room.startedAt !== undefined && room.state !== 'collected') {
    await refreshDeadlines(ctx, { sittingId: room.sittingId, scope: 'room', scopeId: room._id });
  }
}

/** How late answers of a sitting may arrive. */
export const graceOf = (ctx: Ctx, { terms }: Pick<Sitting, 'terms'>): GraceFacts => ({
  graceMs: terms.graceSeconds * 1000,
  servingSince: ctx.servingSince,
});

/** An attempt's clock in its room. */
export function clockOf(
  attempt: { deadline?: number | undefined; pausedAt?: number | undefined },
  room: Pick<Room, 'heldAt' | 'holds' | 'startedAt'>,
  sitting: Pick<Sitting, 'terms'>,
): ClockFacts {
  const pauses = sitting.terms.holdClocks === 'pause';
  return {
    deadline: attempt.deadline ?? Number.MAX_SAFE_INTEGER,
    pausedAt: attempt.pausedAt,
    heldAt: pauses && room.startedAt !== undefined ? room.heldAt : undefined,
    creditedHolds: pauses ? room.holds : [],
  };
}
