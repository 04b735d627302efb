import { expect } from 'chai';
import { BatchWriter } from '../../src/sitting/batch-writer.ts';

const options = { windowMs: 1, capacity: 100, batchWeight: 10, weigh: () => 1 };
const done = (jobs: readonly number[]): PromiseSettledResult<number>[] =>
  jobs.map((value) => ({ status: 'fulfilled', value: value * 2 }));

/** Hands a job in that the queue must take. */
const submit = (writer: BatchWriter<number, number>, job: number): Promise<number> =>
  writer.submit(job) ?? Promise.reject(new Error('not taken'));

describe('batch writer', () => {
  it('makes one piece of work of what arrives together, and answers each with its own', async () => {
    const batches: number[] = [];
    const writer = new BatchWriter<number, number>((jobs) => {
      batches.push(jobs.length);
      return Promise.resolve(done(jobs));
    }, options);
    const results = await Promise.all(Array.from({ length: 25 }, (_, i) => submit(writer, i)));
    expect(results).to.deep.equal(Array.from({ length: 25 }, (_, i) => i * 2));
    expect(batches).to.deep.equal([10, 10, 5]);
  });

  it('turns away what exceeds its capacity, and takes again when there is room', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const writer = new BatchWriter<number, number>(
      async (jobs) => {
        await gate;
        return done(jobs);
      },
      { ...options, capacity: 3 },
    );
    const taken = [submit(writer, 1), submit(writer, 2), submit(writer, 3)];
    expect(writer.submit(4)).to.equal(undefined);
    open();
    await Promise.all(taken);
    expect(await writer.submit(5)).to.equal(10);
  });

  it('fails the jobs of a failed batch and no others, and goes on', async () => {
    const writer = new BatchWriter<number, number>(
      (jobs) => (jobs.includes(1) ? Promise.reject(new Error('disk full')) : Promise.resolve(done(jobs))),
      { ...options, batchWeight: 1 },
    );
    const [bad, good] = await Promise.allSettled([submit(writer, 1), submit(writer, 2)]);
    expect(bad.status).to.equal('rejected');
    expect(good).to.deep.equal({ status: 'fulfilled', value: 4 });
  });

  it('settles only when everything handed in before is worked', async () => {
    const worked: number[] = [];
    const writer = new BatchWriter<number, number>(
      async (jobs) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        worked.push(...jobs);
        return done(jobs);
      },
      { ...options, batchWeight: 2 },
    );
    for (let i = 0; i < 7; i += 1) void writer.submit(i);
    await writer.settled();
    expect(worked).to.deep.equal([0, 1, 2, 3, 4, 5, 6]);
  });
});
