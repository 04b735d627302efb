import type { ClientSession } from 'mongoose';
import { batchedRead } from '../platform/batched-read.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import type { LedgerLine, TimeChanged } from './attempt.contract.ts';
import { LIVE_STATES } from './attempt.rules.ts';
import { applicableEntries, deadlineOf, type LedgerKind, type LedgerScope } from './deadline.rules.ts';
import { acksOf } from './ledger-ack.service.ts';
import { LedgerEntryModel, type LedgerEntry } from './ledger.model.ts';
import { RoomModel } from './room.model.ts';
import { sendSeat } from './seats.service.ts';
import { selectSitting } from './sittings.service.ts';

/** Time to be given (or, for a correction, taken back). `scopeId` is an attempt, a room or the sitting. */
export interface LedgerInput {
  sittingId: string;
  scope: LedgerScope;
  scopeId: string;
  minutes: number;
  kind: LedgerKind;
  reason: string;
  /** As the audit names the person, or "system". */
  by: string;
}

/** The live attempts that a scope covers. */
type Reach = Pick<LedgerInput, 'sittingId' | 'scope' | 'scopeId'>;
const reachOf = ({ sittingId, scope, scopeId }: Reach): Record<string, unknown> => ({
  sittingId,
  ...(scope === 'candidate' ? { _id: scopeId } : {}),
  ...(scope === 'room' ? { roomId: scopeId } : {}),
});

/**
 * Writes a change of time with its audit entry. Inside a transaction of the caller's, call `refreshDeadlines` after its commit.
 * @throws AppError platform.not-found, sitting.time-below-minimum
 */
export async function appendLedger(
  ctx: Ctx,
  input: LedgerInput,
  session?: ClientSession,
): Promise<LedgerEntry> {
  if (session !== undefined) return writeEntry(ctx, input, session);
  const entry = await ctx.transact((own) => writeEntry(ctx, input, own));
  await refreshDeadlines(ctx, input);
  return entry;
}

async function writeEntry(ctx: Ctx, input: LedgerInput, session: ClientSession): Promise<LedgerEntry> {
  const attempts = await AttemptModel.find(reachOf(input), { roomId: 1, sittingId: 1 })
    .session(session)
    .lean();
  if (attempts.length === 0) throw new AppError('platform.not-found');
  if (input.minutes < 0) await refuseBelowMinimum(input, attempts, session);
  const entry: LedgerEntry = { _id: ctx.random.id('led'), ...input, at: ctx.clock.now() };
  await LedgerEntryModel.create([entry], { session });
  const { scope, scopeId, minutes, kind, reason } = input;
  await ctx.audit.append(
    {
      actor: input.by,
      action: 'sitting.ledger.append',
      subject: `sitting:${input.sittingId}`,
      facts: { scope, scopeId, minutes, kind, reason },
    },
    session,
  );
  return entry;
}

/** A correction takes back what was given too much, never of the paper's own time (11.3). */
async function refuseBelowMinimum(
  input: LedgerInput,
  attempts: readonly Pick<Attempt, '_id' | 'roomId' | 'sittingId'>[],
  session: ClientSession,
): Promise<void> {
  const entries = await LedgerEntryModel.find({ sittingId: input.sittingId }).session(session).lean();
  const least = Math.min(...attempts.map((attempt) => given(entries, attempt)));
  if (least + input.minutes < 0)
    throw new AppError('sitting.time-below-minimum', {
      field: '/minutes',
      params: { minutes: Math.max(0, Math.floor(least)) },
    });
}

const given = (
  entries: readonly LedgerEntry[],
  { _id, roomId, sittingId }: Pick<Attempt, '_id' | 'roomId' | 'sittingId'>,
): number =>
  applicableEntries(entries, { attemptId: _id, roomId, sittingId }).reduce(
    (sum, { minutes }) => sum + minutes,
    0,
  );

const readScope = batchedRead(LedgerEntryModel, 'scopeId');

