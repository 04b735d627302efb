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

export { PAGE_PROTOCOL } from './page-protocol.contract.ts';
const Protocol = Type.Integer({ minimum: 0, maximum: 1_000_000 });
/** The number a page got with the writing (`WriterAnswer`). Each claim and each hand-over raises it; only the newest may write. */
const Fence = Type.Integer({ minimum: 1, maximum: 1_000_000_000 });

/** A page asks to be the attempt's writer. `pageId` is drawn at random by each load of the page. */
export const WriterBody = Type.Object(
  { protocol: Type.Optional(Protocol), pageId: Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' }) },
  closed,
);
/** The page is the writer now; earlier pages of the attempt are not. */
export interface WriterAnswer {
  fence: number;
}

/** One answer on its way in. `seq` grows with each change of the item; `value` null takes the answer away. */
export const AnswerInput = Type.Object(
  {
    itemId: Id,
    seq: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
    /** By item type (docs/architecture.md, "Answer"); checked against the form. */
    value: Type.Unknown(),
    /** When the change was made, as the page reckons the server's time, ms. A claim: kept with evidence, decides nothing. */
    changedAt: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  },
  closed,
);
/** `protocol` and `fence` are optional so that a page from before them gets a word it can show instead of a fault of form. */
export const AnswersBody = Type.Object(
  {
    protocol: Type.Optional(Protocol),
    fence: Type.Optional(Fence),
    answers: Type.Array(AnswerInput, { minItems: 1, maxItems: 200 }),
  },
  closed,
);
export type AnswerInput = Static<typeof AnswerInput>;

/** The same for the hand-in: only the writer hands in. */
export const HandInBody = Type.Object(
  { protocol: Type.Optional(Protocol), fence: Type.Optional(Fence) },
  closed,
);

/** An answer that is on disk. `seq` is the one acknowledged; `stored` the one that counts now (higher where this one came late). */
export interface AnswerReceipt {
  itemId: string;
  seq: number;
  stored: number;
  /** Whether this very answer is the stored one. If not, it is kept as history: a writer who means it saves it again above `stored`. */
  counts: boolean;
  /** Server time, ms. */
  savedAt: number;
}

/** The candidate leaves the seat: the screen is covered (the clock runs on) until the tail of the ID is given again. */
export const AwayBody = Type.Object(
  { away: Type.Boolean(), idTail: Type.Optional(Type.String({ minLength: 4, maxLength: 4 })) },
  closed,
);

/** What a page remembers beside the answers, so that another computer goes on at the same place. Not marked, not evidence. */
export const PageMemory = Type.Object(
  {
    /** Item shown last. */
    current: Type.Optional(Id),
    marked: Type.Array(Id, { maxItems: 500 }),
    seen: Type.Array(Id, { maxItems: 500 }),
    /** Options struck out. */
    struck: Type.Array(Type.Object({ itemId: Id, ids: Type.Array(Id, { maxItems: 30 }) }, closed), {
      maxItems: 500,
    }),
    /** The candidate's notes on items. */
    notes: Type.Array(Type.Object({ itemId: Id, text: Type.String({ maxLength: 2_000 }) }, closed), {
      maxItems: 500,
    }),
    scratch: Type.String({ maxLength: 20_000 }),
  },
  closed,
);
export type PageMemory = Static<typeof PageMemory>;
export const MemoryBody = Type.Object({ fence: Fence, memory: PageMemory }, closed);

/** Answer to "what is stored": after a reload, or at another computer. */
export interface StoredWork {
  items: StoredAnswer[];
  memory?: PageMemory;
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
  /** Receipts that held before late answers were accepted, oldest first; `until`: server time of the decision, ms. */
  previous?: { digest: string; answered: number; until: number }[];
}

/** One attempt of an export. The SHA-256 of its answers' text is the receipt's digest (docs/receipts.md). */
export interface AttemptExport {
  attemptId: string;
  admissionNumber: string;
  formId: string;
  state: AttemptState;
  receipt?: HandInReceipt;
  answers: StoredAnswer[];
}

/** A change of time that counts for the candidate. */
export interface LedgerLine {
  id: string;
  minutes: number;
  kind: LedgerKind;
  scope: 'candidate' | 'room' | 'sitting';
  /** Server time, ms. */
  at: number;
  /** The candidate's page has taken it in and shows the new time. */
  acknowledged: boolean;
}

/**
 * What came too late to count by itself, and what the chief invigilator decided of it. Without a decision it waits for one;
 * what comes after a decision begins anew and waits.
 */
export interface LateView {
  /** Items with an answer that came late and is newer than the stored one. */
  items: number;
  /** Server time at which the last of them came, ms. */
  at: number;
  decision?: { accepted: boolean; at: number };
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
  /**
   * Who writes. `mine`: this session does, and its page with this `fence`; a page with a lower one has been overtaken by
   * another tab. Not mine: a second sign-in, which waits until the invigilator hands over (or has been handed over from).
   */
  writer: { mine: boolean; fence: number };
  /** The candidate has left the seat since then and the screen is to stay covered, server ms. */
  awaySince?: number;
  late?: LateView;
  receipt?: HandInReceipt;
}

/** The paper, sealed: AES-256-GCM; plaintext is the JSON of the `CandidateForm` in this candidate's order. All in base64. */
export interface SealedPaper {
  algorithm: 'A256GCM';
  nonce: string;
  ciphertext: string;
}

/** The key that opens the paper; given from the start on, to the writer alone. */
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
  /** Changes of time not yet acknowledged by this attempt's page: it shows them at once and acknowledges each. */
  entries: LedgerLine[];
}

const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$' });
/** An answer file (an off-line computer's answers, sealed): JSON of this shape. All binary in base64. */
export const AnswerFile = Type.Object(
  {
    format: Type.Literal('kaochang-answers'),
    version: Type.Literal(1),
    attemptId: Id,
    /** AES-256-GCM under the attempt's paper key, with the additional data `answers:<attemptId>`; plaintext is JSON of `AnswerFileContent`. */
    nonce: Base64,
    ciphertext: Base64,
  },
  closed,
);
export type AnswerFile = Static<typeof AnswerFile>;
export const AnswerFileContent = Type.Object(
  {
    /** When the file was made, as the page reckons the server's time, ms. */
    at: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    answers: Type.Array(AnswerInput, { maxItems: 1_000 }),
  },
  closed,
);
export type AnswerFileContent = Static<typeof AnswerFileContent>;

/** How far one seat is. */
export interface SeatProgress {
  attemptId: string;
  answered: number;
  /** Server time, ms. */
  lastSaveAt: number;
  /** Digest of all stored answers at the last save, hex. */
  digest: string;
}
/** Event `seats.progress` on channel `staff:<roomId>`, at most once a second: the seats that have saved since the last. */
export interface SeatsProgress {
  roomId: string;
  seats: SeatProgress[];
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
  /** A second sign-in that waits for the invigilator to hand over; `address` as the server sees it. */
  secondSignIn?: { at: number; address: string };
  /** The candidate has left the seat. */
  awaySince?: number;
  late?: LateView;
}
