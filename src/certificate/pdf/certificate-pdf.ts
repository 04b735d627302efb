import { createHash } from 'node:crypto';
import PDFDocument from 'pdfkit';
import { recordText, type CertificateRecord } from '../record.rules.ts';
import { addSignatureField } from '../signature/placeholder.ts';
import { drawFields, drawStatement } from './body.ts';
import { drawFoot, SEAL_BOX } from './foot.ts';
import { assertDrawable, type Fonts } from './fonts.ts';
import { drawFrame } from './frame.ts';
import { printablePhoto } from './photo.ts';
import { nameFonts, type Doc, type Sheet } from './sheet.ts';

/** What a certificate is drawn from. */
export interface CertificateJob {
  record: CertificateRecord;
  /** PNG or JPEG. */
  photo?: Uint8Array;
  /** Address of the verification page's server, without a trailing slash. */
  publicUrl: string;
  /** Time of signing, ms. */
  at: number;
}

/** SHA-256 (hex) over the record's canonical JSON. */
export const recordDigest = (record: CertificateRecord): string =>
  createHash('sha256').update(recordText(record)).digest('hex');

/** What the signature's reason says: which entry of the register the file is, and its digest. */
const reasonOf = (record: CertificateRecord): string =>
  `Certificate ${record.number} record sha256:${recordDigest(record)}`;

/** Reads a signature's reason; undefined when it is not of a certificate. */
export function readReason(reason: string): { number: string; recordDigest: string } | undefined {
  const match = /^Certificate ([0-9A-Z-]{4,60}) record sha256:([0-9a-f]{64})$/.exec(reason);
  const [, number, digest] = match ?? [];
  return number === undefined || digest === undefined ? undefined : { number, recordDigest: digest };
}

/**
 * Whether a certificate can be drawn, to be asked before a number is taken. Gives the photo as it is printed.
 * @throws AppError certificate.undrawable-name, certificate.unusable-photo
 */
export function assertPrintable(fonts: Fonts, { texts, photo }: PrintableFacts): Buffer | undefined {
  for (const text of texts) assertDrawable(fonts, text);
  return photo === undefined ? undefined : printablePhoto(Buffer.from(photo));
}

/** What of a certificate comes from people, and so may not be drawable. */
export interface PrintableFacts {
  texts: string[];
  photo?: Uint8Array;
}

/** The texts of a record that people wrote. */
export const writtenTexts = ({
  holder,
  issuer,
  exam,
}: Pick<CertificateRecord, 'holder' | 'issuer' | 'exam'>): string[] => [
  holder.name,
  issuer.name.zh,
  issuer.name.en,
  exam.title.zh,
  exam.title.en,
  exam.admissionNumber,
];

/**
 * Draws a certificate: A4, PDF/A-1b, with an empty signature under the seal, ready for `signPdf`.
 * @throws AppError certificate.undrawable-name, certificate.unusable-photo
 */
export async function drawCertificate(fonts: Fonts, job: CertificateJob): Promise<Buffer> {
  const { record } = job;
  const texts = writtenTexts(record);
  const photo = assertPrintable(fonts, job.photo === undefined ? { texts } : { texts, photo: job.photo });
  const doc = newDocument(record.number, job.at);
  const bytes = collect(doc);
  nameFonts(doc, fonts);
  const sheet: Sheet = { doc };
  drawFrame(sheet);
  drawStatement(sheet, record, photo);
  drawFields(sheet, record);
  drawFoot(sheet, record, job.publicUrl);
  addSignatureField(doc, {
    signerName: record.issuer.name.zh,
    reason: reasonOf(record),
    at: job.at,
    box: SEAL_BOX,
  });
  doc.end();
  return bytes;
}

function newDocument(number: string, at: number): Doc {
  // The first page is added by hand: pdfkit would start with Helvetica, which PDF/A wants embedded.
  const doc = new PDFDocument({
    autoFirstPage: false,
    font: '',
    pdfVersion: '1.4',
    subset: 'PDF/A-1b',
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: `职业技能证书 ${number}`,
      Creator: 'Kaochang',
      Producer: 'Kaochang',
      CreationDate: new Date(at),
    },
  });
  return doc.addPage({ size: 'A4', margin: 0 });
}

function collect(doc: Doc): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    doc.on('error', reject);
  });
}
