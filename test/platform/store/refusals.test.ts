import { expect } from 'chai';
import { openStore, rejection, type Collection, type Opened } from './fixture.ts';

describe('what is not built is refused, and named', () => {
  let opened: Opened;
  let c: Collection;
  before(async () => {
    opened = await openStore();
    c = opened.fresh();
    await c.insertOne({ a: 1 });
  });
  after(() => opened.close());

  const refused: [string, () => Promise<unknown>, RegExp][] = [
    ['change streams', () => c.watch().tryNext(), /change stream/i],
    ['text indexes', () => c.createIndex({ a: 'text' }), /Text indexes/],
    ['geospatial indexes', () => c.createIndex({ a: '2dsphere' }), /Geospatial/],
    ['hashed indexes', () => c.createIndex({ a: 'hashed' }), /Hashed/],
    ['$text', () => c.findOne({ $text: { $search: 'a' } }), /Text search/],
    ['$near', () => c.findOne({ a: { $near: [0, 0] } }), /geospatial/],
    ['$where', () => c.findOne({ $where: 'true' }), /JavaScript/],
    ['collation of find', () => c.find({}).collation({ locale: 'zh' }).toArray(), /Collation/],
    [
      'collation of update',
      () => c.updateOne({}, { $set: { a: 1 } }, { collation: { locale: 'zh' } }),
      /Collation/,
    ],
    ['views', () => opened.client.db('test').createCollection('v', { viewOn: 'x', pipeline: [] }), /viewOn/],
    [
      'capped collections',
      () => opened.client.db('test').createCollection('k', { capped: true, size: 1000 }),
      /Capped/,
    ],
    ['mapReduce', () => opened.client.db('test').command({ mapReduce: 'x' }), /mapReduce/],
  ];
  for (const [name, run, message] of refused) {
    it(name, async () => {
      const error = await rejection(run());
      expect(error).to.include({ code: 115, codeName: 'CommandNotSupported' });
      expect(error.message)
        .to.match(message)
        .and.to.match(/MONGODB_URI/);
    });
  }

  it("unknown commands, stages and operators have MongoDB's codes", async () => {
    expect(await rejection(opened.client.db('test').command({ frobnicate: 1 }))).to.include({
      code: 59,
      codeName: 'CommandNotFound',
    });
    expect(await rejection(c.aggregate([{ $frob: {} }]).toArray())).to.include({ code: 40324 });
    expect(await rejection(c.updateOne({}, { $frob: { a: 1 } }))).to.include({ code: 9 });
    expect(
      await rejection(
        c.aggregate([{ $project: { x: { $function: { body: 'x', args: [], lang: 'js' } } } }]).toArray(),
      ),
    ).to.have.property('code');
    expect(await rejection(c.find({}, { hint: 'nope' }).toArray())).to.include({ code: 2 });
  });

  it('answers serverStatus and explain in brief', async () => {
    const status = await opened.client.db('admin').command({ serverStatus: 1 });
    expect(status).to.have.nested.property('storageEngine.name', 'sqlite');
    const explained = await c.find({ _id: 1 as never }).explain();
    expect(explained).to.have.nested.property('queryPlanner.winningPlan.stage', 'IDHACK');
  });
});
