/** insert, update, delete. */
import { isDoc, RawDoc, type Doc } from '../bson-codec.ts';
import { encode } from '../bson-codec.ts';
import { MongoError } from '../errors.ts';
import { select } from '../select.ts';
import { compileUpdate } from '../update.ts';
import {
  documentOf,
  letVariables,
  namespaceOf,
  number,
  refuseCollation,
  type Command,
  type Context,
} from './context.ts';
import { applyTo, insertRaw, upsert, type WriteOptions } from './modify.ts';

const writeOptions = (command: Doc, context: Context): WriteOptions => ({
  now: context.now,
  bypass: command['bypassDocumentValidation'] === true,
});

function list(command: Doc, name: string): unknown[] {
  const value = command[name];
  if (!Array.isArray(value))
    throw new MongoError(40414, `BSON field '${name}' is missing but a required field`);
  if (value.length === 0 || value.length > 100_000) {
    throw new MongoError(
      16,
      `Write batch sizes must be between 1 and 100000. Got ${String(value.length)} operations.`,
    );
  }
  return value as unknown[];
}

/** Fields of a write error of one statement. */
function writeError(index: number, error: MongoError): Doc {
  return { index, code: error.code, ...error.extra, errmsg: error.message };
}

/** Runs the statements of a batch; in a transaction the first error fails the command. */
function eachStatement(
  command: Doc,
  context: Context,
  statements: unknown[],
  run: (statement: unknown, index: number) => void,
): Doc {
  const errors: Doc[] = [];
  for (let i = 0; i < statements.length; i++) {
    try {
      run(statements[i], i);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      if (error.code === 112 || error.code === 115) throw error;
      errors.push(writeError(i, error));
      if (command['ordered'] !== false || context.inTransaction) break;
    }
  }
  return errors.length ? { writeErrors: errors } : {};
}

export const insert: Command = (command, context) => {
  const ns = namespaceOf(command);
  const documents = list(command, 'documents');
  const options = writeOptions(command, context);
  let collection = context.view.ensure(ns);
  let n = 0;
  const errors = eachStatement(command, context, documents, (document) => {
    collection = context.view.catalog.get(ns) ?? collection;
    insertRaw(
      context.view,
      collection,
      document instanceof RawDoc ? document : new RawDoc(encode(document as Doc)),
      options,
    );
    n++;
  });
  return { n, ...errors, ok: 1 };
};

export interface UpdateStatement {
  filter: Doc;
  update: unknown;
  multi: boolean;
  upsert: boolean;
  sort?: unknown;
  hint?: unknown;
  arrayFilters?: unknown;
  vars?: Doc | undefined;
}
export interface UpdateOutcome {
  matched: number;
  modified: number;
  /** document that was inserted */
  upserted?: Doc;
}

/** Updates the documents of one statement, or inserts one. */
export function updateStatement(
  ns: string,
  statement: UpdateStatement,
  context: Context,
  options: WriteOptions,
): UpdateOutcome {
  const { filter, multi } = statement;
  const update = compileUpdate(statement.update, statement.arrayFilters, statement.vars);
  if (multi && update.kind === 'replacement')
    throw new MongoError(9, 'multi update is not supported for replacement-style update');
  const known = context.view.catalog.get(ns);
  const query = {
    filter,
    sort: statement.sort,
    hint: statement.hint,
    limit: multi ? 0 : 1,
    ...(statement.vars ? { vars: statement.vars } : {}),
  };
  const rows = known ? select(context.view, known, query) : [];
  if (rows.length === 0 && statement.upsert) {
    const upserted = upsert(context.view, known ?? context.view.ensure(ns), filter, update, options);
    return { matched: 0, modified: 0, upserted };
  }
  let modified = 0;
  for (const row of rows) {
    // a change may have made an index multikey
    const collection = context.view.catalog.get(ns);
    if (collection && applyTo(context.view, collection, row, update, query, options)) modified++;
  }
  return { matched: rows.length, modified };
}

export const update: Command = (command, context) => {
  const ns = namespaceOf(command);
  const options = writeOptions(command, context);
  const shared = letVariables(command);
  let n = 0;
  let nModified = 0;
  const upserted: Doc[] = [];
  const errors = eachStatement(command, context, list(command, 'updates'), (item, index) => {
    const statement = documentOf(item, 'updates');
    refuseCollation(statement);
    const constants = isDoc(statement['c']) ? statement['c'] : {};
    if (isDoc(statement['c']) && !Array.isArray(statement['u'])) {
      throw new MongoError(51198, 'Constant values may only be specified for pipeline updates');
    }
    if (statement['multi'] === true && statement['sort'] !== undefined)
      throw new MongoError(9, 'Cannot specify sort with multi=true');
    const outcome = updateStatement(
      ns,
      {
        filter: documentOf(statement['q'], 'q'),
        update: statement['u'],
        multi: statement['multi'] === true,
        upsert: statement['upsert'] === true,
        sort: statement['sort'],
        hint: statement['hint'],
        arrayFilters: statement['arrayFilters'],
        vars: { ...shared, ...constants },
      },
      context,
      options,
    );
    n += outcome.upserted ? 1 : outcome.matched;
    nModified += outcome.modified;
    if (outcome.upserted) upserted.push({ index, _id: outcome.upserted['_id'] });
  });
  return { n, nModified, ...(upserted.length ? { upserted } : {}), ...errors, ok: 1 };
};

/** Deletes the documents of one statement; how many there were. */
export function deleteStatement(
  ns: string,
  statement: { filter: Doc; limit: number; hint?: unknown; vars?: Doc | undefined },
  context: Context,
): number {
  const collection = context.view.catalog.get(ns);
  if (!collection) return 0;
  const { vars } = statement;
  const rows = select(context.view, collection, {
    filter: statement.filter,
    limit: statement.limit,
    hint: statement.hint,
    ...(vars ? { vars } : {}),
  });
  for (const row of rows) context.view.remove(collection, row);
  return rows.length;
}

const deleteCommand: Command = (command, context) => {
  const ns = namespaceOf(command);
  const vars = letVariables(command);
  let n = 0;
  const errors = eachStatement(command, context, list(command, 'deletes'), (item) => {
    const statement = documentOf(item, 'deletes');
    refuseCollation(statement);
    const limit = number(statement['limit'], 'limit');
    if (limit !== 0 && limit !== 1)
      throw new MongoError(9, `The limit field in delete objects must be 0 or 1. Got ${String(limit)}`);
    n += deleteStatement(
      ns,
      { filter: documentOf(statement['q'], 'q'), limit, hint: statement['hint'], vars },
      context,
    );
  });
  return { n, ...errors, ok: 1 };
};
export { deleteCommand };
