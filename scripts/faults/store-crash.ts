/**
 * `npm run test:store-crash [rounds]`: kills a process that writes under load with SIGKILL at a random moment, opens its
 * data directory again and compares: every acknowledged revision is there, none is from nowhere, transactions are whole.
 * Prints one JSON line {rounds, acknowledged, lost, strange, torn}; exits with 1 on any loss.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import mongoose from 'mongoose';
import { connectStore } from '../../src/platform/store/index.ts';

/** resolved here, so that any working directory will do */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const WRITERS = 32;
const ITEMS = 20;
const PAIRS = 4;

export interface CrashOutcome {
  rounds: number;
  /** writes acknowledged over all rounds */
  acknowledged: number;
  /** acknowledged revisions that are gone */
  lost: number;
  /** documents nobody wrote, or with another content than was written */
  strange: number;
  /** transactions of which only a part is there */
  torn: number;
}

interface Answer {
  _id: string;
  revision: number;
  text: string;
}

const textOf = (id: string, revision: number): string =>
  `${id}#${String(revision)}#${'y'.repeat((revision * 37) % 900)}`;

/** Revisions as they are in the store. */
async function readAll(dataDir: string): Promise<Map<string, Answer>> {
  const store = await connectStore({ dataDir });
  const client = await new mongoose.mongo.MongoClient(store.uri).connect();
  const rows = await client.db('crash').collection<Answer>('answers').find().toArray();
  await client.close();
  await store.close();
  return new Map(rows.map((row) => [row._id, row]));
}

type Client = InstanceType<typeof mongoose.mongo.MongoClient>;

/** The child's writes: each tells what was acknowledged. */
class Writer {
  readonly #client: Client;
  readonly #known: Map<string, number>;
  constructor(client: Client, known: Map<string, number>) {
    this.#client = client;
    this.#known = known;
  }

  get #answers() {
    return this.#client.db('crash').collection<Answer>('answers');
  }

  #tell(id: string, revision: number): void {
    this.#known.set(id, revision);
    fs.writeSync(1, `${id} ${String(revision)}\n`);
  }

  async save(id: string): Promise<void> {
    const revision = (this.#known.get(id) ?? 0) + 1;
    const filter = { _id: id, ...(revision > 1 ? { revision: revision - 1 } : {}) };
    await this.#answers.updateOne(
      filter,
      { $set: { revision, text: textOf(id, revision) } },
      { upsert: true },
    );
    this.#tell(id, revision);
  }

  /** Two documents, in one transaction. */
  async saveBoth(a: string, b: string): Promise<void> {
    const revision = (this.#known.get(a) ?? 0) + 1;
    await this.#client.withSession((session) =>
      session.withTransaction(async () => {
        for (const id of [a, b]) {
          const change = { $set: { revision, text: textOf(id, revision) } };
          await this.#answers.updateOne({ _id: id }, change, { upsert: true, session });
        }
      }),
    );
    this.#tell(a, revision);
    this.#tell(b, revision);
  }
}

/** The child: many writers at once, for ever. */
async function child(dataDir: string): Promise<void> {
  const store = await connectStore({ dataDir });
  const client = await new mongoose.mongo.MongoClient(store.uri, { maxPoolSize: WRITERS + PAIRS }).connect();
  const answers = client.db('crash').collection<Answer>('answers');
  await answers.createIndex({ revision: 1 });
  const writer = new Writer(
    client,
    new Map((await answers.find().toArray()).map((row) => [row._id, row.revision])),
  );
  fs.writeSync(1, 'ready\n');
  const forever = async (step: (i: number) => Promise<void>): Promise<never> => {
    for (let i = 0; ; i++) await step(i);
  };
  await Promise.all([
    ...Array.from({ length: WRITERS }, (_, w) =>
      forever((i) => writer.save(`w${String(w)}:${String(i % ITEMS)}`)),
    ),
    ...Array.from({ length: PAIRS }, (_, p) =>
      forever(() => writer.saveBoth(`p${String(p)}:a`, `p${String(p)}:b`)),
    ),
  ]);
}

/** Starts a child, kills it at a random moment of its work, and notes what it was told. @returns acknowledgements */
function killedChild(dataDir: string, acknowledged: Map<string, number>, delayMs: number): Promise<number> {
  const writer = spawn(
    process.execPath,
    ['--import', TSX, fileURLToPath(import.meta.url), 'child', dataDir],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let n = 0;
  createInterface({ input: writer.stdout }).on('line', (line) => {
    if (line === 'ready') {
      setTimeout(() => writer.kill('SIGKILL'), delayMs);
      return;
    }
    const [id = '', revision = '0'] = line.split(' ');
    acknowledged.set(id, Number(revision));
    n++;
  });
  return new Promise((resolve) => {
    writer.once('close', () => {
      resolve(n);
    });
  });
}

function compare(
  stored: Map<string, Answer>,
  acknowledged: Map<string, number>,
  outcome: CrashOutcome,
): void {
  for (const [id, revision] of acknowledged) if ((stored.get(id)?.revision ?? 0) < revision) outcome.lost++;
  for (const [id, { revision, text }] of stored) {
    // one write a document may have been on disk without its acknowledgement having been read
    const unknown = revision > (acknowledged.get(id) ?? 0) + 1;
    if (unknown || text !== textOf(id, revision)) outcome.strange++;
    acknowledged.set(id, revision);
  }
  for (let p = 0; p < PAIRS; p++) {
    if (stored.get(`p${String(p)}:a`)?.revision !== stored.get(`p${String(p)}:b`)?.revision) outcome.torn++;
  }
}

/** Runs rounds of kill and compare over one data directory. */
export async function runRounds(
  rounds: number,
  log: (line: string) => void = () => undefined,
): Promise<CrashOutcome> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'store-crash-'));
  const dataDir = path.join(root, 'data');
  const acknowledged = new Map<string, number>();
  const outcome: CrashOutcome = { rounds: 0, acknowledged: 0, lost: 0, strange: 0, torn: 0 };
  while (outcome.rounds < rounds) {
    const n = await killedChild(dataDir, acknowledged, 150 + Math.random() * 1200);
    compare(await readAll(dataDir), acknowledged, outcome);
    outcome.rounds++;
    outcome.acknowledged += n;
    log(`round ${String(outcome.rounds)}: ${String(n)} acknowledged, ${String(outcome.lost)} lost so far`);
  }
  fs.rmSync(root, { recursive: true, force: true });
  return outcome;
}

const [first, second] = process.argv.slice(2);
if (first === 'child' && second) await child(second);
else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outcome = await runRounds(Number(first ?? 30), (line) => {
    console.error(line);
  });
  console.log(JSON.stringify(outcome));
  process.exit(outcome.lost + outcome.strange + outcome.torn > 0 || outcome.acknowledged === 0 ? 1 : 0);
}
