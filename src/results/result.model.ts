import { defineModel, Mixed } from '../platform/model.ts';
import type { Level, Part } from '../shared/levels.ts';

/** A candidate's composed result. `_id` is the enrolment's. Unreleased until the exam's release says so: read through `releasedResult` only. */
export interface Result {
  _id: string;
  examId: string;
  level: Level;
  /** Marks out of 100, one decimal. */
  parts: { part: Part; mark: string; passed: boolean }[];
  missing: Part[];
  passed: boolean;
  composedAt: number;
}

export const ResultModel = defineModel<Result>(
  'Result',
  'results',
  {
    examId: { type: String, required: true },
    level: { type: String, required: true },
    parts: { type: [Mixed], required: true },
    missing: { type: [String], required: true },
    passed: { type: Boolean, required: true },
    composedAt: { type: Number, required: true },
  },
  { indexes: [[{ examId: 1 }]] },
);

/** The release of an exam's results. `_id` is the exam's. Times are server ms. */
export interface Release {
  _id: string;
  releaseAt: number;
  requestedBy: string;
  requestedAt: number;
  approvedBy?: string;
  approvedAt?: number;
}

export const ReleaseModel = defineModel<Release>('Release', 'releases', {
  releaseAt: { type: Number, required: true },
  requestedBy: { type: String, required: true },
  requestedAt: { type: Number, required: true },
  approvedBy: String,
  approvedAt: Number,
});
