import { expect } from 'chai';
import mongoose, { Schema } from 'mongoose';
import { openStore, rejection, type Opened } from './fixture.ts';

const roomSchema = new Schema({ name: { type: String, required: true, unique: true }, seats: Number });
const candidateSchema = new Schema(
  {
    number: { type: String, unique: true, required: true },
    name: String,
    score: { type: Schema.Types.Decimal128 },
    big: { type: Schema.Types.BigInt },
    photo: Buffer,
    uuid: Schema.Types.UUID,
    room: { type: Schema.Types.ObjectId, ref: 'Room' },
    answers: [{ item: String, value: Schema.Types.Mixed, seq: Number }],
    flags: { type: Map, of: Number },
  },
  { timestamps: true, optimisticConcurrency: true },
);

const roomModel = (connection: mongoose.Connection) => connection.model('Room', roomSchema);
const candidateModel = (connection: mongoose.Connection) => connection.model('Candidate', candidateSchema);

describe('Mongoose on the embedded store', () => {
  let opened: Opened;
  let connection: mongoose.Connection;
  let Room: ReturnType<typeof roomModel>;
  let Candidate: ReturnType<typeof candidateModel>;

  before(async () => {
    opened = await openStore();
    connection = await mongoose.createConnection(opened.store.uri, { dbName: 'exam' }).asPromise();
    Room = roomModel(connection);
    Candidate = candidateModel(connection);
    await Promise.all([Room.init(), Candidate.init()]);
  });
  after(async () => {
    await connection.close();
    await opened.close();
  });
  beforeEach(async () => {
    await Promise.all([Room.deleteMany({}), Candidate.deleteMany({})]);
  });

  it('stores and reads every kind of field', async () => {
    const uuid = '0123e456-7e89-4123-a456-426614174000';
    const made = await Candidate.create({
      number: '20260001',
      name: '王小明',
      score: '87.50',
      big: 9007199254740993n,
      photo: Buffer.from([1, 2]),
      uuid,
      answers: [{ item: 'A1.1-001', value: { x: [1, 'B'] }, seq: 3 }],
      flags: { late: 1 },
    });
    const read = await Candidate.findById(made._id).orFail();
    expect(read.toObject()).to.deep.equal(made.toObject());
    expect(read.score?.toString()).to.equal('87.50');
    expect(read.big).to.equal(9007199254740993n);
  });

  it('populates, selects, sorts, pages, counts', async () => {
    const [a, b] = await Room.create([
      { name: 'A', seats: 30 },
      { name: 'B', seats: 20 },
    ]);
    await Candidate.create(
      Array.from({ length: 10 }, (_, i) => ({
        number: `n${String(i)}`,
        name: `c${String(i)}`,
        room: (i % 2 ? a : b)?._id,
      })),
    );
    const page = await Candidate.find({ room: a?._id })
      .sort('-number')
      .skip(1)
      .limit(2)
      .select('number room')
      .populate<{ room: { name: string } }>('room', 'name')
      .lean();
    expect(page.map((c) => [c.number, c.room.name])).to.deep.equal([
      ['n7', 'A'],
      ['n5', 'A'],
    ]);
    expect(page[0]).to.not.have.property('name');
    expect(await Candidate.countDocuments({ name: /^c[0-3]/ })).to.equal(4);
    expect(await Candidate.exists({ number: 'n3' })).to.have.property('_id');
    expect((await Candidate.distinct('room')).length).to.equal(2);
  });

  it('updates arrays in place, bumps versions, and finds concurrent changes', async () => {
    const made = await Candidate.create({
      number: 'v',
      answers: [
        { item: 'i1', seq: 1 },
        { item: 'i2', seq: 1 },
      ],
    });
    await Candidate.updateOne({ _id: made._id, 'answers.item': 'i2' }, { $set: { 'answers.$.seq': 5 } });
    await Candidate.updateOne(
      { _id: made._id },
      { $set: { 'answers.$[a].value': 'C' } },
      { arrayFilters: [{ 'a.item': 'i1' }] },
    );
    const [one, two] = await Promise.all([
      Candidate.findById(made._id).orFail(),
      Candidate.findById(made._id).orFail(),
    ]);
    expect(one.answers.map((a) => [a.item, a.seq, a.value as unknown])).to.deep.equal([
      ['i1', 1, 'C'],
      ['i2', 5, undefined],
    ]);
    one.name = 'first';
    two.name = 'second';
    await one.save();
    expect((await rejection(two.save())).name).to.equal('VersionError');
  });

  it('reports duplicates with their key', async () => {
    await Candidate.create({ number: 'same' });
    expect(await rejection(Candidate.create({ number: 'same' }))).to.deep.include({
      code: 11000,
      keyValue: { number: 'same' },
    });
  });

  it('upserts one by one and in bulk', async () => {
    const update = (): Promise<unknown> =>
      Candidate.findOneAndUpdate(
        { number: 'u' },
        { $inc: { __v: 1 }, $setOnInsert: { name: 'new' } },
        { upsert: true, returnDocument: 'after' },
      );
    await update();
    expect(await update()).to.include({ number: 'u', name: 'new', __v: 2 });
    const result = await Candidate.bulkWrite([
      { insertOne: { document: { number: 'b1' } } },
      { updateOne: { filter: { number: 'b2' }, update: { $set: { name: 'x' } }, upsert: true } },
      { updateMany: { filter: { number: /^b/ }, update: { $set: { name: 'y' } } } },
      { deleteOne: { filter: { number: 'u' } } },
    ] as never);
    expect([
      result.insertedCount,
      result.upsertedCount,
      result.matchedCount,
      result.deletedCount,
    ]).to.deep.equal([1, 1, 2, 1]);
  });

  it('aggregates with $lookup, $group, $facet, $unwind', async () => {
    const [a] = await Room.create([{ name: 'A', seats: 30 }]);
    await Candidate.create([
      {
        number: '1',
        room: a?._id,
        answers: [
          { item: 'x', seq: 2 },
          { item: 'y', seq: 3 },
        ],
      },
      { number: '2', room: a?._id, answers: [{ item: 'x', seq: 4 }] },
    ]);
    const sums = await Candidate.aggregate<{ _id: string; total: number }>([
      { $match: { room: a?._id } },
      { $unwind: '$answers' },
      { $group: { _id: '$answers.item', total: { $sum: '$answers.seq' } } },
      { $sort: { total: -1 } },
    ]);
    expect(sums).to.deep.equal([
      { _id: 'x', total: 6 },
      { _id: 'y', total: 3 },
    ]);
    const joined = await Room.aggregate<{ who: { number: string }[]; n: number }>([
      {
        $lookup: {
          from: 'candidates',
          localField: '_id',
          foreignField: 'room',
          as: 'who',
          pipeline: [{ $sort: { number: 1 } }, { $project: { _id: 0, number: 1 } }],
        },
      },
      { $addFields: { n: { $size: '$who' } } },
      { $project: { _id: 0, who: 1, n: 1 } },
    ]);
    expect(joined).to.deep.equal([{ who: [{ number: '1' }, { number: '2' }], n: 2 }]);
    const [facets] = await Candidate.aggregate<{ all: { n: number }[]; first: unknown[] }>([
      { $facet: { all: [{ $count: 'n' }], first: [{ $limit: 1 }] } },
    ]);
    expect(facets?.all).to.deep.equal([{ n: 2 }]);
  });

  it('runs a transaction with its audit entry, whole or not at all', async () => {
    const work = (fail: boolean): Promise<unknown> =>
      connection.transaction(async (session) => {
        const [room] = await Room.create([{ name: fail ? 'fails' : 'works' }], { session });
        await Candidate.create([{ number: `t${String(fail)}`, room: room?._id }], { session });
        if (fail) throw new Error('stop');
      });
    expect((await rejection(work(true))).message).to.equal('stop');
    await work(false);
    expect((await Room.find().lean()).map((r) => r.name)).to.deep.equal(['works']);
    expect(await Candidate.countDocuments()).to.equal(1);
  });

  it('streams with a cursor over several batches', async () => {
    await Candidate.insertMany(Array.from({ length: 350 }, (_, i) => ({ number: `s${String(i)}` })));
    let n = 0;
    for await (const candidate of Candidate.find().batchSize(40).cursor()) if (candidate.number) n++;
    expect(n).to.equal(350);
    expect((await opened.store.stats()).openCursors).to.equal(0);
  });
});
