import { createHash, type X509Certificate } from 'node:crypto';
import { context, der, DerError, oid, readAll, readDer, setOf, TAG, type DerValue } from './der.ts';

/**
 * CMS SignedData as PAdES B-B wants it (ETSI EN 319 142-1, 319 122-1): detached; signed attributes content type,
 * message digest and ESS signing certificate v2, and no signing time, which the PDF's own /M gives.
 */
const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const;

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const algorithm = (name: string): Buffer => der(TAG.sequence, oid(name));
const attribute = (name: string, value: Buffer): Buffer => der(TAG.sequence, oid(name), setOf([value]));
const integer = (value: number): Buffer => der(TAG.integer, Buffer.from([value]));

/** The attributes that are signed, as the SET OF that the signature is taken over. */
export function signedAttributes(documentDigest: Buffer, signerCertificate: Buffer): Buffer {
  // ESSCertIDv2 with its default hash algorithm, SHA-256, left out as DER asks.
  const certificateId = der(TAG.sequence, der(TAG.octets, sha256(signerCertificate)));
  return setOf([
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.messageDigest, der(TAG.octets, documentDigest)),
    attribute(OID.signingCertificateV2, der(TAG.sequence, der(TAG.sequence, certificateId))),
  ]);
}

/** A complete signature: who signed (chain of DER certificates, the signer's first), which attributes, the value. */
export interface SignedData {
  chain: Buffer[];
  attributes: Buffer;
  signature: Buffer;
}

/** Encodes a CMS SignedData. */
export function encodeSignedData({ chain, attributes, signature }: SignedData): Buffer {
  const signer = chain[0];
  if (signer === undefined) throw new DerError('no signing certificate');
  const { issuer, serial } = issuerAndSerial(signer);
  // Inside the structure the attributes carry the implicit tag [0] in the place of SET's (RFC 5652, 5.4).
  const tagged = Buffer.concat([Buffer.from([context(0)]), attributes.subarray(1)]);
  const signerInfo = der(
    TAG.sequence,
    integer(1),
    der(TAG.sequence, issuer, serial),
    algorithm(OID.sha256),
    tagged,
    algorithm(OID.ecdsaWithSha256),
    der(TAG.octets, signature),
  );
  const signedData = der(
    TAG.sequence,
    integer(1),
    setOf([algorithm(OID.sha256)]),
    der(TAG.sequence, oid(OID.data)),
    Buffer.concat([Buffer.from([context(0)]), setOf(chain).subarray(1)]),
    setOf([signerInfo]),
  );
  return der(TAG.sequence, oid(OID.signedData), der(context(0), signedData));
}

/**
 * Reads a signature and demands that it is, byte for byte, what `encodeSignedData` writes, so that nothing unsigned in it
 * can be changed unseen. @throws DerError on anything else
 */
export function decodeSignedData(bytes: Buffer): SignedData {
  const whole = readDer(bytes).whole;
  const [, body] = children(whole);
  const [, , , certificates, signerInfos] = children(only(body));
  const [, sid, , attributes, , signature] = children(only(signerInfos));
  if (
    certificates === undefined ||
    sid === undefined ||
    attributes === undefined ||
    signature === undefined
  ) {
    throw new DerError('not a signature with attributes');
  }
  const found = readAll(certificates.content).map(({ whole: certificate }) => certificate);
  const signer = found.find((certificate) => namedBy(certificate, sid));
  if (signer === undefined) throw new DerError('the signing certificate is missing');
  const decoded: SignedData = {
    chain: [signer, ...found.filter((certificate) => certificate !== signer)],
    attributes: Buffer.concat([Buffer.from([TAG.set]), attributes.whole.subarray(1)]),
    signature: signature.content,
  };
  if (!encodeSignedData(decoded).equals(whole)) throw new DerError('not in the one form we sign in');
  return decoded;
}

function children(value: Buffer | DerValue | undefined): DerValue[] {
  if (value === undefined) throw new DerError('part missing');
  return readAll(Buffer.isBuffer(value) ? readDer(value).content : value.content);
}

function only(value: DerValue | undefined): DerValue {
  const [first, ...more] = children(value);
  if (first === undefined || more.length > 0) throw new DerError('not exactly one');
  return first;
}

function issuerAndSerial(certificate: Buffer): { issuer: Buffer; serial: Buffer } {
  const [, serial, , issuer] = children(children(certificate)[0]);
  if (serial === undefined || issuer === undefined) throw new DerError('not a version 3 certificate');
  return { issuer: issuer.whole, serial: serial.whole };
}

function namedBy(certificate: Buffer, sid: DerValue): boolean {
  const { issuer, serial } = issuerAndSerial(certificate);
  return sid.content.equals(Buffer.concat([issuer, serial]));
}

/** The DER certificates of a chain. */
export const chainDer = (chain: readonly X509Certificate[]): Buffer[] => chain.map(({ raw }) => raw);
