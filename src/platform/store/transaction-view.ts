/** A multi-document transaction: a snapshot of the committed state, and its own changes in memory until commit. */
import type { Doc } from './bson-codec.ts';
import { encodeKey } from './bson-order.ts';
import { makeCollection, type Catalog, type Collection } from './catalog.ts';
import { MongoError, writeConflict } from './errors.ts';
import type { DirectView } from './direct-view.ts';
import { indexKeys } from './index-keys.ts';
import type { Plan } from './planner.ts';
import type { Sql } from './sqlite.ts';
import { checkSize, countRows, duplicateKey, rowsOf, Row, type Found, type View } from './view.ts';

interface Change {
  key: Buffer;
  /** the row in the snapshot, null for a new document */
  base: Row | null;
  /** the document now, null when removed */
  row: Row | null;
  uniqueKeys: string[];
}

/** What a transaction did to one collection. */
class Changes {
  readonly collection: Collection;
  readonly created: boolean;
  readonly byKey = new Map<string, Change>();
  /** snapshot rows that are hidden by a change */
  readonly hidden = new Set<number>();
  /** unique keys held by changed documents: index id and key → key of the document */
  readonly owners = new Map<string, string>();
  readonly indexes: Doc[] = [];
  constructor(collection: Collection, created: boolean) {
    this.collection = collection;
    this.created = created;
  }
}

/** Asks for a document: throws WriteConflict when another transaction holds it or it changed since the snapshot. */
export type Claim = (ns: string, key: string, base: Row | null, keyBytes: Buffer) => void;

const text = (key: Buffer): string => key.toString('latin1');

export class TransactionView implements View {
  readonly #sql: Sql;
  readonly #claim: Claim;
  readonly #changes = new Map<string, Changes>();
  #catalog: Map<string, Collection>;
  #nextRow = -2;

  /** @param sql connection inside a read transaction; @param catalog the catalogue at that moment */
  constructor(sql: Sql, catalog: Catalog, claim: Claim) {
    this.#sql = sql;
    this.#catalog = new Map(catalog);
    this.#claim = claim;
  }

  get catalog(): Catalog {
    return this.#catalog;
  }

  get changed(): boolean {
    return this.#changes.size > 0;
  }

  ensure(ns: string): Collection {
    const known = this.#catalog.get(ns);
    if (known) return known;
    const collection = makeCollection(-1, ns, {}, []);
    this.#catalog.set(ns, collection);
    this.#changes.set(ns, new Changes(collection, true));
    return collection;
  }

  /** Adds an index to a collection this transaction created (or that is empty). */
  addIndex(collection: Collection, spec: Doc): void {
    if (spec['name'] === '_id_' || collection.indexes.some((i) => i.name === spec['name'])) return;
    if (collection.id >= 0 && countRows(this.#sql, collection) > 0) {
      throw new MongoError(
        263,
        `Cannot create new indexes on existing collection ${collection.ns} in a multi-document transaction.`,
      );
    }
    this.#of(collection).indexes.push(spec);
  }

  #of(collection: Collection): Changes {
    let changes = this.#changes.get(collection.ns);
    if (!changes) {
      changes = new Changes(collection, false);
      this.#changes.set(collection.ns, changes);
    }
    return changes;
  }

