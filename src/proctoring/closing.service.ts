import { actorName, type StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { AttemptModel } from '../sitting/attempt.model.ts';
import { ENDED_STATES, hasEnded } from '../sitting/attempt.rules.ts';
import { collectAttempt, sealAttempt } from '../sitting/hand-in.service.ts';
import { judgeRoom } from '../sitting/room.rules.ts';
import { moveRoom } from '../sitting/rooms.service.ts';
import { selectRoom, selectSitting } from '../sitting/sittings.service.ts';
import { judgeClosing } from './closing.rules.ts';
import type { RoomRecord } from './proctoring.views.contract.ts';
import { readRecord, signRecord } from './record.service.ts';

/**
 * Closes a room in which nobody works any more: those who never came are collected as absent, the room is collected,
 * and the record is signed. In a room that has been collected already it only signs.
 * @throws AppError proctoring.still-working, proctoring.late-entry-open, and the room's own reasons
 */
export async function closeRoom(
  ctx: Ctx,
  actor: StaffActor,
  roomId: string,
  remarks: string | undefined,
): Promise<RoomRecord> {
  const room = await selectRoom(roomId);
  if (room.state !== 'collected') await collectRoom(ctx, actor, roomId);
  await signRecord(ctx, actor, roomId, remarks);
  return readRecord(ctx, roomId);
}

async function collectRoom(ctx: Ctx, actor: StaffActor, roomId: string): Promise<void> {
  const room = await selectRoom(roomId);
  const state = judgeRoom(room.state, 'collect', room.startedAt !== undefined);
  if (!state.ok) throw new AppError(state.code);
  const sitting = await selectSitting(room.sittingId);
  const attempts = await AttemptModel.find({ roomId }, { state: 1, arrivedAt: 1 }).lean();
  const verdict = judgeClosing({
    now: ctx.clock.now(),
    startedAt: room.startedAt,
    lateEntryMinutes: sitting.terms.lateEntryMinutes,
    attempts: attempts.map(({ _id, state, arrivedAt }) => ({
      id: _id,
      state,
      arrived: arrivedAt !== undefined,
    })),
  });
  if (!verdict.ok) {
    throw new AppError(verdict.code, { params: verdict.params });
  }
  const by = actorName(actor);
  for (const attemptId of verdict.absent) await collectAbsent(ctx, attemptId, by);
  await sealEnded(ctx, roomId);
  try {
    await moveRoom(ctx, { roomId, command: 'collect', by });
  } catch (error) {
    // The server's own sweep collects a room whose last attempt has ended; it may have come first.
    if (!(error instanceof AppError) || (await selectRoom(roomId)).state !== 'collected') throw error;
  }
}

/** Collects the paper of somebody who never came; the server's own sweep may have come first. */
async function collectAbsent(ctx: Ctx, attemptId: string, by: string): Promise<void> {
  try {
    await collectAttempt(ctx, attemptId, by);
  } catch (error) {
    const attempt = await AttemptModel.findById(attemptId, { state: 1 }).lean();
    if (!(error instanceof AppError) || attempt === null || !hasEnded(attempt.state)) throw error;
  }
}

/** A collected room is not swept any more, so every attempt that has ended gets its receipt now. */
async function sealEnded(ctx: Ctx, roomId: string): Promise<void> {
  const state = { $in: [...ENDED_STATES] };
  const open = await AttemptModel.find({ roomId, state, receipt: { $exists: false } }).lean();
  for (const attempt of open) await sealAttempt(ctx, attempt);
}
