/** Operations of the unified format, done with the official driver. */
import type { Client, Collection, Db, Entities, Session } from './entities.ts';
import { parse } from './entities.ts';
import { Mismatch, Unsupported, type Json, type Operation } from './types.ts';

type Arguments = Json & { session?: Session };
type Run = (target: unknown, args: Arguments, entities: Entities, operation: Operation) => unknown;

/** Arguments without the named ones: the options of the driver's method. */
function optionsOf(args: Arguments, ...names: string[]): Json {
  const rest: Json = { ...args };
  for (const name of names) Reflect.deleteProperty(rest, name);
  if (typeof rest['returnDocument'] === 'string')
    rest['returnDocument'] = rest['returnDocument'].toLowerCase();
  return rest;
}

const collection = (target: unknown): Collection => target as Collection;
const filterOf = (args: Arguments): Json => args['filter'] as Json;

function clientModels(models: Json[]): Json[] {
  return models.map((model) => {
    const [name = ''] = Object.keys(model);
    return { name, ...(model[name] as Json) };
  });
}

/** Results by index; `didUpsert` is the driver's own addition. */
function mapToObject(map: unknown): unknown {
  if (!(map instanceof Map)) return map;
  return Object.fromEntries([...map].map(([k, v]) => [String(k), { ...(v as Json), didUpsert: undefined }]));
}

/** A result of the client's bulkWrite as the specifications write it. */
export function clientBulkResult(result: unknown): Json {
  const r = result as Json;
  const out: Json = {};
  for (const key of [
    'acknowledged',
    'insertedCount',
    'upsertedCount',
    'matchedCount',
    'modifiedCount',
    'deletedCount',
  ])
    out[key] = r[key];
  for (const key of ['insertResults', 'updateResults', 'deleteResults']) out[key] = mapToObject(r[key]);
  return out;
}

async function withTransaction(session: unknown, args: Arguments, entities: Entities): Promise<void> {
  const { runOperation } = await import('./runner.ts');
  await (session as Session).withTransaction(
    async () => {
      for (const step of args['callback'] as Operation[]) await runOperation(step, entities);
    },
    optionsOf(args, 'callback'),
  );
}

async function collectionExists(entities: Entities, args: Arguments): Promise<boolean> {
  const db = entities.client('__internal').db(String(args['databaseName']));
  return (await db.listCollections({ name: String(args['collectionName']) }).toArray()).length > 0;
}

async function indexExists(entities: Entities, args: Arguments): Promise<boolean> {
  const db = entities.client('__internal').db(String(args['databaseName']));
  const indexes = await db
    .collection(String(args['collectionName']))
    .listIndexes()
    .toArray()
    .catch(() => []);
  return indexes.some((index) => index['name'] === args['indexName']);
}

function assertThat(ok: boolean, message: string): void {
  if (!ok) throw new Mismatch(message);
}

