/** findAndModify: one document, changed or removed, and returned as it was or is. */
import type { Doc } from '../bson-codec.ts';
import { MongoError } from '../errors.ts';
import { evaluateExpression } from '../expression.ts';
import type { MatchDetails } from '../match.ts';
import { compileProjection } from '../project.ts';
import { prepare, select, type Query } from '../select.ts';
import { compileUpdate } from '../update.ts';
import type { Row } from '../view.ts';
import {
  documentOf,
  letVariables,
  namespaceOf,
  refuseCollation,
  type Command,
  type Context,
} from './context.ts';
import { applyTo, upsert, type WriteOptions } from './modify.ts';
import type { Collection } from '../catalog.ts';

type Show = (doc: Doc | undefined, matched?: Doc) => Doc | null;

function projector(
  command: Doc,
  collection: Collection | undefined,
  query: Query,
  vars: Doc | undefined,
): Show {
  const fields = documentOf(command['fields'], 'fields');
  if (Object.keys(fields).length === 0) return (doc) => doc ?? null;
  const apply = compileProjection(fields, {
    find: true,
    evaluate: (doc, expression) => evaluateExpression(doc, expression, vars),
  });
  return (doc, matched) => {
    if (!doc) return null;
    const details: MatchDetails = new Map();
    if (collection && matched) prepare(collection, query).test(matched, details);
    return apply(doc, details);
  };
}

function modifyRow(
  command: Doc,
  context: Context,
  collection: Collection,
  row: Row,
  query: Query,
  show: Show,
  options: WriteOptions,
): Doc {
  const update = compileUpdate(command['update'], command['arrayFilters'], query.vars);
  const changed = applyTo(context.view, collection, row, update, query, options);
  const value = command['new'] === true ? (changed ?? row).doc : row.doc;
  return { lastErrorObject: { n: 1, updatedExisting: true }, value: show(value, row.doc), ok: 1 };
}

function checkOptions(command: Doc): void {
  const hasUpdate = command['update'] !== undefined;
  if (command['remove'] !== true) {
    if (!hasUpdate) throw new MongoError(9, "Either an 'update' or 'remove'=true must be specified");
    return;
  }
  if (hasUpdate) throw new MongoError(9, "Cannot specify both an 'update' and 'remove'=true");
  if (command['new'] === true) {
    throw new MongoError(
      9,
      "Cannot specify both 'new'=true and 'remove'=true; 'remove' always returns the deleted document",
    );
  }
}

export const findAndModify: Command = (command, context) => {
  refuseCollation(command);
  checkOptions(command);
  const ns = namespaceOf(command);
  const vars = letVariables(command);
  const filter = documentOf(command['query'], 'query');
  const query: Query = {
    filter,
    sort: command['sort'],
    hint: command['hint'],
    limit: 1,
    ...(vars ? { vars } : {}),
  };
  const options: WriteOptions = { now: context.now, bypass: command['bypassDocumentValidation'] === true };
  const collection = context.view.catalog.get(ns);
  const [row] = collection ? select(context.view, collection, query) : [];
  const show = projector(command, collection, query, vars);
  if (command['remove'] === true) {
    if (row && collection) context.view.remove(collection, row);
    return { lastErrorObject: { n: row ? 1 : 0 }, value: show(row?.doc, row?.doc), ok: 1 };
  }
  if (row && collection) return modifyRow(command, context, collection, row, query, show, options);
  const update = compileUpdate(command['update'], command['arrayFilters'], vars);
  if (command['upsert'] !== true)
    return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 };
  const doc = upsert(context.view, collection ?? context.view.ensure(ns), filter, update, options);
  return {
    lastErrorObject: { n: 1, updatedExisting: false, upserted: doc['_id'] },
    value: command['new'] === true ? show(doc) : null,
    ok: 1,
  };
};
