/** aggregate: leading $match, $sort, $skip and $limit by the query engine, the rest by mingo; $out and $merge. */
import { decodePromoted, encode, isDoc, promote, type Doc } from '../bson-codec.ts';
import type { Reply } from '../cursors.ts';
import { MongoError, notBuilt } from '../errors.ts';
import { aggregate as runStages, type Resolver } from '../mingo.ts';
import { countAll, select, type Meter, type Query } from '../select.ts';
import type { Row } from '../view.ts';
import {
  databaseName,
  letVariables,
  meterOf,
  number,
  refuseCollation,
  sessionOf,
  type Command,
  type Context,
} from './context.ts';
import { checkSink, sinkOf, writeSink } from './sink.ts';

const stageName = (stage: unknown): string => (isDoc(stage) ? (Object.keys(stage)[0] ?? '') : '');

/** The stages at the head of a pipeline that are a query. */
function leadingQuery(pipeline: Doc[]): { query: Query; rest: Doc[] } {
  const query: Query = {};
  let at = 0;
  const next = (name: string): unknown =>
    stageName(pipeline[at]) === name ? pipeline[at++]?.[name] : undefined;
  const filter = next('$match');
  if (isDoc(filter)) query.filter = filter;
  const sort = next('$sort');
  if (isDoc(sort) && Object.keys(sort).length) query.sort = sort;
  const skip = next('$skip');
  if (skip !== undefined) query.skip = Number(skip);
  const limit = next('$limit');
  if (limit !== undefined) {
    if (!(Number(limit) > 0)) throw new MongoError(15958, 'the limit must be positive');
    query.limit = Number(limit);
  }
  return { query, rest: pipeline.slice(at) };
}

function rowsFor(context: Context, ns: string, query: Query, meter: Meter): Row[] {
  const collection = context.view.catalog.get(ns);
  return collection ? select(context.view, collection, query, meter) : [];
}

const UNBUILT = new Set([
  '$changeStream',
  '$geoNear',
  '$search',
  '$searchMeta',
  '$vectorSearch',
  '$listSearchIndexes',
  '$changeStreamSplitLargeEvent',
]);

const unbuiltName = (stage: string): string =>
  `The aggregation stage ${stage}${stage.startsWith('$changeStream') ? ' (change streams)' : ''}`;

function checkPipeline(pipeline: unknown): Doc[] {
  if (!Array.isArray(pipeline)) throw new MongoError(14, "'pipeline' option must be specified as an array");
  for (const stage of pipeline as unknown[]) {
    if (!isDoc(stage)) throw new MongoError(14, 'Each element of the pipeline array must be an object');
    if (Object.keys(stage).length !== 1)
      throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
    if (UNBUILT.has(stageName(stage))) throw notBuilt(unbuiltName(stageName(stage)));
  }
  return pipeline as Doc[];
}

/** Stages that make their own documents, for pipelines without a collection or of statistics. */
function sourceDocs(context: Context, ns: string, stage: Doc | undefined): Doc[] | null {
  const collection = context.view.catalog.get(ns);
  switch (stageName(stage)) {
    case '$collStats':
      return [
        {
          ns,
          count: collection ? context.view.count(collection) : 0,
          storageStats: { count: collection ? context.view.count(collection) : 0 },
        },
      ];
    case '$indexStats':
      return (collection?.indexes ?? []).map((index) => ({
        name: index.name,
        key: index.spec['key'],
        spec: index.spec,
      }));
    case '$listLocalSessions':
      return context.sessions();
    default:
      return null;
  }
}

interface CountStage {
  id: unknown;
  name: string;
}

/** `{$group: {_id: constant, n: {$sum: 1}}}` alone, as the driver's countDocuments sends it. */
function countStage(rest: Doc[]): CountStage | null {
  const group = rest.length === 1 ? rest[0]?.['$group'] : undefined;
  if (!isDoc(group)) return null;
  const [name, ...more] = Object.keys(group).filter((key) => key !== '_id');
  const id = group['_id'];
  const sum = name === undefined ? undefined : group[name];
  const isCount = isDoc(sum) && Object.keys(sum).join() === '$sum' && sum['$sum'] === 1;
  const constant = id === null || typeof id === 'number';
  return name !== undefined && more.length === 0 && isCount && constant ? { id, name } : null;
}

function countPipeline(
  context: Context,
  ns: string,
  query: Query,
  meter: Meter,
  stage: CountStage,
): Buffer[] {
  const collection = context.view.catalog.get(ns);
  if (!collection) return [];
  const whole = Object.keys(query.filter ?? {}).length === 0 && !query.skip && !query.limit;
  const n = whole
    ? countAll(context.view, collection, context.budget)
    : select(context.view, collection, { ...query, sort: undefined }, meter).length;
  return n === 0 ? [] : [encode({ _id: stage.id, [stage.name]: n })];
}

/** Runs a pipeline on a namespace; documents as bytes. */
function runPipeline(
  context: Context,
  ns: string,
  stages: Doc[],
  vars: Doc | undefined,
  meter: Meter,
): Buffer[] {
  const db = ns.slice(0, ns.indexOf('.'));
  const made = sourceDocs(context, ns, stages[0]);
  const { query, rest } = made ? { query: {}, rest: stages.slice(1) } : leadingQuery(stages);
  if (vars) query.vars = vars;
  const counted = made ? null : countStage(rest);
  if (counted) return countPipeline(context, ns, query, meter, counted);
  const rows = made ? [] : rowsFor(context, ns, query, meter);
  if (!made && rest.length === 0) return rows.map((row) => row.raw);
  const resolve: Resolver = (name) =>
    rowsFor(context, `${db}.${name}`, {}, meter).map((row) => decodePromoted(row.raw));
  const docs = made ?? rows.map((row) => decodePromoted(row.raw));
  return runStages(docs, promote(rest) as Doc[], vars, resolve).map(encode);
}

function refuseLinearizable(command: Doc): void {
  const concern = command['readConcern'];
  if (isDoc(concern) && concern['level'] === 'linearizable') {
    throw new MongoError(72, "$out and $merge cannot be used with a 'linearizable' read concern level");
  }
}

export const aggregate: Command = (command, context): Reply => {
  refuseCollation(command);
  const db = databaseName(command);
  const target = command['aggregate'];
  const ns = `${db}.${typeof target === 'string' ? target : '$cmd.aggregate'}`;
  const pipeline = checkPipeline(command['pipeline']);
  const sink = sinkOf(pipeline, db);
  if (command['cursor'] === undefined && command['explain'] !== true) {
    throw new MongoError(
      9,
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  const stages = sink ? pipeline.slice(0, -1) : pipeline;
  const vars = letVariables(command);
  if (sink) {
    checkSink(sink, context);
    refuseLinearizable(command);
  }
  const docs = runPipeline(context, ns, stages, vars, meterOf(command, context));
  if (sink) {
    writeSink(sink, docs, context, command['bypassDocumentValidation'] === true);
    return context.cursors.open(ns, [], { now: context.now.getTime() });
  }
  const cursor = command['cursor'];
  const batchSize = isDoc(cursor) ? number(cursor['batchSize'], 'batchSize') : undefined;
  return context.cursors.open(ns, docs, {
    ...(batchSize === undefined ? {} : { batchSize }),
    session: sessionOf(command),
    now: context.now.getTime(),
  });
};

/** True if the command writes: its pipeline ends in $out or $merge. */
export function writesByPipeline(command: Doc): boolean {
  const pipeline = command['pipeline'];
  const last = Array.isArray(pipeline) ? stageName(pipeline.at(-1)) : '';
  return last === '$out' || last === '$merge';
}
