import { defineModel } from '../platform/model.ts';
import type { IncidentCategory } from './proctoring.contract.ts';

/** Something out of the ordinary in a room, as it was written down; only its decision is added later, once. */
export interface Incident {
  _id: string;
  roomId: string;
  sittingId: string;
  category: IncidentCategory;
  kind: string;
  attemptIds: string[];
  people: string[];
  text: string;
  decision?: string;
  /** Account. */
  decidedBy?: string;
  decidedAt?: number;
  by: string;
  byName: string;
  /** Server times, ms. */
  occurredAt: number;
  at: number;
}

export const IncidentModel = defineModel<Incident>(
  'Incident',
  'incidents',
  {
    roomId: { type: String, required: true },
    sittingId: { type: String, required: true },
    category: { type: String, required: true },
    kind: { type: String, required: true },
    attemptIds: { type: [String], required: true },
    people: { type: [String], required: true },
    text: { type: String, required: true },
    decision: String,
    decidedBy: String,
    decidedAt: Number,
    by: { type: String, required: true },
    byName: { type: String, required: true },
    occurredAt: { type: Number, required: true },
    at: { type: Number, required: true },
  },
  { indexes: [[{ roomId: 1, at: 1 }]] },
);
