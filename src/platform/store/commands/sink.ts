/** $out and $merge: results of a pipeline written to a collection. */
import { decode, encode, field, isDoc, promote, RawDoc, setField, type Doc } from '../bson-codec.ts';
import { MongoError } from '../errors.ts';
import { valueAt } from '../paths.ts';
import { aggregate } from '../mingo.ts';
import { select } from '../select.ts';
import { Row } from '../view.ts';
import type { Context } from './context.ts';
import { insertRaw, validate, type WriteOptions } from './modify.ts';

export interface Sink {
  kind: 'out' | 'merge';
  ns: string;
  on: string[];
  whenMatched: string | Doc[];
  whenNotMatched: string;
  vars: Doc;
}

function namespace(target: unknown, db: string): string {
  if (typeof target === 'string') return `${db}.${target}`;
  if (isDoc(target)) return `${String(target['db'] ?? db)}.${String(target['coll'])}`;
  throw new MongoError(16990, '$out or $merge needs a collection');
}

/** The $out or $merge at the end of a pipeline, or null. */
export function sinkOf(pipeline: Doc[], db: string): Sink | null {
  const last = pipeline.at(-1);
  const misplaced = pipeline.slice(0, -1).find((stage) => '$out' in stage || '$merge' in stage);
  if (misplaced)
    throw new MongoError(
      40601,
      `${Object.keys(misplaced)[0] ?? ''} can only be the final stage in the pipeline`,
    );
  if (last && '$out' in last) {
    return {
      kind: 'out',
      ns: namespace(last['$out'], db),
      on: ['_id'],
      whenMatched: 'replace',
      whenNotMatched: 'insert',
      vars: {},
    };
  }
  if (!last || !('$merge' in last)) return null;
  const spec = last['$merge'];
  const options: Doc = isDoc(spec) ? spec : { into: spec };
  const on = options['on'] ?? '_id';
  return {
    kind: 'merge',
    ns: namespace(options['into'], db),
    on: (Array.isArray(on) ? on : [on]) as string[],
    whenMatched: (options['whenMatched'] ?? 'merge') as string | Doc[],
    whenNotMatched: String(options['whenNotMatched'] ?? 'insert'),
    vars: isDoc(options['let']) ? options['let'] : {},
  };
}

/** @throws MongoError when $merge has no unique index on its `on` fields */
export function checkSink(sink: Sink, context: Context): void {
  if (context.inTransaction)
    throw new MongoError(
      263,
      `${sink.kind === 'out' ? '$out' : '$merge'} cannot run in a multi-document transaction`,
    );
  if (sink.on.join() === '_id') return;
  const wanted = [...sink.on].sort().join();
  const indexes = context.view.catalog.get(sink.ns)?.indexes ?? [];
  if (
    !indexes.some(
      (i) =>
        i.unique &&
        i.fields
          .map((f) => f.path)
          .sort()
          .join() === wanted,
    )
  ) {
    throw new MongoError(51183, 'Cannot find index to verify that join fields will be unique');
  }
}

function merged(old: Doc, doc: Doc, sink: Sink): Doc {
  if (Array.isArray(sink.whenMatched)) {
    const vars = { new: promote(doc), ...sink.vars };
    const [out] = aggregate([promote(old) as Doc], promote(sink.whenMatched) as Doc[], vars);
    return out as Doc;
  }
  if (sink.whenMatched === 'replace') return { ...doc, _id: old['_id'] };
  const out: Doc = { ...old };
  for (const key of Object.keys(doc)) setField(out, key, field(doc, key));
  return out;
}

function mergeOne(sink: Sink, raw: Buffer, context: Context, options: WriteOptions): void {
  const collection = context.view.ensure(sink.ns);
  const doc = decode(raw);
  const filter: Doc = {};
  for (const path of sink.on) filter[path] = { $eq: valueAt(doc, path.split('.')) ?? null };
  const [old] =
    doc['_id'] === undefined && sink.on.join() === '_id'
      ? []
      : select(context.view, collection, { filter, limit: 1 });
  if (!old) {
    if (sink.whenNotMatched === 'fail')
      throw new MongoError(
        13113,
        '$merge could not find a matching document in the target collection for at least one document in the source collection',
      );
    if (sink.whenNotMatched === 'insert') insertRaw(context.view, collection, new RawDoc(raw, doc), options);
    return;
  }
  if (sink.whenMatched === 'keepExisting') return;
  if (sink.whenMatched === 'fail') {
    insertRaw(context.view, collection, new RawDoc(raw, doc), options);
    return;
  }
  const next = merged(old.doc, doc, sink);
  const bytes = encode(next);
  if (bytes.equals(old.raw)) return;
  validate(collection, next, options);
  context.view.replace(collection, new Row(old.r, old.raw), bytes, next);
}

/** Writes the results. */
export function writeSink(sink: Sink, docs: Buffer[], context: Context, bypass: boolean): void {
  const options: WriteOptions = { now: context.now, bypass };
  const collection = context.view.ensure(sink.ns);
  if (sink.kind === 'out') {
    for (const row of select(context.view, collection, {})) context.view.remove(collection, row);
    for (const raw of docs) insertRaw(context.view, collection, new RawDoc(raw), options);
    return;
  }
  for (const raw of docs) mergeOne(sink, raw, context, options);
}
