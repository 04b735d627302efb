import type { Ctx } from '../platform/context.ts';
import { startSweep, type Sweep } from '../platform/leases.ts';
import { AppError } from '../shared/errors/index.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import { ENDED_STATES, LIVE_STATES } from './attempt.rules.ts';
import { isDue, mayEnter } from './deadline.rules.ts';
import { collectAttempt, sealAttempt } from './hand-in.service.ts';
import { refreshDeadlines } from './ledger.service.ts';
import { startProgress } from './progress.ts';
import { RoomModel, type Room } from './room.model.ts';
import { askRoomGate, clockOf, graceOf, moveRoom } from './rooms.service.ts';
import type { Sitting } from './sitting.model.ts';
import { selectSitting } from './sittings.service.ts';

const EVERY_MS = 1_000;

/** What the server does by itself, each second: start rooms at the hour, collect at the deadline, close finished rooms. */
export function sittingSweeps(ctx: Ctx): readonly Sweep[] {
  return [startSweep(ctx, 'sitting', EVERY_MS, () => sweepRooms(ctx)), startProgress(ctx)];
}

async function sweepRooms(ctx: Ctx): Promise<void> {
  const rooms = await RoomModel.find({ state: { $in: ['admitting', 'running', 'held'] } }).lean();
  if (rooms.length === 0) followMachine(ctx);
  for (const room of rooms) {
    try {
      await sweepRoom(ctx, room);
    } catch (error) {
      // One room's trouble must not keep the others waiting; the next second tries again.
      if (!(error instanceof AppError)) ctx.log.error({ err: error, room: room._id }, 'room sweep failed');
      else ctx.log.debug({ code: error.code, room: room._id }, 'room sweep refused');
    }
  }
}

/** Nobody sits, so a step of the machine's clock can be taken over without ending anybody's time. */
function followMachine(ctx: Ctx): void {
  const step = ctx.clock.follow();
  if (step !== 0) ctx.log.warn({ stepMs: step }, 'the machine’s clock was stepped; the server follows it');
}

async function sweepRoom(ctx: Ctx, room: Room): Promise<void> {
  const sitting = await selectSitting(room.sittingId);
  if (room.state === 'admitting') await startRoom(ctx, room, sitting);
  else if (room.startedAt !== undefined) await collectRoom(ctx, room, sitting);
}

async function startRoom(ctx: Ctx, room: Room, sitting: Sitting): Promise<void> {
  if (ctx.clock.now() < sitting.startsAt) return;
  const refusal = await askRoomGate(ctx, room, sitting);
  if (refusal !== undefined) return;
  await moveRoom(ctx, { roomId: room._id, command: 'start', by: 'system' });
}

async function collectRoom(ctx: Ctx, room: Room, sitting: Sitting): Promise<void> {
  const live = await AttemptModel.find({ roomId: room._id, state: { $in: LIVE_STATES } }).lean();
  const now = ctx.clock.now();
  let left = live.length;
  for (const attempt of live) {
    if (await isOver(ctx, attempt, room, sitting, now)) {
      await collectAttempt(ctx, attempt._id, 'system');
      left -= 1;
    }
  }
  await sealForgotten(ctx, room);
  if (left === 0) await moveRoom(ctx, { roomId: room._id, command: 'collect', by: 'system' });
}

/** Time over and grace gone; or nobody came until the door closed. The copied deadline is checked against the ledger first. */
async function isOver(
  ctx: Ctx,
  attempt: Attempt,
  room: Room,
  sitting: Sitting,
  now: number,
): Promise<boolean> {
  const grace = graceOf(ctx, sitting);
  const missing = attempt.state === 'expected' && attempt.arrivedAt === undefined;
  if (missing && !mayEnter(now, room.startedAt, sitting.terms.lateEntryMinutes)) return true;
  if (attempt.deadline !== undefined && !isDue(now, clockOf(attempt, room, sitting), grace)) return false;
  await refreshDeadlines(ctx, { sittingId: sitting._id, scope: 'candidate', scopeId: attempt._id });
  const fresh = await AttemptModel.findById(attempt._id).lean();
  return (
    fresh?.deadline !== undefined &&
    fresh.state === attempt.state &&
    isDue(now, clockOf(fresh, room, sitting), grace)
  );
}

/** A crash between an end and its receipt is made good here; staff's terminations get their receipt here too. */
async function sealForgotten(ctx: Ctx, room: Room): Promise<void> {
  const forgotten = await AttemptModel.find({
    roomId: room._id,
    state: { $in: ENDED_STATES },
    receipt: { $exists: false },
  }).lean();
  for (const attempt of forgotten) await sealAttempt(ctx, attempt);
}
