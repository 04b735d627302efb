import { defineModel } from '../platform/model.ts';

/**
 * A candidate's page has taken in a change of time and shows it. One document each, so that two thousand pages answering
 * at once do not queue for one. `_id` is `entryId:attemptId`.
 */
export interface LedgerAck {
  _id: string;
  entryId: string;
  attemptId: string;
  /** Server time, ms. */
  at: number;
}

export const LedgerAckModel = defineModel<LedgerAck>(
  'LedgerAck',
  'ledger_acks',
  {
    entryId: { type: String, required: true },
    attemptId: { type: String, required: true },
    at: { type: Number, required: true },
  },
  { indexes: [[{ entryId: 1 }], [{ attemptId: 1 }]] },
);
