/** Checks of index specifications. */
import { Double } from 'bson';
import { isDoc, type Doc } from '../bson-codec.ts';
import { MongoError, notBuilt } from '../errors.ts';
import { compileMatch } from '../match.ts';
import { patternText } from '../sort-spec.ts';

const UNBUILT: Record<string, string> = {
  text: 'Text indexes',
  '2d': 'Geospatial indexes',
  '2dsphere': 'Geospatial indexes',
  geoHaystack: 'Geospatial indexes',
  hashed: 'Hashed indexes',
};
const OPTIONS = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
  'hidden',
  'ns',
  'collation',
]);

function checkDirection(path: string, direction: unknown): void {
  if (typeof direction === 'string') throw notBuilt(UNBUILT[direction] ?? `Index type '${direction}'`);
  const n = direction instanceof Double ? direction.value : Number(direction);
  if (!n || Number.isNaN(n))
    throw new MongoError(67, `Values in the index key pattern must be non-zero numbers: ${path}`);
  if (path === '' || path.split('.').some((p) => p === ''))
    throw new MongoError(67, 'Index keys cannot be an empty field.');
  if (path.includes('$**')) throw notBuilt('Wildcard indexes');
  if (path.startsWith('$'))
    throw new MongoError(67, `Index key contains an illegal field name: field name starts with '$'.`);
}

/**
 * An index specification, checked and completed.
 * @throws MongoError CannotCreateIndex, InvalidIndexSpecificationOption, CommandNotSupported (text, geo, hashed, collation)
 */
export function checkIndexSpec(spec: Doc): Doc {
  const key = spec['key'];
  if (!isDoc(key) || Object.keys(key).length === 0) throw new MongoError(67, 'Index keys cannot be empty.');
  for (const path of Object.keys(key)) checkDirection(path, key[path]);
  for (const option of Object.keys(spec)) {
    if (!OPTIONS.has(option))
      throw new MongoError(197, `The field '${option}' is not valid for an index specification.`);
  }
  const collation = spec['collation'];
  if (isDoc(collation) && collation['locale'] !== 'simple') throw notBuilt('Collation');
  if (patternText(key) === patternText({ _id: 1 })) return { v: 2, key, name: '_id_' };
  if (typeof spec['name'] !== 'string' || spec['name'] === '')
    throw new MongoError(9, "The 'name' field is a required property of an index specification");
  checkOptions(spec, key);
  const out: Doc = { v: 2, key, name: spec['name'] };
  for (const option of Object.keys(spec))
    if (!['v', 'key', 'name', 'background', 'ns', 'collation'].includes(option)) out[option] = spec[option];
  return out;
}

function checkOptions(spec: Doc, key: Doc): void {
  const partial = spec['partialFilterExpression'];
  if (partial !== undefined) {
    if (!isDoc(partial)) throw new MongoError(67, "'partialFilterExpression' must be a document");
    if (spec['sparse'] === true)
      throw new MongoError(67, `cannot mix "partialFilterExpression" and "sparse" options`);
    compileMatch(partial);
  }
  const ttl = spec['expireAfterSeconds'];
  if (ttl === undefined) return;
  const seconds = Number(ttl);
  if (!(seconds >= 0 && seconds <= 2147483647))
    throw new MongoError(67, 'TTL index expireAfterSeconds must be within 0 and 2147483647');
  if (Object.keys(key).length !== 1)
    throw new MongoError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL.');
}

/** Same key pattern and partial filter: the same index under another name. */
export function sameIndex(a: Doc, b: Doc): boolean {
  return (
    patternText(a['key'] as Doc) === patternText(b['key'] as Doc) &&
    JSON.stringify(a['partialFilterExpression'] ?? null) ===
      JSON.stringify(b['partialFilterExpression'] ?? null)
  );
}
