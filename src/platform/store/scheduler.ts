/**
 * Where a command goes in the saving thread: writes into the group commit, transactions to their own view, reads between
 * groups, long reads to the reading thread. Keeps sessions.
 */
import { isDoc, type Doc } from './bson-codec.ts';
import { commandName, commandOf } from './commands/registry.ts';
import { sessionOf, type Context } from './commands/context.ts';
import { Cursors, CursorReply, type Reply } from './cursors.ts';
import type { DirectView } from './direct-view.ts';
import { MongoError } from './errors.ts';
import { GroupCommit } from './group-commit.ts';
import { TooLong } from './select.ts';
import type { ActiveTransaction, Transactions } from './transactions.ts';

/** A reply, or the encoded reply of the reading thread. */
export type Answer = Reply | Buffer;

/** Runs a read elsewhere; resolves to the encoded reply. */
export type ReadElsewhere = (body: Buffer) => Promise<Buffer>;

/** A single node cannot meet a write concern of several: the write is done, and the reply says so. */
function withConcern(command: Doc, reply: Reply): Reply {
  const concern = command['writeConcern'];
  const w = isDoc(concern) ? concern['w'] : undefined;
  if (w === undefined || w === 'majority' || Number(w) <= 1) return reply;
  const error =
    typeof w === 'string'
      ? {
          code: 79,
          codeName: 'UnknownReplWriteConcern',
          errmsg: `No write concern mode named '${w}' found in replica set configuration`,
        }
      : { code: 100, codeName: 'UnsatisfiableWriteConcern', errmsg: 'Not enough data-bearing nodes' };
  if (!(reply instanceof CursorReply)) return { ...reply, writeConcernError: error };
  return new CursorReply(reply.ns, reply.id, reply.batch, reply.first, {
    ...reply.extra,
    writeConcernError: error,
  });
}

const hasWriteErrors = (reply: Reply): boolean =>
  reply instanceof CursorReply ? Number(reply.extra['nErrors'] ?? 0) > 0 : 'writeErrors' in reply;

const SESSION_COMMANDS = new Set(['endSessions', 'killSessions', 'killAllSessions']);
/** Documents a read may look at in the saving thread before it is given to the reading thread. */
const INLINE_BUDGET = 1500;

export interface SchedulerStats {
  groups: number;
  writes: number;
  reads: number;
  handedOver: number;
  failedGroups: number;
}

export class Scheduler {
  readonly direct: DirectView;
  readonly cursors = new Cursors(1n);
  readonly transactions: Transactions;
  readonly #counts = { reads: 0, handedOver: 0 };
  readonly #elsewhere: ReadElsewhere;
  readonly #retried = new Map<string, { number: string; answer: Promise<Answer> }>();
  /** sessions clients have named: their id and last use */
  readonly #sessions = new Map<string, { _id: unknown; lastUse: Date }>();
  readonly #group: GroupCommit<Answer>;

  constructor(direct: DirectView, transactions: Transactions, elsewhere: ReadElsewhere) {
    this.direct = direct;
    this.#group = new GroupCommit(direct);
    this.transactions = transactions;
    this.#elsewhere = elsewhere;
  }

