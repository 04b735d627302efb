import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { AnswerInput, AnswerReceipt, SaveAnswer } from './attempt.contract.ts';
import { AttemptModel } from './attempt.model.ts';
import { answerId, keepHistory, storeAnswers, type TextedAnswer } from './answer-store.ts';
import { answerText } from './answer-text.rules.ts';
import type { Answer } from './answer.model.ts';
import { judgeSave, type SaveVerdict } from './answer.rules.ts';
import { noteLate } from './late-answers.service.ts';
import { refreshDeadlines } from './ledger.service.ts';
import { noteProgress } from './progress.ts';
import { clockOf, graceOf } from './rooms.service.ts';
import { readSaveFacts, type SaveFacts } from './save-facts.ts';
import type { Tally, TallyCache } from './tally.ts';
import { isWriter } from './writer.rules.ts';

/** One request on its way into a batch. */
export interface SaveJob {
  attemptId: string;
  sessionId: string;
  /** The writer's number that the page holds. */
  fence: number | undefined;
  answers: readonly AnswerInput[];
}

/** Late and overtaken answers kept for one attempt at most, so that nobody can fill the disk with them. */
const EVIDENCE_LIMIT = 2_000;

/**
 * Judges, stores and answers one batch of saves. Reads what decides once for all jobs; acknowledges nothing that is not on
 * disk. Jobs fail one by one with their reason, or all with `platform.overloaded` when the store does not take the answers.
 */
export async function saveBatch(
  ctx: Ctx,
  tallies: TallyCache,
  jobs: readonly SaveJob[],
): Promise<PromiseSettledResult<SaveAnswer>[]> {
  try {
    return await judgeAndStore(ctx, tallies, jobs);
  } catch (error) {
    // What the tallies believe may be wrong now: it is read anew.
    for (const job of jobs) tallies.forget(job.attemptId);
    ctx.log.error({ err: error, requests: jobs.length }, 'answers could not be stored');
    throw new AppError('platform.overloaded');
  }
}

async function judgeAndStore(
  ctx: Ctx,
  tallies: TallyCache,
  jobs: readonly SaveJob[],
): Promise<PromiseSettledResult<SaveAnswer>[]> {
  const now = ctx.clock.now();
  const facts = await readSaveFacts(jobs.map((job) => job.attemptId));
  const verdicts = await judgeJobs(ctx, facts, jobs, now);
  const accepted = jobs.filter((_, i) => verdicts[i]?.ok === true);
  await keepEvidence(jobs, verdicts, now);
  await noteLate(
    ctx,
    jobs.filter((_, i) => verdicts[i]?.ok === false).map(({ attemptId }) => attemptId),
  );
  const known = await tallies.of([...new Set(accepted.map((job) => job.attemptId))]);
  const texts = new Map(accepted.map((job) => [job, job.answers.map(answerText)]));
  await storeBatch(texts, known, now);
  return jobs.map((job, i): PromiseSettledResult<SaveAnswer> => {
    const verdict = verdicts[i];
    const tally = known.get(job.attemptId);
    if (verdict?.ok !== true || tally === undefined)
      return {
        status: 'rejected',
        reason: new AppError(verdict?.ok === false ? verdict.code : 'platform.not-found'),
      };
    const value = receiptOf(job, texts.get(job) ?? [], tally, now);
    const { answered, digest } = value;
    const roomId = facts.attempts.get(job.attemptId)?.roomId ?? '';
    noteProgress(ctx, job.attemptId, roomId, { answered, digest, lastSaveAt: tally.lastSaveAt ?? now });
    return { status: 'fulfilled', value };
  });
}

/** Undefined for an attempt that there is not. */
function judge(ctx: Ctx, facts: SaveFacts, job: SaveJob, now: number): SaveVerdict | undefined {
  const attempt = facts.attempts.get(job.attemptId);
  const room = facts.rooms.get(attempt?.roomId ?? '');
  const sitting = facts.sittings.get(attempt?.sittingId ?? '');
  if (attempt === undefined || room === undefined || sitting === undefined) return undefined;
  return judgeSave({
    now,
    state: attempt.state,
    room: room.state,
    isWriter: isWriter(attempt.writer, job),
    clock: clockOf(attempt, room, sitting),
    grace: graceOf(ctx, sitting),
  });
}

