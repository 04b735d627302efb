import { defineModel, Mixed } from '../platform/model.ts';

/** States of a score sheet: sealed ones are seen by nobody else until every examiner's is sealed. */
export type SheetState = 'open' | 'sealed';

/** One examiner's scores of one candidate's on-site task. `_id` is `attemptId:examinerId`. */
export interface ScoreSheet {
  _id: string;
  attemptId: string;
  sittingId: string;
  roomId: string;
  examinerId: string;
  /** Points by criterion, decimals as text. */
  scores: Record<string, string>;
  note: string;
  state: SheetState;
  /** Exact total of the sealed sheet, as `writeFraction` writes it. */
  total?: string;
  updatedAt: number;
  sealedAt?: number;
}

export const ScoreSheetModel = defineModel<ScoreSheet>(
  'ScoreSheet',
  'score_sheets',
  {
    attemptId: { type: String, required: true },
    sittingId: { type: String, required: true },
    roomId: { type: String, required: true },
    examinerId: { type: String, required: true },
    scores: { type: Mixed, required: true },
    note: { type: String, default: '' },
    state: { type: String, required: true },
    total: String,
    updatedAt: { type: Number, required: true },
    sealedAt: Number,
  },
  { indexes: [[{ attemptId: 1 }], [{ sittingId: 1, state: 1 }], [{ examinerId: 1 }]] },
);

/** A further person's score where the sheets lay too far apart; it stands instead of their aggregate. `_id` is the attempt's. */
export interface Adjudication {
  _id: string;
  accountId: string;
  scores: Record<string, string>;
  reason: string;
  total: string;
  at: number;
}

export const AdjudicationModel = defineModel<Adjudication>('Adjudication', 'adjudications', {
  accountId: { type: String, required: true },
  scores: { type: Mixed, required: true },
  reason: { type: String, required: true },
  total: { type: String, required: true },
  at: { type: Number, required: true },
});
