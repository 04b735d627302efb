import type { ClientSession } from 'mongoose';
import type { Ctx } from '../platform/context.ts';
import { AnswerHistoryModel, type Answer, type AnswerHistory } from './answer.model.ts';
import { answersOf } from './answer-store.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import { DECIDABLE_STATES, LATE_REASONS, lateOf, waitingAnswers } from './late-answers.rules.ts';
import { announceAttempt } from './seats.service.ts';

/** Notes that meet each other try again this often at most. */
const ROUNDS = 10;

/** An attempt's late answers that wait for a decision, and what is stored. */
export interface LateAnswers {
  waiting: AnswerHistory[];
  stored: Answer[];
}

/** Evidence of an attempt that may still come to count and of which nothing has been decided. */
export const undecided = (attemptId: string): Record<string, unknown> => ({
  attemptId,
  reason: { $in: [...LATE_REASONS] },
  decided: { $exists: false },
});

/** Reads what waits for a decision; `upTo` as in the rule. */
export async function lateAnswersOf(
  attemptId: string,
  { session, upTo }: { session?: ClientSession; upTo?: number | undefined } = {},
): Promise<LateAnswers> {
  const evidence = await AnswerHistoryModel.find(undecided(attemptId))
    .session(session ?? null)
    .lean();
  const stored = await answersOf(attemptId, session);
  return { waiting: waitingAnswers(evidence, stored, upTo), stored };
}

/**
 * Keeps up what ended attempts show of their late answers, after evidence was kept. What is kept of a live attempt shows once
 * it has ended (`sealAttempt`); what came to be known in between is found by both, so none is missed.
 */
export async function noteLate(ctx: Ctx, attemptIds: readonly string[]): Promise<void> {
  await Promise.all([...new Set(attemptIds)].map((attemptId) => keepUp(ctx, attemptId)));
}

async function keepUp(ctx: Ctx, attemptId: string): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const attempt = await AttemptModel.findOne(
      { _id: attemptId, state: { $in: DECIDABLE_STATES } },
      { version: 1, late: 1 },
    ).lean();
    if (attempt === null) return;
    const late = lateOf((await lateAnswersOf(attemptId)).waiting);
    if (late === undefined || isShown(attempt, late)) return;
    // The version read before the evidence: of two notes at once, the one that knew less does not come last.
    const noted = await AttemptModel.findOneAndUpdate(
      { _id: attemptId, version: attempt.version },
      { $set: { late }, $inc: { version: 1 } },
      { returnDocument: 'after' },
    ).lean();
    if (noted === null) continue;
    announceAttempt(ctx, noted);
    return;
  }
  ctx.log.warn({ attempt: attemptId }, 'late answers could not be noted');
}

const isShown = ({ late }: Pick<Attempt, 'late'>, { items, at }: NonNullable<Attempt['late']>): boolean =>
  late !== undefined && late.decision === undefined && late.items === items && late.at === at;
