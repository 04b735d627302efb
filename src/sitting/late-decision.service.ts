import type { ClientSession } from 'mongoose';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { AnswerHistoryModel, type Answer, type AnswerHistory } from './answer.model.ts';
import { answerId, storeInTransaction } from './answer-store.ts';
import { digestOf, forgetAnswers, type AnswersDigest } from './answers.service.ts';
import type { HandInReceipt } from './attempt.contract.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import { loadAttempt } from './attempts.service.ts';
import { sealAttempt } from './hand-in.service.ts';
import { DECIDABLE_STATES, judgeDecision, lateOf } from './late-answers.rules.ts';
import { lateAnswersOf, noteLate, undecided } from './late-answers.service.ts';
import { announceAttempt } from './seats.service.ts';

/** The chief invigilator's word on an attempt's late answers: they count, or stay evidence. */
export interface LateDecision {
  attemptId: string;
  accept: boolean;
  reason: string;
  /** As the audit names the person. */
  by: string;
  /** What reached the server later is not decided, server ms. */
  upTo?: number | undefined;
}

/** What a decision came to. The digests are the same where nothing was taken. */
export interface LateOutcome {
  items: number;
  digestBefore: string;
  digestAfter: string;
}

/**
 * Decides an attempt's late answers, once. Accepted, the newest of each item is the stored one from now on and the receipt is
 * sealed anew over all answers; the earlier receipt stays in it. One transaction with its audit entry.
 * @throws AppError platform.not-found, sitting.attempt-not-ended, sitting.already-marked, sitting.no-late-answers
 */
export async function decideLate(ctx: Ctx, decision: LateDecision): Promise<LateOutcome> {
  const { attempt } = await loadAttempt(decision.attemptId);
  if (attempt.receipt === undefined && isDecidable(attempt)) await sealAttempt(ctx, attempt);
  const { changed, outcome } = await ctx.transact((session) => apply(ctx, decision, session));
  forgetAnswers(ctx, changed._id);
  announceAttempt(ctx, changed);
  await noteLate(ctx, [changed._id]);
  return outcome;
}

const isDecidable = ({ state }: Attempt): boolean =>
  (DECIDABLE_STATES as readonly Attempt['state'][]).includes(state);

async function apply(
  ctx: Ctx,
  decision: LateDecision,
  session: ClientSession,
): Promise<{ changed: Attempt; outcome: LateOutcome }> {
  const { attemptId, accept, upTo } = decision;
  const { attempt } = await loadAttempt(attemptId, session);
  const { waiting, stored } = await lateAnswersOf(attemptId, { session, upTo });
  const verdict = judgeDecision(attempt.state, waiting.length);
  if (!verdict.ok) throw new AppError(verdict.code);
  const now = ctx.clock.now();
  const taken = accept ? waiting.map(asStored) : [];
  await storeInTransaction(taken, session);
  await AnswerHistoryModel.updateMany(
    { ...undecided(attemptId), ...(upTo === undefined ? {} : { savedAt: { $lte: upTo } }) },
    { $set: { decided: { accepted: accept, at: now } } },
    { session },
  );
  const before = digestOf(stored);
  const after = digestOf(merged(stored, taken));
  const late = { ...lateOf(waiting), decision: { accepted: accept, at: now } };
  const changed = await AttemptModel.findOneAndUpdate(
    { _id: attemptId, state: attempt.state },
    { $set: { late, ...(accept ? sealedAnew(attempt, after, now) : {}) }, $inc: { version: 1 } },
    { returnDocument: 'after', session },
  ).lean();
  if (changed === null) throw new AppError('platform.conflict');
  const outcome = { items: waiting.length, digestBefore: before.digest, digestAfter: after.digest };
  await audit(ctx, decision, waiting, outcome, session);
  return { changed, outcome };
}

/** A late answer as it is stored: with its own seq, and the time at which it reached the server. */
const asStored = ({ attemptId, itemId, seq, value, savedAt }: AnswerHistory): Answer => ({
  _id: answerId(attemptId, itemId),
  attemptId,
  itemId,
  seq,
  value,
  savedAt,
});

function merged(stored: readonly Answer[], taken: readonly Answer[]): Answer[] {
  return [...new Map([...stored, ...taken].map((answer) => [answer._id, answer])).values()];
}

function sealedAnew(
  { receipt }: Attempt,
  { digest, answered, lastSaveAt }: AnswersDigest,
  now: number,
): Pick<Attempt, 'receipt' | 'progress'> {
  const progress = { answered, digest, ...(lastSaveAt === undefined ? {} : { lastSaveAt }) };
  if (receipt === undefined) return { progress };
  const earlier = { digest: receipt.digest, answered: receipt.answered, until: now };
  const anew: HandInReceipt = {
    ...receipt,
    digest,
    answered,
    previous: [...(receipt.previous ?? []), earlier],
  };
  return { progress, receipt: anew };
}

async function audit(
  ctx: Ctx,
  { attemptId, accept, reason, by }: LateDecision,
  waiting: readonly AnswerHistory[],
  { digestBefore, digestAfter }: LateOutcome,
  session: ClientSession,
): Promise<void> {
  await ctx.audit.append(
    {
      actor: by,
      action: `sitting.late-answers.${accept ? 'accept' : 'refuse'}`,
      subject: `attempt:${attemptId}`,
      facts: {
        reason,
        answers: waiting.map(({ itemId, seq }) => ({ itemId, seq })),
        digestBefore,
        digestAfter,
      },
    },
    session,
  );
}
