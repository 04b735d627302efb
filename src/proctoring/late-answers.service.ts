import type { StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError, problemOf } from '../shared/errors/index.ts';
import { AttemptModel, type Attempt } from '../sitting/attempt.model.ts';
import { awaitsDecision, DECIDABLE_STATES, type LateReason } from '../sitting/late-answers.rules.ts';
import { lateAnswersOf } from '../sitting/late-answers.service.ts';
import { decideLate } from '../sitting/late-decision.service.ts';
import { orderOf } from '../sitting/paper.service.ts';
import { selectRoom } from '../sitting/sittings.service.ts';
import { isChief } from './access.ts';
import { LateDecisionModel, type LateDecisionRecord } from './late-decision.model.ts';
import type { LateDecisionBody } from './proctoring.contract.ts';
import type { LateAnswersView, LateDecisionResult, LateDecisionView } from './proctoring.views.contract.ts';

/** The late answers of a candidate of the room: when each was given and came, never what it says. @throws AppError platform.not-found */
export async function viewLateAnswers(roomId: string, attemptId: string): Promise<LateAnswersView> {
  const attempt = await AttemptModel.findOne({ _id: attemptId, roomId }).lean();
  if (attempt === null) throw new AppError('platform.not-found');
  const [{ waiting, stored }, order] = await Promise.all([lateAnswersOf(attemptId), orderOf(attemptId)]);
  const storedOf = new Map(stored.map((answer) => [answer.itemId, answer]));
  const numbers = new Map((order?.parts.flat() ?? []).map((itemId, index) => [itemId, index + 1]));
  const { seat, name, deadline, endedAt, late } = attempt;
  return {
    attemptId,
    seat,
    name,
    ...known({ deadline, endedAt, late }),
    rows: waiting
      .map(({ itemId, seq, reason, claimedAt, savedAt }) => ({
        itemId,
        seq,
        reason: reason as LateReason,
        arrivedAt: savedAt,
        ...known({
          number: numbers.get(itemId),
          storedSeq: storedOf.get(itemId)?.seq,
          storedAt: storedOf.get(itemId)?.savedAt,
          claimedAt,
        }),
      }))
      .sort((one, other) => (one.number ?? 0) - (other.number ?? 0)),
  };
}

/** The fields that have a value. */
function known<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

/**
 * A chief's decision on the late answers of one seat, of several, or of all in the room that wait. Each seat has its own
 * result; one that failed does not stop the others. The same `requestId` again answers the first outcome.
 * @throws AppError proctoring.chief-needed, proctoring.reason-needed, sitting.no-late-answers, proctoring.command-under-way
 */
export async function decideLateAnswers(
  ctx: Ctx,
  actor: StaffActor,
  roomId: string,
  body: LateDecisionBody,
): Promise<LateDecisionView> {
  const reason = body.reason.trim();
  if (!isChief(await selectRoom(roomId), actor)) throw new AppError('proctoring.chief-needed');
  if (reason.length < 2) throw new AppError('proctoring.reason-needed', { field: '/reason' });
  const id = body.requestId === undefined ? ctx.random.id('lad') : `lad_${actor.accountId}_${body.requestId}`;
  const given = await LateDecisionModel.findById(id).lean();
  if (given !== null) return repeated(given, roomId);
  const targets = await targetsOf(roomId, body);
  const record: LateDecisionRecord = {
    _id: id,
    roomId,
    accepted: body.accept,
    reason,
    by: actor.accountId,
    byName: actor.name,
    at: ctx.clock.now(),
    done: false,
    results: [],
  };
  try {
    await LateDecisionModel.create(record);
  } catch (error) {
    if ((error as { code?: number }).code !== 11_000) throw error;
    return repeated(await LateDecisionModel.findById(id).lean(), roomId);
  }
  const results = await decideEach(ctx, record, targets, body.upTo);
  await LateDecisionModel.updateOne({ _id: id }, { $set: { done: true } });
  return viewDecision({ ...record, results });
}

function repeated(record: LateDecisionRecord | null, roomId: string): LateDecisionView {
  if (record?.roomId !== roomId) throw new AppError('platform.not-found');
  if (!record.done) throw new AppError('proctoring.command-under-way');
  return viewDecision(record);
}

/** Those named, or everybody in the room whose late answers wait; by seat. */
async function targetsOf(roomId: string, { attemptIds }: LateDecisionBody): Promise<Attempt[]> {
  const all = attemptIds === 'all';
  const which = all ? { state: { $in: DECIDABLE_STATES } } : { _id: { $in: attemptIds } };
  const found = await AttemptModel.find({ roomId, ...which })
    .sort({ seat: 1 })
    .lean();
  if (!all && found.length < attemptIds.length)
    throw new AppError('platform.not-found', { field: '/attemptIds' });
  const targets = all ? found.filter(({ late }) => awaitsDecision(late)) : found;
  if (targets.length === 0) throw new AppError('sitting.no-late-answers');
  return targets;
}

/**
 * Seat after seat, as commands are: each is a transaction with its link in the one audit chain. Each result is written at
 * once, so that the record has what was done before a crash.
 */
async function decideEach(
  ctx: Ctx,
  record: LateDecisionRecord,
  targets: readonly Attempt[],
  upTo: number | undefined,
): Promise<LateDecisionResult[]> {
  const results: LateDecisionResult[] = [];
  for (const target of targets) {
    const result = await decideOne(ctx, record, target, upTo);
    await LateDecisionModel.updateOne({ _id: record._id }, { $push: { results: result } });
    results.push(result);
  }
  return results;
}

async function decideOne(
  ctx: Ctx,
  { accepted, reason, by }: LateDecisionRecord,
  { _id: attemptId, seat }: Attempt,
  upTo: number | undefined,
): Promise<LateDecisionResult> {
  try {
    const decision = { attemptId, accept: accepted, reason, by: `account:${by}`, upTo };
    return { attemptId, seat, ok: true, ...(await decideLate(ctx, decision)) };
  } catch (error) {
    return { attemptId, seat, ok: false, problem: problemFor(ctx, error, attemptId) };
  }
}

function problemFor(ctx: Ctx, error: unknown, attempt: string): ReturnType<typeof problemOf> {
  if (error instanceof AppError) return problemOf(error.code, error.details);
  const reference = ctx.random.id('err');
  ctx.log.error({ err: error, reference, attempt }, 'late answers could not be decided');
  return problemOf('platform.internal', { params: { reference } });
}

/** Decisions of a room, oldest first, for its record. */
export async function lateDecisionsOf(roomId: string): Promise<LateDecisionView[]> {
  const records = await LateDecisionModel.find({ roomId }).sort({ at: 1 }).lean();
  return records.map(viewDecision);
}

function viewDecision({ _id, accepted, reason, byName, at, results }: LateDecisionRecord): LateDecisionView {
  return { id: _id, accepted, reason, byName, at, results };
}
