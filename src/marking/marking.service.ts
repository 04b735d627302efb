import type { ClientSession } from 'mongoose';
import type { KeyedForm } from '../assembly/form.contract.ts';
import { unsafeLoadKeyedForm } from '../assembly/forms.service.ts';
import { actorName, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { writeFraction } from '../shared/fraction.ts';
import { AnswerModel } from '../sitting/answer.model.ts';
import { AttemptModel, type Attempt } from '../sitting/attempt.model.ts';
import { SittingModel, type Sitting } from '../sitting/sitting.model.ts';
import { scoreAttempt } from './attempt-scoring.ts';
import { AttemptScoreModel, type AttemptScore } from './attempt-score.model.ts';
import type { MarkingReport } from './marking.contract.ts';
import { openWork } from './sheets.service.ts';

/** States in which a sitting can be (re)scored: after collection and before the release. */
const MARKABLE: readonly Sitting['state'][] = ['collected', 'marked'];
/** Attempts read and scored in one go. */
const BATCH = 100;

/**
 * Scores every attempt of a collected sitting automatically and exactly. May be repeated until the release: the same
 * answers give the same points. The sitting counts as marked once all score sheets are sealed and adjudicated too.
 * @throws AppError platform.not-found, marking.not-collected
 */
export async function markSitting(ctx: Ctx, actor: Actor, sittingId: string): Promise<MarkingReport> {
  const sitting = await SittingModel.findById(sittingId).lean<Sitting>();
  if (sitting === null) throw new AppError('platform.not-found');
  if (!MARKABLE.includes(sitting.state)) {
    throw new AppError('marking.not-collected', { params: { state: sitting.state } });
  }
  const scoringSince = ctx.clock.now();
  const scored = await scoreAttempts(ctx, sitting);
  const { sheetsOpen, adjudicationsOpen } = await openWork(sitting);
  const marked = sheetsOpen === 0 && adjudicationsOpen === 0;
  await ctx.transact(async (session) => {
    if (marked) {
      await refuseOutdatedScores(sittingId, scoringSince, session);
      await SittingModel.updateOne(
        { _id: sittingId, state: 'collected' },
        { $set: { state: 'marked' } },
        { session },
      );
      await AttemptModel.updateMany(
        { sittingId, state: { $in: ['handed-in', 'collected', 'terminated'] } },
        { $set: { state: 'marked' }, $inc: { version: 1 } },
        { session },
      );
    }
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'marking.sitting.mark',
        subject: `sitting:${sittingId}`,
        facts: { scored, sheetsOpen, adjudicationsOpen, marked },
      },
      session,
    );
  });
  return { sittingId, scored, sheetsOpen, adjudicationsOpen, marked };
}

/** How far a sitting's marking has come, without scoring anything. @throws AppError platform.not-found */
export async function markingProgress(sittingId: string): Promise<MarkingReport> {
  const sitting = await SittingModel.findById(sittingId).lean<Sitting>();
  if (sitting === null) throw new AppError('platform.not-found');
  const [scored, work] = await Promise.all([
    AttemptScoreModel.countDocuments({ sittingId }),
    openWork(sitting),
  ]);
  return { sittingId, scored, ...work, marked: ['marked', 'released', 'archived'].includes(sitting.state) };
}

/** Late answers that were accepted while the scoring read the answers: it has to be done again. @throws AppError platform.conflict */
async function refuseOutdatedScores(sittingId: string, since: number, session: ClientSession): Promise<void> {
  const changed = await AttemptModel.exists({
    sittingId,
    'late.decision.accepted': true,
    'late.decision.at': { $gte: since },
  }).session(session);
  if (changed !== null) throw new AppError('platform.conflict');
}

async function scoreAttempts(ctx: Ctx, sitting: Sitting): Promise<number> {
  const forms = new Map<string, KeyedForm>();
  for (const formId of sitting.formIds) forms.set(formId, await unsafeLoadKeyedForm(formId));
  let scored = 0;
  let after = '';
  for (;;) {
    const attempts = await AttemptModel.find({ sittingId: sitting._id, _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean<Attempt[]>();
    const last = attempts.at(-1);
    if (last === undefined) return scored;
    after = last._id;
    scored += await scoreBatch(
      ctx,
      attempts.filter((attempt) => attempt.absent !== true),
      forms,
    );
  }
}

async function scoreBatch(
  ctx: Ctx,
  attempts: readonly Attempt[],
  forms: ReadonlyMap<string, KeyedForm>,
): Promise<number> {
  const answers = await AnswerModel.find({
    attemptId: { $in: attempts.map((attempt) => attempt._id) },
  }).lean();
  const byAttempt = new Map<string, Map<string, unknown>>(
    attempts.map((attempt) => [attempt._id, new Map()]),
  );
  for (const answer of answers) byAttempt.get(answer.attemptId)?.set(answer.itemId, answer.value);
  const operations = attempts.flatMap((attempt) => {
    const keyed = forms.get(attempt.formId);
    if (keyed === undefined) return [];
    const score = scoreOf(ctx, attempt, keyed, byAttempt.get(attempt._id) ?? new Map());
    return [{ replaceOne: { filter: { _id: attempt._id }, replacement: score, upsert: true } }];
  });
  if (operations.length > 0) await AttemptScoreModel.bulkWrite(operations);
  return operations.length;
}

function scoreOf(
  ctx: Ctx,
  attempt: Attempt,
  keyed: KeyedForm,
  answers: ReadonlyMap<string, unknown>,
): AttemptScore {
  const { items, total, possible } = scoreAttempt(keyed, answers);
  return {
    _id: attempt._id,
    sittingId: attempt.sittingId,
    enrolmentId: attempt.enrolmentId,
    formId: attempt.formId,
    formDigest: keyed.digest,
    items: items.map((item) => ({
      itemId: item.itemId,
      points: writeFraction(item.points),
      possible: writeFraction(item.possible),
    })),
    total: writeFraction(total),
    possible: writeFraction(possible),
    scoredAt: ctx.clock.now(),
  };
}
