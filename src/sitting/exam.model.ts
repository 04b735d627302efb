import { defineModel, Mixed } from '../platform/model.ts';
import type { Level } from '../shared/levels.ts';
import type { Text } from '../shared/text.ts';

/** One examination period of one level. */
export interface Exam {
  _id: string;
  code: string;
  level: Level;
  title: Text;
  institutionId: string;
  /** Template code of each part the level takes. */
  templates: { theory: string; skill: string; review?: string };
  /** Serial of the last admission number made. */
  lastSerial: number;
  state: 'open' | 'closed';
  createdAt: number;
}

export const ExamModel = defineModel<Exam>(
  'Exam',
  'exams',
  {
    code: { type: String, required: true },
    level: { type: String, required: true },
    title: { type: Mixed, required: true },
    institutionId: { type: String, required: true },
    templates: { type: Mixed, required: true },
    lastSerial: { type: Number, required: true },
    state: { type: String, required: true },
    createdAt: { type: Number, required: true },
  },
  { indexes: [[{ code: 1 }, { unique: true }]] },
);
