/** The reading thread: long reads on a connection of their own, and checkpoints, so that neither stalls a save. */
import type { MessagePort, Worker } from 'node:worker_threads';
import { decodeCommand, encode, type Doc } from './bson-codec.ts';
import type { Catalog, Collection } from './catalog.ts';
import { catalogVersion, loadCatalog } from './catalog.ts';
import { commandOf } from './commands/registry.ts';
import { Cursors } from './cursors.ts';
import { errorReply, MongoError } from './errors.ts';
import type { FromReader, ToReader } from './messages.ts';
import type { Plan } from './planner.ts';
import { Sql } from './sqlite.ts';
import { countRows, rowBound, rowsOf, type Found, type View } from './view.ts';
import { encodeAnswer } from './wire.ts';
import { startWorker } from './start-worker.ts';

const readOnly = (): never => {
  throw new MongoError(20, 'the reading thread does not write');
};

/** A view of the snapshot the connection is in. */
class ReadView implements View {
  readonly #sql: Sql;
  #catalog: Catalog;
  #version = -1;
  constructor(sql: Sql) {
    this.#sql = sql;
    this.#catalog = loadCatalog(sql);
  }
  get catalog(): Catalog {
    return this.#catalog;
  }
  /** Reads the catalogue again if the snapshot has another one. */
  refresh(): void {
    const version = catalogVersion(this.#sql);
    if (version === this.#version) return;
    this.#sql.forget();
    this.#catalog = loadCatalog(this.#sql);
    this.#version = version;
  }
  find(collection: Collection, plan: Plan): Found {
    return { rows: rowsOf(this.#sql, collection, plan), sorted: plan.sorted };
  }
  count(collection: Collection): number {
    return countRows(this.#sql, collection);
  }
  bound(collection: Collection): number {
    return rowBound(this.#sql, collection);
  }
  ensure = readOnly;
  insert = readOnly;
  replace = readOnly;
  remove = readOnly;
}

/** Serves reads from the saving thread's messages. */
export function runReader(port: MessagePort, file: string): void {
  const sql = new Sql(file);
  const view = new ReadView(sql);
  const cursors = new Cursors(2n);
  const run = (command: Doc): Buffer => {
    sql.exec('BEGIN');
    try {
      view.refresh();
      const context = {
        view,
        direct: null,
        cursors,
        now: new Date(),
        budget: Infinity,
        inTransaction: false,
        sessions: () => [],
      };
      return encodeAnswer(commandOf(command).run(command, context));
    } catch (error) {
      return encode(errorReply(error));
    } finally {
      sql.exec('COMMIT');
    }
  };
  const sweep = setInterval(() => {
    cursors.sweep(Date.now());
  }, 60_000);
  port.on('message', (message: ToReader) => {
    if (message.type === 'run') {
      const reply = run(decodeCommand(Buffer.from(message.body)));
      port.postMessage({ id: message.id, reply } satisfies FromReader);
    } else if (message.type === 'checkpoint') sql.all('PRAGMA wal_checkpoint(PASSIVE)');
    else {
      clearInterval(sweep);
      sql.close();
      port.close();
    }
  });
}

/** The saving thread's end: starts the reading thread when it is first needed, and asks it. */
export class Reader {
  readonly #file: string;
  readonly #waiting = new Map<number, (reply: Buffer) => void>();
  #worker: Worker | null = null;
  #gone: Promise<void> = Promise.resolve();
  #next = 1;

  constructor(file: string) {
    this.#file = file;
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = startWorker({ role: 'reader', file: this.#file });
    this.#worker = worker;
    worker.on('message', ({ id, reply }: FromReader) => {
      this.#waiting.get(id)?.(Buffer.from(reply));
      this.#waiting.delete(id);
    });
    // a thread that died is started anew by the next long read
    worker.on('error', () => undefined);
    this.#gone = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#worker = null;
        this.#fail();
        resolve();
      });
    });
    return worker;
  }

  #fail(): void {
    const stopped = encode({
      ok: 0,
      errmsg: 'the reading thread stopped',
      code: 91,
      codeName: 'ShutdownInProgress',
    });
    for (const answer of this.#waiting.values()) answer(stopped);
    this.#waiting.clear();
  }

  /** Runs an encoded read command; resolves to the encoded reply. */
  run(body: Buffer): Promise<Buffer> {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#started().postMessage({ type: 'run', id, body } satisfies ToReader);
    });
  }

  /** Copies the write-ahead log into the database, off the saving thread. */
  checkpoint(): void {
    this.#started().postMessage({ type: 'checkpoint' } satisfies ToReader);
  }

  async close(): Promise<void> {
    this.#worker?.postMessage({ type: 'close' } satisfies ToReader);
    await this.#gone;
  }
}
