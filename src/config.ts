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
  /** Encrypts the certificate keys at rest. */
  certificatePassphrase: string;
  /** Address that certificates and admission tickets print, without a trailing slash. */
  publicUrl: string;
  /** Minutes before the start of a sitting from which its rooms may be opened. */
  admissionMinutes: number;
  logLevel: string;
  /** Folder of the built web pages. */
  webDir: string;
}

/** A secret kept beside the data: made once, readable by the owner alone. */
function keptSecret(dataDir: string, name: string): string {
  const path = join(dataDir, name);
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return readFileSync(path, 'utf8').trim();
}

/** Reads the configuration from environment variables; `overrides` win. Creates the data folder. */
export function readConfig(overrides: Partial<Config> = {}, env: NodeJS.ProcessEnv = process.env): Config {
  const dataDir = resolve(overrides.dataDir ?? env['DATA_DIR'] ?? 'data');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const port = Number(env['PORT'] ?? 8080);
  const tokenSecret = env['TOKEN_SECRET'] ?? keptSecret(dataDir, 'token-secret');
  return {
    port,
    host: env['HOST'] ?? '127.0.0.1',
    mongodbUri: env['MONGODB_URI'],
    demo: env['KAOCHANG_DEMO'] === '1',
    lab: env['KAOCHANG_LAB'] === '1',
    tokenSecret,
    certificatePassphrase:
      env['CERTIFICATE_PASSPHRASE'] ??
      createHash('sha256').update(`certificate:${tokenSecret}`).digest('base64url'),
    publicUrl: env['PUBLIC_URL'] ?? `http://localhost:${overrides.port ?? port}`,
    admissionMinutes: Number(env['ADMISSION_MINUTES'] ?? 60),
    logLevel: env['LOG_LEVEL'] ?? 'info',
    webDir: resolve(env['WEB_DIR'] ?? 'dist/web'),
    ...overrides,
    dataDir,
  };
}
