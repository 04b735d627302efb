import { staffOf } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { defineRoute, everything, Reply, type Route } from '../platform/http/route.ts';
import { startSweep, type Sweep } from '../platform/leases.ts';
import * as contract from './certificate.contract.ts';
import { certificateFile, listCertificates } from './certificates.service.ts';
import { completeAbandoned, issueCertificates } from './issue.service.ts';
import { numberingOf, setNumbering } from './numbering.service.ts';
import { authoritiesPem, closePress } from './press/office.ts';
import { confirmRevocation, requestRevocation, withdrawRevocation } from './revocation.service.ts';
import { verifyByNumber, verifyFile } from './verify.service.ts';

const OFFICERS = ['certificate-officer'] as const;
const ALL = everything('certificate officers keep the certificates of all examinations');
const PUBLIC = everything('whoever holds a certificate, or knows its number and name, may verify it');
const SWEEP_MS = 10_000;

const office: Route[] = [
  defineRoute({
    id: 'certificate.list',
    method: 'GET',
    path: '/api/certificates',
    access: ['certificate-officer', 'exam-officer', 'auditor'],
    scope: everything('officers and auditors see all certificates'),
    query: contract.CertificatesQuery,
    handle: (_ctx, { query }) => listCertificates(query),
  }),
  defineRoute({
    id: 'certificate.issue',
    method: 'POST',
    path: '/api/certificates',
    access: OFFICERS,
    scope: ALL,
    body: contract.IssueBody,
    handle: (ctx, { actor, body }) => issueCertificates(ctx, actor, body.enrolmentIds),
  }),
  defineRoute({
    id: 'certificate.pdf',
    method: 'GET',
    path: '/api/certificates/:certificateId/pdf',
    access: ['certificate-officer', 'auditor'],
    scope: everything('officers and auditors see all certificates'),
    params: contract.CertificateParams,
    async handle(_ctx, { params }) {
      const file = await certificateFile(params.certificateId);
      return Reply.file(file.bytes, file.type, file.name);
    },
  }),
  defineRoute({
    id: 'certificate.numbering.show',
    method: 'GET',
    path: '/api/certificates/numbering/:institutionId',
    access: ['certificate-officer', 'administrator'],
    scope: ALL,
    params: contract.InstitutionParams,
    handle: (ctx, { params }) => numberingOf(ctx, params.institutionId),
  }),
  defineRoute({
    id: 'certificate.numbering.set',
    method: 'PUT',
    path: '/api/certificates/numbering/:institutionId',
    access: ['certificate-officer', 'administrator'],
    scope: ALL,
    params: contract.InstitutionParams,
    body: contract.NumberingBody,
    handle: (ctx, { actor, params, body }) => setNumbering(ctx, actor, params.institutionId, body.template),
  }),
];

const revocation: Route[] = [
  defineRoute({
    id: 'certificate.revocation.request',
    method: 'POST',
    path: '/api/certificates/:certificateId/revocation',
    access: OFFICERS,
    scope: ALL,
    params: contract.CertificateParams,
    body: contract.RevocationBody,
    handle: (ctx, { actor, params, body }) =>
      requestRevocation(ctx, staffOf(actor), params.certificateId, body),
  }),
  defineRoute({
    id: 'certificate.revocation.confirm',
    method: 'POST',
    path: '/api/certificates/:certificateId/revocation/confirmation',
    access: OFFICERS,
    scope: everything('a second officer confirms; the rule refuses the one who asked'),
    params: contract.CertificateParams,
    handle: (ctx, { actor, params }) => confirmRevocation(ctx, staffOf(actor), params.certificateId),
  }),
  defineRoute({
    id: 'certificate.revocation.withdraw',
    method: 'DELETE',
    path: '/api/certificates/:certificateId/revocation',
    access: OFFICERS,
    scope: ALL,
    params: contract.CertificateParams,
    handle: (ctx, { actor, params }) => withdrawRevocation(ctx, staffOf(actor), params.certificateId),
  }),
];

const verification: Route[] = [
  defineRoute({
    id: 'certificate.verify',
    method: 'POST',
    path: '/api/verify',
    access: 'public',
    scope: PUBLIC,
    body: contract.VerifyBody,
    perMinute: 20,
    handle: (ctx, { body }) => verifyByNumber(ctx, body),
  }),
  defineRoute({
    id: 'certificate.verify.file',
    method: 'POST',
    path: '/api/verify/file',
    access: 'public',
    scope: PUBLIC,
    upload: { maxBytes: contract.VERIFY_FILE_BYTES },
    perMinute: 20,
    handle: (ctx, { body }) => verifyFile(ctx, Buffer.isBuffer(body) ? body : Buffer.alloc(0)),
  }),
  defineRoute({
    id: 'certificate.verify.authorities',
    method: 'GET',
    path: '/api/verify/ca.pem',
    access: 'public',
    scope: everything('certificates of our authorities are public, for whoever verifies off line'),
    perMinute: 60,
    async handle(ctx) {
      return Reply.file(Buffer.from(await authoritiesPem(ctx)), 'application/x-pem-file', 'kaochang-ca.pem');
    },
  }),
];

export const certificateRoutes: readonly Route[] = [...office, ...revocation, ...verification];

/** Completes what a crash left pending, and ends the press with the application. */
export function certificateSweeps(ctx: Ctx): readonly Sweep[] {
  const sweep = startSweep(ctx, 'certificate.pending', SWEEP_MS, () => completeAbandoned(ctx));
  return [
    {
      run: () => sweep.run(),
      async stop() {
        await sweep.stop();
        await closePress(ctx);
      },
    },
  ];
}
