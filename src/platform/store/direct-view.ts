/** Reads and writes the committed state, inside the group commit that is open. */
import type { Doc } from './bson-codec.ts';
import { encodeKey } from './bson-order.ts';
import {
  catalogVersion,
  createIndexTable,
  createTable,
  dropIndexTable,
  dropTable,
  loadCatalog,
  makeCollection,
  makeIndex,
  type Catalog,
  type Collection,
  type Index,
} from './catalog.ts';
import { encode } from './bson-codec.ts';
import { indexKeys } from './index-keys.ts';
import type { Plan } from './planner.ts';
import { isConstraint, type Sql } from './sqlite.ts';
import { checkSize, countRows, duplicateKey, rowBound, rowsOf, Row, type Found, type View } from './view.ts';

export class DirectView implements View {
  readonly sql: Sql;
  #catalog: Catalog;
  #version: number;
  constructor(sql: Sql) {
    this.sql = sql;
    this.#catalog = loadCatalog(sql);
    this.#version = catalogVersion(sql);
  }

  get catalog(): Catalog {
    return this.#catalog;
  }

  /** Reads the catalogue again, after a rollback or a change by another connection. */
  reload(): void {
    this.sql.forget();
    this.#catalog = loadCatalog(this.sql);
  }

  #replaceCollection(ns: string, collection: Collection | null): void {
    const next = new Map(this.#catalog);
    if (collection) next.set(ns, collection);
    else next.delete(ns);
    this.#catalog = next;
    // other connections see with their snapshot that the catalogue has changed
    this.sql.exec(`PRAGMA user_version=${String(++this.#version)}`);
  }

  ensure(ns: string): Collection {
    return this.#catalog.get(ns) ?? this.create(ns, {});
  }

  create(ns: string, options: Doc): Collection {
    const collection = createTable(this.sql, ns, options);
    this.#replaceCollection(ns, collection);
    return collection;
  }

  drop(collection: Collection): void {
    dropTable(this.sql, collection);
    this.#replaceCollection(collection.ns, null);
  }

