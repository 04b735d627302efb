import { batchedRead } from '../platform/batched-read.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { AttemptModel } from './attempt.model.ts';
import { applicableEntries } from './deadline.rules.ts';
import { LedgerAckModel } from './ledger-ack.model.ts';
import { LedgerEntryModel } from './ledger.model.ts';

const DUPLICATE_KEY = 11_000;

/** Notes that a candidate's page shows a change of time. Returns whether it was news. @throws AppError platform.not-found */
export async function acknowledgeLedger(ctx: Ctx, attemptId: string, entryId: string): Promise<boolean> {
  const [attempt, entry] = await Promise.all([
    AttemptModel.findById(attemptId, { roomId: 1, sittingId: 1 }).lean(),
    LedgerEntryModel.findById(entryId).lean(),
  ]);
  if (attempt === null || entry === null) throw new AppError('platform.not-found');
  const { roomId, sittingId } = attempt;
  if (applicableEntries([entry], { attemptId, roomId, sittingId }).length === 0)
    throw new AppError('platform.not-found');
  try {
    const ack = { _id: `${entryId}:${attemptId}`, entryId, attemptId, at: ctx.clock.now() };
    await LedgerAckModel.collection.insertOne(ack as never);
  } catch (error) {
    if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error;
    return false;
  }
  ctx.live.publish(`staff:${roomId}`, 'ledger.acknowledged', { entryId, attemptId });
  return true;
}

/** Who has acknowledged, attempt ids by entry id. */
export async function acksOf(entryIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const by = new Map(entryIds.map((id) => [id, new Set<string>()]));
  const acks = await LedgerAckModel.find({ entryId: { $in: entryIds } }).lean();
  for (const { entryId, attemptId } of acks) by.get(entryId)?.add(attemptId);
  return by;
}

const readAcks = batchedRead(LedgerAckModel, 'attemptId');

/** Ids of the entries that one attempt's page has acknowledged. */
export async function acknowledgedBy(attemptId: string): Promise<Set<string>> {
  const acks = await readAcks(attemptId);
  return new Set(acks.map(({ entryId }) => entryId));
}
