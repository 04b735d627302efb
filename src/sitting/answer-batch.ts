import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { AnswerInput, AnswerReceipt, SaveAnswer } from './attempt.contract.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import { answerId, keepHistory, storeAnswers } from './answer-store.ts';
import type { Answer } from './answer.model.ts';
import { judgeSave, type SaveVerdict } from './answer.rules.ts';
import { refreshDeadlines } from './ledger.service.ts';
import { noteProgress } from './progress.ts';
import { RoomModel, type Room } from './room.model.ts';
import { clockOf, graceOf } from './rooms.service.ts';
import { SittingModel, type Sitting } from './sitting.model.ts';
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

/** What decides about the jobs of one batch, read in one go. */
interface BatchFacts {
  attempts: ReadonlyMap<string, Attempt>;
  rooms: ReadonlyMap<string, Room>;
  sittings: ReadonlyMap<string, Sitting>;
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
  const facts = await loadFacts(jobs.map((job) => job.attemptId));
  const verdicts = await Promise.all(jobs.map((job) => judgeJob(ctx, facts, job, now)));
  const accepted = jobs.filter((_, i) => verdicts[i]?.ok === true);
  await keepEvidence(jobs, verdicts, now);
  const known = await tallies.of([...new Set(accepted.map((job) => job.attemptId))]);
  await storeBatch(accepted, known, now);
  return jobs.map((job, i): PromiseSettledResult<SaveAnswer> => {
    const verdict = verdicts[i];
    if (verdict === undefined || !verdict.ok)
      return { status: 'rejected', reason: new AppError(verdict?.code ?? 'platform.not-found') };
    return { status: 'fulfilled', value: receiptOf(ctx, job, known.get(job.attemptId), now) };
  });
}

async function loadFacts(attemptIds: readonly string[]): Promise<BatchFacts> {
  const attempts = await AttemptModel.find({ _id: { $in: attemptIds } }, { order: 0 }).lean();
  const [rooms, sittings] = await Promise.all([
    RoomModel.find({ _id: { $in: [...new Set(attempts.map((a) => a.roomId))] } }).lean(),
    SittingModel.find({ _id: { $in: [...new Set(attempts.map((a) => a.sittingId))] } }).lean(),
  ]);
  const byId = <T extends { _id: string }>(list: readonly T[]): Map<string, T> =>
    new Map(list.map((one) => [one._id, one]));
  return { attempts: byId(attempts), rooms: byId(rooms), sittings: byId(sittings) };
}

async function judgeJob(
  ctx: Ctx,
  facts: BatchFacts,
  job: SaveJob,
  now: number,
): Promise<SaveVerdict | undefined> {
  const attempt = facts.attempts.get(job.attemptId);
  const room = facts.rooms.get(attempt?.roomId ?? '');
  const sitting = facts.sittings.get(attempt?.sittingId ?? '');
  if (attempt === undefined || room === undefined || sitting === undefined) return undefined;
  const judge = (current: Attempt): SaveVerdict =>
    judgeSave({
      now,
      state: current.state,
      room: room.state,
      isWriter: isWriter(current.writer, job),
      clock: clockOf(current, room, sitting),
      grace: graceOf(ctx, sitting),
    });
  const verdict = judge(attempt);
  if (verdict.ok || verdict.code !== 'sitting.time-over' || attempt.state === 'collected') return verdict;
  // The deadline read is a copy: the ledger has the last word before an answer is refused for time.
  await refreshDeadlines(ctx, { sittingId: sitting._id, scope: 'candidate', scopeId: attempt._id });
  const fresh = await AttemptModel.findById(attempt._id).lean();
  return fresh === null ? verdict : judge(fresh);
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
): Omit<Answer, '_id'> => ({
  attemptId,
  itemId,
  seq,
  value,
  savedAt,
});

/** Writes the batch: per item the highest seq that is news, the rest as history; then the tallies follow. */
async function storeBatch(
  jobs: readonly SaveJob[],
  tallies: ReadonlyMap<string, Tally>,
  now: number,
): Promise<void> {
  const winners = new Map<string, Answer>();
  const losers: Omit<Answer, '_id'>[] = [];
  for (const { attemptId, answers } of jobs) {
    for (const input of answers) {
      const answer: Answer = { _id: answerId(attemptId, input.itemId), ...evidenceOf(attemptId, input, now) };
      const stored = tallies.get(attemptId)?.stored(input.itemId);
      const rival = winners.get(answer._id);
      if ((stored?.seq ?? 0) >= answer.seq || (rival?.seq ?? 0) >= answer.seq) losers.push(answer);
      else {
        if (rival !== undefined) losers.push(rival);
        winners.set(answer._id, answer);
      }
    }
  }
  const lost = await storeAnswers([...winners.values()]);
  for (const answer of winners.values()) {
    tallies.get(answer.attemptId)?.put(lost.get(answer._id) ?? answer);
    if (lost.has(answer._id)) losers.push(answer);
  }
  await keepOvertaken(losers, tallies);
}

/** A repeated request brings what is stored already; only what differs from it is kept. */
async function keepOvertaken(
  losers: readonly Omit<Answer, '_id'>[],
  tallies: ReadonlyMap<string, Tally>,
): Promise<void> {
  const news = losers.filter((answer) => tallies.get(answer.attemptId)?.isStored(answer) !== true);
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

function receiptOf(ctx: Ctx, job: SaveJob, tally: Tally | undefined, now: number): SaveAnswer {
  const receipts = job.answers.map((answer): AnswerReceipt => {
    const { itemId, seq } = answer;
    const stored = tally?.stored(itemId);
    const counts = tally?.isStored(answer) ?? false;
    return { itemId, seq, stored: stored?.seq ?? seq, counts, savedAt: stored?.savedAt ?? now };
  });
  const answered = tally?.answered ?? 0;
  const digest = tally?.digest() ?? '';
  noteProgress(ctx, job.attemptId, { answered, digest, lastSaveAt: tally?.lastSaveAt ?? now });
  return { receipts, digest, answered, now };
}