/** The ledger entries that count for an attempt, oldest first. */
export async function ledgerOf({
  _id,
  roomId,
  sittingId,
}: Pick<Attempt, '_id' | 'roomId' | 'sittingId'>): Promise<LedgerEntry[]> {
  const entries = (await Promise.all([_id, roomId, sittingId].map(readScope))).flat();
  return applicableEntries(entries, { attemptId: _id, roomId, sittingId }).sort((a, b) => a.at - b.at);
}

/** The ledger entries of a room: its own, its sitting's and its candidates', oldest first. */
export async function ledgerOfRoom(roomId: string): Promise<LedgerEntry[]> {
  const attempts = await AttemptModel.find({ roomId }, { sittingId: 1 }).lean();
  const ids = [
    roomId,
    ...attempts.map(({ _id }) => _id),
    ...new Set(attempts.map(({ sittingId }) => sittingId)),
  ];
  return LedgerEntryModel.find({ scopeId: { $in: ids } })
    .sort({ at: 1 })
    .lean();
}

/**
 * Works out the deadlines of a scope's attempts from the ledger and tells everyone concerned. The stored deadline is a copy
 * for fast reading: whoever is about to end something because of it calls this first.
 */
export async function refreshDeadlines(ctx: Ctx, reach: Reach): Promise<void> {
  const filter = { ...reachOf(reach), state: { $in: LIVE_STATES } };
  const [sitting, entries, attempts, rooms] = await Promise.all([
    selectSitting(reach.sittingId),
    LedgerEntryModel.find({ sittingId: reach.sittingId }).lean(),
    AttemptModel.find(filter).lean(),
    RoomModel.find({ sittingId: reach.sittingId }).lean(),
  ]);
  const starts = new Map(rooms.map((room) => [room._id, room.startedAt]));
  const changes = attempts.flatMap((attempt): { attempt: Attempt; deadline: number | undefined }[] => {
    const startedAt = starts.get(attempt.roomId);
    if (startedAt === undefined) return [{ attempt, deadline: undefined }];
    const where = { attemptId: attempt._id, roomId: attempt.roomId, sittingId: attempt.sittingId };
    const deadline = deadlineOf({
      startedAt,
      minutes: sitting.minutes,
      entries: applicableEntries(entries, where),
    });
    return deadline === attempt.deadline ? [] : [{ attempt, deadline }];
  });
  if (changes.length === 0) return;
  await AttemptModel.bulkWrite(
    changes.map(({ attempt, deadline }) => ({
      updateOne: {
        filter: { _id: attempt._id, state: { $in: [...LIVE_STATES] } },
        update: { $inc: { version: 1 }, ...(deadline === undefined ? {} : { $set: { deadline } }) },
      },
    })),
    { ordered: false },
  );
  await announceTime(
    ctx,
    changes.map(({ attempt }) => attempt._id),
    entries,
  );
}

/** Tells pages and consoles of new deadlines; each page also hears which entries it has not acknowledged yet. */
async function announceTime(
  ctx: Ctx,
  attemptIds: readonly string[],
  entries: readonly LedgerEntry[],
): Promise<void> {
  const [attempts, acks] = await Promise.all([
    AttemptModel.find({ _id: { $in: attemptIds } }).lean(),
    acksOf(entries.map(({ _id }) => _id)),
  ]);
  const now = ctx.clock.now();
  for (const attempt of attempts) {
    const { _id: attemptId, roomId, sittingId, version, deadline } = attempt;
    const hint: TimeChanged = {
      attemptId,
      version,
      now,
      ...(deadline === undefined ? {} : { deadline }),
      entries: applicableEntries(entries, { attemptId, roomId, sittingId })
        .filter(({ _id }) => acks.get(_id)?.has(attemptId) !== true)
        .map((entry) => viewLine(entry, false)),
    };
    ctx.live.publish(`attempt:${attemptId}`, 'time.changed', hint);
    sendSeat(ctx, attempt);
  }
}

/** A change of time as the candidate's page sees it. */
export const viewLine = (
  { _id, minutes, kind, scope, at }: LedgerEntry,
  acknowledged: boolean,
): LedgerLine => ({ id: _id, minutes, kind, scope, at, acknowledged });
