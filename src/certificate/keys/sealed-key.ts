import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../../shared/errors/index.ts';

// 32 MiB and about 100 ms a try: guessing a passphrase costs its finder more than it costs us once at start.
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const CIPHER = 'aes-256-gcm';

const derive = promisify<string, Buffer, number, typeof SCRYPT, Buffer>(scrypt);

/** A private key at rest: AES-256-GCM under a key derived from the passphrase by scrypt. All values base64. */
interface SealedKey {
  format: 'kaochang-key/1';
  salt: string;
  iv: string;
  tag: string;
  data: string;
}

/** Seals a private key (PKCS#8 DER) with a passphrase; gives the text to be stored. */
export async function sealKey(pkcs8: Uint8Array, passphrase: string): Promise<string> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv(CIPHER, await derive(passphrase, salt, 32, SCRYPT), iv);
  const data = Buffer.concat([cipher.update(pkcs8), cipher.final()]);
  const sealed: SealedKey = {
    format: 'kaochang-key/1',
    salt: salt.toString('base64'),
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
  return `${JSON.stringify(sealed, null, 2)}\n`;
}

/** Opens what `sealKey` made; gives PKCS#8 DER. @throws AppError certificate.keys-locked on a wrong passphrase or a damaged file */
export async function openKey(text: string, passphrase: string): Promise<Buffer> {
  try {
    const sealed = JSON.parse(text) as SealedKey;
    const bytes = (value: string): Buffer => Buffer.from(value, 'base64');
    const key = await derive(passphrase, bytes(sealed.salt), 32, SCRYPT);
    const decipher = createDecipheriv(CIPHER, key, bytes(sealed.iv), { authTagLength: 16 });
    decipher.setAuthTag(bytes(sealed.tag));
    return Buffer.concat([decipher.update(bytes(sealed.data)), decipher.final()]);
  } catch {
    throw new AppError('certificate.keys-locked');
  }
}
