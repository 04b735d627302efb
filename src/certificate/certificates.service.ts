import { readFile } from '../platform/files/files.ts';
import type { StoredFile } from '../platform/files/file.model.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Page } from '../shared/paging.ts';
import type { CertificatesQuery, CertificateView } from './certificate.contract.ts';
import { CertificateModel, type Certificate } from './certificate.model.ts';
import { readNumber } from './number.rules.ts';

/** One certificate. @throws AppError platform.not-found */
export async function selectCertificate(certificateId: string): Promise<Certificate> {
  const certificate = await CertificateModel.findById(certificateId).lean<Certificate>();
  if (certificate === null) throw new AppError('platform.not-found');
  return certificate;
}

/** Certificates by number. */
export async function listCertificates(query: CertificatesQuery): Promise<Page<CertificateView>> {
  const { offset = 0, limit = 50, examId, state, q } = query;
  const begins = q === undefined ? undefined : readNumber(q);
  const filter = {
    ...(examId === undefined ? {} : { examId }),
    ...(state === undefined ? {} : { state }),
    ...(begins === undefined ? {} : { number: { $gte: begins, $lt: `${begins}\uffff` } }),
  };
  const [certificates, total] = await Promise.all([
    CertificateModel.find(filter).sort({ number: 1 }).skip(offset).limit(limit).lean<Certificate[]>(),
    CertificateModel.countDocuments(filter),
  ]);
  return { items: certificates.map(viewCertificate), total, offset, limit };
}

/** The signed PDF. @throws AppError platform.not-found, certificate.not-issued */
export async function certificateFile(certificateId: string): Promise<StoredFile> {
  const { fileId } = await selectCertificate(certificateId);
  if (fileId === undefined) throw new AppError('certificate.not-issued');
  return readFile(fileId);
}

export function viewCertificate({
  _id,
  number,
  state,
  examId,
  enrolmentId,
  record,
  revocation,
}: Certificate): CertificateView {
  return {
    id: _id,
    number,
    state,
    examId,
    enrolmentId,
    name: record.holder.name,
    level: record.level.code,
    issuedOn: record.issuedOn,
    ...(revocation === undefined ? {} : { revocation }),
  };
}
