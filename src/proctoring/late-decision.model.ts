import { defineModel, Mixed } from '../platform/model.ts';
import type { LateDecisionView } from './proctoring.views.contract.ts';

/**
 * A chief invigilator's decision on late answers of one seat or several; for the room record.
 * `_id` is made of account and request id where the console gave one, so that a repetition meets it.
 */
export interface LateDecisionRecord extends Omit<LateDecisionView, 'id'> {
  _id: string;
  roomId: string;
  /** Account. */
  by: string;
  /** Every seat has been done; a repetition before that is refused. */
  done: boolean;
}

export const LateDecisionModel = defineModel<LateDecisionRecord>(
  'LateDecision',
  'late_decisions',
  {
    roomId: { type: String, required: true },
    accepted: { type: Boolean, required: true },
    reason: { type: String, required: true },
    by: { type: String, required: true },
    byName: { type: String, required: true },
    at: { type: Number, required: true },
    done: { type: Boolean, required: true },
    results: { type: [Mixed], required: true },
  },
  { indexes: [[{ roomId: 1, at: 1 }]] },
);
