import { Type } from '@sinclair/typebox';
import type { Level, Part } from '../shared/levels.ts';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 80 });

export const ExamParams = Type.Object({ examId: Id }, closed);
export const ReleaseBody = Type.Object({ releaseAt: Type.Integer({ minimum: 0 }) }, closed);
export const ResultQueryBody = Type.Object(
  {
    admissionNumber: Type.String({ minLength: 4, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' }),
    idTail: Type.String({ minLength: 4, maxLength: 4, pattern: '^[0-9A-Za-z]{4}$' }),
  },
  closed,
);

/** What is ready for release: counts and gaps, never a mark. */
export interface ReadinessReport {
  examId: string;
  candidates: number;
  complete: number;
  /** First 50 candidates with something missing and not absent. */
  gaps: { admissionNumber: string; missing: Part[] }[];
  release?: { releaseAt: number; requestedBy: string; approvedBy?: string };
  released: boolean;
}

/** A released result: each part out of 100, one decimal. */
export interface ResultView {
  enrolmentId: string;
  admissionNumber: string;
  name: string;
  level: Level;
  parts: { part: Part; mark: string; passed: boolean }[];
  missing: Part[];
  passed: boolean;
  releasedAt: number;
}
