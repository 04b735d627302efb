/** Runs suites of the unified format against a store. */
import { EJSON } from 'bson';
import mongoose from 'mongoose';
import { Entities, parse, type Client } from './entities.ts';
import { checkError, checkEvents } from './expectations.ts';
import { matchValue } from './matching.ts';
import { execute } from './operations.ts';
import {
  DriverDifference,
  Mismatch,
  Unsupported,
  type CollectionData,
  type Json,
  type Operation,
  type Requirement,
  type Suite,
  type Test,
} from './types.ts';

const { MongoClient } = mongoose.mongo;
const TEST_MS = 20_000;

export interface Outcome {
  pass: number;
  fail: number;
  skip: number;
  failures: string[];
  /** why tests were skipped, and how many */
  skipped: Record<string, number>;
  /** tests that pass but for the contents of a command the driver sent */
  driverDifferences: string[];
}

const parts = (version: string): number[] => version.split('.').map(Number);

function compareVersions(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)];
  for (let i = 0; i < 3; i++) if ((x[i] ?? 0) !== (y[i] ?? 0)) return (x[i] ?? 0) - (y[i] ?? 0);
  return 0;
}

const meets = (r: Requirement, version: string): boolean =>
  (!r.minServerVersion || compareVersions(version, r.minServerVersion) >= 0) &&
  (!r.maxServerVersion || compareVersions(version, r.maxServerVersion) <= 0) &&
  (!r.topologies || r.topologies.includes('replicaset')) &&
  r.serverless !== 'require' &&
  !r.auth &&
  !r.csfle;

const applies = (requirements: Requirement[] | undefined, version: string): boolean =>
  !requirements || requirements.some((r) => meets(r, version));

/** Does an operation and checks its result. @throws Mismatch, Unsupported, or an error that was not expected */
export async function runOperation(operation: Operation, entities: Entities): Promise<void> {
  let result: unknown;
  try {
    result = await execute(operation, entities);
  } catch (error) {
    if (error instanceof Unsupported || error instanceof Mismatch || operation.ignoreResultAndError) {
      if (operation.ignoreResultAndError && !(error instanceof Unsupported)) return;
      throw error;
    }
    if (!operation.expectError) throw error;
    checkError(error, operation.expectError, entities);
    return;
  }
  if (operation.expectError)
    throw new Mismatch(
      `${operation.name}: expected an error, got ${(EJSON.stringify(result) ?? '').slice(0, 200)}`,
    );
  if (operation.expectResult !== undefined)
    matchValue(parse(operation.expectResult), plain(result), entities, operation.name);
  if (operation.saveResultAsEntity) entities.set(operation.saveResultAsEntity, result);
}

/** Fields of a driver's result object, getters included. */
function plain(result: unknown): unknown {
  if (result === null || typeof result !== 'object' || Array.isArray(result)) return result;
  const names = [
    'insertedCount',
    'matchedCount',
    'modifiedCount',
    'deletedCount',
    'upsertedCount',
    'insertedIds',
    'upsertedIds',
  ];
  const out: Json = { ...result };
  for (const name of names) {
    const value = (result as Json)[name];
    if (value !== undefined) out[name] = value;
  }
  return out;
}

async function load(client: Client, data: CollectionData): Promise<void> {
  const db = client.db(data.databaseName);
  await db.dropCollection(data.collectionName).catch(() => undefined);
  await db.createCollection(data.collectionName, parse(data.createOptions ?? {}) as Json);
  if (data.documents.length)
    await db.collection(data.collectionName).insertMany(parse(data.documents) as Json[]);
}

async function checkOutcome(client: Client, data: CollectionData): Promise<void> {
  const actual = await client
    .db(data.databaseName)
    .collection(data.collectionName)
    .find({}, { sort: { _id: 1 } })
    .toArray();
  const [x, y] = [EJSON.stringify(parse(data.documents)), EJSON.stringify(actual)];
  if (x !== y) throw new Mismatch(`final data ${y.slice(0, 300)}, expected ${x.slice(0, 300)}`);
}

/** Runs one test. @returns how the driver's commands differ from the specification, if they do */
async function runTest(suite: Suite, test: Test, internal: Client, uri: string): Promise<string | null> {
  await internal.db('admin').command({ killAllSessions: [] });
  for (const data of suite.initialData ?? []) await load(internal, data);
  const entities = new Entities(uri);
  entities.set('__internal', internal);
  try {
    for (const spec of suite.createEntities ?? []) await entities.create(spec);
    entities.clearEvents();
    for (const operation of test.operations) await runOperation(operation, entities);
    entities.freeze();
    for (const data of test.outcome ?? []) await checkOutcome(internal, data);
    for (const expected of test.expectEvents ?? []) checkEvents(expected, entities);
    return null;
  } catch (error) {
    if (error instanceof DriverDifference) return error.message;
    throw error;
  } finally {
    entities.freeze();
    await internal.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
    await entities.close();
  }
}

function timeLimit(): { expired: Promise<never>; clear: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Mismatch(`no end after ${String(TEST_MS)} ms`));
    }, TEST_MS);
  });
  return {
    expired,
    clear: () => {
      clearTimeout(timer);
    },
  };
}

export class Runner {
  readonly outcome: Outcome = { pass: 0, fail: 0, skip: 0, failures: [], skipped: {}, driverDifferences: [] };
  readonly #uri: string;
  readonly #internal: Client;
  #version = '0.0.0';

  constructor(uri: string) {
    this.#uri = uri;
    this.#internal = new MongoClient(uri);
  }

  async start(): Promise<void> {
    await this.#internal.connect();
    this.#version = String((await this.#internal.db('admin').command({ buildInfo: 1 }))['version']);
  }

  #skip(why: string, n = 1): void {
    this.outcome.skip += n;
    this.outcome.skipped[why] = (this.outcome.skipped[why] ?? 0) + n;
  }

  /** Runs all tests of one file. */
  async run(file: string, suite: Suite): Promise<void> {
    if (!applies(suite.runOnRequirements, this.#version)) {
      this.#skip('other server version or topology', suite.tests.length);
      return;
    }
    for (const test of suite.tests) {
      if (test.skipReason) this.#skip('skipReason');
      else if (!applies(test.runOnRequirements, this.#version))
        this.#skip('other server version or topology');
      else await this.#one(file, suite, test);
    }
  }

  async #one(file: string, suite: Suite, test: Test): Promise<void> {
    const limit = timeLimit();
    try {
      const difference = await Promise.race([runTest(suite, test, this.#internal, this.#uri), limit.expired]);
      if (difference !== null)
        this.outcome.driverDifferences.push(`${file}: ${test.description}: ${difference}`);
      this.outcome.pass++;
    } catch (error) {
      if (error instanceof Unsupported) this.#skip(`runner: ${error.message}`);
      else {
        this.outcome.fail++;
        this.outcome.failures.push(`${file}: ${test.description}: ${(error as Error).message}`.slice(0, 500));
      }
    } finally {
      limit.clear();
    }
  }

  async close(): Promise<void> {
    await this.#internal.close();
  }
}
