import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { digestAnswers, savesSettled } from './answers.service.ts';
import type { HandInReceipt } from './attempt.contract.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import { changeAttempt } from './attempt-store.ts';
import { judgeAttempt } from './attempt.rules.ts';
import { loadAttempt, moveAttempt } from './attempts.service.ts';
import { earliestHandInAt } from './deadline.rules.ts';
import { noteLate } from './late-answers.service.ts';
import { announceAttempt } from './seats.service.ts';
import { requireWriter } from './writer.service.ts';

/**
 * Hands an attempt in and gives the receipt; a repeated hand-in, or one that the deadline was quicker than, gives the same receipt.
 * @throws AppError sitting.too-early-to-hand-in, sitting.not-the-writer, and the table's reasons
 */
export async function handIn(
  ctx: Ctx,
  attemptId: string,
  page: { sessionId: string; fence: number | undefined },
): Promise<HandInReceipt> {
  const known = await loadAttempt(attemptId);
  const { attempt, room, sitting } = known;
  if (attempt.state === 'handed-in' || (attempt.state === 'collected' && attempt.startedAt !== undefined)) {
    return attempt.receipt ?? sealAttempt(ctx, attempt);
  }
  const verdict = judgeAttempt(attempt.state, 'hand-in', room.state);
  if (!verdict.ok) throw new AppError(verdict.code);
  requireWriter(attempt, page);
  const { earliestHandInMinutes } = sitting.terms;
  if (
    room.startedAt !== undefined &&
    ctx.clock.now() < earliestHandInAt(room.startedAt, earliestHandInMinutes)
  ) {
    throw new AppError('sitting.too-early-to-hand-in', { params: { minutes: earliestHandInMinutes } });
  }
  try {
    const moved = await moveAttempt(ctx, {
      attemptId,
      command: 'hand-in',
      by: `candidate:${attempt.candidateId}`,
      known,
      quiet: true,
    });
    return await sealAttempt(ctx, moved);
  } catch (error) {
    // Two hand-ins at once, or the collection between: whoever came second gets the receipt of the first.
    if (error instanceof AppError && ['platform.conflict', 'sitting.attempt-ended'].includes(error.code))
      return handIn(ctx, attemptId, page);
    throw error;
  }
}

/** Ends an attempt by its deadline, or because nobody came. */
export async function collectAttempt(ctx: Ctx, attemptId: string, by: string): Promise<void> {
  await sealAttempt(ctx, await moveAttempt(ctx, { attemptId, command: 'collect', by, quiet: true }));
}

/**
 * Writes the receipt of an ended attempt: the digest of all answers, taken after every save on its way is on disk.
 * Done once; a crash between end and receipt is made good by whoever asks next, or by the sweep.
 */
export async function sealAttempt(ctx: Ctx, ended: Attempt): Promise<HandInReceipt> {
  await savesSettled(ctx);
  const { digest, answered, lastSaveAt } = await digestAnswers(ctx, ended._id);
  const receipt: HandInReceipt = {
    attemptId: ended._id,
    state: ended.state,
    digest,
    answered,
    total: ended.total,
    at: ended.endedAt ?? ctx.clock.now(),
  };
  const progress = { answered, digest, ...(lastSaveAt === undefined ? {} : { lastSaveAt }) };
  const sealed = await changeAttempt(
    { _id: ended._id, receipt: { $exists: false } },
    { $set: { receipt, progress }, $inc: { version: 1 } },
  );
  if (sealed !== null) {
    announceAttempt(ctx, sealed);
    if (sealed.evidence > 0) await noteLate(ctx, [sealed._id]);
    return receipt;
  }
  const first = await AttemptModel.findById(ended._id, { receipt: 1 }).lean();
  return first?.receipt ?? receipt;
}
