import { defineModel, Mixed } from '../platform/model.ts';
import type { Level } from '../shared/levels.ts';

/** A candidate in an examination; the admission number is theirs for all its parts. */
export interface Enrolment {
  _id: string;
  examId: string;
  candidateId: string;
  level: Level;
  admissionNumber: string;
  /** Extra minutes granted beforehand; each sitting's ledger takes them over at seating. */
  accommodation?: { minutes: number; reason: string };
  createdAt: number;
}

export const EnrolmentModel = defineModel<Enrolment>(
  'Enrolment',
  'enrolments',
  {
    examId: { type: String, required: true },
    candidateId: { type: String, required: true },
    level: { type: String, required: true },
    admissionNumber: { type: String, required: true },
    accommodation: Mixed,
    createdAt: { type: Number, required: true },
  },
  {
    indexes: [
      [{ admissionNumber: 1 }, { unique: true }],
      [{ examId: 1, candidateId: 1 }, { unique: true }],
    ],
  },
);
