import { X509Certificate } from 'node:crypto';
import type { IssueAnswer, VerifyAnswer } from '../../src/certificate/certificate.contract.ts';
import { verifyPdf } from '../../src/certificate/signature/verify-pdf.ts';
import { Caller } from '../../src/demo/caller.ts';
import type { ResultView } from '../../src/results/results.contract.ts';
import type { Page } from '../../src/shared/paging.ts';
import type { River } from './sitting.ts';

export interface CertificateTally {
  passed: number;
  certificates: number;
  /** PDFs whose signature is valid over the whole file under the published authority. */
  signaturesValid: number;
}

/** The public page is rate limited, as it should be: so many certificates a level are also checked there. */
const CHECKED_IN_PUBLIC = 2;

/** Issues a certificate to everyone who passed and checks every one of them as a third party would. */
export async function certify(river: River): Promise<CertificateTally> {
  const path = `/api/exams/${river.prepared.exam.id}/results?limit=200`;
  const results = await river.officer.get<Page<ResultView>>(path);
  const passed = results.items.filter((result) => result.passed);
  const officer = await river.consoles.as('certificate1');
  const body = { enrolmentIds: passed.map((result) => result.enrolmentId) };
  const { outcomes } = await officer.post<IssueAnswer>('/api/certificates', body);
  const anybody = new Caller(river.url);
  const authority = new X509Certificate(await anybody.download('/api/verify/ca.pem'));
  let signaturesValid = 0;
  for (const [index, outcome] of outcomes.entries()) {
    if (!outcome.ok) throw new Error(`no certificate: ${JSON.stringify(outcome)}`);
    const { id, number, name } = outcome.certificate;
    const pdf = await officer.download(`/api/certificates/${id}/pdf`);
    const { signature, issuer } = verifyPdf(pdf, [authority]);
    if (signature === 'signature.valid' && issuer === 'known') signaturesValid += 1;
    if (index < CHECKED_IN_PUBLIC) await checkInPublic(anybody, pdf, number, name);
  }
  river.say(
    `${passed.length} passed, ${outcomes.length} certificates issued, ${signaturesValid} signatures valid`,
  );
  return { passed: passed.length, certificates: outcomes.length, signaturesValid };
}

/** By the file, and by number and name. @throws Error when the page says anything but good */
async function checkInPublic(anybody: Caller, pdf: Buffer, number: string, name: string): Promise<void> {
  const byFile = await anybody.upload<VerifyAnswer>('/api/verify/file', pdf, 'application/pdf');
  const byName = await anybody.post<VerifyAnswer>('/api/verify', { number, name });
  if (byFile.overall !== 'good' || byName.record?.holder.name !== name) {
    throw new Error(`the public page does not confirm ${number}: ${JSON.stringify(byFile.verdicts)}`);
  }
}
