import type { ClientSession } from 'mongoose';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import type { TimeChanged } from './attempt.contract.ts';
import { LIVE_STATES } from './attempt.rules.ts';
import { applicableEntries, deadlineOf, type LedgerKind, type LedgerScope } from './deadline.rules.ts';
import { LedgerEntryModel, type LedgerEntry } from './ledger.model.ts';
import { RoomModel } from './room.model.ts';
import { publishSeat } from './seats.service.ts';
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
  const entry: LedgerEntry = { _id: ctx.random.id('led'), ...input, at: ctx.clock.now(), acknowledgedBy: [] };
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

/** The ledger entries that count for an attempt, oldest first. */
export async function ledgerOf({
  _id,
  roomId,
  sittingId,
}: Pick<Attempt, '_id' | 'roomId' | 'sittingId'>): Promise<LedgerEntry[]> {
  const entries = await LedgerEntryModel.find({ scopeId: { $in: [_id, roomId, sittingId] } })
    .sort({ at: 1 })
    .lean();
  return applicableEntries(entries, { attemptId: _id, roomId, sittingId });
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

/** Notes that a candidate has read a change of time. Returns whether it was news. @throws AppError platform.not-found */
export async function acknowledgeLedger(ctx: Ctx, attemptId: string, entryId: string): Promise<boolean> {
  const [attempt, entry] = await Promise.all([
    AttemptModel.findById(attemptId).lean(),
    LedgerEntryModel.findById(entryId).lean(),
  ]);
  if (attempt === null || entry === null || !(await ledgerOf(attempt)).some(({ _id }) => _id === entryId)) {
    throw new AppError('platform.not-found');
  }
  const { modifiedCount } = await LedgerEntryModel.updateOne(
    { _id: entryId },
    { $addToSet: { acknowledgedBy: attemptId } },
  );
  if (modifiedCount === 0) return false;
  ctx.live.publish(`staff:${attempt.roomId}`, 'ledger.acknowledged', { entryId, attemptId });
  return true;
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
  const now = ctx.clock.now();
  for (const { attempt, deadline } of changes) {
    const hint: TimeChanged = {
      attemptId: attempt._id,
      version: attempt.version + 1,
      now,
      ...(deadline === undefined ? {} : { deadline }),
    };
    ctx.live.publish(`attempt:${attempt._id}`, 'time.changed', hint);
    await publishSeat(ctx, attempt._id);
  }
}
