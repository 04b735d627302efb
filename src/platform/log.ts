import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Structured log on standard output; secrets are cut out. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    redact: ['password', 'token', 'idTail', 'req.headers.cookie', 'req.headers.authorization'],
    base: {},
  });
}