  get stats(): SchedulerStats {
    return { ...this.#group.stats, ...this.#counts };
  }

  /** Runs a command. Rejects with MongoError, or the SQLite error of a failed group. */
  submit(command: Doc, body: Buffer): Promise<Answer> {
    try {
      const name = commandName(command);
      this.#noteSession(command);
      if (SESSION_COMMANDS.has(name)) return Promise.resolve(this.#endSessions(command, name));
      if (name === 'serverStatus') return Promise.resolve(this.serverStatus());
      if (command['autocommit'] === false || name === 'commitTransaction' || name === 'abortTransaction')
        return this.#inTransaction(command, name);
      const { kind } = commandOf(command);
      if (kind === 'write' || kind === 'schema') return this.#write(command);
      return this.#read(command, body);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #noteSession(command: Doc): void {
    const session = sessionOf(command);
    if (session === null) return;
    const known = this.#sessions.get(session);
    if (known) known.lastUse = new Date();
    else this.#sessions.set(session, { _id: command['lsid'], lastUse: new Date() });
  }

  /** Forgets sessions nobody has used for half an hour, idle cursors, and transactions that took too long. */
  sweep(now: number): void {
    this.cursors.sweep(now);
    this.transactions.sweep(now);
    for (const [session, { lastUse }] of this.#sessions) {
      if (now - lastUse.getTime() < 1_800_000) continue;
      this.#sessions.delete(session);
      this.#retried.delete(session);
    }
  }

  #context(view: Context['view'], direct: DirectView | null, budget: number): Context {
    return {
      view,
      direct,
      cursors: this.cursors,
      now: new Date(),
      budget,
      inTransaction: direct === null,
      sessions: () => [...this.#sessions.values()],
    };
  }

  #write(command: Doc): Promise<Answer> {
    const { run } = commandOf(command);
    const job = (): Promise<Answer> =>
      this.#group.add(true, () =>
        withConcern(command, run(command, this.#context(this.direct, this.direct, Infinity))),
      );
    const session = sessionOf(command);
    const number = command['txnNumber'];
    if (session === null || number === undefined) return job();
    return this.#once(session, String(number), job);
  }

  /** A retryable write is done once: a retry gets the same answer (while the process lives). */
  #once(session: string, number: string, job: () => Promise<Answer>): Promise<Answer> {
    const known = this.#retried.get(session);
    if (known?.number === number) return known.answer;
    const answer = job();
    this.#retried.set(session, { number, answer });
    answer.catch(() => {
      if (this.#retried.get(session)?.answer === answer) this.#retried.delete(session);
    });
    return answer;
  }

  #read(command: Doc, body: Buffer): Promise<Answer> {
    if (this.#belongsElsewhere(command)) return this.#handOver(body);
    const run = (): Answer | Promise<Answer> => {
      this.#counts.reads++;
      try {
        return commandOf(command).run(command, this.#context(this.direct, this.direct, INLINE_BUDGET));
      } catch (error) {
        if (error instanceof TooLong) return this.#handOver(body);
        throw error;
      }
    };
    if (this.#group.waiting) return this.#group.add(false, run);
    return Promise.resolve(run());
  }

  #handOver(body: Buffer): Promise<Buffer> {
    this.#counts.handedOver++;
    return this.#elsewhere(body);
  }

  /** Cursors with even ids live in the reading thread. */
  #belongsElsewhere(command: Doc): boolean {
    const name = commandName(command);
    const id: unknown =
      name === 'getMore'
        ? command['getMore']
        : name === 'killCursors'
          ? (command['cursors'] as unknown[])[0]
          : undefined;
    return id !== undefined && BigInt(String(id)) % 2n === 0n && BigInt(String(id)) > 0n;
  }

  #inTransaction(command: Doc, name: string): Promise<Answer> {
    const session = sessionOf(command);
    if (session === null || command['txnNumber'] === undefined)
      throw new MongoError(72, 'Transaction commands need a session and a txnNumber');
    if (name === 'commitTransaction') return this.#commit(command, session);
    if (name === 'abortTransaction') {
      this.transactions.abort(command, session);
      return Promise.resolve({ ok: 1 });
    }
    if (command['writeConcern'] !== undefined) {
      throw new MongoError(72, 'writeConcern is not allowed within a multi-statement transaction');
    }
    const entry = commandOf(command);
    const view = this.transactions.enter(command, session, Date.now());
    try {
      if (!entry.transaction)
        throw new MongoError(263, `Cannot run '${name}' in a multi-document transaction.`);
      const reply = entry.run(command, this.#context(view, null, Infinity));
      if (hasWriteErrors(reply)) this.transactions.fail(session);
      return Promise.resolve(reply);
    } catch (error) {
      this.transactions.fail(session);
      throw error;
    }
  }

  #commit(command: Doc, session: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      let committing: ActiveTransaction | undefined;
      const run = (): Reply => {
        committing = this.transactions.commit(command, session);
        return withConcern(command, { ok: 1 });
      };
      const settle = (durable: boolean): void => {
        if (committing) this.transactions.settle(committing, durable);
      };
      this.#group.push({ writes: true, run, resolve, reject, settle });
    });
  }

  #endSessions(command: Doc, name: string): Doc {
    if (name === 'killAllSessions') this.transactions.abortAll();
    for (const item of (command[name] as Doc[] | undefined) ?? []) {
      const session = sessionOf({ lsid: item });
      if (session === null) continue;
      this.transactions.endSession(session);
      this.cursors.killSession(session);
      this.#retried.delete(session);
      this.#sessions.delete(session);
    }
    return { ok: 1 };
  }

  /** Finishes what was asked for: called before closing. */
  drain(): void {
    this.#group.drain();
  }

  /** Runs a piece of the store's own work (TTL) as a write of its own. */
  runInternal(work: (context: Context) => Reply): Promise<Answer> {
    return this.#group.add(true, () => work(this.#context(this.direct, this.direct, Infinity)));
  }

  serverStatus(): Doc {
    return {
      host: 'embedded',
      version: '8.0.0',
      process: 'kaochang-store',
      pid: process.pid,
      uptime: process.uptime(),
      localTime: new Date(),
      storageEngine: { name: 'sqlite', persistent: true },
      opcounters: this.stats,
      metrics: { cursor: { open: { total: this.cursors.size } } },
      transactions: {
        currentOpen: this.transactions.open,
        totalCommitted: this.transactions.committed,
        totalAborted: this.transactions.aborted,
      },
      mem: { resident: Math.round(process.memoryUsage().rss / 1048576) },
      ok: 1,
    };
  }
}
