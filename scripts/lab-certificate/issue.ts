// @peculiar/x509 resolves its parts by reflection and asks for this polyfill first.
import 'reflect-metadata';
import { createPrivateKey, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  type JsonName,
} from '@peculiar/x509';
import { EC, newKeys, newSerial } from '../../src/platform/x509.ts';
import type { ServerNames } from './names.ts';

const DAY = 86_400_000;
/** Lab computers with a flat battery are behind; a month of that must not make them refuse the server. */
const BACKDATED_MS = 30 * DAY;
/** Long enough that the lab computers never have to be visited again for it. */
const CA_DAYS = 3_652;
/** The longest that all browsers take of a private authority (Apple's limit is 825). */
export const SERVER_DAYS = 820;

/** A certificate and its private key (PKCS#8), PEM. */
export interface Issued {
  certificatePem: string;
  keyPem: string;
}

/** A new authority of one lab. The name tells it from other labs' in a computer's list. `now` in ms. */
export async function makeAuthority(now: number): Promise<Issued> {
  const keys = await newKeys();
  const tag = `${new Date(now).toISOString().slice(0, 10)} ${newSerial().slice(-4)}`;
  const ca = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: nameOf(`Kaochang lab CA ${tag}`),
    notBefore: new Date(now - BACKDATED_MS),
    notAfter: new Date(now + CA_DAYS * DAY),
    signingAlgorithm: EC,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificatePem: ca.toString('pem'), keyPem: await pemOf(keys.privateKey) };
}

/** A server certificate under the authority, for these names. It never outlives the authority. `now` in ms. */
export async function makeServerCertificate(
  authority: Issued,
  names: ServerNames,
  now: number,
): Promise<Issued> {
  const ca = new X509Certificate(authority.certificatePem);
  const keys = await newKeys();
  const notAfter = Math.min(now + SERVER_DAYS * DAY, ca.notAfter.getTime());
  const certificate = await X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: nameOf((names.hosts[0] ?? names.addresses[0] ?? 'exam server').slice(0, 64)),
    issuer: ca.subjectName,
    notBefore: new Date(now - BACKDATED_MS),
    notAfter: new Date(notAfter),
    signingAlgorithm: EC,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.keyPem),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        ...names.hosts.map((value) => ({ type: 'dns' as const, value })),
        ...names.addresses.map((value) => ({ type: 'ip' as const, value })),
      ]),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(ca.publicKey),
    ],
  });
  return { certificatePem: certificate.toString('pem'), keyPem: await pemOf(keys.privateKey) };
}

const nameOf = (common: string): JsonName => [{ O: ['Kaochang'] }, { CN: [common] }];

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' });
  return webcrypto.subtle.importKey('pkcs8', der, EC, false, ['sign']);
}
