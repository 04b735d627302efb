/** Commands about the server itself, and cursors. */
import type { Doc } from '../bson-codec.ts';
import { MongoError, notBuilt } from '../errors.ts';
import { prepare } from '../select.ts';
import type { Plan } from '../planner.ts';
import { databaseName, documentOf, number, type Command, type Context } from './context.ts';

const VERSION = [8, 0, 0, 0];
const OK: Command = () => ({ ok: 1 });

const buildInfo: Command = () => ({
  version: VERSION.slice(0, 3).join('.'),
  versionArray: VERSION,
  modules: [],
  storageEngines: ['sqlite'],
  bits: 64,
  debug: false,
  maxBsonObjectSize: 16777216,
  ok: 1,
});

const getMore: Command = (command, context) =>
  context.cursors.more(
    BigInt(String(command['getMore'])),
    number(command['batchSize'], 'batchSize') ?? 0,
    context.now.getTime(),
  );

const killCursors: Command = (command, context) => {
  const ids = (command['cursors'] as unknown[]).map((id) => BigInt(String(id)));
  const killed = ids.filter((id) => context.cursors.kill(id));
  return {
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
    ok: 1,
  };
};

function winningPlan(plan: Plan): Doc {
  switch (plan.kind) {
    case 'scan':
      return { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' };
    case 'union':
      return { stage: 'SUBPLAN', inputStages: plan.plans.map(winningPlan) };
    case 'index':
      if (!plan.index)
        return plan.point
          ? { stage: 'IDHACK' }
          : { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: '_id_', keyPattern: { _id: 1 } } };
      return {
        stage: 'FETCH',
        inputStage: {
          stage: 'IXSCAN',
          indexName: plan.index.name,
          keyPattern: plan.index.spec['key'],
          isMultiKey: plan.index.multikey,
          direction: plan.reverse ? 'backward' : 'forward',
          ranges: plan.ranges.length,
        },
      };
  }
}

const FILTERS: Record<string, string> = {
  find: 'filter',
  count: 'query',
  distinct: 'query',
  findAndModify: 'query',
};

function queryPart(inner: Doc, name: string): Doc {
  if (name === 'aggregate') {
    const first = Array.isArray(inner['pipeline']) ? (inner['pipeline'] as Doc[])[0] : undefined;
    return documentOf(first?.['$match'], '$match');
  }
  const statements = (inner['updates'] ?? inner['deletes']) as Doc[] | undefined;
  return documentOf(statements ? statements[0]?.['q'] : inner[FILTERS[name] ?? 'filter'], 'filter');
}

/** explain: the plan that would be used (verbosity queryPlanner). */
const explain: Command = (command, context) => {
  const inner = documentOf(command['explain'], 'explain');
  const [name = ''] = Object.keys(inner);
  return explainOf(name, inner, `${databaseName(command)}.${String(inner[name])}`, context);
};

export function explainOf(name: string, inner: Doc, ns: string, context: Context): Doc {
  const collection = context.view.catalog.get(ns);
  const filter = queryPart(inner, name);
  const prepared = collection
    ? prepare(collection, { filter, sort: inner['sort'], hint: inner['hint'] })
    : null;
  const found = prepared ? winningPlan(prepared.plan) : { stage: 'EOF' };
  const sorted =
    prepared && prepared.sort.length > 0 && !prepared.plan.sorted
      ? { stage: 'SORT', sortPattern: inner['sort'], inputStage: found }
      : found;
  return {
    explainVersion: '1',
    queryPlanner: { namespace: ns, parsedQuery: filter, winningPlan: sorted, rejectedPlans: [] },
    ok: 1,
  };
}

const collStats: Command = (command, context) => {
  const ns = `${databaseName(command)}.${String(command['collStats'])}`;
  const collection = context.view.catalog.get(ns);
  return {
    ns,
    count: collection ? context.view.count(collection) : 0,
    nindexes: (collection?.indexes.length ?? -1) + 1,
    ok: 1,
  };
};

const dbStats: Command = (command, context) => {
  const db = databaseName(command);
  const collections = [...context.view.catalog.values()].filter((c) => c.ns.startsWith(`${db}.`));
  return {
    db,
    collections: collections.length,
    objects: collections.reduce((n, c) => n + context.view.count(c), 0),
    ok: 1,
  };
};

const unbuilt =
  (what: string): Command =>
  () => {
    throw notBuilt(what);
  };

/** Commands that neither read nor write documents. */
export const SERVER_COMMANDS: Readonly<Record<string, Command>> = {
  ping: OK,
  buildInfo,
  buildinfo: buildInfo,
  getMore,
  killCursors,
  explain,
  collStats,
  dbStats,
  connectionStatus: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 }),
  getParameter: () => ({ featureCompatibilityVersion: { version: '8.0' }, ok: 1 }),
  hostInfo: () => ({ system: { hostname: 'embedded' }, ok: 1 }),
  getCmdLineOpts: () => ({ argv: ['embedded'], parsed: {}, ok: 1 }),
  replSetGetStatus: () => ({
    set: 'embedded',
    myState: 1,
    members: [{ _id: 0, stateStr: 'PRIMARY', health: 1, self: true }],
    ok: 1,
  }),
  whatsmyuri: () => ({ you: 'embedded', ok: 1 }),
  logout: OK,
  fsync: OK,
  validate: (command) => ({ ns: String(command['validate']), valid: true, ok: 1 }),
  mapReduce: unbuilt('mapReduce'),
  createUser: unbuilt('User management'),
  createSearchIndexes: unbuilt('Search indexes'),
  listSearchIndexes: unbuilt('Search indexes'),
  watch: unbuilt('Change streams'),
};

/** @throws MongoError CommandNotFound */
export function unknownCommand(name: string): never {
  throw new MongoError(59, `no such command: '${name}'`);
}
