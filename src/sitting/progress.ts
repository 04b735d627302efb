import type { Ctx } from '../platform/context.ts';
import type { Sweep } from '../platform/leases.ts';
import type { SeatProgress, SeatsProgress } from './attempt.contract.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';

/** How often consoles are told of progress, ms. The answers themselves are on disk before. */
const TELL_MS = 1_000;
/** Every so many tellings what has gathered is written: it is a copy, and the newer one in memory is shown before it. */
const WRITE_EVERY = 20;

interface Notes {
  /** What consoles have not been told yet, by room and attempt. */
  untold: Map<string, Map<string, SeatProgress>>;
  /** What is not written yet, by attempt. */
  unwritten: Map<string, Attempt['progress']>;
}

const notesByCtx = new WeakMap<Ctx, Notes>();

function notesOf(ctx: Ctx): Notes {
  let notes = notesByCtx.get(ctx);
  if (notes === undefined) {
    notes = { untold: new Map(), unwritten: new Map() };
    notesByCtx.set(ctx, notes);
  }
  return notes;
}

/** Notes how far an attempt is; the newest note of each second is sent to the consoles of its room, and soon written. */
export function noteProgress(
  ctx: Ctx,
  attemptId: string,
  roomId: string,
  progress: Required<Attempt['progress']>,
): void {
  const { untold, unwritten } = notesOf(ctx);
  let room = untold.get(roomId);
  if (room === undefined) {
    room = new Map();
    untold.set(roomId, room);
  }
  room.set(attemptId, { attemptId, ...progress });
  unwritten.set(attemptId, progress);
}

/** An attempt with the progress that this process knows of, where it is newer than what was read. */
export function withProgress<T extends Pick<Attempt, '_id' | 'progress'>>(ctx: Ctx, attempt: T): T {
  const noted = notesByCtx.get(ctx)?.unwritten.get(attempt._id);
  const isNews = (noted?.lastSaveAt ?? 0) > (attempt.progress.lastSaveAt ?? 0);
  return noted !== undefined && isNews ? { ...attempt, progress: noted } : attempt;
}

function tell(ctx: Ctx): void {
  const { untold } = notesOf(ctx);
  for (const [roomId, seats] of untold) {
    const news: SeatsProgress = { roomId, seats: [...seats.values()] };
    ctx.live.publish(`staff:${roomId}`, 'seats.progress', news);
  }
  untold.clear();
}

async function write(ctx: Ctx): Promise<void> {
  const { unwritten } = notesOf(ctx);
  if (unwritten.size === 0) return;
  const batch = [...unwritten];
  await AttemptModel.collection.bulkWrite(
    batch.map(([_id, progress]) => ({
      updateOne: {
        // Whoever has ended has the progress of the receipt.
        filter: { _id: _id as never, state: { $in: ['answering', 'paused'] } },
        update: { $set: { progress } },
      },
    })),
    { ordered: false },
  );
  for (const [id, progress] of batch) if (unwritten.get(id) === progress) unwritten.delete(id);
}

/** Tells and writes progress. Each process does its own, so there is no lease. */
export function startProgress(ctx: Ctx): Sweep {
  let current: Promise<void> = Promise.resolve();
  const run = (): Promise<void> => {
    tell(ctx);
    current = current
      .then(() => write(ctx))
      .catch((error: unknown) => {
        ctx.log.error({ err: error }, 'progress could not be written');
      });
    return current;
  };
  let told = 0;
  const timer = setInterval(() => {
    told += 1;
    if (told % WRITE_EVERY === 0) void run();
    else tell(ctx);
  }, TELL_MS);
  return {
    run,
    async stop() {
      clearInterval(timer);
      await run();
    },
  };
}
