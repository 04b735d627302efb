/** TTL indexes: documents past their time are removed, a few hundred at a time so that saves go between. */
import type { Doc } from './bson-codec.ts';
import type { Collection, Index } from './catalog.ts';
import { deleteStatement } from './commands/write.ts';
import type { Scheduler } from './scheduler.ts';
import { select } from './select.ts';

const CHUNK = 200;

function expiredFilter(index: Index, now: Date): Doc {
  const path = index.fields[0]?.path ?? '';
  const limit = new Date(now.getTime() - (index.ttlSeconds ?? 0) * 1000);
  const partial = index.spec['partialFilterExpression'];
  const old: Doc = { [path]: { $lt: limit } };
  return partial ? { $and: [old, partial] } : old;
}

async function expireIndex(scheduler: Scheduler, collection: Collection, index: Index): Promise<number> {
  let removed = 0;
  await scheduler.runInternal((context) => {
    const current = context.view.catalog.get(collection.ns);
    if (!current) return { ok: 1 };
    const rows = select(context.view, current, { filter: expiredFilter(index, context.now), limit: CHUNK });
    for (const row of rows)
      removed += deleteStatement(
        collection.ns,
        { filter: { _id: { $eq: row.doc['_id'] } }, limit: 1 },
        context,
      );
    return { ok: 1 };
  });
  return removed;
}

/** One pass over all TTL indexes; how many documents it removed. */
export async function expire(scheduler: Scheduler): Promise<number> {
  let total = 0;
  for (const collection of scheduler.direct.catalog.values()) {
    for (const index of collection.indexes) {
      if (index.ttlSeconds === null) continue;
      for (;;) {
        const removed = await expireIndex(scheduler, collection, index);
        total += removed;
        if (removed < CHUNK) break;
      }
    }
  }
  return total;
}
