import { Type, type Static } from '@sinclair/typebox';
import { PageQuery } from '../shared/paging.ts';
import {
  CERTIFICATE_STATES,
  REVOCATION_REASONS,
  type CertificateState,
  type RevocationReason,
} from './certificate.rules.ts';
import type { CertificateRecord } from './record.rules.ts';
import type { Verdict, Verdicts } from './verdict.rules.ts';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 80 });

/** Largest PDF taken for verification, bytes. A certificate is about 50 KB. */
export const VERIFY_FILE_BYTES = 2 * 1024 * 1024;

export const CertificateParams = Type.Object({ certificateId: Id }, closed);
export const InstitutionParams = Type.Object({ institutionId: Id }, closed);

/** Issues for these enrolments; those already issued are answered as they are. */
export const IssueBody = Type.Object(
  { enrolmentIds: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }) },
  closed,
);
export type IssueBody = Static<typeof IssueBody>;

export const RevocationBody = Type.Object(
  {
    reason: Type.Union(REVOCATION_REASONS.map((reason) => Type.Literal(reason))),
    /** What happened, for the record. */
    note: Type.String({ minLength: 4, maxLength: 500 }),
  },
  closed,
);
export type RevocationBody = Static<typeof RevocationBody>;

/** `q` begins the number. */
export const CertificatesQuery = Type.Object(
  {
    ...PageQuery.properties,
    examId: Type.Optional(Id),
    state: Type.Optional(Type.Union(CERTIFICATE_STATES.map((state) => Type.Literal(state)))),
  },
  closed,
);
export type CertificatesQuery = Static<typeof CertificatesQuery>;

export const NumberingBody = Type.Object({ template: Type.String({ minLength: 1, maxLength: 80 }) }, closed);

/** How an institution numbers its certificates, with a sample. */
export interface NumberingView {
  institutionId: string;
  template: string;
  sample: string;
}

/** By number, and either the holder's name or the check code printed under the QR code. */
export const VerifyBody = Type.Union([
  Type.Object(
    {
      number: Type.String({ minLength: 4, maxLength: 60 }),
      name: Type.String({ minLength: 1, maxLength: 60 }),
    },
    closed,
  ),
  Type.Object(
    {
      number: Type.String({ minLength: 4, maxLength: 60 }),
      code: Type.String({ minLength: 4, maxLength: 20 }),
    },
    closed,
  ),
]);
export type VerifyBody = Static<typeof VerifyBody>;

/** A certificate as office lists show it. */
export interface CertificateView {
  id: string;
  number: string;
  state: CertificateState;
  examId: string;
  enrolmentId: string;
  name: string;
  level: CertificateRecord['level']['code'];
  issuedOn: string;
  revocation?: {
    reason: RevocationReason;
    note: string;
    requestedBy: string;
    /** Server time, ms. */
    requestedAt: number;
    confirmedBy?: string;
    confirmedAt?: number;
  };
}

/** What became of one enrolment of an issue. */
export type IssueOutcome =
  | { enrolmentId: string; ok: true; certificate: CertificateView }
  | { enrolmentId: string; ok: false; code: string; zh: string; en: string };

export interface IssueAnswer {
  outcomes: IssueOutcome[];
  issued: number;
  refused: number;
}

/** Answer of the public verification. */
export interface VerifyAnswer {
  /** `good` only when all four verdicts are. */
  overall: Verdict['state'];
  verdicts: Verdicts;
  /** Every field as issued; missing when the register holds no such certificate. */
  record?: CertificateRecord;
  /** The portrait as printed, base64. */
  photo?: { type: string; base64: string };
  /** SHA-256 (hex) of the record's canonical JSON, and of the file as issued. */
  recordDigest?: string;
  fileDigest?: string;
  /** Server time of the check, ms. */
  checkedAt: number;
}
