/** find, count, distinct. */
import { encode, type Doc } from '../bson-codec.ts';
import { compare, encodeKey } from '../bson-order.ts';
import type { Reply } from '../cursors.ts';
import { MongoError, notBuilt } from '../errors.ts';
import { evaluateExpression } from '../expression.ts';
import { compileMatch, type MatchDetails } from '../match.ts';
import { reach } from '../paths.ts';
import { compileProjection } from '../project.ts';
import { rawProjection } from '../raw-project.ts';
import { countAll, prepare, select, type Query } from '../select.ts';
import type { Row } from '../view.ts';
import {
  documentOf,
  letVariables,
  meterOf,
  namespaceOf,
  number,
  refuseCollation,
  sessionOf,
  type Command,
} from './context.ts';

function queryOf(command: Doc, filterName: string): Query {
  const skip = number(command['skip'], 'skip') ?? 0;
  if (skip < 0)
    throw new MongoError(51024, `BSON field 'skip' value must be >= 0, actual value '${String(skip)}'`);
  const vars = letVariables(command);
  return {
    filter: documentOf(command[filterName], filterName),
    sort: command['sort'],
    skip,
    limit: Math.abs(number(command['limit'], 'limit') ?? 0),
    hint: command['hint'],
    ...(vars ? { vars } : {}),
  };
}

const POSITIONAL = /\.\$$/;

/** Result rows as bytes: as stored when nothing is projected. */
function projectRows(
  rows: Row[],
  projection: Doc,
  query: Query,
  details: (row: Row) => MatchDetails | undefined,
): Buffer[] {
  if (Object.keys(projection).length === 0) return rows.map((row) => row.raw);
  const cut = rawProjection(projection);
  if (cut) return rows.map((row) => cut(row.raw));
  const apply = compileProjection(projection, {
    find: true,
    evaluate: (doc, e) => evaluateExpression(doc, e, query.vars),
  });
  return rows.map((row) => encode(apply(row.doc, details(row))));
}

export const find: Command = (command, context): Reply => {
  refuseCollation(command);
  if (command['tailable'] === true) throw notBuilt('Tailable cursors');
  const ns = namespaceOf(command);
  const query = queryOf(command, 'filter');
  const projection = documentOf(command['projection'], 'projection');
  const collection = context.view.catalog.get(ns);
  const rows = collection
    ? select(context.view, collection, query, meterOf(command, context))
    : (compileMatch(query.filter), []);
  const positional = Object.keys(projection).some((key) => POSITIONAL.test(key));
  const test = positional && collection ? prepare(collection, query).test : null;
  const details = (row: Row): MatchDetails | undefined => {
    const found: MatchDetails = new Map();
    test?.(row.doc, found);
    return test ? found : undefined;
  };
  const batchSize = number(command['batchSize'], 'batchSize');
  return context.cursors.open(ns, projectRows(rows, projection, query, details), {
    ...(batchSize === undefined ? {} : { batchSize }),
    single: command['singleBatch'] === true || Number(command['limit']) < 0,
    session: sessionOf(command),
    keep: command['noCursorTimeout'] === true,
    now: context.now.getTime(),
  });
};

export const count: Command = (command, context) => {
  refuseCollation(command);
  const collection = context.view.catalog.get(namespaceOf(command));
  const query = queryOf(command, 'query');
  const { filter, skip = 0, limit = 0 } = query;
  let n = 0;
  if (collection) {
    const whole = Object.keys(filter ?? {}).length === 0 && query.hint === undefined;
    n = whole
      ? countAll(context.view, collection, context.budget)
      : select(context.view, collection, { ...query, skip: 0, limit: 0 }, meterOf(command, context)).length;
  }
  const rest = Math.max(0, n - skip);
  return { n: limit ? Math.min(rest, limit) : rest, ok: 1 };
};

export const distinct: Command = (command, context) => {
  refuseCollation(command);
  const key = command['key'];
  if (typeof key !== 'string') throw new MongoError(14, "field 'key' must be a string");
  const collection = context.view.catalog.get(namespaceOf(command));
  const values = new Map<string, unknown>();
  const parts = key.split('.');
  const rows = collection
    ? select(context.view, collection, queryOf(command, 'query'), meterOf(command, context))
    : [];
  for (const row of rows) {
    for (const value of reach(row.doc, parts)) {
      if (value !== undefined && typeof value !== 'symbol')
        values.set(encodeKey(value).toString('latin1'), value);
    }
  }
  return { values: [...values.values()].sort(compare), ok: 1 };
};
