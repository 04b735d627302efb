import type { Ctx } from '../platform/context.ts';
import { readFile } from '../platform/files/files.ts';
import { AppError } from '../shared/errors/index.ts';
import type { VerifyAnswer, VerifyBody } from './certificate.contract.ts';
import { CertificateModel, type Certificate } from './certificate.model.ts';
import { readNumber } from './number.rules.ts';
import { readReason, recordDigest } from './pdf/certificate-pdf.ts';
import { knownAuthorities } from './press/office.ts';
import { chinaDay, comparableName, readCheckCode } from './record.rules.ts';
import { verifyPdf, type SignatureCheck } from './signature/verify-pdf.ts';
import { judgeFile, overall } from './verdict.rules.ts';

/**
 * Verifies by number with name or check code; the file as issued is checked with it.
 * An unknown number and a wrong name are answered alike. @throws AppError certificate.not-verified
 */
export async function verifyByNumber(ctx: Ctx, body: VerifyBody): Promise<VerifyAnswer> {
  const certificate = await CertificateModel.findOne({ number: readNumber(body.number) }).lean<Certificate>();
  if (certificate?.fileId === undefined || !knowsHolder(certificate, body))
    throw new AppError('certificate.not-verified');
  const { bytes } = await readFile(certificate.fileId);
  return answer(ctx, verifyPdf(bytes, await knownAuthorities(ctx)), certificate);
}

function knowsHolder({ record }: Certificate, body: VerifyBody): boolean {
  return 'name' in body
    ? comparableName(body.name) === comparableName(record.holder.name)
    : readCheckCode(body.code) === record.checkCode;
}

/** Verifies an uploaded file. The register is consulted only for a file that we have signed: a number alone opens nothing. */
export async function verifyFile(ctx: Ctx, pdf: Buffer): Promise<VerifyAnswer> {
  const check = verifyPdf(pdf, await knownAuthorities(ctx));
  const ours = check.signature === 'signature.valid' && check.issuer !== 'foreign';
  const named = ours && check.reason !== undefined ? readReason(check.reason) : undefined;
  const certificate =
    named === undefined ? null : await CertificateModel.findOne({ number: named.number }).lean<Certificate>();
  return answer(ctx, check, certificate ?? undefined);
}

async function answer(
  ctx: Ctx,
  check: SignatureCheck,
  certificate: Certificate | undefined,
): Promise<VerifyAnswer> {
  const entry = certificate === undefined ? undefined : entryOf(certificate, check);
  const verdicts = judgeFile({
    signature: check.signature,
    ...(check.issuer === undefined ? {} : { issuer: check.issuer }),
    ...(entry === undefined ? {} : { entry }),
  });
  return {
    overall: overall(verdicts),
    verdicts,
    ...(certificate === undefined ? {} : await asIssued(certificate)),
    checkedAt: ctx.clock.now(),
  };
}

/** The file must be the one stored, and the stored record the one that it was signed for. */
function entryOf(
  certificate: Certificate,
  { fileDigest, reason }: SignatureCheck,
): { sameFile: boolean; revokedOn?: string } {
  const { record, state, revocation } = certificate;
  const signed = readReason(reason ?? '')?.recordDigest;
  const sameFile = fileDigest === certificate.fileDigest && signed === recordDigest(record);
  const revokedAt = state === 'revoked' ? revocation?.confirmedAt : undefined;
  return { sameFile, ...(revokedAt === undefined ? {} : { revokedOn: chinaDay(revokedAt) }) };
}

async function asIssued({
  record,
  recordDigest: digest,
  fileDigest,
  photoFileId,
}: Certificate): Promise<Partial<VerifyAnswer>> {
  const photo = photoFileId === undefined ? undefined : await readFile(photoFileId);
  return {
    record,
    recordDigest: digest,
    ...(fileDigest === undefined ? {} : { fileDigest }),
    // A portrait that is no longer the one that was printed is not shown.
    ...(photo === undefined || photo.digest !== record.holder.photoDigest
      ? {}
      : { photo: { type: photo.type, base64: photo.bytes.toString('base64') } }),
  };
}
