/** What commands read and write through: the committed state (`DirectView`), or a transaction (`TransactionView`). */
import { decode, type Doc } from './bson-codec.ts';
import { encodeKey } from './bson-order.ts';
import type { Catalog, Collection, Index } from './catalog.ts';
import { MongoError } from './errors.ts';
import type { Plan, Range } from './planner.ts';
import { reach } from './paths.ts';
import type { Sql, SqlRow, SqlValue } from './sqlite.ts';

/** A stored document: row number, key of its _id, bytes; decoded on demand. */
export class Row {
  readonly r: number;
  readonly raw: Buffer;
  #doc: Doc | undefined;
  constructor(r: number, raw: Buffer, doc?: Doc) {
    this.r = r;
    this.raw = raw;
    this.#doc = doc;
  }
  get doc(): Doc {
    return (this.#doc ??= decode(this.raw));
  }
  get key(): Buffer {
    return encodeKey(this.doc['_id']);
  }
}

export interface Found {
  rows: Iterable<Row>;
  /** rows come in the order that was planned for */
  sorted: boolean;
  /** rows of a transaction are among them, whether the plan finds them or not */
  overlaid?: boolean;
}

export interface View {
  readonly catalog: Catalog;
  /** The collection, created if it is missing. */
  ensure(ns: string): Collection;
  find(collection: Collection, plan: Plan): Found;
  insert(collection: Collection, raw: Buffer, doc: Doc): void;
  replace(collection: Collection, row: Row, raw: Buffer, doc: Doc): void;
  remove(collection: Collection, row: Row): void;
  count(collection: Collection): number;
  /** No fewer documents than the collection has, found without counting. */
  bound(collection: Collection): number;
}

const MAX_DOCUMENT = 16 * 1024 * 1024;

/** The error of a second document with the same key. */
export function duplicateKey(collection: Collection, index: Index | null, doc: Doc): MongoError {
  const fields = index?.fields ?? [{ path: '_id', parts: ['_id'] }];
  const keyValue: Doc = {};
  for (const { path, parts } of fields) {
    const [value] = reach(doc, parts);
    keyValue[path] = typeof value === 'symbol' ? [] : (value ?? null);
  }
  const shown = Object.entries(keyValue)
    .map(([k, v]) => `${k}: ${shownValue(v)}`)
    .join(', ');
  return new MongoError(
    11000,
    `E11000 duplicate key error collection: ${collection.ns} index: ${index?.name ?? '_id_'} dup key: { ${shown} }`,
    {
      keyPattern: index ? index.spec['key'] : { _id: 1 },
      keyValue,
    },
  );
}

function shownValue(v: unknown): string {
  if (typeof v === 'bigint') return v.toString();
  const type = (v as { _bsontype?: string } | null)?._bsontype;
  if (type === 'ObjectId') return `ObjectId('${String(v)}')`;
  return JSON.stringify(v) ?? 'null';
}

export function checkSize(raw: Buffer): void {
  if (raw.length > MAX_DOCUMENT) {
    throw new MongoError(
      10334,
      `BSONObj size: ${String(raw.length)} is invalid. Size must be between 0 and ${String(MAX_DOCUMENT)}(16MB)`,
    );
  }
}

const FIRST_PAGE = 32;
const PAGE = 512;

const rowOf = (columns: SqlRow): Row => new Row(columns[0] as number, columns[1] as Buffer);

function* pages(fetch: (size: number, last: SqlRow | null) => SqlRow[]): Generator<SqlRow> {
  let size = FIRST_PAGE;
  let last: SqlRow | null = null;
  for (;;) {
    const rows = fetch(size, last);
    yield* rows;
    if (rows.length < size) return;
    last = rows.at(-1) ?? null;
    size = PAGE;
  }
}

function* scan(sql: Sql, id: number, reverse: boolean): Generator<Row> {
  const text = `SELECT r, v FROM d${String(id)} WHERE r ${reverse ? '<' : '>'} ? ORDER BY r ${reverse ? 'DESC' : 'ASC'} LIMIT ?`;
  const start = reverse ? Number.MAX_SAFE_INTEGER : -1;
  for (const row of pages((size, last) => sql.all(text, [last ? (last[0] as number) : start, size])))
    yield rowOf(row);
}

function* idRange(sql: Sql, id: number, range: Range, reverse: boolean): Generator<Row> {
  const text = reverse
    ? `SELECT r, v, k FROM d${String(id)} WHERE k >= ? AND k < ? ORDER BY k DESC LIMIT ?`
    : `SELECT r, v, k FROM d${String(id)} WHERE k > ? AND k < ? ORDER BY k LIMIT ?`;
  const inclusive = `SELECT r, v, k FROM d${String(id)} WHERE k >= ? AND k < ? ORDER BY k LIMIT ?`;
  const fetch = (size: number, last: SqlRow | null): SqlRow[] => {
    if (!last) return sql.all(reverse ? text : inclusive, [range.low, range.high, size]);
    return sql.all(
      text,
      reverse ? [range.low, last[2] as Buffer, size] : [last[2] as Buffer, range.high, size],
    );
  };
  for (const row of pages(fetch)) yield rowOf(row);
}

function* indexRange(sql: Sql, id: number, index: number, range: Range, reverse: boolean): Generator<Row> {
  const from = `SELECT i.r, d.v, i.k FROM i${String(index)} i CROSS JOIN d${String(id)} d ON d.r = i.r WHERE i.k >= ? AND i.k < ?`;
  const order = reverse ? 'ORDER BY i.k DESC, i.r DESC LIMIT ?' : 'ORDER BY i.k, i.r LIMIT ?';
  const next = `${from} AND (i.k, i.r) ${reverse ? '<' : '>'} (?, ?) ${order}`;
  const fetch = (size: number, last: SqlRow | null): SqlRow[] => {
    if (!last) return sql.all(`${from} ${order}`, [range.low, range.high, size]);
    const low = reverse ? range.low : (last[2] as Buffer);
    const high = reverse ? range.high : range.high;
    return sql.all(next, [low, high, last[2] as Buffer, last[0] as SqlValue, size]);
  };
  for (const row of pages(fetch)) yield rowOf(row);
}

function point(sql: Sql, id: number, index: Index | null, range: Range): Row | undefined {
  const columns = index
    ? sql.get(
        `SELECT i.r, d.v FROM i${String(index.id)} i CROSS JOIN d${String(id)} d ON d.r = i.r WHERE i.k = ?`,
        [range.low],
      )
    : sql.get(`SELECT r, v FROM d${String(id)} WHERE k = ?`, [range.low]);
  return columns && rowOf(columns);
}

function* distinctRows(rows: Iterable<Row>): Generator<Row> {
  const seen = new Set<number>();
  for (const row of rows) {
    if (seen.has(row.r)) continue;
    seen.add(row.r);
    yield row;
  }
}

function* chain(parts: Iterable<Iterable<Row>>): Generator<Row> {
  for (const part of parts) yield* part;
}

function* ranged(sql: Sql, id: number, plan: Extract<Plan, { kind: 'index' }>): Generator<Row> {
  const { index, ranges, reverse } = plan;
  for (const range of ranges) {
    if (plan.point) {
      const row = point(sql, id, index, range);
      if (row) yield row;
    } else yield* index ? indexRange(sql, id, index.id, range, reverse) : idRange(sql, id, range, reverse);
  }
}

/** The rows of a plan in a SQLite connection. Do not change the collection while iterating: collect first. */
export function rowsOf(sql: Sql, collection: Collection, plan: Plan): Iterable<Row> {
  switch (plan.kind) {
    case 'scan':
      return scan(sql, collection.id, plan.reverse);
    case 'union':
      return distinctRows(chain(plan.plans.map((p) => rowsOf(sql, collection, p))));
    case 'index': {
      const rows = ranged(sql, collection.id, plan);
      return plan.index && (plan.index.multikey || plan.ranges.length > 1) ? distinctRows(rows) : rows;
    }
  }
}

/** The highest row number: no fewer than there are rows. */
export function rowBound(sql: Sql, collection: Collection): number {
  return Number(sql.get(`SELECT max(r) FROM d${String(collection.id)}`)?.[0] ?? 0);
}

export function countRows(sql: Sql, collection: Collection): number {
  return Number(sql.get(`SELECT count(*) FROM d${String(collection.id)}`)?.[0] ?? 0);
}
