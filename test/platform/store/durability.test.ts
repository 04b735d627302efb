import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import mongoose from 'mongoose';
import { expect } from 'chai';
import { connectStore } from '../../../src/platform/store/index.ts';
import { openStore, rejection, tempDir, type Opened } from './fixture.ts';

const socketOf = (uri: string): string => decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(uri)?.[1] ?? '');

describe('the data directory', () => {
  it('is locked by the store that has it, and says so', async () => {
    const opened = await openStore();
    const error = await rejection(connectStore({ dataDir: opened.dataDir }));
    expect(error.name).to.equal('DirectoryLocked');
    expect(error.message).to.include(opened.dataDir).and.to.include(String(process.pid));
    await opened.client.close();
    await opened.store.close();
    const again = await openStore({ dataDir: opened.dataDir });
    await again.close();
  });

  it('keeps what was acknowledged over a restart', async () => {
    const first = await openStore();
    const c = first.fresh();
    await c.createIndex({ a: 1 }, { unique: true });
    await c.insertMany(Array.from({ length: 300 }, (_, a) => ({ a })));
    await first.client.close();
    await first.store.close();
    const second = await openStore({ dataDir: first.dataDir });
    const same = second.client.db('test').collection(c.collectionName);
    expect(await same.countDocuments({ a: { $gte: 100 } })).to.equal(200);
    expect(await rejection(same.insertOne({ a: 1 }))).to.include({ code: 11000 });
    await second.close();
  });

  it('may have a path too long for a socket', async () => {
    const long = path.join(tempDir(), 'x'.repeat(120));
    const opened = await openStore({ dataDir: long });
    expect(await opened.fresh().insertOne({ a: 1 })).to.have.property('acknowledged', true);
    expect(Buffer.byteLength(socketOf(opened.store.uri))).to.be.at.most(103);
    await opened.close();
  });

  it('has a socket only its owner can reach, or a secret', async () => {
    const opened = await openStore();
    const directory = path.dirname(socketOf(opened.store.uri));
    expect(fs.statSync(directory).mode & 0o777).to.equal(0o700);
    await opened.close();
    expect(fs.existsSync(directory)).to.equal(false);
    const tcp = await openStore({ tcp: true });
    expect(await tcp.fresh().insertOne({ a: 1 })).to.have.property('acknowledged', true);
    const { MongoClient } = mongoose.mongo;
    const bare = tcp.store.uri.replace(/\/\/[^@]+@/, '//').replace(/&authMechanism.*/, '');
    const stranger = await new MongoClient(bare).connect();
    expect(await rejection(stranger.db('test').collection('c1').findOne())).to.include({ code: 13 });
    await stranger.close();
    expect(
      await rejection(new MongoClient(tcp.store.uri.replace(/store:\w/, 'store:!')).connect()),
    ).to.include({ code: 18 });
    await tcp.close();
  });
});

describe('faults', () => {
  let opened: Opened;
  beforeEach(async () => {
    opened = await openStore();
  });
  afterEach(() => opened.close());

  it('a full disk fails the writes, acknowledges none, and passes', async () => {
    const c = opened.fresh();
    await c.insertOne({ _id: 0 as never, filler: 'x' });
    const admin = opened.client.db('admin');
    await admin.command({ configureFailPoint: 'diskFull', mode: 'alwaysOn' });
    const writes = Array.from({ length: 40 }, (_, i) =>
      c.insertOne({ _id: (i + 1) as never, filler: 'x'.repeat(20_000) }).then(
        () => i + 1,
        (error: unknown) => error as Error & { code: number },
      ),
    );
    const outcomes = await Promise.all(writes);
    const errors = outcomes.filter((o) => o instanceof Error);
    expect(errors.length).to.be.greaterThan(0);
    for (const error of errors) expect(error).to.include({ code: 14031, codeName: 'OutOfDiskSpace' });
    const acknowledged = [0, ...outcomes.filter((o) => typeof o === 'number')];
    expect(await c.distinct('_id')).to.deep.equal(acknowledged);
    await admin.command({ configureFailPoint: 'diskFull', mode: 'off' });
    await c.insertOne({ _id: 1000 as never, filler: 'x'.repeat(20_000) });
    expect(await c.countDocuments()).to.equal(acknowledged.length + 1);
  });

  for (const [name, bytes] of [
    ['a length of nothing', Buffer.alloc(16)],
    ['a length beyond all bounds', Buffer.from('ffffff7f0000000000000000dd070000', 'hex')],
    ['an unknown opcode', Buffer.from('10000000010000000000000001000000', 'hex')],
    [
      'a body that lies about its length',
      Buffer.from('1a0000000100000000000000dd0700000000000000ff00000000', 'hex'),
    ],
    ['noise', Buffer.alloc(500, 'x')],
  ] as const) {
    it(`survives ${name}`, async () => {
      await new Promise<void>((resolve) => {
        const socket = net.connect(socketOf(opened.store.uri), () => socket.write(bytes));
        socket.on('close', () => {
          resolve();
        });
        socket.on('error', () => undefined);
      });
      expect(await opened.fresh().insertOne({ a: 1 })).to.have.property('acknowledged', true);
    });
  }

  it('survives a client that goes away in the middle of a message', async () => {
    await new Promise<void>((resolve) => {
      const socket = net.connect(socketOf(opened.store.uri), () => {
        socket.write(Buffer.from('ff000000010000000000000', 'hex'));
        socket.destroy();
      });
      socket.on('close', () => {
        resolve();
      });
    });
    expect(await opened.client.db('admin').command({ ping: 1 })).to.include({ ok: 1 });
  });

  it('hands long reads to the reading thread, and saves go on', async () => {
    const c = opened.fresh();
    const filler = 'x'.repeat(200);
    for (let i = 0; i < 8; i++)
      await c.insertMany(Array.from({ length: 1000 }, (_, k) => ({ n: i * 1000 + k, filler })));
    const events: string[] = [];
    const read = c
      .find({ filler: { $regex: 'x$' } })
      .sort({ n: -1 })
      .toArray()
      .then((rows) => {
        events.push('read');
        return rows;
      });
    const save = c.insertOne({ n: -1 }).then(() => events.push('save'));
    const [rows] = await Promise.all([read, save]);
    expect(events).to.deep.equal(['save', 'read']);
    expect(rows.length).to.equal(8000);
    expect(rows[0]).to.include({ n: 7999 });
    expect((await opened.store.stats()).handedOver).to.be.greaterThan(0);
    expect((await c.aggregate([{ $group: { _id: null, sum: { $sum: '$n' } } }]).toArray())[0]).to.include({
      sum: 31995999,
    });
  });
});
