import { Type, type Static } from '@sinclair/typebox';
import type { Criterion } from '../assembly/template.contract.ts';
import type { Text } from '../shared/text.ts';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 80 });

export const SittingParams = Type.Object({ sittingId: Id }, closed);
export const RoomParams = Type.Object({ roomId: Id }, closed);
export const AttemptParams = Type.Object({ attemptId: Id }, closed);

/** Points by criterion, decimals with at most one place, as text. */
const Scores = Type.Record(
  Type.String({ pattern: '^[A-Za-z0-9-]{1,40}$' }),
  Type.String({ pattern: '^\\d{1,3}(\\.\\d)?$' }),
);

/** A draft of a sheet; every change is saved. */
export const SheetBody = Type.Object(
  { scores: Scores, note: Type.Optional(Type.String({ maxLength: 2000 })) },
  closed,
);
export type SheetBody = Static<typeof SheetBody>;

export const AdjudicationBody = Type.Object(
  { scores: Scores, reason: Type.String({ minLength: 4, maxLength: 2000 }) },
  closed,
);

/** One of my sheets: who is judged is a seat, not a name. */
export interface SheetView {
  attemptId: string;
  seat: number;
  scores: Record<string, string>;
  note: string;
  state: 'open' | 'sealed';
  /** Examiners who have sealed their sheet of this candidate, and how many must. */
  sealed: number;
  needed: number;
}

/** GET /api/rooms/:roomId/sheets: everything an examiner needs at the room. */
export interface RoomSheets {
  roomId: string;
  roomCode: string;
  task: Text;
  criteria: Criterion[];
  spreadLimit: number;
  sheets: SheetView[];
}

/** GET /api/attempts/:attemptId/sheets after disclosure: all examiners' scores side by side. */
export interface DisclosedSheets {
  attemptId: string;
  sheets: { examiner: string; scores: Record<string, string>; note: string; total: string }[];
  spread: string;
  spreadLimit: number;
  beyondLimit: boolean;
  adjudicated: boolean;
}

/** POST /api/sittings/:sittingId/marking */
export interface MarkingReport {
  sittingId: string;
  scored: number;
  /** Sheets that are not sealed yet; the sitting is marked when there are none. */
  sheetsOpen: number;
  /** Attempts whose sheets lie too far apart and wait for an adjudication. */
  adjudicationsOpen: number;
  marked: boolean;
}

/** A seat whose sheets lie too far apart. */
export interface WaitingAdjudication {
  attemptId: string;
  roomCode: string;
  seat: number;
}

/** One room where I am an examiner. */
export interface ExaminerRoom {
  roomId: string;
  roomCode: string;
  sittingId: string;
  title: Text;
  startsAt: number;
  state: string;
  candidates: number;
  sealed: number;
}
