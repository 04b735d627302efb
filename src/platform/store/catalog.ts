/** Collections and indexes: their tables, and the immutable picture of them that commands work with. */
import { decode, encode, isDoc, type Doc } from './bson-codec.ts';
import { MongoError } from './errors.ts';
import { compileMatch, type Predicate } from './match.ts';
import type { Sql } from './sqlite.ts';

export interface IndexField {
  path: string;
  parts: string[];
  descending: boolean;
}
export interface Index {
  id: number;
  name: string;
  spec: Doc;
  fields: IndexField[];
  unique: boolean;
  sparse: boolean;
  /** documents that are in a partial index */
  partial: Predicate | null;
  /** some document has an array under a field of the index */
  multikey: boolean;
  /** seconds after the date in its field that a document lives, of a TTL index */
  ttlSeconds: number | null;
}
export interface Collection {
  id: number;
  ns: string;
  options: Doc;
  indexes: readonly Index[];
  validator: Predicate | null;
}
export type Catalog = ReadonlyMap<string, Collection>;

export const ID_INDEX_SPEC: Doc = { v: 2, key: { _id: 1 }, name: '_id_' };

export const databaseOf = (ns: string): string => ns.slice(0, ns.indexOf('.'));
export const collectionOf = (ns: string): string => ns.slice(ns.indexOf('.') + 1);

export function makeIndex(id: number, spec: Doc, multikey: boolean): Index {
  const key = spec['key'] as Doc;
  const partial = spec['partialFilterExpression'];
  const ttl = spec['expireAfterSeconds'];
  return {
    id,
    name: String(spec['name']),
    spec,
    fields: Object.keys(key).map((path) => ({
      path,
      parts: path.split('.'),
      descending: Number(key[path]) < 0,
    })),
    unique: spec['unique'] === true,
    sparse: spec['sparse'] === true,
    partial: isDoc(partial) ? compileMatch(partial) : null,
    multikey,
    ttlSeconds: ttl === undefined || ttl === null ? null : Number(ttl),
  };
}

export function makeCollection(id: number, ns: string, options: Doc, indexes: readonly Index[]): Collection {
  const validator = options['validator'];
  return {
    id,
    ns,
    options,
    indexes,
    validator: isDoc(validator) && Object.keys(validator).length ? compileMatch(validator) : null,
  };
}

export function prepareTables(sql: Sql): void {
  sql.exec(
    `CREATE TABLE IF NOT EXISTS _c(id INTEGER PRIMARY KEY AUTOINCREMENT, ns TEXT UNIQUE NOT NULL, opts BLOB NOT NULL);
     CREATE TABLE IF NOT EXISTS _i(id INTEGER PRIMARY KEY AUTOINCREMENT, c INTEGER NOT NULL, name TEXT NOT NULL, spec BLOB NOT NULL, multikey INTEGER NOT NULL DEFAULT 0)`,
  );
}

/** Reads the catalogue from its tables. */
export function loadCatalog(sql: Sql): Catalog {
  const indexes = new Map<number, Index[]>();
  for (const [id, c, spec, multikey] of sql.all('SELECT id, c, spec, multikey FROM _i ORDER BY id')) {
    const list = indexes.get(c as number) ?? [];
    list.push(makeIndex(id as number, decode(spec as Buffer), multikey === 1));
    indexes.set(c as number, list);
  }
  const catalog = new Map<string, Collection>();
  for (const [id, ns, options] of sql.all('SELECT id, ns, opts FROM _c ORDER BY id')) {
    catalog.set(
      ns as string,
      makeCollection(id as number, ns as string, decode(options as Buffer), indexes.get(id as number) ?? []),
    );
  }
  return catalog;
}

/** A number that grows with every change of the catalogue, as the connection's snapshot has it. */
export function catalogVersion(sql: Sql): number {
  return Number(sql.get('PRAGMA user_version')?.[0] ?? 0);
}

function checkNamespace(ns: string): void {
  const name = collectionOf(ns);
  if (name === '' || name.includes('\0') || name.includes('$') || databaseOf(ns) === '' || ns.length > 255) {
    throw new MongoError(73, `Invalid namespace specified '${ns}'`);
  }
}

export function createTable(sql: Sql, ns: string, options: Doc): Collection {
  checkNamespace(ns);
  const id = sql.run('INSERT INTO _c(ns, opts) VALUES(?, ?)', [ns, encode(options)]);
  sql.exec(`CREATE TABLE d${String(id)}(r INTEGER PRIMARY KEY, k BLOB UNIQUE NOT NULL, v BLOB NOT NULL)`);
  return makeCollection(id, ns, options, []);
}

export function createIndexTable(sql: Sql, collection: Collection, spec: Doc): Index {
  const id = sql.run('INSERT INTO _i(c, name, spec) VALUES(?, ?, ?)', [
    collection.id,
    String(spec['name']),
    encode(spec),
  ]);
  sql.exec(
    `CREATE TABLE i${String(id)}(k BLOB NOT NULL, r INTEGER NOT NULL, PRIMARY KEY(k, r)) WITHOUT ROWID`,
  );
  return makeIndex(id, spec, false);
}

export function dropIndexTable(sql: Sql, index: Index): void {
  sql.run('DELETE FROM _i WHERE id = ?', [index.id]);
  sql.forget();
  sql.exec(`DROP TABLE i${String(index.id)}`);
}

export function dropTable(sql: Sql, collection: Collection): void {
  for (const index of collection.indexes) dropIndexTable(sql, index);
  sql.run('DELETE FROM _c WHERE id = ?', [collection.id]);
  sql.forget();
  sql.exec(`DROP TABLE d${String(collection.id)}`);
}
