import { defineModel, Mixed } from '../platform/model.ts';
import type { Level } from '../shared/levels.ts';
import type { HandInReceipt, LateView } from './attempt.contract.ts';
import type { AttemptState } from './attempt.rules.ts';
import type { RoomPart } from './staffing.rules.ts';

/** One candidate in one sitting. */
export interface Attempt {
  _id: string;
  examId: string;
  sittingId: string;
  part: RoomPart;
  level: Level;
  roomId: string;
  seat: number;
  enrolmentId: string;
  candidateId: string;
  /** Copies for the console and the candidate's page. */
  name: string;
  hasPhoto: boolean;
  admissionNumber: string;
  formId: string;
  formLabel: string;
  /** Fixes the order of items and options; the order as delivered is in `paper_orders`. */
  seed: string;
  state: AttemptState;
  /** Grows with each change that the candidate's page must know of. */
  version: number;
  /** Server times, ms. */
  arrivedAt?: number;
  identityConfirmedAt?: number;
  admittedAt?: number;
  startedAt?: number;
  pausedAt?: number;
  endedAt?: number;
  /** Never came in: collected without a start. */
  absent?: boolean;
  /** Why it was terminated. */
  reason?: string;
  /** The session that may save, and its fencing number: each claim and hand-over raises it (writer.rules.ts). */
  writer?: { sessionId: string; fence: number };
  /** A second sign-in, not the writer, that waits for a hand-over. */
  secondSignIn?: { sessionId: string; address: string; at: number };
  /** Left the seat then, server ms. */
  awaySince?: number;
  late?: LateView;
  /** How often somebody signed in to this attempt. */
  signIns: number;
  line: { connected: boolean; at?: number };
  hand?: { at: number; reason: 'question' | 'not-me' };
  /** The ledger's outcome, kept here so that a save reads one document; the ledger itself has the last word (`refreshDeadlines`). */
  deadline?: number;
  /** Items that can be answered. */
  total: number;
  /** Kept up about once a second while answering; the answers have the last word. */
  progress: { answered: number; lastSaveAt?: number; digest?: string };
  /** Late or overtaken answers kept, at most `EVIDENCE_LIMIT`. */
  evidence: number;
  receipt?: HandInReceipt;
}

export const AttemptModel = defineModel<Attempt>(
  'Attempt',
  'attempts',
  {
    examId: { type: String, required: true },
    sittingId: { type: String, required: true },
    part: { type: String, required: true },
    level: { type: String, required: true },
    roomId: { type: String, required: true },
    seat: { type: Number, required: true },
    enrolmentId: { type: String, required: true },
    candidateId: { type: String, required: true },
    name: { type: String, required: true },
    hasPhoto: { type: Boolean, required: true },
    admissionNumber: { type: String, required: true },
    formId: { type: String, required: true },
    formLabel: { type: String, required: true },
    seed: { type: String, required: true },
    state: { type: String, required: true },
    version: { type: Number, required: true },
    arrivedAt: Number,
    identityConfirmedAt: Number,
    admittedAt: Number,
    startedAt: Number,
    pausedAt: Number,
    endedAt: Number,
    absent: Boolean,
    reason: String,
    writer: Mixed,
    secondSignIn: Mixed,
    awaySince: Number,
    late: Mixed,
    signIns: { type: Number, required: true },
    line: { type: Mixed, required: true },
    hand: Mixed,
    deadline: Number,
    total: { type: Number, required: true },
    progress: { type: Mixed, required: true },
    evidence: { type: Number, required: true },
    receipt: Mixed,
  },
  {
    indexes: [
      [{ sittingId: 1, enrolmentId: 1 }, { unique: true }],
      [{ roomId: 1, seat: 1 }, { unique: true }],
      [{ roomId: 1, state: 1 }],
      [{ enrolmentId: 1 }],
      [{ examId: 1, part: 1 }],
    ],
  },
);
