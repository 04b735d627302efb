import { defineModel } from '../platform/model.ts';

/** A person who takes examinations. */
export interface Candidate {
  _id: string;
  name: string;
  /** Identity document number; only its last four characters ever leave the server. */
  idNumber: string;
  institutionId: string;
  /** The portrait, in `files`. */
  photoFileId?: string;
  /** Accounts that taught this person: they may not judge them. */
  taughtBy: string[];
}

export const CandidateModel = defineModel<Candidate>(
  'Candidate',
  'candidates',
  {
    name: { type: String, required: true },
    idNumber: { type: String, required: true },
    institutionId: { type: String, required: true },
    photoFileId: String,
    taughtBy: { type: [String], required: true },
  },
  { indexes: [[{ idNumber: 1 }, { unique: true }], [{ institutionId: 1 }]] },
);

/** The last four characters of an identity number, upper case: what a candidate signs in with. */
export const idTail = (idNumber: string): string => idNumber.slice(-4).toUpperCase();