  #base(collection: Collection, key: Buffer): Row | null {
    if (collection.id < 0) return null;
    const found = this.#sql.get(`SELECT r, v FROM d${String(collection.id)} WHERE k = ?`, [key]);
    return found ? new Row(found[0] as number, found[1] as Buffer) : null;
  }

  find(collection: Collection, plan: Plan): Found {
    const changes = this.#changes.get(collection.ns);
    const base = collection.id < 0 ? [] : rowsOf(this.#sql, collection, plan);
    if (!changes || changes.byKey.size === 0) return { rows: base, sorted: plan.sorted };
    return { rows: overlaid(base, changes), sorted: false, overlaid: true };
  }

  count(collection: Collection): number {
    const base = collection.id < 0 ? 0 : countRows(this.#sql, collection);
    let n = base;
    for (const { base: before, row } of this.#changes.get(collection.ns)?.byKey.values() ?? []) {
      n += (row ? 1 : 0) - (before ? 1 : 0);
    }
    return n;
  }

  bound(collection: Collection): number {
    return this.count(collection);
  }

  #checkUnique(changes: Changes, key: string, doc: Doc): string[] {
    const held: string[] = [];
    for (const index of changes.collection.indexes.filter((i) => i.unique)) {
      for (const bytes of indexKeys(index, doc).keys) {
        const owned = `${String(index.id)}:${text(bytes)}`;
        const owner = changes.owners.get(owned);
        if (owner !== undefined && owner !== key) throw duplicateKey(changes.collection, index, doc);
        const rows = this.#sql.all(
          `SELECT d.k, i.r FROM i${String(index.id)} i CROSS JOIN d${String(changes.collection.id)} d ON d.r = i.r WHERE i.k = ?`,
          [bytes],
        );
        if (rows.some(([k, r]) => text(k as Buffer) !== key && !changes.hidden.has(r as number))) {
          throw duplicateKey(changes.collection, index, doc);
        }
        held.push(owned);
      }
    }
    return held;
  }

  #write(collection: Collection, keyBytes: Buffer, base: Row | null, row: Row | null): void {
    const changes = this.#of(collection);
    const key = text(keyBytes);
    const known = changes.byKey.get(key);
    if (!known) this.#claim(collection.ns, key, base, keyBytes);
    const uniqueKeys = row ? this.#checkUnique(changes, key, row.doc) : [];
    for (const owned of known?.uniqueKeys ?? [])
      if (changes.owners.get(owned) === key) changes.owners.delete(owned);
    for (const owned of uniqueKeys) changes.owners.set(owned, key);
    const change: Change = { key: keyBytes, base: known ? known.base : base, row, uniqueKeys };
    changes.byKey.set(key, change);
    if (change.base) changes.hidden.add(change.base.r);
  }

  insert(collection: Collection, raw: Buffer, doc: Doc): void {
    checkSize(raw);
    const key = encodeKey(doc['_id']);
    const known = this.#changes.get(collection.ns)?.byKey.get(text(key));
    const base = known ? known.base : this.#base(collection, key);
    if (known ? known.row : base) throw duplicateKey(collection, null, doc);
    this.#write(collection, key, base, new Row(this.#nextRow--, raw, doc));
  }

  replace(collection: Collection, row: Row, raw: Buffer, doc: Doc): void {
    checkSize(raw);
    this.#write(
      collection,
      row.key,
      row.r >= 0 ? row : null,
      new Row(row.r >= 0 ? this.#nextRow-- : row.r, raw, doc),
    );
  }

  remove(collection: Collection, row: Row): void {
    this.#write(collection, row.key, row.r >= 0 ? row : null, null);
  }

  /**
   * Applies the changes to the committed state.
   * @throws MongoError WriteConflict when that has moved on under a changed document
   */
  commit(direct: DirectView): void {
    for (const [ns, changes] of this.#changes) {
      let target = direct.catalog.get(ns);
      if (!changes.created && target?.id !== changes.collection.id)
        throw writeConflict(`collection ${ns} was dropped`);
      target ??= direct.ensure(ns);
      const list = [...changes.byKey.values()];
      apply(direct, target, list);
      for (const spec of changes.indexes) {
        const now = direct.catalog.get(ns) ?? target;
        if (!now.indexes.some((i) => i.name === spec['name'])) direct.createIndex(now, spec);
      }
    }
  }
}

function* overlaid(base: Iterable<Row>, changes: Changes): Generator<Row> {
  for (const row of base) if (!changes.hidden.has(row.r)) yield row;
  for (const { row } of changes.byKey.values()) if (row) yield row;
}

function apply(direct: DirectView, target: Collection, list: Change[]): void {
  for (const { key, base } of list) {
    const now = direct.byKey(target, key);
    if (base ? !now?.raw.equals(base.raw) : now)
      throw writeConflict(`a document of ${target.ns} was changed meanwhile`);
  }
  const fresh = (): Collection => direct.catalog.get(target.ns) ?? target;
  try {
    for (const { base, row } of list)
      if (base) {
        if (row) direct.unindex(target, base);
        else direct.remove(target, base);
      }
    for (const { base, row } of list) {
      if (row && base) direct.rewrite(fresh(), base.r, row.raw, row.doc);
      else if (row) direct.insert(fresh(), row.raw, row.doc);
    }
  } catch (error) {
    if (error instanceof MongoError && error.code === 11000) throw writeConflict(error.message);
    throw error;
  }
}
