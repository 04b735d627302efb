/**
 * `npm run bench:store`: durable upserts per second through the official driver at 1, 8 and 64 callers, beside a bare
 * loop that appends the same bytes to a file and fsyncs each. One JSON line. The store runs in a process of its own,
 * so that its CPU (`cpuUsPerUpsert`: user + system of that process, all threads) is not mixed with the driver's.
 */
import { fork, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { connectStore, type StoreStats } from '../../src/platform/store/index.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5);
const ANSWER_BYTES = 150;
const QUESTIONS = 60;
const ANSWER = 'y'.repeat(ANSWER_BYTES);

interface Level {
  callers: number;
  upsertsPerSecond: number;
  p99Ms: number;
  cpuUsPerUpsert: number;
  groupSize: number;
  /** appends and fsyncs a second, measured just before and just after */
  fsyncLoopPerSecond: number;
  ratioToFsyncLoop: number;
}

/** The child: a store that answers `stats`. */
async function serve(dataDir: string): Promise<void> {
  const store = await connectStore({ dataDir });
  process.send?.({ uri: store.uri });
  process.on('message', (message) => {
    if (message === 'close') void store.close().then(() => process.exit(0));
    else void store.stats().then((stats) => process.send?.({ stats }));
  });
}

function next<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve) =>
    child.once('message', (message) => {
      resolve(message as T);
    }),
  );
}

async function statsOf(child: ChildProcess): Promise<StoreStats> {
  child.send('stats');
  return (await next<{ stats: StoreStats }>(child)).stats;
}

/** Appends and fsyncs, one after another: what the disk gives without a database. */
function fsyncLoop(dir: string): number {
  const fd = fs.openSync(path.join(dir, 'bare'), 'a');
  const bytes = Buffer.alloc(256, 1);
  const start = performance.now();
  let n = 0;
  while (performance.now() - start < SECONDS * 200) {
    fs.writeSync(fd, bytes);
    fs.fsyncSync(fd);
    n++;
  }
  fs.closeSync(fd);
  return n / ((performance.now() - start) / 1000);
}

type Collection = ReturnType<typeof mongoose.connection.collection>;

async function caller(
  collection: Collection,
  attempt: number,
  until: number,
  latencies: number[],
): Promise<void> {
  for (let seq = 1; performance.now() < until; seq++) {
    const start = performance.now();
    await collection.updateOne(
      { attempt, item: seq % QUESTIONS },
      { $set: { seq, answer: ANSWER, at: new Date() }, $inc: { revision: 1 } },
      { upsert: true },
    );
    latencies.push(performance.now() - start);
  }
}

async function level(
  collection: Collection,
  child: ChildProcess,
  callers: number,
  dir: string,
): Promise<Level> {
  await Promise.all(
    Array.from({ length: callers }, (_, i) =>
      caller(collection, 1000 * callers + i, performance.now() + 1500, []),
    ),
  );
  const bareBefore = fsyncLoop(dir);
  const latencies: number[] = [];
  const before = await statsOf(child);
  const start = performance.now();
  await Promise.all(
    Array.from({ length: callers }, (_, i) =>
      caller(collection, 1000 * callers + i, start + SECONDS * 1000, latencies),
    ),
  );
  const seconds = (performance.now() - start) / 1000;
  const after = await statsOf(child);
  const bare = (bareBefore + fsyncLoop(dir)) / 2;
  latencies.sort((a, b) => a - b);
  const rate = latencies.length / seconds;
  const cpu = after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system;
  return {
    callers,
    upsertsPerSecond: Math.round(rate),
    p99Ms: Number((latencies[Math.floor(latencies.length * 0.99)] ?? 0).toFixed(2)),
    cpuUsPerUpsert: Math.round(cpu / latencies.length),
    groupSize: Number(((after.writes - before.writes) / (after.groups - before.groups)).toFixed(1)),
    fsyncLoopPerSecond: Math.round(bare),
    ratioToFsyncLoop: Number((rate / bare).toFixed(2)),
  };
}

async function main(): Promise<void> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-store-'));
  const child = fork(fileURLToPath(import.meta.url), ['serve', path.join(dir, 'data')], {
    execArgv: process.execArgv,
  });
  const { uri } = await next<{ uri: string }>(child);
  await mongoose.connect(uri, { dbName: 'bench', maxPoolSize: 64 });
  const collection = mongoose.connection.collection('answers');
  await collection.createIndex({ attempt: 1, item: 1 }, { unique: true });
  const levels: Level[] = [];
  for (const callers of [1, 8, 64]) levels.push(await level(collection, child, callers, dir));
  await mongoose.disconnect();
  child.send('close');
  await new Promise((resolve) => child.once('exit', resolve));
  fs.rmSync(dir, { recursive: true, force: true });
  console.log(
    JSON.stringify({
      cores: os.availableParallelism(),
      seconds: SECONDS,
      cpuOf: 'store process, all threads',
      levels,
    }),
  );
}

const [mode, dataDir] = process.argv.slice(2);
if (mode === 'serve' && dataDir) await serve(dataDir);
else await main();
