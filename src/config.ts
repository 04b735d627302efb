import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Everything the server is told from outside. */
export interface Config {
  /** TCP port; 0 takes a free one. */
  port: number;
  /** Address to listen on. */
  host: string;
  /** Folder of the embedded store, keys and secrets. */
  dataDir: string;
  /** A real MongoDB (replica set or sharded); undefined: the embedded store. */
  mongodbUri: string | undefined;
  /** Loads the demo examination into an empty store and lets an administrator move the clock. */
  demo: boolean;
  /** Started by the laboratory (scripts/lab): tells how it is doing on its IPC channel, and its store takes faults on demand. */
  lab: boolean;
  /** Signs session tokens; kept in the data folder when not given. */
  tokenSecret: string;
  /** Secrets from before a rotation: tokens they signed are still good, and are renewed under the new one at their next use. */
  previousTokenSecrets: readonly string[];
  /** Encrypts the certificate keys at rest. */
  certificatePassphrase: string;
  /** Address that certificates and admission tickets print, without a trailing slash. */
  publicUrl: string;
  /** Minutes before the start of a sitting from which its rooms may be opened. */
  admissionMinutes: number;
  logLevel: string;
  /** Folder of the built web pages. */
  webDir: string;
  /** Files (PEM) with which the server speaks https; undefined: plain http. */
  tls: { certificate: string; key: string } | undefined;
}

/** How many secrets from before rotations are kept. */
const KEPT_SECRETS = 3;
const secretPath = (dataDir: string): string => join(dataDir, 'token-secret');
const drawSecret = (): string => randomBytes(32).toString('base64url');

/** Lines of a file kept beside the data, readable by the owner alone; made with one line the first time. */
function keptLines(path: string, first: () => string): string[] {
  if (!existsSync(path)) writeFileSync(path, first(), { mode: 0o600 });
  return readFileSync(path, 'utf8').split('\n').filter(Boolean);
}

/** Puts a new token secret before those of a data folder; the server uses it from its next start, and honours the older ones. */
export function rotateTokenSecret(dataDir: string): void {
  const path = secretPath(dataDir);
  const lines = [drawSecret(), ...keptLines(path, drawSecret)].slice(0, 1 + KEPT_SECRETS);
  writeFileSync(path, lines.join('\n'), { mode: 0o600 });
}

/** The signing secret and those before it, newest first. */
function tokenSecrets(dataDir: string, env: NodeJS.ProcessEnv): string[] {
  const given = env['TOKEN_SECRET'];
  if (given === undefined) return keptLines(secretPath(dataDir), drawSecret);
  return [given, ...(env['TOKEN_SECRET_PREVIOUS'] ?? '').split(',').filter(Boolean)];
}

/**
 * Https by TLS_CERT and TLS_KEY, or by HTTPS=1 with the lab's certificate in the data folder.
 * @throws Error that says what is missing: a server asked for https never comes up without it
 */
function tlsFiles(dataDir: string, env: NodeJS.ProcessEnv): Config['tls'] {
  const { TLS_CERT: given, TLS_KEY: givenKey, HTTPS: asked } = env;
  if ((given === undefined) !== (givenKey === undefined)) throw new Error('set both TLS_CERT and TLS_KEY');
  if (given !== undefined && givenKey !== undefined)
    return { certificate: resolve(given), key: resolve(givenKey) };
  if (asked !== '1') return undefined;
  const files = { certificate: join(dataDir, 'tls', 'server.crt'), key: join(dataDir, 'tls', 'server.key') };
  if (!existsSync(files.certificate))
    throw new Error(`HTTPS=1 but no ${files.certificate}: npm run make-lab-certificate`);
  return files;
}

/** Reads the configuration from environment variables; `overrides` win. Creates the data folder. */
export function readConfig(overrides: Partial<Config> = {}, env: NodeJS.ProcessEnv = process.env): Config {
  const dataDir = resolve(overrides.dataDir ?? env['DATA_DIR'] ?? 'data');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const port = Number(env['PORT'] ?? 8080);
  const [tokenSecret = drawSecret(), ...previousTokenSecrets] = tokenSecrets(dataDir, env);
  // Apart from the token secret, whose rotation must not lock the certificate keys away.
  const passphrase = (): string =>
    keptLines(join(dataDir, 'certificate-passphrase'), () =>
      createHash('sha256').update(`certificate:${tokenSecret}`).digest('base64url'),
    )[0] ?? '';
  const tls = tlsFiles(dataDir, env);
  return {
    port,
    host: env['HOST'] ?? '127.0.0.1',
    mongodbUri: env['MONGODB_URI'],
    demo: env['KAOCHANG_DEMO'] === '1',
    lab: env['KAOCHANG_LAB'] === '1',
    tokenSecret,
    previousTokenSecrets,
    certificatePassphrase: env['CERTIFICATE_PASSPHRASE'] ?? passphrase(),
    publicUrl:
      env['PUBLIC_URL'] ?? `${tls === undefined ? 'http' : 'https'}://localhost:${overrides.port ?? port}`,
    admissionMinutes: Number(env['ADMISSION_MINUTES'] ?? 60),
    logLevel: env['LOG_LEVEL'] ?? 'info',
    webDir: resolve(env['WEB_DIR'] ?? 'dist/web'),
    tls,
    ...overrides,
    dataDir,
  };
}
