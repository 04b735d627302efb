import { CandidateModel, idTail } from '../people/candidate.model.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { AttemptModel } from './attempt.model.ts';
import { announceAttempt } from './seats.service.ts';

/**
 * The candidate leaves the seat, or is back. The clock runs on; every page of the attempt covers the paper meanwhile, and
 * the consoles see who is away since when. Coming back takes the tail of the ID again.
 * @throws AppError sitting.not-started, sitting.wrong-tail
 */
export async function setAway(
  ctx: Ctx,
  input: { attemptId: string; candidateId: string; away: boolean; idTail?: string },
): Promise<void> {
  const { attemptId, candidateId, away } = input;
  if (!away) await requireTail(candidateId, input.idTail);
  const change = away ? { $set: { awaySince: ctx.clock.now() } } : { $unset: { awaySince: 1 } };
  const changed = await AttemptModel.findOneAndUpdate(
    { _id: attemptId, state: { $in: ['answering', 'paused'] }, awaySince: { $exists: !away } },
    { ...change, $inc: { version: 1 } },
    { returnDocument: 'after' },
  ).lean();
  if (changed === null) {
    const attempt = await AttemptModel.findById(attemptId, { awaySince: 1, state: 1 }).lean();
    const already = (attempt?.awaySince !== undefined) === away;
    if (already) return;
    throw new AppError('sitting.not-started');
  }
  await ctx.audit.record({
    actor: `candidate:${candidateId}`,
    action: away ? 'sitting.seat.left' : 'sitting.seat.back',
    subject: `attempt:${attemptId}`,
  });
  announceAttempt(ctx, changed);
}

async function requireTail(candidateId: string, given: string | undefined): Promise<void> {
  const candidate = await CandidateModel.findById(candidateId, { idNumber: 1 }).lean();
  if (candidate === null || idTail(candidate.idNumber) !== given?.toUpperCase())
    throw new AppError('sitting.wrong-tail', { field: '/idTail' });
}
