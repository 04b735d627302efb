import type { Ctx } from './context.ts';
import { defineModel } from './model.ts';

interface Lease {
  _id: string;
  holder: string;
  until: number;
}

const LeaseModel = defineModel<Lease>('Lease', 'leases', {
  holder: { type: String, required: true },
  until: { type: Number, required: true },
});

/**
 * Runs `work` if this process gets the lease `name` for `ms`; so that of many nodes one sweeps, and any may die.
 * Lease time is the machine's, not the demo clock's. Returns whether it ran.
 */
export async function withLease(
  ctx: Ctx,
  name: string,
  holder: string,
  ms: number,
  work: () => Promise<void>,
): Promise<boolean> {
  const now = ctx.clock.machine();
  try {
    await LeaseModel.updateOne(
      { _id: name, $or: [{ until: { $lt: now } }, { holder }] },
      { $set: { holder, until: now + ms } },
      { upsert: true },
    );
  } catch (error) {
    // Somebody else holds it: the upsert meets the unique id.
    if ((error as { code?: number }).code === 11000) return false;
    throw error;
  }
  await work();
  ctx.log.trace({ lease: name }, 'lease work done');
  return true;
}

/** A repeating task of the server. `stop` waits for a run under way. */
export interface Sweep {
  /** Runs once from the start, after a run under way; for a moved clock and for tests. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs `work` every `everyMs` under the lease `name`, never two at once; errors are logged and the next run comes all the same. */
export function startSweep(ctx: Ctx, name: string, everyMs: number, work: () => Promise<void>): Sweep {
  const holder = ctx.random.id('node');
  let current: Promise<void> = Promise.resolve();
  let busy = false;
  const run = (): Promise<void> => {
    if (busy) return current.then(run);
    busy = true;
    current = withLease(ctx, name, holder, everyMs * 5, work)
      .then(() => undefined)
      .catch((error: unknown) => {
        ctx.log.error({ err: error, sweep: name }, 'sweep failed');
      })
      .finally(() => {
        busy = false;
      });
    return current;
  };
  const timer = setInterval(() => {
    if (!busy) void run();
  }, everyMs);
  return {
    run,
    async stop() {
      clearInterval(timer);
      await current;
    },
  };
}
