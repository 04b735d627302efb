import type { Duty } from '../sitting/staffing.rules.ts';
import { defineModel } from '../platform/model.ts';
import type { PresenceEnd } from './presence.rules.ts';
import type { StaffingChange } from './proctoring.views.contract.ts';

/** Where a staff member is: a fact with a lease. One a person (`_id` is the account), so that nobody is in two rooms. */
export interface Presence {
  _id: string;
  roomId: string;
  name: string;
  duty: Duty;
  present: boolean;
  endedBy?: PresenceEnd;
  /** Server time of the entry, ms. */
  since: number;
  /** The lease, machine time, ms (`machineNow`). */
  until: number;
}

export const PresenceModel = defineModel<Presence>(
  'Presence',
  'presences',
  {
    roomId: { type: String, required: true },
    name: { type: String, required: true },
    duty: { type: String, required: true },
    present: { type: Boolean, required: true },
    endedBy: String,
    since: { type: Number, required: true },
    until: { type: Number, required: true },
  },
  { indexes: [[{ roomId: 1, present: 1 }], [{ present: 1, until: 1 }]] },
);

/** One change of a room's staffing. With all of them each second of it can be told again. Never changed. */
export interface StaffingLogEntry {
  _id: string;
  roomId: string;
  /** The room's `presenceVersion` after the change, or at the judgement. */
  seq: number;
  /** Order within a seq: the change of presence that made it (0), then what was judged and done on it (1). */
  step: 0 | 1;
  change: StaffingChange;
  accountId?: string;
  name?: string;
  duty?: Duty;
  /** Server time at which it took effect (a lapse: when the lease ran out), ms. */
  at: number;
  /** Staff who count for the part and were present after the change. */
  present: number;
  needed: number;
  candidates: number;
  ok: boolean;
}

export const StaffingLogModel = defineModel<StaffingLogEntry>(
  'StaffingLogEntry',
  'staffing_log',
  {
    roomId: { type: String, required: true },
    seq: { type: Number, required: true },
    step: { type: Number, required: true },
    change: { type: String, required: true },
    accountId: String,
    name: String,
    duty: String,
    at: { type: Number, required: true },
    present: { type: Number, required: true },
    needed: { type: Number, required: true },
    candidates: { type: Number, required: true },
    ok: { type: Boolean, required: true },
  },
  { indexes: [[{ roomId: 1, seq: 1, step: 1, at: 1 }]] },
);
