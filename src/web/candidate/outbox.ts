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
   * Writes an answer through to the disk (`strict`). The seq is settled here, in the transaction, so that two tabs never
   * use one twice: it is the entry's, or one more than the one on the disk if that is not lower.
   * @returns the seq under which the answer stands
   */
  async put(entry: Omit<OutboxEntry, 'attemptId' | 'sent'>): Promise<number> {
    const transaction = this.#db.transaction('answers', 'readwrite', { durability: 'strict' });
    const known = await transaction.store.get([this.#attemptId, entry.itemId]);
    const seq = known === undefined ? entry.seq : Math.max(entry.seq, known.seq + 1);
    await transaction.store.put({ ...entry, seq, sent: false, attemptId: this.#attemptId });
    await transaction.done;
    return seq;
  }

  /** Marks an answer as acknowledged, if it is still this seq. */
  async acknowledge(itemId: string, seq: number): Promise<void> {
    const transaction = this.#db.transaction('answers', 'readwrite');
    const known = await transaction.store.get([this.#attemptId, itemId]);
    if (known?.seq === seq) await transaction.store.put({ ...known, sent: true });
    await transaction.done;
  }

  close(): void {
    this.#db.close();
  }
}
