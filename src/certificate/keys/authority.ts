// @peculiar/x509 resolves its parts by reflection and asks for this polyfill first.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  type JsonName,
  type X509Certificate,
} from '@peculiar/x509';
import { EC, newKeys, newSerial } from '../../platform/x509.ts';

const DAY = 86_400_000;
const YEAR = 365.25 * DAY;
const CA_YEARS = 20;
const SIGNER_YEARS = 5;

/** A certificate (PEM) and its private key (PKCS#8 DER). */
export interface IssuedKey {
  certificatePem: string;
  privateKey: Buffer;
}

/** Names in the certificates; Chinese is welcome. */
export interface AuthorityNames {
  organisation: string;
  authority: string;
  signer: string;
}

export const DEFAULT_NAMES: AuthorityNames = {
  organisation: '考场 Kaochang',
  authority: '考场证书根机构',
  signer: '考场证书签发专用',
};

/** Makes a certificate authority of our own and, under it, a P-256 certificate that signs documents. `now` in ms. */
export async function createAuthority(
  names: AuthorityNames,
  now: number,
): Promise<{ ca: IssuedKey; signer: IssuedKey }> {
  const [caKeys, signerKeys] = await Promise.all([newKeys(), newKeys()]);
  const caName = nameOf(names.organisation, names.authority);
  const ca = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: caName,
    ...validity(now, CA_YEARS),
    signingAlgorithm: EC,
    keys: caKeys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const signer = await X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: nameOf(names.organisation, names.signer),
    issuer: caName,
    ...validity(now, SIGNER_YEARS),
    signingAlgorithm: EC,
    publicKey: signerKeys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation, true),
      await SubjectKeyIdentifierExtension.create(signerKeys.publicKey),
      await AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  return { ca: await issued(ca, caKeys), signer: await issued(signer, signerKeys) };
}

// A day early: a verifier's clock may be slow, and midnight differs by zone.
const validity = (now: number, years: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(now - DAY),
  notAfter: new Date(now + years * YEAR),
});

const nameOf = (organisation: string, common: string): JsonName => [
  { C: ['CN'] },
  { O: [organisation] },
  { CN: [common] },
];

async function issued(certificate: X509Certificate, keys: webcrypto.CryptoKeyPair): Promise<IssuedKey> {
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { certificatePem: certificate.toString('pem'), privateKey: Buffer.from(pkcs8) };
}
