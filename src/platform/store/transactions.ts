/** Sessions and their transactions: states, snapshots, document claims. */
import type { Doc } from './bson-codec.ts';
import { MongoError, TRANSIENT, writeConflict } from './errors.ts';
import type { DirectView } from './direct-view.ts';
import { Sql } from './sqlite.ts';
import { TransactionView } from './transaction-view.ts';
import type { Row } from './view.ts';

interface Active {
  number: bigint;
  state: 'active' | 'committing' | 'committed' | 'aborted';
  view: TransactionView;
  sql: Sql | null;
  claims: string[];
  startedAt: number;
  usedAt: number;
}

const LIFETIME_MS = 60_000;
const KEPT_CONNECTIONS = 16;

const noSuchTransaction = (number: bigint): MongoError =>
  new MongoError(
    251,
    `Given transaction number ${number.toString()} does not match any in-progress transactions. The active transaction number is different.`,
    {
      errorLabels: [TRANSIENT],
    },
  );

/** Read connections, each inside its own snapshot while in use. */
class Snapshots {
  readonly #file: string;
  readonly #idle: Sql[] = [];
  constructor(file: string) {
    this.#file = file;
  }
  take(): Sql {
    const sql = this.#idle.pop() ?? new Sql(this.#file);
    sql.exec('BEGIN');
    // the snapshot is taken by the first read, not by BEGIN
    sql.get('SELECT count(*) FROM _c');
    return sql;
  }
  give(sql: Sql): void {
    sql.exec('COMMIT');
    if (this.#idle.length < KEPT_CONNECTIONS) this.#idle.push(sql);
    else sql.close();
  }
  close(): void {
    for (const sql of this.#idle) sql.close();
    this.#idle.length = 0;
  }
}

export class Transactions {
  readonly #direct: DirectView;
  readonly #snapshots: Snapshots;
  readonly #sessions = new Map<string, Active>();
  /** documents changed by open transactions: namespace and key → session */
  readonly #claims = new Map<string, string>();
  committed = 0;
  aborted = 0;

  constructor(direct: DirectView, file: string) {
    this.#direct = direct;
    this.#snapshots = new Snapshots(file);
  }

  get open(): number {
    let n = 0;
    for (const t of this.#sessions.values()) if (t.state === 'active') n++;
    return n;
  }

  #claim(session: string, active: Active, ns: string, key: string, base: Row | null, keyBytes: Buffer): void {
    const name = `${ns}:${key}`;
    const holder = this.#claims.get(name);
    if (holder !== undefined && holder !== session)
      throw writeConflict(`a document of ${ns} is being changed by another transaction`);
    const collection = this.#direct.catalog.get(ns);
    const now = collection && this.#direct.byKey(collection, keyBytes);
    if (base ? !now?.raw.equals(base.raw) : now)
      throw writeConflict(`a document of ${ns} has changed since the transaction began`);
    this.#claims.set(name, session);
    active.claims.push(name);
  }

  #start(session: string, number: bigint, now: number): Active {
    const before = this.#sessions.get(session);
    if (before && number < before.number) {
      throw new MongoError(
        225,
        `Cannot start transaction ${number.toString()} on session because a newer transaction ${before.number.toString()} has already started`,
      );
    }
    if (before && number === before.number && before.state !== 'aborted') {
      throw new MongoError(
        50911,
        `Cannot start a transaction at given transaction number ${number.toString()}: it has already started`,
      );
    }
    if (before) this.#end(before, before.state === 'committed' ? 'committed' : 'aborted');
    const sql = this.#snapshots.take();
    const view = new TransactionView(sql, this.#direct.catalog, (ns, key, base, bytes) => {
      this.#claim(session, active, ns, key, base, bytes);
    });
    const active: Active = { number, state: 'active', view, sql, claims: [], startedAt: now, usedAt: now };
    this.#sessions.set(session, active);
    return active;
  }

  #end(active: Active, state: 'committed' | 'aborted'): void {
    if (active.state === 'active' || active.state === 'committing') {
      if (state === 'committed') this.committed++;
      else this.aborted++;
    }
    active.state = state;
    for (const name of active.claims) this.#claims.delete(name);
    active.claims = [];
    if (active.sql) this.#snapshots.give(active.sql);
    active.sql = null;
  }

  /** The view of a command inside a transaction; starts it when the command says so. */
  enter(command: Doc, session: string, now: number): TransactionView {
    const number = BigInt(String(command['txnNumber']));
    const known = this.#sessions.get(session);
    const active = command['startTransaction'] === true ? this.#start(session, number, now) : known;
    if (!active || active.number !== number) throw noSuchTransaction(number);
    if (active.state === 'committed')
      throw new MongoError(256, `Transaction ${number.toString()} has been committed.`);
    if (active.state !== 'active') {
      throw new MongoError(251, `Transaction ${number.toString()} has been aborted.`, {
        errorLabels: [TRANSIENT],
      });
    }
    active.usedAt = now;
    return active.view;
  }

  /**
   * Commits, inside the open group commit. The outcome holds when that is on disk: call `settle` then.
   * @throws MongoError NoSuchTransaction, WriteConflict
   */
  commit(command: Doc, session: string): Active {
    const number = BigInt(String(command['txnNumber']));
    const active = this.#sessions.get(session);
    if (!active || active.number !== number || active.state === 'aborted') throw noSuchTransaction(number);
    if (active.state === 'committed') return active;
    active.state = 'committing';
    const sql = this.#direct.sql;
    if (!active.view.changed) return active;
    sql.run('SAVEPOINT t');
    try {
      active.view.commit(this.#direct);
      sql.run('RELEASE t');
    } catch (error) {
      sql.run('ROLLBACK TO t');
      sql.run('RELEASE t');
      this.#direct.reload();
      this.#end(active, 'aborted');
      throw error;
    }
    return active;
  }

  /** Notes the outcome of a commit once the group is on disk, or has failed. */
  settle(active: Active, durable: boolean): void {
    if (active.state === 'committing') this.#end(active, durable ? 'committed' : 'aborted');
  }

  /** @throws MongoError NoSuchTransaction */
  abort(command: Doc, session: string): void {
    const number = BigInt(String(command['txnNumber']));
    const active = this.#sessions.get(session);
    if (!active || active.number !== number || active.state === 'aborted') throw noSuchTransaction(number);
    if (active.state === 'committed')
      throw new MongoError(256, `Transaction ${number.toString()} has been committed.`);
    this.#end(active, 'aborted');
  }

  /** Aborts after a failed command, as the server does. */
  fail(session: string): void {
    const active = this.#sessions.get(session);
    if (active?.state === 'active') this.#end(active, 'aborted');
  }

  endSession(session: string): void {
    this.fail(session);
    const active = this.#sessions.get(session);
    if (active?.state !== 'committing') this.#sessions.delete(session);
  }

  /** Aborts every open transaction. */
  abortAll(): void {
    for (const session of this.#sessions.keys()) this.fail(session);
  }

  /** Aborts transactions older than a minute; forgets sessions idle for half an hour. */
  sweep(now: number): void {
    for (const [session, active] of this.#sessions) {
      if (active.state === 'active' && now - active.startedAt > LIFETIME_MS) this.#end(active, 'aborted');
      if (now - active.usedAt > 1_800_000) this.endSession(session);
    }
  }

  close(): void {
    for (const active of this.#sessions.values()) if (active.state === 'active') this.#end(active, 'aborted');
    this.#snapshots.close();
  }
}
export type { Active as ActiveTransaction };
