import { defineModel, Mixed } from '../model.ts';

/** One decision, chained to the one before by hash. `_id` is the sequence number as text, padded to 12 digits. */
export interface AuditEntry {
  _id: string;
  /** 1, 2, 3 … without gaps. */
  seq: number;
  /** Server time, ms. */
  at: number;
  /** Who decided: account, candidate or "system". */
  actor: string;
  /** What was done, dotted by stage: `proctoring.room.open`. */
  action: string;
  /** What it was done to: `room:room_…`. */
  subject: string;
  /** The facts of the decision. Never a key, a password or a mark before its release. */
  facts: Record<string, unknown>;
  /** Hash of the entry before (64 hex; zeros for the first). */
  prev: string;
  /** SHA-256 over the canonical JSON of all the above, hex. */
  hash: string;
}

export const AuditEntryModel = defineModel<AuditEntry>(
  'AuditEntry',
  'audit_entries',
  {
    seq: { type: Number, required: true },
    at: { type: Number, required: true },
    actor: { type: String, required: true },
    action: { type: String, required: true },
    subject: { type: String, required: true },
    facts: { type: Mixed, required: true },
    prev: { type: String, required: true },
    hash: { type: String, required: true },
  },
  { indexes: [[{ seq: 1 }, { unique: true }], [{ subject: 1, seq: 1 }], [{ action: 1, seq: 1 }]] },
);

/** One document that every appender touches, so that appenders exclude each other. */
export const AuditHeadModel = defineModel<{ _id: string; appends: number }>('AuditHead', 'audit_heads', {
  appends: { type: Number, required: true },
});
