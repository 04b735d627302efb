/** Changes of single documents, shared by update, findAndModify and bulkWrite. */
import { ObjectId } from 'bson';
import { decode, encode, setField, type Doc, type RawDoc } from '../bson-codec.ts';
import { RANK, rank } from '../bson-order.ts';
import type { Collection } from '../catalog.ts';
import { MongoError } from '../errors.ts';
import type { MatchDetails } from '../match.ts';
import { prepare, type Query } from '../select.ts';
import { upsertDocument, type Update } from '../update.ts';
import { Row, type View } from '../view.ts';

export interface WriteOptions {
  now: Date;
  /** bypassDocumentValidation */
  bypass: boolean;
}

/** @throws MongoError DocumentValidationFailure when the collection's validator refuses the document */
export function validate(collection: Collection, doc: Doc, options: WriteOptions): void {
  if (!collection.validator || options.bypass || collection.validator(doc)) return;
  if (collection.options['validationAction'] === 'warn') return;
  throw new MongoError(121, 'Document failed validation', {
    errInfo: {
      failingDocumentId: doc['_id'],
      details: { operatorName: '$and', specifiedAs: collection.options['validator'] },
    },
  });
}

function checkId(id: unknown): void {
  const r = rank(id);
  if (r === RANK.array || r === RANK.regex) {
    throw new MongoError(53, `The '_id' value cannot be of type ${r === RANK.array ? 'array' : 'regex'}`);
  }
  if (r === RANK.object && Object.keys(id as Doc).some((k) => k.startsWith('$'))) {
    throw new MongoError(52, `_id fields may not contain '$'-prefixed fields`);
  }
}

const startsWithId = (raw: Buffer): boolean => raw.length > 9 && raw.toString('latin1', 5, 9) === '_id\0';

/** Inserts an encoded document; gives it an _id, first in the document, if it has none. */
export function insertRaw(view: View, collection: Collection, raw: RawDoc, options: WriteOptions): void {
  let { bytes, doc } = raw;
  if (!startsWithId(bytes)) {
    const withId: Doc = { _id: doc['_id'] === undefined ? new ObjectId() : doc['_id'] };
    for (const key of Object.keys(doc)) if (key !== '_id') setField(withId, key, doc[key]);
    doc = withId;
    bytes = encode(doc);
  }
  checkId(doc['_id']);
  validate(collection, doc, options);
  view.insert(collection, Buffer.from(bytes), doc);
}

/** Applies an update to a row; the new row, or null when nothing changed. */
export function applyTo(
  view: View,
  collection: Collection,
  row: Row,
  update: Update,
  query: Query,
  options: WriteOptions,
): Row | null {
  let details: MatchDetails | undefined;
  if (update.positional) {
    details = new Map();
    prepare(collection, query).test(row.doc, details);
  }
  const doc = update.apply(decode(row.raw), {
    insert: false,
    ...(details ? { details } : {}),
    now: options.now,
  });
  const raw = encode(doc);
  if (raw.equals(row.raw)) return null;
  validate(collection, doc, options);
  view.replace(collection, row, raw, doc);
  return new Row(row.r, raw, doc);
}

/** Inserts what an upsert inserts, and returns it. */
export function upsert(
  view: View,
  collection: Collection,
  filter: Doc,
  update: Update,
  options: WriteOptions,
): Doc {
  const doc = upsertDocument(filter, update, options.now);
  checkId(doc['_id']);
  validate(collection, doc, options);
  view.insert(collection, encode(doc), doc);
  return doc;
}
