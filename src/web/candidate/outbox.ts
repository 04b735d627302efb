import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** One answer on this computer. `sent` turns true when the server has acknowledged this very seq. */
export interface OutboxEntry {
  attemptId: string;
  itemId: string;
  /** 1, 2, 3 … for each item; the highest counts. */
  seq: number;
  value: unknown;
  /** Server time of the change as this page reckons it, ms; missing when no server had told the time yet. */
  changedAt?: number;
  sent: boolean;
}

/** An answer as it stands on this computer. */
export type StandingAnswer = Pick<OutboxEntry, 'seq' | 'value' | 'changedAt'>;

/** The later of two changes, above every seq that this computer has used. Without times the one that comes is the later. */
function standingOf(known: OutboxEntry | undefined, entry: StandingAnswer): StandingAnswer {
  const { seq, value, changedAt } = entry;
  if (known === undefined) return { seq, value, ...(changedAt === undefined ? {} : { changedAt }) };
  if (known.changedAt !== undefined && known.changedAt > (changedAt ?? Infinity))
    // Above the seq of the older change, under which that may have been sent already.
    return { seq: Math.max(seq + 1, known.seq), value: known.value, changedAt: known.changedAt };
  return { seq: Math.max(seq, known.seq + 1), value, ...(changedAt === undefined ? {} : { changedAt }) };
}

interface Schema extends DBSchema {
  answers: { key: [string, string]; value: OutboxEntry; indexes: { attempt: string } };
}

/** The answers of this computer, on its disk. Works on plain http and in any tab; survives reload, crash and power cut. */
export class Outbox {
  readonly #db: IDBPDatabase<Schema>;
  readonly #attemptId: string;

  private constructor(db: IDBPDatabase<Schema>, attemptId: string) {
    this.#db = db;
    this.#attemptId = attemptId;
  }

  static async open(attemptId: string): Promise<Outbox> {
    const db = await openDB<Schema>('kaochang-outbox', 1, {
      upgrade(database) {
        const answers = database.createObjectStore('answers', { keyPath: ['attemptId', 'itemId'] });
        answers.createIndex('attempt', 'attemptId');
      },
    });
    return new Outbox(db, attemptId);
  }

  /** All answers of the attempt on this computer. */
  all(): Promise<OutboxEntry[]> {
    return this.#db.getAllFromIndex('answers', 'attempt', this.#attemptId);
  }

  /**
   * Writes an answer through to the disk (`strict`). What stands is settled here, in the transaction, so that two tabs never
   * use one seq twice and the later change stands, whichever tab comes to the disk last: a tab may bring an older change
   * once more, under a higher seq or after the disk refused it.
   * @returns the answer that stands
   */
  async put(entry: Omit<OutboxEntry, 'attemptId' | 'sent'>): Promise<StandingAnswer> {
    const transaction = this.#db.transaction('answers', 'readwrite', { durability: 'strict' });
    const known = await transaction.store.get([this.#attemptId, entry.itemId]);
    const standing = standingOf(known, entry);
    if (known === undefined || standing.seq !== known.seq)
      await transaction.store.put({ ...entry, ...standing, sent: false, attemptId: this.#attemptId });
    await transaction.done;
    return standing;
  }

  /** Marks an answer as acknowledged, if it is still this very one. */
  async acknowledge(itemId: string, { seq, changedAt }: Omit<StandingAnswer, 'value'>): Promise<void> {
    const transaction = this.#db.transaction('answers', 'readwrite');
    const known = await transaction.store.get([this.#attemptId, itemId]);
    if (known?.seq === seq && known.changedAt === changedAt)
      await transaction.store.put({ ...known, sent: true });
    await transaction.done;
  }

  close(): void {
    this.#db.close();
  }
}
