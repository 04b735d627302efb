/** The only importer of mingo: its operators, with those replaced whose order or array semantics are not MongoDB's. */
import { Aggregator } from 'mingo/aggregator';
import { Context, evalExpr, ProcessingMode } from 'mingo/core';
import type { Iterator } from 'mingo/lazy';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as stages from 'mingo/operators/pipeline';
import * as projections from 'mingo/operators/projection';
import * as queries from 'mingo/operators/query';
import * as windows from 'mingo/operators/window';
import type { Options } from 'mingo/types';
import { clone, isDoc, setField, type Doc } from './bson-codec.ts';
import { compare, encodeKey } from './bson-order.ts';
import { MongoError, notBuilt } from './errors.ts';
import { compileMatch } from './match.ts';
import { reach, sortBy } from './paths.ts';
import { compileAddFields, compileProjection } from './project.ts';
import { parseSort } from './sort-spec.ts';

/** Documents of a collection by name, for $lookup, $unionWith and $graphLookup. */
export type Resolver = (collection: string) => Doc[];

interface LocalOptions extends Options {
  local?: { variables?: Doc };
}

const variablesOf = (options: LocalOptions): Doc => ({ ...options.variables, ...options.local?.variables });

type Evaluate = (doc: Doc, expression: unknown) => unknown;
const evaluatorOf =
  (options: Options): Evaluate =>
  (doc, expression) =>
    evalExpr(doc, expression, options);

function $match(source: Iterator, filter: Doc, options: LocalOptions): Iterator {
  const test = compileMatch(filter, variablesOf(options));
  return source.filter((doc: Doc) => test(doc));
}

function $sort(source: Iterator, spec: Doc): Iterator {
  const sort = parseSort(spec);
  return source.transform((docs: Doc[]) => lazyOf(sortBy(docs, sort, (doc) => doc)));
}

/** mingo takes any iterable where it says Iterator. */
const lazyOf = (docs: Doc[]): Iterator => docs[Symbol.iterator]() as unknown as Iterator;

function $group(source: Iterator, spec: Doc, options: Options): Iterator {
  if (!isDoc(spec) || !('_id' in spec))
    throw new MongoError(15955, 'a group specification must include an _id');
  return source.transform((docs: Doc[]) => {
    const groups = new Map<string, { id: unknown; docs: Doc[] }>();
    for (const doc of docs) {
      const id = evalExpr(doc, spec['_id'], options) ?? null;
      const key = encodeKey(id).toString('latin1');
      const group = groups.get(key);
      if (group) group.docs.push(doc);
      else groups.set(key, { id, docs: [doc] });
    }
    return lazyOf([...groups.values()].map((group) => groupRow(group.id, group.docs, spec, options)));
  });
}

function groupRow(id: unknown, docs: Doc[], spec: Doc, options: Options): Doc {
  const row: Doc = { _id: id };
  for (const name of Object.keys(spec)) {
    if (name !== '_id') setField(row, name, evalExpr(docs, spec[name], options));
  }
  return row;
}

function foreignIndex(docs: Doc[], path: string): Map<string, Doc[]> {
  const index = new Map<string, Doc[]>();
  const parts = path.split('.');
  for (const doc of docs) {
    const keys = new Set(
      reach(doc, parts).map((v) => encodeKey(typeof v === 'symbol' ? [] : v).toString('latin1')),
    );
    for (const key of keys) {
      const list = index.get(key);
      if (list) list.push(doc);
      else index.set(key, [doc]);
    }
  }
  return index;
}

function joined(index: Map<string, Doc[]>, doc: Doc, path: string): Doc[] {
  const found = new Set<Doc>();
  for (const value of reach(doc, path.split('.'))) {
    if (typeof value === 'symbol') continue;
    for (const match of index.get(encodeKey(value).toString('latin1')) ?? []) found.add(match);
  }
  return [...found];
}

function $lookup(source: Iterator, spec: Doc, options: LocalOptions): Iterator {
  const { from, localField, foreignField, as, pipeline } = spec;
  if (typeof as !== 'string') throw new MongoError(9, "must specify 'as' field for a $lookup");
  if (typeof from === 'string' && !options.collectionResolver)
    throw new MongoError(1, '$lookup has no collections');
  const foreign = typeof from === 'string' ? (options.collectionResolver as Resolver)(from) : [];
  const byField = typeof localField === 'string' && typeof foreignField === 'string';
  const index = byField ? foreignIndex(foreign, foreignField) : null;
  return source.map((doc: Doc) => {
    let rows = index && byField ? joined(index, doc, localField) : foreign;
    if (Array.isArray(pipeline) && (pipeline.length || !index)) {
      const letVars = (spec['let'] ? evalExpr(doc, spec['let'], options) : {}) as Doc;
      rows = aggregate(
        clone(rows),
        pipeline as Doc[],
        { ...variablesOf(options), ...letVars },
        options.collectionResolver,
      );
    }
    return compileAddFields({ [as]: rows }, () => rows)(doc);
  });
}

