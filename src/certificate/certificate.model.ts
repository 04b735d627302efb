import { defineModel, Mixed } from '../platform/model.ts';
import type { CertificateState, RevocationReason } from './certificate.rules.ts';
import type { CertificateRecord } from './record.rules.ts';

/** A revocation: asked for by one person, in force once another has confirmed it. Times are server ms. */
export interface Revocation {
  reason: RevocationReason;
  note: string;
  requestedBy: string;
  requestedAt: number;
  confirmedBy?: string;
  confirmedAt?: number;
}

/** A certificate. It exists, with its number, from the moment the number is taken; nothing ever deletes it. */
export interface Certificate {
  _id: string;
  number: string;
  enrolmentId: string;
  examId: string;
  candidateId: string;
  institutionId: string;
  state: CertificateState;
  record: CertificateRecord;
  /** SHA-256 (hex) of the record's canonical JSON; the signature names it. */
  recordDigest: string;
  /** The portrait as it was at issue, in `files`. */
  photoFileId?: string;
  /** The signed PDF, in `files`, and its SHA-256 (hex). Missing while pending. */
  fileId?: string;
  fileDigest?: string;
  /** Server time, ms. */
  createdAt: number;
  issuedAt?: number;
  revocation?: Revocation;
}

export const CertificateModel = defineModel<Certificate>(
  'Certificate',
  'certificates',
  {
    number: { type: String, required: true },
    enrolmentId: { type: String, required: true },
    examId: { type: String, required: true },
    candidateId: { type: String, required: true },
    institutionId: { type: String, required: true },
    state: { type: String, required: true },
    record: { type: Mixed, required: true },
    recordDigest: { type: String, required: true },
    photoFileId: String,
    fileId: String,
    fileDigest: String,
    createdAt: { type: Number, required: true },
    issuedAt: Number,
    revocation: Mixed,
  },
  {
    indexes: [
      [{ number: 1 }, { unique: true }],
      [{ enrolmentId: 1 }, { unique: true }],
      [{ examId: 1, number: 1 }],
      [{ state: 1, createdAt: 1 }],
    ],
  },
);

/** The last serial taken of one series of numbers; `_id` is the series (see `seriesOf`). */
export const CounterModel = defineModel<{ _id: string; last: number }>('CertificateCounter', 'counters', {
  last: { type: Number, required: true },
});

/** How an institution numbers its certificates; `_id` is the institution's. */
export const NumberingModel = defineModel<{ _id: string; template: string }>(
  'CertificateNumbering',
  'certificate_numberings',
  {
    template: { type: String, required: true },
  },
);

/** Every authority that has ever certified a signing key of ours, so that old certificates verify after a change of keys. `_id` is the SHA-256 of the certificate. */
export const AuthorityModel = defineModel<{ _id: string; pem: string; seenAt: number }>(
  'CertificateAuthority',
  'certificate_authorities',
  {
    pem: { type: String, required: true },
    seenAt: { type: Number, required: true },
  },
);
