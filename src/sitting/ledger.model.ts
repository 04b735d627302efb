import { defineModel } from '../platform/model.ts';
import type { LedgerKind, LedgerScope } from './deadline.rules.ts';

/** One change of time: the only thing that moves a deadline. Never changed or deleted; acknowledgements are apart. */
export interface LedgerEntry {
  _id: string;
  sittingId: string;
  scope: LedgerScope;
  /** Attempt, room or sitting. */
  scopeId: string;
  /** May be fractional (pause credit) or negative (a correction). */
  minutes: number;
  kind: LedgerKind;
  reason: string;
  /** Who gave it, as the audit names them. */
  by: string;
  /** Server time, ms. */
  at: number;
}

export const LedgerEntryModel = defineModel<LedgerEntry>(
  'LedgerEntry',
  'ledger_entries',
  {
    sittingId: { type: String, required: true },
    scope: { type: String, required: true },
    scopeId: { type: String, required: true },
    minutes: { type: Number, required: true },
    kind: { type: String, required: true },
    reason: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Number, required: true },
  },
  { indexes: [[{ sittingId: 1, at: 1 }], [{ scopeId: 1 }]] },
);
