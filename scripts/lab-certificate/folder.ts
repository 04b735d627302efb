import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeAuthority, makeServerCertificate, type Issued } from './issue.ts';
import { machineNames, namesIn, withItself, type ServerNames } from './names.ts';

/** What was made, and where. */
export interface LabCertificate {
  folder: string;
  names: ServerNames;
  /** PEM. */
  authority: string;
  server: string;
  /** The authority was there already: computers that trust it need nothing. */
  reused: boolean;
}

/**
 * Makes the server's certificate in DATA_DIR/tls under the lab's authority, which is made the first time and kept.
 * Without names: those of the certificate that is there, or this machine's. `now` in ms.
 * @throws Error when the authority is over, or its key has been taken away (it is needed to sign)
 */
export async function makeLabCertificate(
  dataDir: string,
  given: ServerNames,
  now: number,
): Promise<LabCertificate> {
  const folder = join(dataDir, 'tls');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const reused = existsSync(join(folder, 'ca.crt'));
  const authority = reused ? readAuthority(folder, now) : await makeAuthority(now);
  if (!reused) {
    writeWhole(join(folder, 'ca.key'), authority.keyPem, 0o600);
    writeWhole(join(folder, 'ca.crt'), authority.certificatePem, 0o644);
  }
  const names = withItself(chooseNames(folder, given));
  const server = await makeServerCertificate(authority, names, now);
  writeWhole(join(folder, 'server.key'), server.keyPem, 0o600);
  writeWhole(join(folder, 'server.crt'), server.certificatePem, 0o644);
  return { folder, names, authority: authority.certificatePem, server: server.certificatePem, reused };
}

function chooseNames(folder: string, given: ServerNames): ServerNames {
  if (given.hosts.length + given.addresses.length > 0) return given;
  const before = join(folder, 'server.crt');
  return existsSync(before) ? namesIn(readFileSync(before, 'utf8')) : machineNames();
}

function readAuthority(folder: string, now: number): Issued {
  const certificatePem = readFileSync(join(folder, 'ca.crt'), 'utf8');
  const key = join(folder, 'ca.key');
  const anew = 'to begin a new authority, move ca.crt and ca.key away';
  if (Date.parse(new X509Certificate(certificatePem).validTo) <= now)
    throw new Error(`the authority in ${folder} is over; ${anew}`);
  if (!existsSync(key)) throw new Error(`${key} is missing: put it back to renew; ${anew}`);
  return { certificatePem, keyPem: readFileSync(key, 'utf8') };
}

/** Whole or not at all, and never readable by others meanwhile. */
function writeWhole(path: string, text: string, mode: number): void {
  const fresh = `${path}.new`;
  writeFileSync(fresh, text.endsWith('\n') ? text : `${text}\n`, { mode, flush: true });
  chmodSync(fresh, mode);
  renameSync(fresh, path);
}
