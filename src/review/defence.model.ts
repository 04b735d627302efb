import { defineModel, Mixed } from '../platform/model.ts';
import type { DefenceState } from './defence.rules.ts';
import type { ConflictReason } from './panel.rules.ts';

/** One candidate's comprehensive review. */
export interface Defence {
  _id: string;
  examId: string;
  enrolmentId: string;
  candidateId: string;
  admissionNumber: string;
  templateCode: string;
  /** Planned start, server ms. */
  startsAt: number;
  /** The draw: pool, seed and outcome, so that anyone can repeat it. */
  pool: string[];
  seed: string;
  declared: string[];
  excluded: { accountId: string; reason: ConflictReason }[];
  /** Who acts now, and who waits in drawn order. The first member is the chair. */
  members: string[];
  reserve: string[];
  recusals: { accountId: string; reason: string; at: number }[];
  files: { fileId: string; name: string }[];
  questions: { accountId: string; text: string; at: number }[];
  state: DefenceState;
  /** Grows with each change of the panel or the state; changes are conditional on it. */
  version: number;
  startedAt?: number;
  endedAt?: number;
  /** Deliberation where the members lay too far apart. */
  note?: string;
  /** Exact final score, once final. Unreleased. */
  score?: string;
}

export const DefenceModel = defineModel<Defence>(
  'Defence',
  'defences',
  {
    examId: { type: String, required: true },
    enrolmentId: { type: String, required: true },
    candidateId: { type: String, required: true },
    admissionNumber: { type: String, required: true },
    templateCode: { type: String, required: true },
    startsAt: { type: Number, required: true },
    pool: { type: [String], required: true },
    seed: { type: String, required: true },
    declared: { type: [String], required: true },
    excluded: { type: [Mixed], required: true },
    members: { type: [String], required: true },
    reserve: { type: [String], required: true },
    recusals: { type: [Mixed], required: true },
    files: { type: [Mixed], required: true },
    questions: { type: [Mixed], required: true },
    state: { type: String, required: true },
    version: { type: Number, required: true },
    startedAt: Number,
    endedAt: Number,
    note: String,
    score: String,
  },
  { indexes: [[{ enrolmentId: 1 }, { unique: true }], [{ examId: 1, startsAt: 1 }], [{ members: 1 }]] },
);

/** One member's scores; seen by nobody else until all are sealed. `_id` is `defenceId:accountId`. */
export interface Ballot {
  _id: string;
  defenceId: string;
  accountId: string;
  scores: Record<string, string>;
  note: string;
  state: 'open' | 'sealed';
  total?: string;
  updatedAt: number;
  sealedAt?: number;
}

export const BallotModel = defineModel<Ballot>(
  'Ballot',
  'ballots',
  {
    defenceId: { type: String, required: true },
    accountId: { type: String, required: true },
    scores: { type: Mixed, required: true },
    note: { type: String, default: '' },
    state: { type: String, required: true },
    total: String,
    updatedAt: { type: Number, required: true },
    sealedAt: Number,
  },
  { indexes: [[{ defenceId: 1 }]] },
);
