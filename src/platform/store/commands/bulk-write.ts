/** The bulkWrite command: inserts, updates and deletes over several collections. */
import { encode, isDoc, RawDoc, type Doc } from '../bson-codec.ts';
import type { Reply } from '../cursors.ts';
import { MongoError } from '../errors.ts';
import { encodeAll } from '../cursors.ts';
import {
  documentOf,
  letVariables,
  number,
  refuseCollation,
  sessionOf,
  type Command,
  type Context,
} from './context.ts';
import { insertRaw, type WriteOptions } from './modify.ts';
import { deleteStatement, updateStatement } from './write.ts';

interface Totals {
  nInserted: number;
  nMatched: number;
  nModified: number;
  nUpserted: number;
  nDeleted: number;
}

function namespaceAt(spaces: string[], index: unknown): string {
  const ns = spaces[Number(index)];
  if (ns === undefined) throw new MongoError(2, 'BulkWrite ops entry has an invalid nsInfo index.');
  return ns;
}

interface Run {
  spaces: string[];
  context: Context;
  options: WriteOptions;
  shared: Doc | undefined;
  totals: Totals;
}

function runUpdate(op: Doc, vars: Doc, { spaces, context, options, totals }: Run): Doc {
  const statement = {
    filter: documentOf(op['filter'], 'filter'),
    update: op['updateMods'],
    multi: op['multi'] === true,
    upsert: op['upsert'] === true,
    sort: op['sort'],
    hint: op['hint'],
    arrayFilters: op['arrayFilters'],
    vars,
  };
  const outcome = updateStatement(namespaceAt(spaces, op['update']), statement, context, options);
  totals.nMatched += outcome.matched;
  totals.nModified += outcome.modified;
  if (!outcome.upserted) return { n: outcome.matched, nModified: outcome.modified };
  totals.nUpserted++;
  return { n: 1, nModified: 0, upserted: { _id: outcome.upserted['_id'] } };
}

function runOne(op: Doc, run: Run): Doc {
  const { spaces, context, totals } = run;
  refuseCollation(op);
  const vars = { ...run.shared, ...(isDoc(op['constants']) ? op['constants'] : {}) };
  if ('insert' in op) {
    const collection = context.view.ensure(namespaceAt(spaces, op['insert']));
    const document = new RawDoc(encode(documentOf(op['document'], 'document')));
    insertRaw(context.view, collection, document, run.options);
    totals.nInserted++;
    return { n: 1 };
  }
  if ('update' in op) return runUpdate(op, vars, run);
  const statement = {
    filter: documentOf(op['filter'], 'filter'),
    limit: op['multi'] === true ? 0 : 1,
    hint: op['hint'],
    vars,
  };
  const n = deleteStatement(namespaceAt(spaces, op['delete']), statement, context);
  totals.nDeleted += n;
  return { n };
}

export const bulkWrite: Command = (command, context): Reply => {
  const { ops, nsInfo } = command;
  if (!Array.isArray(ops) || ops.length === 0)
    throw new MongoError(16, 'Write batch sizes must be between 1 and 100000.');
  const spaces = (nsInfo as Doc[]).map((info) => String(info['ns']));
  const options: WriteOptions = { now: context.now, bypass: command['bypassDocumentValidation'] === true };
  const totals: Totals = { nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 };
  const run: Run = { spaces, context, options, shared: letVariables(command), totals };
  const results: Doc[] = [];
  let nErrors = 0;
  for (const [idx, op] of (ops as Doc[]).entries()) {
    try {
      const result = runOne(op, run);
      if (command['errorsOnly'] !== true) results.push({ ok: 1, idx, ...result });
    } catch (error) {
      if (!(error instanceof MongoError) || error.code === 112 || error.code === 115) throw error;
      nErrors++;
      results.push({ ok: 0, idx, code: error.code, errmsg: error.message, n: 0, ...error.extra });
      if (command['ordered'] !== false || context.inTransaction) break;
    }
  }
  const cursor = isDoc(command['cursor']) ? number(command['cursor']['batchSize'], 'batchSize') : undefined;
  return context.cursors.open('admin.$cmd.bulkWrite', encodeAll(results), {
    ...(cursor === undefined ? {} : { batchSize: cursor }),
    session: sessionOf(command),
    now: context.now.getTime(),
    extra: { nErrors, ...totals },
  });
};
