import { defineModel, Mixed } from '../platform/model.ts';

/** The automatic score of one attempt. `_id` is the attempt's. Unreleased marks: read through `unsafePartScores` only. */
export interface AttemptScore {
  _id: string;
  sittingId: string;
  enrolmentId: string;
  formId: string;
  /** Digest of the keyed form it was scored with. */
  formDigest: string;
  /** Exact points by item, as `writeFraction` writes them. */
  items: { itemId: string; points: string; possible: string }[];
  total: string;
  possible: string;
  scoredAt: number;
}

export const AttemptScoreModel = defineModel<AttemptScore>(
  'AttemptScore',
  'attempt_scores',
  {
    sittingId: { type: String, required: true },
    enrolmentId: { type: String, required: true },
    formId: { type: String, required: true },
    formDigest: { type: String, required: true },
    items: { type: [Mixed], required: true },
    total: { type: String, required: true },
    possible: { type: String, required: true },
    scoredAt: { type: Number, required: true },
  },
  { indexes: [[{ sittingId: 1 }], [{ enrolmentId: 1 }]] },
);
