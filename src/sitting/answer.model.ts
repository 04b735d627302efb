import { defineModel, Mixed } from '../platform/model.ts';

/** The answer to one item of an attempt that counts: the one with the highest seq. `_id` is `attemptId:itemId`. */
export interface Answer {
  _id: string;
  attemptId: string;
  itemId: string;
  seq: number;
  /** By item type (docs/architecture.md); null where the candidate took the answer away. */
  value: unknown;
  /** Server time, ms. */
  savedAt: number;
}

export const AnswerModel = defineModel<Answer>(
  'Answer',
  'answers',
  {
    attemptId: { type: String, required: true },
    itemId: { type: String, required: true },
    seq: { type: Number, required: true },
    value: Mixed,
    savedAt: { type: Number, required: true },
  },
  { indexes: [[{ attemptId: 1 }]] },
);

/**
 * Why an answer is kept apart: a higher seq was already stored, the time was over, the attempt had ended, another page was
 * the writer, it came in a file from a computer without a line.
 */
export type HistoryReason = 'lower-seq' | 'late' | 'ended' | 'not-writer' | 'file';

/** An answer that does not count, kept as evidence. `_id` is `attemptId:itemId:seq:` and the start of the value's digest. */
export interface AnswerHistory extends Answer {
  reason: HistoryReason;
  /** When the page says the change was made, server ms; a claim. */
  claimedAt?: number;
  /** The chief invigilator's decision of the late answers that this one was among; server ms. */
  decided?: { accepted: boolean; at: number };
}

export const AnswerHistoryModel = defineModel<AnswerHistory>(
  'AnswerHistory',
  'answer_history',
  {
    attemptId: { type: String, required: true },
    itemId: { type: String, required: true },
    seq: { type: Number, required: true },
    value: Mixed,
    savedAt: { type: Number, required: true },
    reason: { type: String, required: true },
    claimedAt: Number,
    decided: Mixed,
  },
  { indexes: [[{ attemptId: 1, savedAt: 1 }]] },
);