const project = (source: Iterator, spec: Doc, options: Options): Iterator => {
  const apply = compileProjection(spec, { evaluate: evaluatorOf(options), find: false });
  return source.map((doc: Doc) => apply(doc));
};

const addFields = (source: Iterator, spec: Doc, options: Options): Iterator =>
  source.map(compileAddFields(spec, evaluatorOf(options)));

function $unset(source: Iterator, spec: unknown, options: Options): Iterator {
  const names = (Array.isArray(spec) ? spec : [spec]) as string[];
  return project(source, Object.fromEntries(names.map((name) => [name, 0])), options);
}

type Comparison = (order: number) => boolean;
function comparing(name: string, test: Comparison) {
  return (doc: Doc, expression: unknown, options: Options): boolean =>
    test(order(name, doc, expression, options));
}

function order(name: string, doc: Doc, expression: unknown, options: Options): number {
  if (!Array.isArray(expression) || expression.length !== 2)
    throw new MongoError(16020, `Expression ${name} takes exactly 2 arguments.`);
  const [a, b] = evalExpr(doc, expression, options) as [unknown, unknown];
  if ((a === undefined) !== (b === undefined)) return a === undefined ? -1 : 1;
  return compare(a, b);
}

function $in(doc: Doc, expression: unknown, options: Options): boolean {
  const [needle, list] = evalExpr(doc, expression, options) as [unknown, unknown];
  if (!Array.isArray(list)) throw new MongoError(40081, '$in requires an array as a second argument');
  return list.some((item) => compare(item, needle) === 0);
}

const stageRefused = (name: string) => (): never => {
  throw notBuilt(`The aggregation stage ${name}`);
};

const own = {
  pipeline: {
    $match,
    $sort,
    $group,
    $lookup,
    $project: project,
    $addFields: addFields,
    $set: addFields,
    $unset,
    $geoNear: stageRefused('$geoNear'),
    $changeStream: stageRefused('$changeStream (change streams)'),
    $search: stageRefused('$search'),
    $vectorSearch: stageRefused('$vectorSearch'),
  },
  expression: {
    $eq: comparing('$eq', (c) => c === 0),
    $ne: comparing('$ne', (c) => c !== 0),
    $gt: comparing('$gt', (c) => c > 0),
    $gte: comparing('$gte', (c) => c >= 0),
    $lt: comparing('$lt', (c) => c < 0),
    $lte: comparing('$lte', (c) => c <= 0),
    $cmp: (doc: Doc, e: unknown, o: Options) => Math.sign(order('$cmp', doc, e, o)),
    $in,
  },
};

type Operators = NonNullable<Parameters<typeof Context.init>[0]>;

const CONTEXT = Context.from(
  Context.init(own as unknown as Operators),
  Context.init({
    accumulator: { ...accumulators },
    expression: { ...expressions },
    pipeline: { ...stages },
    projection: { ...projections },
    query: { ...queries },
    window: { ...windows },
  }),
);

/** Options for evaluating: no scripts, our operators. */
export function mingoOptions(variables?: Doc, resolver?: Resolver): Options {
  const options = {
    idKey: '_id',
    scriptEnabled: false,
    useStrictMode: true,
    failOnError: true,
    processingMode: ProcessingMode.CLONE_OFF,
    context: CONTEXT,
    variables: variables ?? {},
  };
  return resolver ? { ...options, collectionResolver: resolver } : options;
}

/** mingo's refusal as MongoDB's error. */
export function refused(error: Error): MongoError {
  const { message } = error;
  const stage = /unregistered pipeline operator (\S+?)\.?$/.exec(message);
  if (stage) return new MongoError(40324, `Unrecognized pipeline stage name: '${stage[1] ?? ''}'`);
  const variable = /undefined variable: (\S+)/.exec(message);
  if (variable) return new MongoError(17276, `Use of undefined variable: ${variable[1] ?? ''}`);
  const operator = /(?:accumulator|expression)? ?'?(\$\w+)'? is not registered/.exec(message);
  if (operator) return new MongoError(168, `Unrecognized expression '${operator[1] ?? ''}'`);
  return new MongoError(2, message);
}

/**
 * Runs aggregation stages over documents with plain numbers.
 * @throws MongoError for stages or operands that are refused
 */
export function aggregate(docs: Iterable<Doc>, pipeline: Doc[], variables?: Doc, resolver?: Resolver): Doc[] {
  try {
    return new Aggregator(pipeline, mingoOptions(variables, resolver)).run<Doc>(docs as Doc[]);
  } catch (error) {
    if (error instanceof MongoError) throw error;
    throw refused(error as Error);
  }
}
