import type { Role } from '../../shared/roles.ts';
import { defineModel } from '../model.ts';

/** One sign-in. Ending it (`endedAt`) makes its token useless at once. */
export interface Session {
  _id: string;
  kind: 'staff' | 'candidate';
  /** Account id of staff, candidate id of candidates. */
  subjectId: string;
  /** The attempt a candidate signed in to. */
  attemptId?: string;
  name: string;
  roles: Role[];
  /** Server time, ms. */
  createdAt: number;
  expiresAt: number;
  endedAt?: number;
  address: string;
}

export const SessionModel = defineModel<Session>(
  'Session',
  'sessions',
  {
    kind: { type: String, required: true },
    subjectId: { type: String, required: true },
    attemptId: String,
    name: { type: String, required: true },
    roles: { type: [String], required: true },
    createdAt: { type: Number, required: true },
    expiresAt: { type: Number, required: true },
    endedAt: Number,
    address: { type: String, required: true },
  },
  { indexes: [[{ subjectId: 1 }], [{ attemptId: 1 }, { sparse: true }]] },
);
