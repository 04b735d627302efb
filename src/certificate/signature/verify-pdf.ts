import { createHash, verify, X509Certificate } from 'node:crypto';
import type { SignatureCode } from '../verdict.rules.ts';
import { decodeSignedData, signedAttributes } from './cades.ts';
import { readDer } from './der.ts';

/** What a PDF's signature shows by itself, without the register. */
export interface SignatureCheck {
  signature: SignatureCode;
  /** Whether the signer is ours; only when the signature is valid. */
  issuer?: 'known' | 'foreign' | 'out-of-date';
  /** The reason text of the signature, which names the certificate. Believe it only with `signature.valid`. */
  reason?: string;
  /** SHA-256 of the whole file, hex. */
  fileDigest: string;
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/**
 * Checks a PDF's signature: exactly one, over the whole file, in the one form we write, by a certificate of a known authority
 * that was valid when the document says it was signed. `authorities` are the certificates of all authorities ever used.
 */
export function verifyPdf(pdf: Buffer, authorities: readonly X509Certificate[]): SignatureCheck {
  const fileDigest = sha256(pdf).toString('hex');
  if (pdf.subarray(0, 5).toString('latin1') !== '%PDF-')
    return { signature: 'signature.not-a-pdf', fileDigest };
  const text = pdf.toString('latin1');
  const reason = /^([ -~]{0,200}?)\)/.exec(textAfter(text, '/Reason ('))?.[1];
  const found = { fileDigest, ...(reason === undefined ? {} : { reason }) };
  const place = findSignature(pdf, text);
  if (typeof place === 'string') return { ...found, signature: place };
  const signers = judgeSignature(pdf, place);
  if (typeof signers === 'string') return { ...found, signature: signers };
  return {
    ...found,
    signature: 'signature.valid',
    issuer: judgeIssuer(signers, signingTime(text), authorities),
  };
}

/** Where the signature stands: its hexadecimal text is between `start` and `end`, brackets included. */
interface Place {
  start: number;
  end: number;
}

function findSignature(pdf: Buffer, text: string): Place | SignatureCode {
  const ranges = text.match(/\/ByteRange/g) ?? [];
  if (ranges.length === 0) return /\/Encrypt\b/.test(text) ? 'signature.encrypted' : 'signature.none';
  if (ranges.length > 1) return 'signature.several';
  const match = /\/ByteRange \[0 (\d{1,9}) (\d{1,9}) (\d{1,9})\]/.exec(text);
  if (match === null) return 'signature.malformed';
  const [start, end, rest] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (end + rest !== pdf.length) return 'signature.part-only';
  if (start >= end || text[start] !== '<' || text[end - 1] !== '>') return 'signature.malformed';
  return { start, end };
}

/** The certificates of a signature that holds, the signer's first; or what is wrong. */
function judgeSignature(pdf: Buffer, { start, end }: Place): X509Certificate[] | SignatureCode {
  const hex = pdf.toString('latin1', start + 1, end - 1);
  // Capitals would be the same signature in other bytes: only what we write is taken, and nothing after it but zeros.
  if (!/^(?:[0-9a-f]{2})+$/.test(hex)) return 'signature.malformed';
  const bytes = Buffer.from(hex, 'hex');
  const digest = sha256(Buffer.concat([pdf.subarray(0, start), pdf.subarray(end)]));
  try {
    if (bytes.subarray(readDer(bytes).whole.length).some((byte) => byte !== 0)) return 'signature.malformed';
    const { chain, attributes, signature } = decodeSignedData(bytes);
    const certificates = chain.map((certificate) => new X509Certificate(certificate));
    const [signer] = certificates;
    if (signer === undefined) return 'signature.malformed';
    if (!attributes.equals(signedAttributes(digest, signer.raw))) return 'signature.altered';
    const holds = verify('sha256', attributes, { key: signer.publicKey, dsaEncoding: 'der' }, signature);
    return holds ? certificates : 'signature.invalid';
  } catch {
    // Neither our reader nor Node's could make sense of it.
    return 'signature.malformed';
  }
}

function judgeIssuer(
  [signer, ...others]: readonly X509Certificate[],
  signedAt: number,
  authorities: readonly X509Certificate[],
): 'known' | 'foreign' | 'out-of-date' {
  const authority = authorities.find(
    (known) => signer?.checkIssued(known) === true && signer.verify(known.publicKey),
  );
  if (signer === undefined || authority === undefined) return 'foreign';
  if (others.some((other) => !authorities.some((known) => known.raw.equals(other.raw)))) return 'foreign';
  const within = signedAt >= Date.parse(signer.validFrom) && signedAt <= Date.parse(signer.validTo);
  return within ? 'known' : 'out-of-date';
}

/** The time in the signature's /M, ms; NaN when there is none. */
function signingTime(text: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z\)/.exec(textAfter(text, '/M (D:'));
  if (match === null) return Number.NaN;
  const [year = 0, month = 0, ...rest] = match.slice(1).map(Number);
  return Date.UTC(year, month - 1, ...(rest as [number, number, number, number]));
}

/** What follows the first `key`, as far as it can matter: a pattern run over a whole upload could be made slow. */
function textAfter(text: string, key: string): string {
  const at = text.indexOf(key);
  return at === -1 ? '' : text.slice(at + key.length, at + key.length + 220);
}
