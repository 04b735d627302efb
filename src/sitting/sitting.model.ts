import { defineModel, Mixed } from '../platform/model.ts';
import type { Level } from '../shared/levels.ts';
import type { Text } from '../shared/text.ts';
import type { SittingTerms } from './sitting.contract.ts';
import type { SittingState } from './sitting.rules.ts';
import type { RoomPart } from './staffing.rules.ts';

/** One part of an examination at one time, in rooms. */
export interface Sitting {
  _id: string;
  examId: string;
  part: RoomPart;
  level: Level;
  /** The paper's title. */
  title: Text;
  templateCode: string;
  formIds: string[];
  /** Server time, ms. */
  startsAt: number;
  /** The paper's time; the deadline adds the ledger to it. */
  minutes: number;
  /** Copy of the template's terms, so that a later edition of the template changes nothing here. */
  terms: SittingTerms;
  state: SittingState;
  /** Whoever has it can repeat the seating; drawn when the candidates are seated. */
  seatingSeed?: string;
  createdAt: number;
}

export const SittingModel = defineModel<Sitting>(
  'Sitting',
  'sittings',
  {
    examId: { type: String, required: true },
    part: { type: String, required: true },
    level: { type: String, required: true },
    title: { type: Mixed, required: true },
    templateCode: { type: String, required: true },
    formIds: { type: [String], required: true },
    startsAt: { type: Number, required: true },
    minutes: { type: Number, required: true },
    terms: { type: Mixed, required: true },
    state: { type: String, required: true },
    seatingSeed: String,
    createdAt: { type: Number, required: true },
  },
  { indexes: [[{ examId: 1, part: 1 }], [{ state: 1, startsAt: 1 }]] },
);
