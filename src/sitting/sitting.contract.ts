import { Type, type Static } from '@sinclair/typebox';
import { Level } from '../shared/levels.ts';
import { PageQuery } from '../shared/paging.ts';
import { Text } from '../shared/text.ts';
import type { RoomState } from './room.rules.ts';
import type { SittingState } from './sitting.rules.ts';
import { DUTIES, type Duty, type RoomPart } from './staffing.rules.ts';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 60 });
const Code = Type.String({ pattern: '^[A-Za-z0-9-]{1,30}$' });

export const ExamParams = Type.Object({ examId: Id }, closed);
export const SittingParams = Type.Object({ sittingId: Id }, closed);
export const RoomParams = Type.Object({ roomId: Id }, closed);

/** One examination period of one level. `templates` names the template of each part the level takes. */
export const ExamBody = Type.Object(
  {
    code: Code,
    level: Level,
    title: Text,
    institutionId: Id,
    templates: Type.Object({ theory: Code, skill: Code, review: Type.Optional(Code) }, closed),
  },
  closed,
);
export type ExamBody = Static<typeof ExamBody>;

/** An examination as officers see it. */
export interface ExamView extends ExamBody {
  id: string;
  /** Server time, ms. */
  createdAt: number;
  /** Candidates enrolled. */
  enrolled: number;
}

/** One candidate of a bulk enrolment. Without `admissionNumber` one is made: exam code and a serial. */
export const EnrolmentBody = Type.Object(
  {
    candidateId: Id,
    admissionNumber: Type.Optional(Code),
    /** Extra minutes at every part, granted beforehand; they go to the time ledger when the candidate is seated. */
    accommodation: Type.Optional(
      Type.Object(
        {
          minutes: Type.Integer({ minimum: 1, maximum: 240 }),
          reason: Type.String({ minLength: 2, maxLength: 300 }),
        },
        closed,
      ),
    ),
  },
  closed,
);
export const EnrolmentsBody = Type.Object(
  { candidates: Type.Array(EnrolmentBody, { minItems: 1, maxItems: 500 }) },
  closed,
);
export type EnrolmentsBody = Static<typeof EnrolmentsBody>;

/** An enrolment as officers see it. */
export interface EnrolmentView {
  id: string;
  examId: string;
  candidateId: string;
  name: string;
  admissionNumber: string;
  accommodation?: { minutes: number; reason: string };
}

export const DutyName = Type.Union(DUTIES.map((duty) => Type.Literal(duty)));
const Roster = Type.Array(Type.Object({ accountId: Id, duty: DutyName }, closed), { maxItems: 40 });
export const RosterBody = Type.Object({ staff: Roster }, closed);

/** What a room has (5.2.2). `computers`: working seats with a computer. */
export const Equipment = Type.Object(
  {
    computers: Type.Integer({ minimum: 0, maximum: 1000 }),
    multimedia: Type.Boolean(),
    audio: Type.Boolean(),
    internet: Type.Boolean(),
  },
  closed,
);
export type Equipment = Static<typeof Equipment>;

/** A room of a sitting. `columns`: seats in a row, for neighbours and the seat map (default 6). */
export const RoomBody = Type.Object(
  {
    code: Code,
    name: Type.String({ minLength: 1, maxLength: 60 }),
    seats: Type.Integer({ minimum: 1, maximum: 500 }),
    columns: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 6 })),
    equipment: Equipment,
    staff: Roster,
  },
  closed,
);

/** A sitting to be planned. Without `templateCode` the examination's template of the part is taken. */
export const SittingBody = Type.Object(
  {
    examId: Id,
    part: Type.Union([Type.Literal('theory'), Type.Literal('skill')]),
    templateCode: Type.Optional(Code),
    formIds: Type.Array(Id, { minItems: 1, maxItems: 12, uniqueItems: true }),
    /** Server time, ms. */
    startsAt: Type.Integer({ minimum: 0 }),
    rooms: Type.Array(RoomBody, { minItems: 1, maxItems: 100 }),
  },
  closed,
);
export type SittingBody = Static<typeof SittingBody>;

export const SittingsQuery = Type.Object({ ...PageQuery.properties, examId: Type.Optional(Id) }, closed);

/** The seed makes the seating repeatable; without it one is drawn and recorded. */
export const SeatingBody = Type.Object(
  {
    seed: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    enrolmentIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 5000 })),
  },
  closed,
);

/** A room as staff see it. */
export interface RoomView {
  id: string;
  sittingId: string;
  code: string;
  name: string;
  seats: number;
  columns: number;
  equipment: Equipment;
  staff: { accountId: string; duty: Duty }[];
  state: RoomState;
  openedAt?: number;
  startedAt?: number;
  heldAt?: number;
  collectedAt?: number;
  /** Candidates seated here. */
  candidates: number;
}

/** A template's terms, frozen into the sitting when it is planned. */
export interface SittingTerms {
  lateEntryMinutes: number;
  earliestHandInMinutes: number;
  /** Minutes before the end at which the candidate is warned. */
  warnings: number[];
  /** Answers already given may still arrive for this long after the deadline; also the grace of a staffing breach. */
  graceSeconds: number;
  /** Whether clocks pause or run on while a room is held. */
  holdClocks: 'pause' | 'run';
  calculator: boolean;
  /** Minutes after the start by which everybody must be done, extra time included; checked at publication, ends nothing. */
  longestMinutes?: number;
  /** The template's staffing where it is stricter than clause 11.2. */
  staffing: { candidatesPerStaff?: number; minimum?: number };
}

/** A sitting as officers see it. */
export interface SittingView {
  id: string;
  examId: string;
  part: RoomPart;
  level: Level;
  title: Text;
  templateCode: string;
  formIds: string[];
  startsAt: number;
  minutes: number;
  terms: SittingTerms;
  state: SittingState;
  seated: number;
  rooms: RoomView[];
}

/** One line of the check list before publication; all must be `ok`. `code` with `zh`, `en` and `clause` says what is wrong. */
export interface PreflightCheck {
  check:
    | 'institution'
    | 'template'
    | 'forms'
    | 'time'
    | 'window'
    | 'seating'
    | 'seats'
    | 'equipment'
    | 'staffing'
    | 'persons';
  /** The room it is about. */
  roomCode?: string;
  ok: boolean;
  code?: string;
  clause?: string;
  zh?: string;
  en?: string;
}

/** One seat of the plan, for tickets and door lists. */
export interface SeatPlanRow {
  attemptId: string;
  roomId: string;
  roomCode: string;
  seat: number;
  name: string;
  candidateId: string;
  admissionNumber: string;
  formLabel: string;
}

/** Event `room.changed` on channels `room:<id>` and `staff:<id>`: ask for the state again. */
export interface RoomChanged {
  roomId: string;
  state: RoomState;
  version: number;
  /** Server time, ms. */
  now: number;
}
