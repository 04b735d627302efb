import type { Page } from '../../src/shared/paging.ts';
import type { IssueAnswer, VerifyAnswer } from '../../src/certificate/certificate.contract.ts';
import { Caller } from '../../src/demo/caller.ts';
import type { ResultView } from '../../src/results/results.contract.ts';
import type { River } from './sitting.ts';

export interface CertificateTally {
  passed: number;
  certificates: number;
  signaturesValid: number;
}

/** Issues a certificate to everyone who passed, and verifies each as the public does: by its PDF, and by number and name. */
export async function certify(river: River): Promise<CertificateTally> {
  const results = await river.officer.get<Page<ResultView>>(
    `/api/exams/${river.prepared.exam.id}/results?limit=200`,
  );
  const passed = results.items.filter((result) => result.passed);
  const officer = await river.consoles.as('certificate1');
  const { outcomes } = await officer.post<IssueAnswer>('/api/certificates', {
    enrolmentIds: passed.map((result) => result.enrolmentId),
  });
  const anybody = new Caller(river.url);
  let signaturesValid = 0;
  let certificates = 0;
  for (const outcome of outcomes) {
    if (!outcome.ok) throw new Error(`no certificate: ${JSON.stringify(outcome)}`);
    certificates += 1;
    const { id, number, name } = outcome.certificate;
    const pdf = await officer.download(`/api/certificates/${id}/pdf`);
    const byFile = await anybody.upload<VerifyAnswer>('/api/verify/file', pdf, 'application/pdf');
    const byName = await anybody.post<VerifyAnswer>('/api/verify', { number, name });
    if (
      byFile.overall === 'good' &&
      byFile.verdicts.signature.state === 'good' &&
      byName.record?.number === number
    )
      signaturesValid += 1;
  }
  river.say(`${passed.length} passed, ${certificates} certificates issued, ${signaturesValid} verified`);
  return { passed: passed.length, certificates, signaturesValid };
}
