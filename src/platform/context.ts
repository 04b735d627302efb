import type { ClientSession } from 'mongoose';
import type { Config } from '../config.ts';
import type { Audit } from './audit/audit.service.ts';
import type { Clock } from './clock.ts';
import type { Live } from './live/live.ts';
import type { Logger } from './log.ts';
import type { Random } from './random.ts';

/** What every use case is handed first: the edges of the application. */
export interface Ctx {
  config: Config;
  clock: Clock;
  random: Random;
  log: Logger;
  audit: Audit;
  /** Server time at which this process began to serve, ms: what was given before may have waited for it. */
  servingSince: number;
  live: Live;
  /**
   * Runs officers' actions as one transaction with their audit entries, retried on a write conflict.
   * Pass the session to every model call inside. Never used on the answer path.
   */
  transact<T>(work: (session: ClientSession) => Promise<T>): Promise<T>;
}