const OPERATIONS: Record<string, Run> = {
  insertOne: (t, a) => collection(t).insertOne(a['document'] as Json, optionsOf(a, 'document')),
  insertMany: (t, a) => collection(t).insertMany(a['documents'] as Json[], optionsOf(a, 'documents')),
  updateOne: (t, a) =>
    collection(t).updateOne(filterOf(a), a['update'] as Json, optionsOf(a, 'filter', 'update')),
  updateMany: (t, a) =>
    collection(t).updateMany(filterOf(a), a['update'] as Json, optionsOf(a, 'filter', 'update')),
  replaceOne: (t, a) =>
    collection(t).replaceOne(filterOf(a), a['replacement'] as Json, optionsOf(a, 'filter', 'replacement')),
  deleteOne: (t, a) => collection(t).deleteOne(filterOf(a), optionsOf(a, 'filter')),
  deleteMany: (t, a) => collection(t).deleteMany(filterOf(a), optionsOf(a, 'filter')),
  find: (t, a) => collection(t).find(filterOf(a), optionsOf(a, 'filter')).toArray(),
  findOne: (t, a) => collection(t).findOne(filterOf(a), optionsOf(a, 'filter')),
  aggregate: (t, a) =>
    (t as Collection).aggregate(a['pipeline'] as Json[], optionsOf(a, 'pipeline')).toArray(),
  countDocuments: (t, a) => collection(t).countDocuments(filterOf(a), optionsOf(a, 'filter')),
  count: (t, a) => collection(t).count(filterOf(a), optionsOf(a, 'filter')),
  estimatedDocumentCount: (t, a) => collection(t).estimatedDocumentCount(optionsOf(a)),
  distinct: (t, a) =>
    collection(t).distinct(String(a['fieldName']), filterOf(a), optionsOf(a, 'fieldName', 'filter')),
  findOneAndUpdate: (t, a) =>
    collection(t).findOneAndUpdate(filterOf(a), a['update'] as Json, optionsOf(a, 'filter', 'update')),
  findOneAndReplace: (t, a) =>
    collection(t).findOneAndReplace(
      filterOf(a),
      a['replacement'] as Json,
      optionsOf(a, 'filter', 'replacement'),
    ),
  findOneAndDelete: (t, a) => collection(t).findOneAndDelete(filterOf(a), optionsOf(a, 'filter')),
  bulkWrite: (t, a) =>
    collection(t).bulkWrite(
      a['requests'] as Parameters<Collection['bulkWrite']>[0],
      optionsOf(a, 'requests'),
    ),
  clientBulkWrite: async (t, a) =>
    clientBulkResult(
      await (t as Client).bulkWrite(
        clientModels(a['models'] as Json[]) as unknown as Parameters<Client['bulkWrite']>[0],
        optionsOf(a, 'models'),
      ),
    ),
  createIndex: (t, a) => collection(t).createIndex(a['keys'] as Record<string, 1>, optionsOf(a, 'keys')),
  createCollection: (t, a) => (t as Db).createCollection(String(a['collection']), optionsOf(a, 'collection')),
  dropCollection: (t, a) => (t as Db).dropCollection(String(a['collection']), optionsOf(a, 'collection')),
  modifyCollection: (t, a) => {
    const { collection: name, ...options } = a;
    return (t as Db).command({ collMod: name, ...options });
  },
  runCommand: (t, a) => (t as Db).command(a['command'] as Json, optionsOf(a, 'command', 'commandName')),
  startTransaction: (t, a) => {
    (t as Session).startTransaction(optionsOf(a));
  },
  commitTransaction: (t, a) => (t as Session).commitTransaction(optionsOf(a)),
  abortTransaction: (t, a) => (t as Session).abortTransaction(optionsOf(a)),
  endSession: (t) => (t as Session).endSession(),
  withTransaction,
  createEntities: async (_t, a, entities) => {
    for (const spec of a['entities'] as Json[]) await entities.create(spec);
  },
  failPoint: (_t, a, entities) =>
    entities
      .client(String(a['client']))
      .db('admin')
      .command(a['failPoint'] as Json),
  assertSessionTransactionState: (_t, a) => {
    const { state } = (a.session as unknown as { transaction: { state: string } }).transaction;
    const names: Record<string, string> = {
      none: 'NO_TRANSACTION',
      starting: 'STARTING_TRANSACTION',
      in_progress: 'TRANSACTION_IN_PROGRESS',
      committed: 'TRANSACTION_COMMITTED',
      aborted: 'TRANSACTION_ABORTED',
    };
    assertThat(state === names[String(a['state'])], `transaction state is ${state}`);
  },
  assertCollectionExists: async (_t, a, e) => {
    assertThat(await collectionExists(e, a), 'collection does not exist');
  },
  assertCollectionNotExists: async (_t, a, e) => {
    assertThat(!(await collectionExists(e, a)), 'collection exists');
  },
  assertIndexExists: async (_t, a, e) => {
    assertThat(await indexExists(e, a), 'index does not exist');
  },
  assertIndexNotExists: async (_t, a, e) => {
    assertThat(!(await indexExists(e, a)), 'index exists');
  },
};

/** Does one operation; its result, or what the driver throws. @throws Unsupported */
export async function execute(operation: Operation, entities: Entities): Promise<unknown> {
  const run = OPERATIONS[operation.name];
  if (!run) throw new Unsupported(`operation ${operation.name}`);
  const raw = operation.arguments ?? {};
  const args = (
    ['withTransaction', 'createEntities'].includes(operation.name) ? { ...raw } : parse(raw)
  ) as Arguments;
  if (typeof args['session'] === 'string') args.session = entities.session(args['session']);
  const target = operation.object === 'testRunner' ? null : entities.get(operation.object);
  return await run(target, args, entities, operation);
}
