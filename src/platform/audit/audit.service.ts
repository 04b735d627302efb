import { createHash } from 'node:crypto';
import mongoose, { type ClientSession } from 'mongoose';
import type { Clock } from '../clock.ts';
import { AuditEntryModel, AuditHeadModel, type AuditEntry } from './audit.model.ts';
import { GENESIS, findChainFault, hashedText, type ChainFault } from './audit.rules.ts';

/** A decision to be recorded. */
export interface AuditRecord {
  actor: string;
  action: string;
  subject: string;
  facts?: Record<string, unknown>;
}

/** The append-only, hash-chained record of decisions. */
export interface Audit {
  /** Appends inside the transaction that makes the change, so that either both stand or neither. */
  append(record: AuditRecord, session: ClientSession): Promise<AuditEntry>;
  /**
   * Appends decisions of the busy paths (check-in, start, hand-in), many to a write; resolves when durable.
   * The change is written first and the entry names it, so a crash between can be seen and mended.
   */
  record(record: AuditRecord): Promise<void>;
  /** Walks the whole chain; names the first bad entry. */
  verify(): Promise<{ entries: number; fault: ChainFault | undefined }>;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Appends `records` after the newest entry, in one go. A clash on `seq` is a write conflict, to be retried by the caller. */
async function appendAll(
  records: readonly AuditRecord[],
  now: number,
  session: ClientSession,
): Promise<AuditEntry[]> {
  // Touching one document makes two appenders clash as a write conflict, which the transaction retries.
  await AuditHeadModel.updateOne({ _id: 'head' }, { $inc: { appends: 1 } }, { upsert: true, session });
  const head = await AuditEntryModel.findOne({}).sort({ seq: -1 }).session(session).lean();
  let seq = head?.seq ?? 0;
  let prev = head?.hash ?? GENESIS;
  const entries = records.map(({ actor, action, subject, facts }) => {
    seq += 1;
    const fields = { seq, at: now, actor, action, subject, facts: facts ?? {}, prev };
    prev = sha256(hashedText(fields));
    return { _id: String(seq).padStart(12, '0'), ...fields, hash: prev };
  });
  await AuditEntryModel.insertMany(entries, { session });
  return entries;
}

/** Opens the audit record on the default connection. */
export function createAudit(clock: Clock): Audit {
  // One appender at a time in this process: the chain is a line, and queueing is cheaper than retrying conflicts.
  const waiting: { record: AuditRecord; done: () => void; failed: (error: unknown) => void }[] = [];
  let flushing = false;

  async function flush(): Promise<void> {
    flushing = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, 500);
      try {
        await mongoose.connection.withSession((session) =>
          session.withTransaction(() =>
            appendAll(
              batch.map((b) => b.record),
              clock.now(),
              session,
            ),
          ),
        );
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    flushing = false;
  }

  return {
    async append(record, session) {
      const [entry] = await appendAll([record], clock.now(), session);
      return entry as AuditEntry;
    },
    record: (record) =>
      new Promise((done, failed) => {
        waiting.push({ record, done, failed });
        if (!flushing) void flush();
      }),
    async verify() {
      let before = { seq: 0, hash: GENESIS };
      for (;;) {
        const entries = await AuditEntryModel.find({ seq: { $gt: before.seq } })
          .sort({ seq: 1 })
          .limit(1000)
          .lean();
        const fault = findChainFault(entries, sha256, before);
        if (fault !== undefined) return { entries: before.seq, fault };
        const last = entries.at(-1);
        if (last === undefined) return { entries: before.seq, fault: undefined };
        before = { seq: last.seq, hash: last.hash };
      }
    },
  };
}
