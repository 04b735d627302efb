import type { Ctx } from '../platform/context.ts';
import type { Sweep } from '../platform/leases.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import { sendSeat } from './seats.service.ts';

/** How often progress is written and shown, ms. The answers themselves are on disk before; this is for the consoles. */
const EVERY_MS = 1_000;

const pending = new WeakMap<Ctx, Map<string, Attempt['progress']>>();

function pendingOf(ctx: Ctx): Map<string, Attempt['progress']> {
  let notes = pending.get(ctx);
  if (notes === undefined) {
    notes = new Map();
    pending.set(ctx, notes);
  }
  return notes;
}

/** Notes how far an attempt is; the newest note of each second is written and sent to the consoles of its room. */
export function noteProgress(ctx: Ctx, attemptId: string, progress: Attempt['progress']): void {
  pendingOf(ctx).set(attemptId, progress);
}

async function flush(ctx: Ctx): Promise<void> {
  const notes = pendingOf(ctx);
  if (notes.size === 0) return;
  const batch = [...notes];
  notes.clear();
  await AttemptModel.bulkWrite(
    batch.map(([_id, progress]) => ({ updateOne: { filter: { _id }, update: { $set: { progress } } } })),
    { ordered: false },
  );
  const attempts = await AttemptModel.find({ _id: { $in: batch.map(([id]) => id) } }, { order: 0 }).lean();
  for (const attempt of attempts) sendSeat(ctx, attempt);
}

/** Writes progress each second. Each process does its own, so there is no lease. */
export function startProgress(ctx: Ctx): Sweep {
  let current: Promise<void> = Promise.resolve();
  const run = (): Promise<void> => {
    current = current
      .then(() => flush(ctx))
      .catch((error: unknown) => {
        ctx.log.error({ err: error }, 'progress could not be written');
      });
    return current;
  };
  const timer = setInterval(() => void run(), EVERY_MS);
  return {
    run,
    async stop() {
      clearInterval(timer);
      await run();
    },
  };
}
