/** Faults on demand, for conformance and fault tests only: failCommand as MongoDB has it, and a full disk. */
import { isDoc, type Doc } from './bson-codec.ts';
import { CursorReply, type Reply } from './cursors.ts';
import { labelsFor, MongoError } from './errors.ts';
import type { Sql } from './sqlite.ts';
import type { Connection } from './wire.ts';

interface Armed {
  left: number;
  data: Doc;
}
/** A fault that changes the reply of a command that did run. */
export interface Fault {
  writeConcernError: Doc;
  errorLabels?: unknown;
  [name: string]: unknown;
}

const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

function timesOf(mode: unknown): number {
  if (mode === 'off') return 0;
  if (mode === 'alwaysOn') return Infinity;
  const times = isDoc(mode) ? Number(mode['times']) : NaN;
  if (Number.isNaN(times)) throw new MongoError(2, 'fail point mode must be off, alwaysOn or {times: n}');
  return times;
}

export class FailPoints {
  readonly #sql: Sql;
  #armed: Armed | null = null;
  constructor(sql: Sql) {
    this.#sql = sql;
  }

  configure(command: Doc): Doc {
    const times = timesOf(command['mode']);
    const name = command['configureFailPoint'];
    if (name === 'diskFull') {
      const pages = Number(this.#sql.get('PRAGMA page_count')?.[0] ?? 0);
      this.#sql.exec(`PRAGMA max_page_count=${String(times > 0 ? pages : 1073741823)}`);
    } else if (name === 'failCommand') {
      this.#armed = times > 0 ? { left: times, data: isDoc(command['data']) ? command['data'] : {} } : null;
    } else throw new MongoError(2, `unknown fail point ${String(name)}`);
    return { ok: 1 };
  }

  #take(name: string): Doc | null {
    const armed = this.#armed;
    if (!armed || name === 'configureFailPoint') return null;
    const { data } = armed;
    if (!Array.isArray(data['failCommands']) || !data['failCommands'].includes(name)) return null;
    armed.left--;
    if (armed.left <= 0) this.#armed = null;
    return data;
  }

  /** What happens before a command runs: delay, error, closed connection; or a fault for its reply. */
  async before(name: string, command: Doc, connection: Connection): Promise<Fault | null> {
    const data = this.#take(name);
    if (!data) return null;
    if (data['blockConnection'] === true) await sleep(Number(data['blockTimeMS'] ?? 0));
    if (data['closeConnection'] === true) {
      connection.destroy();
      throw new MongoError(91, 'connection closed by fail point');
    }
    const labels = (code: number): Doc => {
      const given = data['errorLabels'] ?? labelsFor(code, command);
      return Array.isArray(given) && given.length ? { errorLabels: given } : {};
    };
    if (data['errorCode'] !== undefined) {
      const code = Number(data['errorCode']);
      throw new MongoError(code, "Failing command via 'failCommand' failpoint", labels(code));
    }
    const concern = data['writeConcernError'];
    return isDoc(concern)
      ? {
          writeConcernError: concern,
          ...(command['autocommit'] === false &&
          !('commitTransaction' in command || 'abortTransaction' in command)
            ? {}
            : labels(Number(concern['code']))),
        }
      : null;
  }

  after(fault: Fault, answer: Reply): Reply {
    if (!(answer instanceof CursorReply)) return { ...answer, ...fault };
    return new CursorReply(answer.ns, answer.id, answer.batch, answer.first, { ...answer.extra, ...fault });
  }
}
