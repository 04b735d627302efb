/** States of a certificate: pending (number taken, not yet signed) → issued → revoked. */
export const CERTIFICATE_STATES = ['pending', 'issued', 'revoked'] as const;
export type CertificateState = (typeof CERTIFICATE_STATES)[number];

/** What may be done to a certificate. `complete` is the server's own, after signing. */
export type CertificateCommand =
  'complete' | 'request-revocation' | 'confirm-revocation' | 'withdraw-revocation';

/** Reasons for a revocation (人社部令31号 articles 6–11 and errors of our own). */
export const REVOCATION_REASONS = [
  'misconduct',
  'false-identity',
  'issued-in-error',
  'data-error',
  'holder-request',
] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

/** The facts of a certificate that decide what may be done. */
export interface CertificateFacts {
  state: CertificateState;
  /** Who asked for its revocation, while that waits for a second person. */
  revocationRequestedBy?: string;
}

export type CertificateVerdict =
  | { ok: true; next: CertificateState }
  | {
      ok: false;
      code:
        | 'certificate.not-issued'
        | 'certificate.already-revoked'
        | 'certificate.already-issued'
        | 'certificate.revocation-pending'
        | 'certificate.no-revocation-request'
        | 'certificate.same-person';
    };

/** State × command → next state or a reason. A revocation takes two persons: one asks, another confirms. */
export function judgeCertificate(
  facts: CertificateFacts,
  command: CertificateCommand,
  by: string,
): CertificateVerdict {
  const requester = facts.revocationRequestedBy;
  if (facts.state === 'revoked') return { ok: false, code: 'certificate.already-revoked' };
  switch (command) {
    case 'complete':
      return facts.state === 'pending'
        ? { ok: true, next: 'issued' }
        : { ok: false, code: 'certificate.already-issued' };
    case 'request-revocation':
      if (facts.state === 'pending') return { ok: false, code: 'certificate.not-issued' };
      return requester === undefined
        ? { ok: true, next: 'issued' }
        : { ok: false, code: 'certificate.revocation-pending' };
    case 'confirm-revocation':
      if (requester === undefined) return { ok: false, code: 'certificate.no-revocation-request' };
      return requester === by
        ? { ok: false, code: 'certificate.same-person' }
        : { ok: true, next: 'revoked' };
    case 'withdraw-revocation':
      return requester === undefined
        ? { ok: false, code: 'certificate.no-revocation-request' }
        : { ok: true, next: 'issued' };
  }
}