  setOptions(collection: Collection, options: Doc): void {
    this.sql.run('UPDATE _c SET opts = ? WHERE id = ?', [encode(options), collection.id]);
    this.#replaceCollection(
      collection.ns,
      makeCollection(collection.id, collection.ns, options, collection.indexes),
    );
  }

  rename(collection: Collection, ns: string): void {
    this.sql.run('UPDATE _c SET ns = ? WHERE id = ?', [ns, collection.id]);
    this.#replaceCollection(collection.ns, null);
    this.#replaceCollection(ns, { ...collection, ns });
  }

  /** Builds an index over what the collection holds; undone by the caller's rollback when it fails. */
  createIndex(collection: Collection, spec: Doc): Collection {
    const index = createIndexTable(this.sql, collection, spec);
    let multikey = false;
    for (const row of this.find(collection, { kind: 'scan', reverse: false, sorted: true }).rows) {
      const found = indexKeys(index, row.doc);
      multikey ||= found.multikey;
      for (const key of found.keys) {
        if (index.unique && this.#owner(index, key, row.r) !== undefined) {
          dropIndexTable(this.sql, index);
          throw duplicateKey(collection, index, row.doc);
        }
        this.sql.run(`INSERT INTO i${String(index.id)}(k, r) VALUES(?, ?)`, [key, row.r]);
      }
    }
    if (multikey) this.#storeMultikey(index);
    const next = { ...collection, indexes: [...collection.indexes, makeIndex(index.id, spec, multikey)] };
    this.#replaceCollection(collection.ns, next);
    return next;
  }

  dropIndex(collection: Collection, index: Index): Collection {
    dropIndexTable(this.sql, index);
    const next = { ...collection, indexes: collection.indexes.filter((i) => i.id !== index.id) };
    this.#replaceCollection(collection.ns, next);
    return next;
  }

  changeIndex(collection: Collection, index: Index, spec: Doc): void {
    this.sql.run('UPDATE _i SET spec = ? WHERE id = ?', [encode(spec), index.id]);
    const changed = makeIndex(index.id, spec, index.multikey);
    this.#replaceCollection(collection.ns, {
      ...collection,
      indexes: collection.indexes.map((i) => (i.id === index.id ? changed : i)),
    });
  }

  find(collection: Collection, plan: Plan): Found {
    return { rows: rowsOf(this.sql, collection, plan), sorted: plan.sorted };
  }

  /** The document with this key, as it is now. */
  byKey(collection: Collection, key: Buffer): Row | undefined {
    const found = this.sql.get(`SELECT r, v FROM d${String(collection.id)} WHERE k = ?`, [key]);
    return found && new Row(found[0] as number, found[1] as Buffer);
  }

  #owner(index: Index, key: Buffer, except: number): number | undefined {
    return this.sql.get(`SELECT r FROM i${String(index.id)} WHERE k = ? AND r <> ? LIMIT 1`, [
      key,
      except,
    ])?.[0] as number | undefined;
  }

  #storeMultikey(index: Index): void {
    this.sql.run('UPDATE _i SET multikey = 1 WHERE id = ?', [index.id]);
  }

  #noteMultikey(collection: Collection, index: Index): void {
    this.#storeMultikey(index);
    const current = this.#catalog.get(collection.ns) ?? collection;
    const indexes = current.indexes.map((i) => (i.id === index.id ? { ...i, multikey: true } : i));
    this.#replaceCollection(collection.ns, { ...current, indexes });
  }

  /** Index keys of a new document, after checking the unique ones. */
  #newKeys(collection: Collection, doc: Doc, r: number): { index: Index; keys: Buffer[] }[] {
    return collection.indexes.map((index) => {
      const { keys, multikey } = indexKeys(index, doc);
      if (index.unique)
        for (const key of keys)
          if (this.#owner(index, key, r) !== undefined) throw duplicateKey(collection, index, doc);
      if (multikey && !index.multikey) this.#noteMultikey(collection, index);
      return { index, keys };
    });
  }

  #addKeys(list: { index: Index; keys: Buffer[] }[], r: number): void {
    for (const { index, keys } of list)
      for (const key of keys) this.sql.run(`INSERT INTO i${String(index.id)}(k, r) VALUES(?, ?)`, [key, r]);
  }

  insert(collection: Collection, raw: Buffer, doc: Doc): void {
    checkSize(raw);
    const keys = this.#newKeys(collection, doc, -1);
    let r: number;
    try {
      r = this.sql.run(`INSERT INTO d${String(collection.id)}(k, v) VALUES(?, ?)`, [
        encodeKey(doc['_id']),
        raw,
      ]);
    } catch (error) {
      if (isConstraint(error)) throw duplicateKey(collection, null, doc);
      throw error;
    }
    this.#addKeys(keys, r);
  }

  replace(collection: Collection, row: Row, raw: Buffer, doc: Doc): void {
    checkSize(raw);
    const changes = collection.indexes.length ? this.#keyChanges(collection, row, doc) : [];
    this.sql.run(`UPDATE d${String(collection.id)} SET v = ? WHERE r = ?`, [raw, row.r]);
    for (const { index, add, drop } of changes) {
      for (const key of drop)
        this.sql.run(`DELETE FROM i${String(index.id)} WHERE k = ? AND r = ?`, [key, row.r]);
      for (const key of add)
        this.sql.run(`INSERT INTO i${String(index.id)}(k, r) VALUES(?, ?)`, [key, row.r]);
    }
  }

  #keyChanges(collection: Collection, row: Row, doc: Doc): { index: Index; add: Buffer[]; drop: Buffer[] }[] {
    return collection.indexes.map((index) => {
      const before = indexKeys(index, row.doc).keys;
      const after = indexKeys(index, doc);
      const add = after.keys.filter((key) => !before.some((b) => b.equals(key)));
      if (index.unique)
        for (const key of add)
          if (this.#owner(index, key, row.r) !== undefined) throw duplicateKey(collection, index, doc);
      if (after.multikey && !index.multikey) this.#noteMultikey(collection, index);
      return { index, add, drop: before.filter((b) => !after.keys.some((key) => key.equals(b))) };
    });
  }

  /** Takes a document out of all indexes (its row stays). */
  unindex(collection: Collection, row: Row): void {
    for (const index of collection.indexes) {
      for (const key of indexKeys(index, row.doc).keys)
        this.sql.run(`DELETE FROM i${String(index.id)} WHERE k = ? AND r = ?`, [key, row.r]);
    }
  }

  /** Writes a document whose index keys were taken out before. */
  rewrite(collection: Collection, r: number, raw: Buffer, doc: Doc): void {
    checkSize(raw);
    const keys = this.#newKeys(collection, doc, r);
    this.sql.run(`UPDATE d${String(collection.id)} SET v = ? WHERE r = ?`, [raw, r]);
    this.#addKeys(keys, r);
  }

  remove(collection: Collection, row: Row): void {
    this.unindex(collection, row);
    this.sql.run(`DELETE FROM d${String(collection.id)} WHERE r = ?`, [row.r]);
  }

  count(collection: Collection): number {
    return countRows(this.sql, collection);
  }

  bound(collection: Collection): number {
    return rowBound(this.sql, collection);
  }
}
