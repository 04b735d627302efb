import { Type, type Static } from '@sinclair/typebox';
import type { Level } from '../shared/levels.ts';
import type { Text } from '../shared/text.ts';
import type { AttemptState } from './attempt.rules.ts';
import type { LedgerKind } from './deadline.rules.ts';
import type { RoomState } from './room.rules.ts';
import type { RoomPart } from './staffing.rules.ts';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 60 });

export const AttemptParams = Type.Object({ attemptId: Id }, closed);

/** A candidate signs in at a seat, by admission number and the last four characters of the identity number. */
export const ExamSignInBody = Type.Object(
  {
    admissionNumber: Type.String({ minLength: 1, maxLength: 40 }),
    idTail: Type.String({ minLength: 4, maxLength: 4 }),
    /** The room's code as on the door, or its id; with it a person in the wrong room is told the right one. */
    roomCode: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    roomId: Type.Optional(Id),
    seat: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  },
  closed,
);
export type ExamSignInBody = Static<typeof ExamSignInBody>;

/** Answer to a sign-in; the session is in the cookie. */
export interface ExamSignInAnswer {
  attemptId: string;
  candidateId: string;
  name: string;
  roomId: string;
  roomCode: string;
  seat: number;
}

/** `confirmed` false: "this is not me"; it calls the invigilator. */
export const IdentityBody = Type.Object({ confirmed: Type.Boolean() }, closed);
export const HandBody = Type.Object({ raised: Type.Boolean() }, closed);

/** One answer on its way in. `seq` grows with each change of the item; `value` null takes the answer away. */
export const AnswerInput = Type.Object(
  {
    itemId: Id,
    seq: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
    /** By item type (docs/architecture.md, "Answer"); checked against the form. */
    value: Type.Unknown(),
  },
  closed,
);
export const AnswersBody = Type.Object(
  { answers: Type.Array(AnswerInput, { minItems: 1, maxItems: 200 }) },
  closed,
);
export type AnswerInput = Static<typeof AnswerInput>;

/** An answer that is on disk. `seq` is the one acknowledged; `stored` the one that counts now (higher where this one came late). */
export interface AnswerReceipt {
  itemId: string;
  seq: number;
  stored: number;
  /** Server time, ms. */
  savedAt: number;
}

/** Answer to a save. */
export interface SaveAnswer {
  receipts: AnswerReceipt[];
  /** SHA-256 (hex) over the canonical JSON of all stored answers: `answersText` in answer.rules.ts. */
  digest: string;
  answered: number;
  /** Server time, ms. */
  now: number;
}

/** A stored answer, as its own candidate gets it back after a reload. */
export interface StoredAnswer {
  itemId: string;
  seq: number;
  value: unknown;
  savedAt: number;
}

/** Answer to a hand-in; a repeated one is the same. */
export interface HandInReceipt {
  attemptId: string;
  state: AttemptState;
  /** SHA-256 (hex) over the canonical JSON of all stored answers. */
  digest: string;
  answered: number;
  total: number;
  /** Server time of the end, ms. */
  at: number;
}

/** A change of time that counts for the candidate. */
export interface LedgerLine {
  id: string;
  minutes: number;
  kind: LedgerKind;
  scope: 'candidate' | 'room' | 'sitting';
  /** Server time, ms. */
  at: number;
  /** The candidate has pressed "read". */
  acknowledged: boolean;
}

/** All that a candidate's page knows of the attempt beside paper and answers. */
export interface AttemptView {
  attemptId: string;
  /** Grows with each change of the attempt. */
  version: number;
  state: AttemptState;
  /** Server time, ms. */
  now: number;
  part: RoomPart;
  level: Level;
  paperTitle: Text;
  formLabel: string;
  candidate: { id: string; name: string; admissionNumber: string; hasPhoto: boolean };
  seat: number;
  room: {
    id: string;
    code: string;
    name: string;
    state: RoomState;
    version: number;
    startedAt?: number;
    heldAt?: number;
  };
  startsAt: number;
  /** Minutes of the paper, without extra time. */
  minutes: number;
  identityConfirmed: boolean;
  /** Server time at which the time is over; missing until the room has started. */
  deadline?: number;
  /** Time left, ms; stands still while paused. */
  remainingMs?: number;
  pausedAt?: number;
  /** Whether the clock stands still now (paused, or the room held). */
  clockStopped: boolean;
  limits: {
    lateEntryMinutes: number;
    earliestHandInMinutes: number;
    /** Server time before which handing in is refused; missing until the room has started. */
    earliestHandInAt?: number;
    graceMs: number;
    calculator: boolean;
  };
  /** Minutes before the end at which the page warns. */
  warnings: number[];
  ledger: LedgerLine[];
  answered: number;
  total: number;
  lastSaveAt?: number;
  handRaised: boolean;
  /** Whether this session may save; another sign-in has taken over when false. */
  writer: boolean;
  receipt?: HandInReceipt;
}

/** The paper, sealed: AES-256-GCM; plaintext is the JSON of the `CandidateForm` in this candidate's order. All in base64. */
export interface SealedPaper {
  algorithm: 'A256GCM';
  nonce: string;
  ciphertext: string;
}

/** The key that opens the paper; given from the start on. */
export interface PaperKey {
  /** 32 bytes, base64. */
  key: string;
  startedAt: number;
}

/** Order of one candidate's paper: item ids part by part, and option ids by item; fixed by seed, recorded with the attempt. */
export interface PaperOrder {
  parts: string[][];
  /** A list, since item ids have dots, which a field name should not. */
  options: { itemId: string; ids: string[] }[];
}

/** Event `attempt.changed` on channel `attempt:<id>`: ask for the state again. */
export interface AttemptChanged {
  attemptId: string;
  version: number;
  state: AttemptState;
}

/** Event `time.changed` on channel `attempt:<id>`. */
export interface TimeChanged {
  attemptId: string;
  version: number;
  deadline?: number;
  /** Server time, ms. */
  now: number;
}

/** A seat in the console. Event `seat.changed` on channel `staff:<roomId>` carries one. */
export interface SeatView {
  attemptId: string;
  roomId: string;
  seat: number;
  candidateId: string;
  name: string;
  admissionNumber: string;
  hasPhoto: boolean;
  version: number;
  state: AttemptState;
  /** Server times, ms. */
  arrivedAt?: number;
  identityConfirmedAt?: number;
  startedAt?: number;
  pausedAt?: number;
  endedAt?: number;
  /** Never came in. */
  absent: boolean;
  answered: number;
  total: number;
  lastSaveAt?: number;
  /** Digest of all stored answers at the last save, hex. */
  digest?: string;
  line: { connected: boolean; at?: number };
  /** A raised hand, and why: a question, or "this is not me". */
  hand?: { at: number; reason: 'question' | 'not-me' };
  formLabel: string;
  deadline?: number;
  /** Times somebody signed in to this seat. */
  signIns: number;
}
