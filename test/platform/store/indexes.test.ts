import { expect } from 'chai';
import fc from 'fast-check';
import { openStore, rejection, type Collection, type Doc, type Opened } from './fixture.ts';

interface Plan {
  stage: string;
  inputStage?: { stage?: string; indexName?: string; inputStage?: Plan };
}
async function planOf(collection: Collection, filter: Doc, sort?: Record<string, 1 | -1>): Promise<string> {
  const found = collection.find(filter);
  if (sort) found.sort(sort);
  const explained = (await found.explain()) as { queryPlanner: { winningPlan: Plan } };
  const text = JSON.stringify(explained.queryPlanner.winningPlan);
  return (
    (text.includes('"SORT"') ? 'SORT ' : '') +
    (/"indexName":"([^"]+)"/.exec(text)?.[1] ?? /IDHACK|COLLSCAN/.exec(text)?.[0] ?? text)
  );
}

describe('indexes', () => {
  let opened: Opened;
  before(async () => {
    opened = await openStore();
  });
  after(() => opened.close());

  it('unique: refuses a second, names the key, and lets go when the first is removed', async () => {
    const c = opened.fresh();
    await c.createIndex({ a: 1, b: 1 }, { unique: true });
    await c.insertOne({ a: 1, b: 1 });
    const error = await rejection(c.insertOne({ a: 1, b: 1 }));
    expect(error).to.include({ code: 11000 });
    expect(error).to.have.property('keyPattern').that.deep.equals({ a: 1, b: 1 });
    expect(error).to.have.property('keyValue').that.deep.equals({ a: 1, b: 1 });
    await c.insertOne({ a: 1, b: 2 });
    expect(await rejection(c.updateOne({ b: 2 }, { $set: { b: 1 } }))).to.include({ code: 11000 });
    await c.deleteOne({ b: 1 });
    expect((await c.updateOne({ b: 2 }, { $set: { b: 1 } })).modifiedCount).to.equal(1);
  });

  it('unique: two missing values collide, unless it is sparse', async () => {
    const strict = opened.fresh();
    await strict.createIndex({ a: 1 }, { unique: true });
    await strict.insertOne({});
    expect(await rejection(strict.insertOne({}))).to.include({ code: 11000 });
    const sparse = opened.fresh();
    await sparse.createIndex({ a: 1 }, { unique: true, sparse: true });
    await sparse.insertMany([{}, {}, { a: 1 }]);
    expect(await rejection(sparse.insertOne({ a: 1 }))).to.include({ code: 11000 });
    expect(await sparse.countDocuments({ a: null })).to.equal(2);
  });

  it('unique: every element of an array counts', async () => {
    const c = opened.fresh();
    await c.createIndex({ tags: 1 }, { unique: true });
    await c.insertOne({ tags: ['x', 'y', 'x'] });
    expect(await rejection(c.insertOne({ tags: 'y' }))).to.include({ code: 11000 });
  });

  it('unique: is refused over data that is not, and leaves nothing behind', async () => {
    const c = opened.fresh();
    await c.insertMany([{ a: 1 }, { a: 1 }]);
    expect(await rejection(c.createIndex({ a: 1 }, { unique: true }))).to.include({ code: 11000 });
    expect((await c.indexes()).map((i) => i.name)).to.deep.equal(['_id_']);
  });

  it('partial: holds and constrains only what its filter says', async () => {
    const c = opened.fresh();
    await c.createIndex({ seat: 1 }, { unique: true, partialFilterExpression: { open: true } });
    await c.insertMany([
      { seat: 1, open: false },
      { seat: 1, open: false },
      { seat: 1, open: true },
    ]);
    expect(await rejection(c.insertOne({ seat: 1, open: true }))).to.include({ code: 11000 });
    expect(await rejection(c.updateOne({ open: false }, { $set: { open: true } }))).to.include({
      code: 11000,
    });
    expect(await planOf(c, { seat: 1 })).to.equal('COLLSCAN');
    expect(await planOf(c, { seat: 1, open: true })).to.equal('seat_1');
    expect(await c.countDocuments({ seat: 1 })).to.equal(3);
  });

  it('compound: serves prefixes, ranges and sorts, in either direction', async () => {
    const c = opened.fresh();
    await c.createIndex({ a: 1, b: -1 });
    await c.insertMany(Array.from({ length: 50 }, (_, i) => ({ a: i % 5, b: i })));
    expect(await planOf(c, { a: 3 }, { b: -1 })).to.equal('a_1_b_-1');
    expect(await planOf(c, { a: 3 }, { b: 1 })).to.equal('a_1_b_-1');
    expect(await planOf(c, {}, { a: 1, b: -1 })).to.equal('a_1_b_-1');
    expect(await planOf(c, {}, { a: 1, b: 1 })).to.equal('SORT COLLSCAN');
    expect(
      (
        await c
          .find({ a: 3, b: { $gt: 10, $lte: 33 } })
          .sort({ b: -1 })
          .toArray()
      ).map((d) => d['b'] as number),
    ).to.deep.equal([33, 28, 23, 18, 13]);
    expect(
      (await c.find({}).sort({ a: -1, b: 1 }).limit(2).toArray()).map((d) => d['b'] as number),
    ).to.deep.equal([4, 9]);
  });

  it('TTL: removes documents past their time, and no others', async () => {
    const c = opened.fresh();
    await c.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    const minutesAgo = (n: number): Date => new Date(Date.now() - n * 60_000);
    await c.insertMany([
      { at: minutesAgo(2) },
      { at: [minutesAgo(9), new Date()] },
      { at: new Date() },
      { at: 'never' },
      {},
    ]);
    await opened.client.db('admin').command({ setParameter: 1, ttlMonitorSleepSecs: 1 });
    while ((await c.countDocuments({ at: { $lt: minutesAgo(1) } })) > 0)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await c.countDocuments()).to.equal(3);
  });

  it('are listed, changed by nothing but an equal request, and dropped', async () => {
    const c = opened.fresh();
    await c.createIndex({ a: 1 }, { name: 'mine' });
    await c.createIndex({ a: 1 }, { name: 'mine' });
    expect(await rejection(c.createIndex({ b: 1 }, { name: 'mine' }))).to.include({ code: 86 });
    expect(await rejection(c.createIndex({ a: 1 }, { name: 'other' }))).to.include({ code: 85 });
    expect((await c.indexes()).map((i) => i.name)).to.deep.equal(['_id_', 'mine']);
    await c.dropIndex('mine');
    expect(await rejection(c.dropIndex('mine'))).to.include({ code: 27 });
  });

  it('refuse parallel arrays', async () => {
    const c = opened.fresh();
    await c.createIndex({ a: 1, b: 1 });
    expect(await rejection(c.insertOne({ a: [1], b: [2] }))).to.include({ code: 171 });
  });

  it('find exactly what a scan finds', async function () {
    this.timeout(60_000);
    const scanned = opened.fresh();
    const indexed = opened.fresh();
    for (const key of [{ a: 1 }, { b: -1, a: 1 }, { 'c.x': 1, a: -1 }] as Record<string, 1 | -1>[])
      await indexed.createIndex(key);
    const small = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('x', null, true));
    const valueArb = fc.oneof(small, fc.array(small, { maxLength: 3 }));
    const docs = fc
      .sample(
        fc.record(
          {
            a: valueArb,
            b: valueArb,
            c: fc.oneof(
              small,
              fc.record({ x: valueArb }),
              fc.array(fc.record({ x: small }), { maxLength: 2 }),
            ),
          },
          { requiredKeys: [] },
        ),
        { numRuns: 150, seed: 7 },
      )
      .filter(
        (d) =>
          !(
            Array.isArray(d.a) &&
            (Array.isArray(d.b) ||
              Array.isArray(d.c) ||
              Array.isArray((d.c as { x?: unknown } | undefined)?.x))
          ),
      );
    const rows = docs.map((d, i): Doc => ({ ...d, _id: i }));
    await scanned.insertMany(rows);
    await indexed.insertMany(rows);
    const condition = fc.oneof(
      small,
      fc.record({ $gt: small }),
      fc.record({ $gte: fc.integer({ min: 0, max: 3 }), $lt: fc.integer({ min: 0, max: 4 }) }),
      fc.record({ $in: fc.array(small, { maxLength: 3 }) }),
      fc.record({ $ne: small }),
      fc.record({ $exists: fc.boolean() }),
    );
    const filter = fc.record({ a: condition, b: condition, 'c.x': condition }, { requiredKeys: [] });
    const sort = fc.constantFrom<Record<string, 1 | -1>>(
      { a: 1, _id: 1 },
      { b: -1, a: 1, _id: 1 },
      { _id: -1 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(filter, fc.record({ $or: fc.array(filter, { minLength: 1, maxLength: 3 }) })),
        sort,
        async (f, s) => {
          const ids = async (c: Collection): Promise<unknown[]> =>
            (
              await c
                .find(f as Doc)
                .sort(s)
                .toArray()
            ).map((d) => d._id);
          expect(await ids(indexed)).to.deep.equal(await ids(scanned));
        },
      ),
      { numRuns: 400 },
    );
  });
});
