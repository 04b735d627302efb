/**
 * Group commit: writes that arrive while the disk is busy form one group, one SQLite transaction, one fsync; each is
 * acknowledged after it. Reads that come while writes wait run after them.
 */
import type { DirectView } from './direct-view.ts';
import { MongoError } from './errors.ts';

/** One command in the queue, with an answer of type T. */
export interface Job<T> {
  writes: boolean;
  run: () => T | Promise<T>;
  resolve: (answer: T | Promise<T>) => void;
  reject: (error: unknown) => void;
  /** told whether the group is on disk, of a job that commits a transaction */
  settle?: (durable: boolean) => void;
}

const MAX_GROUP = 1024;

export class GroupCommit<T> {
  readonly stats = { groups: 0, writes: 0, failedGroups: 0 };
  readonly #direct: DirectView;
  #queue: Job<T>[] = [];
  #armed = false;

  constructor(direct: DirectView) {
    this.#direct = direct;
  }

  get waiting(): boolean {
    return this.#queue.length > 0;
  }

  /** Adds a job; it runs when the event loop has taken in what else has arrived. */
  push(job: Job<T>): void {
    this.#queue.push(job);
    this.#arm();
  }

  /** Adds a job and promises its answer. */
  add(writes: boolean, run: Job<T>['run']): Promise<T> {
    return new Promise((resolve, reject) => {
      this.push({ writes, run, resolve, reject });
    });
  }

  /** Finishes what was asked for. */
  drain(): void {
    while (this.#queue.length) this.#flush();
  }

  #arm(): void {
    if (this.#armed) return;
    this.#armed = true;
    setImmediate(() => {
      this.#armed = false;
      this.#flush();
    });
  }

  #flush(): void {
    const batch = this.#queue.splice(0, MAX_GROUP);
    const writes = batch.filter((job) => job.writes);
    if (writes.length) this.#group(writes);
    for (const job of batch) {
      if (job.writes) continue;
      try {
        job.resolve(job.run());
      } catch (error) {
        job.reject(error);
      }
    }
    if (this.#queue.length) this.#arm();
  }

  /** One SQLite transaction over all jobs; acknowledged when it is on disk. */
  #group(jobs: Job<T>[]): void {
    const outcomes: (() => void)[] = [];
    const { sql } = this.#direct;
    try {
      sql.run('BEGIN IMMEDIATE');
      for (const job of jobs) {
        try {
          const answer = job.run();
          outcomes.push(() => {
            job.resolve(answer);
          });
        } catch (error) {
          if (!(error instanceof MongoError)) throw error;
          outcomes.push(() => {
            job.reject(error);
          });
        }
      }
      sql.run('COMMIT');
    } catch (error) {
      this.#failed(jobs, error);
      return;
    }
    this.stats.groups++;
    this.stats.writes += jobs.length;
    for (const job of jobs) job.settle?.(true);
    for (const done of outcomes) done();
  }

  /** A group that failed left nothing behind: its jobs are tried one by one, so that only the guilty fail. */
  #failed(jobs: Job<T>[], error: unknown): void {
    const { sql } = this.#direct;
    this.stats.failedGroups++;
    if (sql.inTransaction) sql.exec('ROLLBACK');
    this.#direct.reload();
    if (jobs.length > 1) {
      for (const job of jobs) this.#group([job]);
      return;
    }
    const [job] = jobs;
    job?.settle?.(false);
    job?.reject(error);
  }
}
