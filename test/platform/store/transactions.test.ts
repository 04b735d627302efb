import { expect } from 'chai';
import { openStore, rejection, type Opened } from './fixture.ts';

interface Counter {
  _id: number;
  n: number;
}

describe('transactions', () => {
  let opened: Opened;
  before(async () => {
    opened = await openStore();
  });
  after(() => opened.close());

  const counters = async (): Promise<ReturnType<typeof typed>> => {
    const c = typed();
    await c.insertMany([1, 2, 3].map((_id) => ({ _id, n: 0 })));
    return c;
  };
  const typed = () => opened.client.db('test').collection<Counter>(opened.fresh().collectionName);

  it('are seen by themselves at once, by others after the commit', async () => {
    const c = await counters();
    const session = opened.client.startSession();
    session.startTransaction();
    await c.updateOne({ _id: 1 }, { $inc: { n: 5 } }, { session });
    await c.insertOne({ _id: 4, n: 4 }, { session });
    await c.deleteOne({ _id: 2 }, { session });
    expect(await c.find({}, { session, sort: { _id: 1 } }).toArray()).to.deep.equal([
      { _id: 1, n: 5 },
      { _id: 3, n: 0 },
      { _id: 4, n: 4 },
    ]);
    expect(await c.countDocuments({ n: { $gt: 0 } }, { session })).to.equal(2);
    expect(await c.countDocuments()).to.equal(3);
    await session.commitTransaction();
    expect(await c.distinct('_id')).to.deep.equal([1, 3, 4]);
    await session.endSession();
  });

  it('leave nothing behind when aborted', async () => {
    const c = await counters();
    await opened.client.withSession(async (session) => {
      session.startTransaction();
      await c.insertOne({ _id: 9, n: 9 }, { session });
      await session.abortTransaction();
    });
    expect(await c.countDocuments()).to.equal(3);
  });

  it('read one snapshot, whatever is written meanwhile', async () => {
    const c = await counters();
    await opened.client.withSession(async (session) => {
      session.startTransaction();
      expect(await c.findOne({ _id: 1 }, { session })).to.deep.equal({ _id: 1, n: 0 });
      await c.updateMany({}, { $set: { n: 7 } });
      await c.insertOne({ _id: 5, n: 5 });
      expect(await c.find({}, { session }).toArray()).to.deep.equal([1, 2, 3].map((_id) => ({ _id, n: 0 })));
      await session.commitTransaction();
    });
  });

  it('conflict with each other: the second to change a document fails, to be retried', async () => {
    const c = await counters();
    const [one, two] = [opened.client.startSession(), opened.client.startSession()];
    one.startTransaction();
    two.startTransaction();
    await c.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: one });
    const error = await rejection(c.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: two }));
    expect(error).to.include({ code: 112, codeName: 'WriteConflict' });
    expect((error as unknown as { errorLabels: string[] }).errorLabels).to.include(
      'TransientTransactionError',
    );
    await one.commitTransaction();
    expect(await rejection(c.findOne({}, { session: two }))).to.include({ code: 251 });
    await two.abortTransaction();
    for (const s of [one, two]) await s.endSession();
    expect(await c.findOne({ _id: 1 })).to.deep.equal({ _id: 1, n: 1 });
  });

  it('conflict with a plain write that came between: their commit fails, the write stays', async () => {
    const c = await counters();
    const session = opened.client.startSession();
    session.startTransaction();
    await c.updateOne({ _id: 1 }, { $set: { n: 1 } }, { session });
    await c.updateOne({ _id: 1 }, { $set: { n: 100 } });
    expect(await rejection(session.commitTransaction())).to.include({ code: 112 });
    await session.endSession();
    expect(await c.findOne({ _id: 1 })).to.deep.equal({ _id: 1, n: 100 });
  });

  it('keep sums right under contention, by retrying', async () => {
    const c = await counters();
    const add = (): Promise<unknown> =>
      opened.client.withSession((session) =>
        session.withTransaction(async () => {
          const before = await c.findOne({ _id: 1 }, { session });
          await c.updateOne({ _id: 1 }, { $set: { n: (before?.n ?? 0) + 1 } }, { session });
          await c.updateOne({ _id: 2 }, { $inc: { n: -1 } }, { session });
        }),
      );
    await Promise.all(Array.from({ length: 12 }, add));
    expect(await c.find({}, { sort: { _id: 1 } }).toArray()).to.deep.equal([
      { _id: 1, n: 12 },
      { _id: 2, n: -12 },
      { _id: 3, n: 0 },
    ]);
  });

  it('one that stays open stalls nobody else', async () => {
    const c = await counters();
    const slow = opened.client.startSession();
    slow.startTransaction();
    await c.updateOne({ _id: 1 }, { $set: { n: 1 } }, { session: slow });
    await Promise.all(
      Array.from({ length: 200 }, (_, i) => c.updateOne({ _id: 2 + (i % 2) }, { $inc: { n: 1 } })),
    );
    await opened.client.withSession((session) =>
      session.withTransaction(() => c.insertOne({ _id: 8, n: 8 }, { session })),
    );
    expect(await c.findOne({ _id: 2 })).to.deep.equal({ _id: 2, n: 100 });
    await slow.commitTransaction();
    await slow.endSession();
    expect(await c.findOne({ _id: 1 })).to.deep.equal({ _id: 1, n: 1 });
  });

  it('obey unique indexes inside, and find a clash at the commit', async () => {
    const c = await counters();
    await c.createIndex({ n: 1 }, { unique: true, partialFilterExpression: { n: { $gt: 0 } } });
    const session = opened.client.startSession();
    session.startTransaction();
    await c.updateOne({ _id: 1 }, { $set: { n: 5 } }, { session });
    expect(await rejection(c.updateOne({ _id: 2 }, { $set: { n: 5 } }, { session }))).to.include({
      code: 11000,
    });
    await session.abortTransaction();
    session.startTransaction();
    await c.updateOne({ _id: 1 }, { $set: { n: 6 } }, { session });
    await c.updateOne({ _id: 2 }, { $set: { n: 6 } });
    expect(await rejection(session.commitTransaction())).to.include({ code: 112 });
    session.startTransaction();
    await c.updateOne({ _id: 2 }, { $set: { n: 7 } }, { session });
    await c.updateOne({ _id: 1 }, { $set: { n: 6 } }, { session });
    await session.commitTransaction();
    await session.endSession();
    expect((await c.find({}, { sort: { _id: 1 } }).toArray()).map((d) => d.n)).to.deep.equal([6, 7, 0]);
  });

  it('create collections and indexes that appear with the commit', async () => {
    const c = typed();
    await opened.client.withSession((session) =>
      session.withTransaction(async () => {
        await c.createIndex({ n: 1 }, { unique: true, session });
        await c.insertOne({ _id: 1, n: 1 }, { session });
      }),
    );
    expect((await c.indexes()).map((i) => i.name)).to.deep.equal(['_id_', 'n_1']);
    expect(await rejection(c.insertOne({ _id: 2, n: 1 }))).to.include({ code: 11000 });
  });

  it('refuse what has no place in them', async () => {
    const c = await counters();
    await opened.client.withSession(async (session) => {
      session.startTransaction();
      const error = await rejection(
        opened.client.db('test').command({ count: c.collectionName }, { session }),
      );
      expect(error).to.include({ code: 263 });
      await session.abortTransaction();
    });
  });
});
