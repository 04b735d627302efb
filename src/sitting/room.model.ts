import { defineModel, Mixed } from '../platform/model.ts';
import type { Span } from './deadline.rules.ts';
import type { RoomState } from './room.rules.ts';
import type { Equipment } from './sitting.contract.ts';
import type { Duty } from './staffing.rules.ts';

/** One room of one sitting: its clock is the clock of all its candidates. */
export interface Room {
  _id: string;
  sittingId: string;
  code: string;
  name: string;
  seats: number;
  /** Seats in a row. */
  columns: number;
  equipment: Equipment;
  /** The planned staff. Who is present is proctoring's business. */
  staff: { accountId: string; duty: Duty }[];
  state: RoomState;
  /** Grows with each change of state. */
  version: number;
  /** Server times, ms. */
  openedAt?: number;
  startedAt?: number;
  heldAt?: number;
  collectedAt?: number;
  /** Past holds since the start. */
  holds: Span[];
  /** Kept by proctoring: grows with each coming and going of staff, so that an opening can depend on it. */
  presenceVersion: number;
  /** Kept by proctoring: since when staffing has not held, server time. */
  breachSince?: number;
}

export const RoomModel = defineModel<Room>(
  'Room',
  'rooms',
  {
    sittingId: { type: String, required: true },
    code: { type: String, required: true },
    name: { type: String, required: true },
    seats: { type: Number, required: true },
    columns: { type: Number, required: true },
    equipment: { type: Mixed, required: true },
    staff: { type: [Mixed], required: true },
    state: { type: String, required: true },
    version: { type: Number, required: true },
    openedAt: Number,
    startedAt: Number,
    heldAt: Number,
    collectedAt: Number,
    holds: { type: [Mixed], required: true },
    presenceVersion: { type: Number, required: true },
    breachSince: Number,
  },
  { indexes: [[{ sittingId: 1, code: 1 }, { unique: true }], [{ state: 1 }], [{ 'staff.accountId': 1 }]] },
);
