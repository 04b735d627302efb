/** What a batch's work does with each of its jobs. */
export type BatchWork<Job, Result> = (
  jobs: readonly Job[],
) => Promise<readonly PromiseSettledResult<Result>[]>;

export interface BatchOptions<Job> {
  /** How long the first job of a batch waits for company, ms. */
  windowMs: number;
  /** Greatest weight that may wait or be in work; beyond it jobs are turned away at once. */
  capacity: number;
  /** Greatest weight of one batch. */
  batchWeight: number;
  weigh(job: Job): number;
}

interface Waiting<Job, Result> {
  job: Job;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Turns jobs that arrive within a few milliseconds into one piece of work, one piece at a time. While one is under way the
 * next gathers, so batches grow with the load. The queue is bounded: memory does not grow when the disk is slow.
 */
export class BatchWriter<Job, Result> {
  readonly #work: BatchWork<Job, Result>;
  readonly #options: BatchOptions<Job>;
  #waiting: Waiting<Job, Result>[] = [];
  #weight = 0;
  #running: Promise<void> | undefined;
  /** Ends with the job handed in last; jobs are worked in the order they came, so all before it are done by then. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(work: BatchWork<Job, Result>, options: BatchOptions<Job>) {
    this.#work = work;
    this.#options = options;
  }

  /** Hands in a job; undefined when the queue is full and the job was not taken. */
  submit(job: Job): Promise<Result> | undefined {
    const weight = this.#options.weigh(job);
    if (this.#weight + weight > this.#options.capacity) return undefined;
    this.#weight += weight;
    const result = new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ job, resolve, reject });
      this.#running ??= this.#run();
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when everything that was handed in before has been worked; what comes later is not waited for. */
  async settled(): Promise<void> {
    await this.#last;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, this.#options.windowMs));
      await this.#flush(this.#takeBatch());
    }
    this.#running = undefined;
  }

  #takeBatch(): Waiting<Job, Result>[] {
    let weight = 0;
    let count = 0;
    for (const { job } of this.#waiting) {
      weight += this.#options.weigh(job);
      if (count > 0 && weight > this.#options.batchWeight) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #flush(batch: readonly Waiting<Job, Result>[]): Promise<void> {
    try {
      const results = await this.#work(batch.map(({ job }) => job));
      batch.forEach(({ resolve, reject }, i) => {
        const result = results[i];
        if (result?.status === 'fulfilled') resolve(result.value);
        else reject(result?.reason);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      for (const { job } of batch) this.#weight -= this.#options.weigh(job);
    }
  }
}
