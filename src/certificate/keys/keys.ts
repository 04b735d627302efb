import { createPrivateKey, randomBytes, sign, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createAuthority, DEFAULT_NAMES, type AuthorityNames, type IssuedKey } from './authority.ts';
import { openKey, sealKey } from './sealed-key.ts';

/** Whatever signs certificates: the key below, or later a PKCS#11 token or a remote service. P-256 with SHA-256. */
export interface Signer {
  /** The signing certificate and those above it, the authority's last, PEM. */
  certificateChainPem: string;
  /** ECDSA signature (DER) over SHA-256 of the bytes. */
  sign(bytes: Uint8Array): Promise<Buffer>;
}

/** Where keys are and what opens them. */
export interface KeySettings {
  dataDir: string;
  passphrase: string;
}

const FOLDER = 'certificate-keys';
const signAsync = promisify(sign);

/**
 * Makes keys in the data folder unless there are some: readable by the owner alone, private keys sealed.
 * The folder appears whole or not at all, so a crash leaves no half of it and of two processes one wins.
 */
export async function ensureKeys(
  settings: KeySettings,
  now: number,
  names: AuthorityNames = DEFAULT_NAMES,
): Promise<void> {
  const folder = join(settings.dataDir, FOLDER);
  if (existsSync(folder)) return;
  const { ca, signer } = await createAuthority(names, now);
  const fresh = `${folder}.${randomBytes(6).toString('hex')}`;
  await mkdir(fresh, { mode: 0o700 });
  await storeKey(fresh, 'ca', ca, settings.passphrase);
  await storeKey(fresh, 'signer', signer, settings.passphrase);
  try {
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}

async function storeKey(folder: string, name: string, key: IssuedKey, passphrase: string): Promise<void> {
  const options = { mode: 0o600, flush: true };
  await writeFile(join(folder, `${name}.pem`), `${key.certificatePem}\n`, options);
  await writeFile(join(folder, `${name}.key.json`), await sealKey(key.privateKey, passphrase), options);
}

/** The authority's certificate, PEM, for whoever verifies. `ensureKeys` must have run. */
export const authorityPem = (dataDir: string): Promise<string> =>
  readFile(join(dataDir, FOLDER, 'ca.pem'), 'utf8');

/** Opens the signing key in the data folder. @throws AppError certificate.keys-locked */
export async function openSigner({ dataDir, passphrase }: KeySettings): Promise<Signer> {
  const folder = join(dataDir, FOLDER);
  const [signerPem, caPem, sealed] = await Promise.all([
    readFile(join(folder, 'signer.pem'), 'utf8'),
    authorityPem(dataDir),
    readFile(join(folder, 'signer.key.json'), 'utf8'),
  ]);
  const key = createPrivateKey({ key: await openKey(sealed, passphrase), format: 'der', type: 'pkcs8' });
  return {
    certificateChainPem: signerPem + caPem,
    sign: (bytes) => signAsync('sha256', bytes, { key, dsaEncoding: 'der' }),
  };
}

/** The certificates of a PEM chain, first the signer's. */
export function readChain(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}