/** The deadline read is a copy: the ledger has the last word before an answer is refused for time. */
async function judgeJobs(
  ctx: Ctx,
  facts: SaveFacts,
  jobs: readonly SaveJob[],
  now: number,
): Promise<(SaveVerdict | undefined)[]> {
  const verdicts = jobs.map((job) => judge(ctx, facts, job, now));
  const doubtful = jobs.filter((job, i) => {
    const verdict = verdicts[i];
    const isOver = verdict?.ok === false && verdict.code === 'sitting.time-over';
    return isOver && facts.attempts.get(job.attemptId)?.state !== 'collected';
  });
  if (doubtful.length === 0) return verdicts;
  const ids = [...new Set(doubtful.map((job) => job.attemptId))];
  for (const scopeId of ids) {
    const sittingId = facts.attempts.get(scopeId)?.sittingId ?? '';
    await refreshDeadlines(ctx, { sittingId, scope: 'candidate', scopeId });
  }
  const fresh = await readSaveFacts(ids);
  return jobs.map((job, i) => (doubtful.includes(job) ? judge(ctx, fresh, job, now) : verdicts[i]));
}

async function keepEvidence(
  jobs: readonly SaveJob[],
  verdicts: readonly (SaveVerdict | undefined)[],
  now: number,
): Promise<void> {
  for (const [i, job] of jobs.entries()) {
    const verdict = verdicts[i];
    if (verdict === undefined || verdict.ok || verdict.keep === undefined) continue;
    const kept = await reserveEvidence(job.attemptId, job.answers.length);
    if (kept)
      await keepHistory(
        job.answers.map((answer) => ({
          ...evidenceOf(job.attemptId, answer, now),
          ...(answer.changedAt === undefined ? {} : { claimedAt: answer.changedAt }),
        })),
        verdict.keep,
      );
  }
}

/** Counts evidence towards its limit; false when there is enough of it. */
async function reserveEvidence(attemptId: string, count: number): Promise<boolean> {
  const { modifiedCount } = await AttemptModel.updateOne(
    { _id: attemptId, evidence: { $lt: EVIDENCE_LIMIT } },
    { $inc: { evidence: count } },
  );
  return modifiedCount === 1;
}

const evidenceOf = (
  attemptId: string,
  { itemId, seq, value }: AnswerInput,
  savedAt: number,
): Omit<Answer, '_id'> => ({ attemptId, itemId, seq, value, savedAt });

/** Writes the batch: per item the highest seq that is news, the rest as history; then the tallies follow. */
async function storeBatch(
  jobs: ReadonlyMap<SaveJob, readonly string[]>,
  tallies: ReadonlyMap<string, Tally>,
  now: number,
): Promise<void> {
  const winners = new Map<string, TextedAnswer>();
  const losers: TextedAnswer[] = [];
  for (const [{ attemptId, answers }, texts] of jobs) {
    for (const [i, input] of answers.entries()) {
      const _id = answerId(attemptId, input.itemId);
      const answer = { answer: { _id, ...evidenceOf(attemptId, input, now) }, text: texts[i] ?? '' };
      const stored = tallies.get(attemptId)?.stored(input.itemId);
      const rival = winners.get(_id);
      if ((stored?.seq ?? 0) >= input.seq || (rival?.answer.seq ?? 0) >= input.seq) losers.push(answer);
      else {
        if (rival !== undefined) losers.push(rival);
        winners.set(_id, answer);
      }
    }
  }
  const lost = await storeAnswers([...winners.values()]);
  for (const winner of winners.values()) {
    const { _id, attemptId } = winner.answer;
    const stored = lost.get(_id);
    if (stored === undefined) tallies.get(attemptId)?.put(winner.answer, winner.text);
    else {
      tallies.get(attemptId)?.put(stored);
      losers.push(winner);
    }
  }
  if (losers.length > 0) await keepOvertaken(losers, tallies);
}

/** A repeated request brings what is stored already; only what differs from it is kept. */
async function keepOvertaken(
  losers: readonly TextedAnswer[],
  tallies: ReadonlyMap<string, Tally>,
): Promise<void> {
  const news = losers
    .filter(({ answer, text }) => tallies.get(answer.attemptId)?.isStored(answer.itemId, text) !== true)
    .map(({ answer }) => answer);
  const counts = new Map<string, number>();
  for (const { attemptId } of news) counts.set(attemptId, (counts.get(attemptId) ?? 0) + 1);
  for (const [attemptId, count] of counts) {
    if (!(await reserveEvidence(attemptId, count))) continue;
    await keepHistory(
      news
        .filter((answer) => answer.attemptId === attemptId)
        .map(({ itemId, seq, value, savedAt }) => ({ attemptId, itemId, seq, value, savedAt })),
      'lower-seq',
    );
  }
}

function receiptOf(job: SaveJob, texts: readonly string[], tally: Tally, now: number): SaveAnswer {
  const receipts = job.answers.map(({ itemId, seq }, i): AnswerReceipt => {
    const stored = tally.stored(itemId);
    const counts = tally.isStored(itemId, texts[i] ?? '');
    return { itemId, seq, stored: stored?.seq ?? seq, counts, savedAt: stored?.savedAt ?? now };
  });
  return { receipts, digest: tally.digest(), answered: tally.answered, now };
}
