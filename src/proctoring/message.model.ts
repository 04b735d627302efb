import { defineModel } from '../platform/model.ts';

/** A message from the room's staff to candidates; each of them reads it once. */
export interface Message {
  _id: string;
  roomId: string;
  sittingId: string;
  text: string;
  toAll: boolean;
  attemptIds: string[];
  /** Account. */
  by: string;
  byName: string;
  /** Server time, ms. */
  at: number;
  /** Attempts whose candidates have pressed "read". */
  acknowledgedBy: string[];
}

export const MessageModel = defineModel<Message>(
  'Message',
  'messages',
  {
    roomId: { type: String, required: true },
    sittingId: { type: String, required: true },
    text: { type: String, required: true },
    toAll: { type: Boolean, required: true },
    attemptIds: { type: [String], required: true },
    by: { type: String, required: true },
    byName: { type: String, required: true },
    at: { type: Number, required: true },
    acknowledgedBy: { type: [String], required: true },
  },
  { indexes: [[{ roomId: 1, at: -1 }], [{ attemptIds: 1, at: 1 }]] },
);
