import { CandidateModel, type Candidate } from '../people/candidate.model.ts';
import { InstitutionModel, type Institution } from '../people/institution.model.ts';
import type { Ctx } from '../platform/context.ts';
import { readFile } from '../platform/files/files.ts';
import { releasedResult } from '../results/results.service.ts';
import { AppError } from '../shared/errors/index.ts';
import { LEVEL_NAMES } from '../shared/levels.ts';
import { EnrolmentModel } from '../sitting/enrolment.model.ts';
import { ExamModel } from '../sitting/exam.model.ts';
import {
  chinaDay,
  GRADE_NAMES,
  maskId,
  NO_DIRECTION,
  OCCUPATION,
  type CertificateRecord,
} from './record.rules.ts';

/** All a certificate will say but its number, check code and day. */
export interface Draft {
  enrolmentId: string;
  examId: string;
  candidateId: string;
  institutionId: string;
  record: Omit<CertificateRecord, 'number' | 'checkCode' | 'issuedOn'>;
  photo?: { fileId: string; bytes: Buffer };
}

/**
 * Gathers what the certificate of an enrolment says. Marks come through the results stage's door and nowhere else.
 * @throws AppError platform.not-found, results.not-released, certificate.not-passed
 */
export async function draftCertificate(ctx: Ctx, enrolmentId: string): Promise<Draft> {
  const result = await releasedResult(ctx, enrolmentId);
  if (!result.passed) throw new AppError('certificate.not-passed');
  const enrolment = await found(EnrolmentModel.findById(enrolmentId).lean());
  const [exam, candidate] = await Promise.all([
    found(ExamModel.findById(enrolment.examId).lean()),
    found(CandidateModel.findById(enrolment.candidateId).lean()),
  ]);
  const institution = await found(InstitutionModel.findById(exam.institutionId).lean());
  const photo = candidate.photoFileId === undefined ? undefined : await readFile(candidate.photoFileId);
  return {
    enrolmentId,
    examId: exam._id,
    candidateId: candidate._id,
    institutionId: institution._id,
    record: {
      schema: 'kaochang-certificate/1',
      holder: holderOf(candidate, photo?.digest),
      occupation: OCCUPATION,
      direction: NO_DIRECTION,
      level: { code: result.level, name: LEVEL_NAMES[result.level], grade: GRADE_NAMES[result.level] },
      exam: { code: exam.code, title: exam.title, admissionNumber: enrolment.admissionNumber },
      parts: result.parts.map(({ part, mark }) => ({ part, mark })),
      issuer: issuerOf(institution),
      releasedOn: chinaDay(result.releasedAt),
    },
    ...(photo === undefined ? {} : { photo: { fileId: photo._id, bytes: photo.bytes } }),
  };
}

const holderOf = (
  { name, idNumber }: Candidate,
  photoDigest: string | undefined,
): CertificateRecord['holder'] => ({
  name,
  idMasked: maskId(idNumber),
  ...(photoDigest === undefined ? {} : { photoDigest }),
});

const issuerOf = ({ code, name }: Institution): CertificateRecord['issuer'] => ({ code, name });

async function found<T>(query: Promise<T | null>): Promise<T> {
  const document = await query;
  if (document === null) throw new AppError('platform.not-found');
  return document;
}
