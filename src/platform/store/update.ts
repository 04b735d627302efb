/** Updates: operator documents, replacements and pipelines applied to one document; upsert documents. */
import { BSONRegExp, ObjectId } from 'bson';
import { clone, field, isDoc, promote, setField, type Doc } from './bson-codec.ts';
import { compare } from './bson-order.ts';
import { MongoError } from './errors.ts';
import type { MatchDetails } from './match.ts';
import { isOperatorDoc } from './match-leaf.ts';
import { aggregate } from './mingo.ts';
import { KEEP, OPERATORS } from './update-operators.ts';
import {
  compileArrayFilters,
  concretePaths,
  getAt,
  noteIdentifiers,
  setAt,
  unsetAt,
  type ArrayFilters,
  type ConcretePath,
} from './update-paths.ts';

interface Change {
  op: string;
  path: string;
  operand: unknown;
}

/** A checked update, ready to apply to documents. */
export interface Update {
  kind: 'operators' | 'replacement' | 'pipeline';
  /** positional parts need the matched array index */
  positional: boolean;
  apply(doc: Doc, context: { insert: boolean; details?: MatchDetails; now: Date }): Doc;
}

const immutableId = (): MongoError =>
  new MongoError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");

function checkPath(path: string, op: string): void {
  if (path === '') throw new MongoError(56, `An empty update path is not valid.`);
  for (const part of path.split('.')) {
    if (part === '')
      throw new MongoError(
        56,
        `The update path '${path}' contains an empty field name, which is not allowed.`,
      );
  }
  if (path.split('.')[0]?.startsWith('$') && op !== '$rename') {
    throw new MongoError(
      52,
      `The dollar ($) prefixed field '${path}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  }
}

/** Two changes may not touch the same path or one inside the other. */
function checkConflicts(paths: string[]): void {
  const sorted = paths.map((p) => p.split('.')).sort((a, b) => (a.join('\0') < b.join('\0') ? -1 : 1));
  for (let i = 1; i < sorted.length; i++) {
    const before = sorted[i - 1] as string[];
    const here = sorted[i] as string[];
    if (before.every((part, at) => here[at] === part)) {
      throw new MongoError(
        40,
        `Updating the path '${here.join('.')}' would create a conflict at '${before.join('.')}'`,
      );
    }
  }
}

const POSITIONAL = /(^|\.)\$(\.|$)/;

function changesOf(update: Doc): Change[] {
  const changes: Change[] = [];
  for (const op of Object.keys(update)) {
    if (!(op in OPERATORS) && op !== '$unset' && op !== '$rename') {
      throw new MongoError(
        9,
        `Unknown modifier: ${op}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    const spec = update[op];
    if (!isDoc(spec))
      throw new MongoError(
        9,
        `Modifiers operate on fields but we found type ${typeof spec} instead. For example: {$mod: {<field>: ...}} not {${op}: ${JSON.stringify(spec)}}`,
      );
    for (const path of Object.keys(spec)) {
      checkPath(path, op);
      changes.push({ op, path, operand: field(spec, path) });
    }
  }
  return changes;
}

/** Names compare as strings, array indexes as numbers: the order in which new fields are added. */
function pathOrder(a: Change, b: Change): number {
  const x = a.path.split('.');
  const y = b.path.split('.');
  for (let i = 0; i < x.length && i < y.length; i++) {
    const [p, q] = [x[i] as string, y[i] as string];
    if (p === q) continue;
    if (/^\d+$/.test(p) && /^\d+$/.test(q)) return Number(p) - Number(q);
    return p < q ? -1 : 1;
  }
  return x.length - y.length;
}

function rename(doc: Doc, change: Change): void {
  const from = change.path.split('.');
  const to = String(change.operand).split('.');
  let container: unknown = doc;
  for (const part of from) {
    if (Array.isArray(container))
      throw new MongoError(2, `The source field cannot be an array element, '${change.path}'`);
    container = isDoc(container) ? field(container, part) : undefined;
  }
  const value = getAt(doc, from);
  if (value === undefined) return;
  unsetAt(doc, from);
  setAt(doc, to, value);
}

function applyAt(doc: Doc, change: Change, path: ConcretePath, now: Date): void {
  if (change.op === '$unset') {
    unsetAt(doc, path);
    return;
  }
  const current = getAt(doc, path);
  const next = OPERATORS[change.op]?.(current, change.operand, path.join('.'), now);
  if (next !== KEEP) setAt(doc, path, next);
}

function operatorUpdate(update: Doc, filters: ArrayFilters): Update {
  const changes = changesOf(update);
  const renames = changes.filter((c) => c.op === '$rename');
  for (const { operand, path } of renames) {
    if (typeof operand !== 'string')
      throw new MongoError(2, `The 'to' field for $rename must be a string: ${path}`);
    if (operand === path)
      throw new MongoError(2, `The source and target field for $rename must differ: ${path}`);
    checkPath(operand, '$rename');
  }
  checkConflicts([...changes.map((c) => c.path), ...renames.map((c) => String(c.operand))]);
  for (const { path } of changes) noteIdentifiers(path, filters);
  for (const [id, filter] of filters) {
    if (!filter.used)
      throw new MongoError(
        9,
        `The array filter for identifier '${id}' was not used in the update ${JSON.stringify(Object.keys(update))}`,
      );
  }
  const ordered = changes.filter((c) => c.op !== '$rename').sort(pathOrder);
  const needsResolving = ordered.some((c) => c.path.includes('$'));
  return {
    kind: 'operators',
    positional: changes.some((c) => POSITIONAL.test(c.path)),
    apply(doc, { insert, details, now }) {
      const id = doc['_id'];
      const targets = ordered
        .filter((c) => insert || c.op !== '$setOnInsert')
        .map((change) => ({ change, paths: concretePaths(doc, change.path, filters, details) }));
      if (needsResolving) checkConflicts(targets.flatMap((t) => t.paths.map((p) => p.join('.'))));
      for (const { change, paths } of targets) for (const path of paths) applyAt(doc, change, path, now);
      for (const change of renames) rename(doc, change);
      if (id !== undefined && (doc['_id'] === undefined || compare(doc['_id'], id) !== 0))
        throw immutableId();
      return doc;
    },
  };
}

function withIdFirst(doc: Doc, id: unknown): Doc {
  const out: Doc = id === undefined ? {} : { _id: id };
  for (const key of Object.keys(doc)) if (key !== '_id') setField(out, key, field(doc, key));
  return out;
}

function replacement(next: Doc): Update {
  for (const key of Object.keys(next)) {
    if (key.startsWith('$'))
      throw new MongoError(
        52,
        `The dollar ($) prefixed field '${key}' in '${key}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
  }
  return {
    kind: 'replacement',
    positional: false,
    apply(doc) {
      const id = doc['_id'];
      if (next['_id'] !== undefined && id !== undefined && compare(next['_id'], id) !== 0)
        throw immutableId();
      return withIdFirst(next, id === undefined ? next['_id'] : id);
    },
  };
}

const PIPELINE_STAGES = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

/** Gives untouched numbers their BSON type back after mingo has seen them as plain numbers. */
function retype(value: unknown, original: unknown): unknown {
  if (value === original || original === undefined) return value;
  if (typeof value === 'number')
    return typeof original === 'object' || typeof original === 'bigint'
      ? promote(original) === value
        ? original
        : value
      : value;
  if (Array.isArray(value))
    return Array.isArray(original) ? value.map((v, i) => retype(v, original[i])) : value;
  if (!isDoc(value) || !isDoc(original)) return value;
  const out: Doc = {};
  for (const key of Object.keys(value)) setField(out, key, retype(field(value, key), field(original, key)));
  return out;
}

function pipelineUpdate(stages: unknown[], vars: Doc | undefined): Update {
  for (const stage of stages) {
    const name = isDoc(stage) ? Object.keys(stage)[0] : undefined;
    if (name === undefined)
      throw new MongoError(14, "Each element of the 'pipeline' array must be an object");
    if (!PIPELINE_STAGES.has(name))
      throw new MongoError(72, `${name} is not allowed to be used within an update`);
  }
  const promoted = promote(stages) as Doc[];
  return {
    kind: 'pipeline',
    positional: false,
    apply(doc) {
      const [out] = aggregate([promote(doc) as Doc], promoted, vars);
      const result = retype(out, doc) as Doc;
      const id = doc['_id'];
      if (id === undefined) return result;
      if (result['_id'] !== undefined && compare(result['_id'], id) !== 0) throw immutableId();
      return withIdFirst(result, id);
    },
  };
}

/**
 * Checks an update document, replacement or pipeline.
 * @throws MongoError FailedToParse, ConflictingUpdateOperators, DollarPrefixedFieldName…
 */
export function compileUpdate(update: unknown, arrayFilters?: unknown, vars?: Doc): Update {
  const filters = compileArrayFilters(arrayFilters);
  if (Array.isArray(update)) {
    if (filters.size) throw new MongoError(9, 'arrayFilters may not be specified for pipeline-style updates');
    return pipelineUpdate(update as unknown[], vars);
  }
  if (!isDoc(update)) throw new MongoError(9, 'Update argument must be either an object or an array');
  if (Object.keys(update)[0]?.startsWith('$')) return operatorUpdate(update, filters);
  if (filters.size)
    throw new MongoError(9, 'arrayFilters may not be specified for replacement-style updates');
  return replacement(update);
}

function seed(filter: Doc, out: Doc): void {
  for (const key of Object.keys(filter)) {
    const value = field(filter, key);
    if (key === '$and') for (const branch of value as Doc[]) seed(branch, out);
    else if (key === '$or' && Array.isArray(value) && value.length === 1) seed(value[0] as Doc, out);
    else if (key.startsWith('$') || value instanceof BSONRegExp) continue;
    else if (!isOperatorDoc(value)) seedField(out, key, value);
    else if ('$eq' in value) seedField(out, key, value['$eq']);
    else {
      const list = value['$in'] ?? value['$all'];
      if (
        Array.isArray(list) &&
        list.length === 1 &&
        !isOperatorDoc(list[0]) &&
        !(list[0] instanceof BSONRegExp)
      )
        seedField(out, key, list[0]);
    }
  }
}

function seedField(out: Doc, path: string, value: unknown): void {
  const parts = path.split('.');
  if (getAt(out, parts) !== undefined && compare(getAt(out, parts), value) !== 0) {
    throw new MongoError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
  }
  setAt(out, parts, clone(value));
}

/** The document an upsert inserts: equality conditions of the filter, then the update. */
export function upsertDocument(filter: Doc, update: Update, now: Date): Doc {
  const base: Doc = {};
  if (update.kind === 'replacement') {
    const fields: Doc = {};
    seed(filter, fields);
    if (fields['_id'] !== undefined) base['_id'] = fields['_id'];
  } else seed(filter, base);
  const doc = update.apply(base, { insert: true, now });
  return withIdFirst(doc, doc['_id'] === undefined ? new ObjectId() : doc['_id']);
}
