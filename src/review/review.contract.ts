import { Type, type Static } from '@sinclair/typebox';
import type { Criterion } from '../assembly/template.contract.ts';
import type { Text } from '../shared/text.ts';
import type { DefenceState } from './defence.rules.ts';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 80 });

export const ExamParams = Type.Object({ examId: Id }, closed);
export const DefenceParams = Type.Object({ defenceId: Id }, closed);
export const MaterialParams = Type.Object({ defenceId: Id, fileId: Id }, closed);

/** Schedules the defence of one enrolled candidate; the panel is drawn from the pool by a fresh, recorded seed. */
export const DefenceBody = Type.Object(
  {
    enrolmentId: Id,
    startsAt: Type.Integer({ minimum: 0 }),
    pool: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }),
    members: Type.Optional(Type.Integer({ minimum: 1, maximum: 15 })),
    declared: Type.Optional(Type.Array(Id, { maxItems: 100 })),
  },
  closed,
);
export type DefenceBody = Static<typeof DefenceBody>;

export const MaterialQuery = Type.Object({ name: Type.String({ minLength: 1, maxLength: 120 }) }, closed);
export const RecusalBody = Type.Object({ reason: Type.String({ minLength: 2, maxLength: 500 }) }, closed);
export const QuestionBody = Type.Object({ text: Type.String({ minLength: 1, maxLength: 1000 }) }, closed);
export const NoteBody = Type.Object(
  { note: Type.Optional(Type.String({ minLength: 4, maxLength: 4000 })) },
  closed,
);

/** A draft of a ballot; every change is saved. */
export const BallotBody = Type.Object(
  {
    scores: Type.Record(
      Type.String({ pattern: '^[A-Za-z0-9-]{1,40}$' }),
      Type.String({ pattern: '^\\d{1,3}(\\.\\d)?$' }),
    ),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  closed,
);
export type BallotBody = Static<typeof BallotBody>;

/** One defence as lists show it. */
export interface DefenceSummary {
  id: string;
  examId: string;
  title: Text;
  /** The candidate's admission number: members know whom they see at the defence, not before. */
  admissionNumber: string;
  startsAt: number;
  state: DefenceState;
  members: number;
  materials: number;
}

/** A defence as its members and the officer see it. */
export interface DefenceView extends DefenceSummary {
  now: number;
  /** Least minutes, 15 or the template's more (11.3). */
  minutes: number;
  startedAt?: number;
  endedAt?: number;
  chair: boolean;
  /** Panel by name and whether each has sealed; scores are not in here. */
  panel: { accountId: string; name: string; chair: boolean; sealed: boolean }[];
  reserve: number;
  seed: string;
  recusals: { name: string; reason: string; at: number }[];
  excluded: { name: string; reason: string }[];
  files: { fileId: string; name: string }[];
  questions: { by: string; text: string; at: number }[];
  criteria: Criterion[];
  spreadLimit: number;
  /** Whether the panel may act now, in the rule's words (11.2). */
  lawful: boolean;
  mine?: { scores: Record<string, string>; note: string; sealed: boolean };
  note?: string;
}

/** All ballots side by side, once all are sealed. */
export interface DisclosedBallots {
  ballots: { member: string; scores: Record<string, string>; note: string; total: string }[];
  spread: string;
  spreadLimit: number;
  beyondLimit: boolean;
}
