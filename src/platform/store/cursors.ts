/** Cursors: results that are handed out in batches, encoded. */
import { encode, type Doc } from './bson-codec.ts';
import { MongoError } from './errors.ts';

/** A reply with a batch of encoded documents. */
export class CursorReply {
  readonly ns: string;
  readonly id: bigint;
  readonly batch: Buffer[];
  readonly first: boolean;
  /** fields beside `cursor` (of bulkWrite) */
  readonly extra: Doc;
  constructor(ns: string, id: bigint, batch: Buffer[], first: boolean, extra: Doc = {}) {
    this.ns = ns;
    this.id = id;
    this.batch = batch;
    this.first = first;
    this.extra = extra;
  }
}
export type Reply = Doc | CursorReply;

interface Open {
  ns: string;
  rest: Buffer[];
  at: number;
  session: string | null;
  usedAt: number;
  keep: boolean;
}

const MAX_BATCH_BYTES = 16 * 1024 * 1024;
const IDLE_MS = 600_000;

export class Cursors {
  readonly #open = new Map<bigint, Open>();
  #next: bigint;
  readonly #step = 2n;
  /** @param first cursor ids are first, first + 2, … (odd on the saving thread, even on the reading one) */
  constructor(first: bigint) {
    this.#next = first;
  }

  get size(): number {
    return this.#open.size;
  }

  static take(list: Buffer[], from: number, count: number): number {
    let bytes = 0;
    let to = from;
    while (to < list.length && to - from < count) {
      bytes += (list[to] as Buffer).length;
      if (bytes > MAX_BATCH_BYTES && to > from) break;
      to++;
    }
    return to;
  }

  /** First batch of results, and a cursor for the rest. */
  open(
    ns: string,
    docs: Buffer[],
    options: {
      batchSize?: number;
      single?: boolean;
      session?: string | null;
      keep?: boolean;
      now: number;
      extra?: Doc;
    },
  ): CursorReply {
    const to = Cursors.take(docs, 0, options.batchSize ?? 101);
    if (options.single || (to >= docs.length && options.batchSize !== 0))
      return new CursorReply(ns, 0n, docs.slice(0, to), true, options.extra);
    const id = this.#next;
    this.#next += this.#step;
    this.#open.set(id, {
      ns,
      rest: docs,
      at: to,
      session: options.session ?? null,
      usedAt: options.now,
      keep: options.keep ?? false,
    });
    return new CursorReply(ns, id, docs.slice(0, to), true, options.extra);
  }

  /** Next batch. */
  more(id: bigint, batchSize: number, now: number): CursorReply {
    const cursor = this.#open.get(id);
    if (!cursor) throw new MongoError(43, `cursor id ${id.toString()} not found`);
    const from = cursor.at;
    cursor.at = Cursors.take(cursor.rest, from, batchSize || Infinity);
    cursor.usedAt = now;
    const done = cursor.at >= cursor.rest.length;
    if (done) this.#open.delete(id);
    return new CursorReply(cursor.ns, done ? 0n : id, cursor.rest.slice(from, cursor.at), false);
  }

  kill(id: bigint): boolean {
    return this.#open.delete(id);
  }

  /** Closes the cursors of an ended session. */
  killSession(session: string): void {
    for (const [id, cursor] of this.#open) if (cursor.session === session) this.#open.delete(id);
  }

  /** Closes cursors nobody has used for ten minutes. */
  sweep(now: number): void {
    for (const [id, cursor] of this.#open)
      if (!cursor.keep && now - cursor.usedAt > IDLE_MS) this.#open.delete(id);
  }
}

/** Encodes result documents. */
export const encodeAll = (docs: Doc[]): Buffer[] => docs.map(encode);
