/** Dotted paths through documents and arrays, as indexes and sorts see them. */
import { field, isDoc, type Doc } from './bson-codec.ts';
import { componentKey, emptyArrayKey } from './bson-order.ts';

/** True for a path part that can be an array index. */
export const isIndexPart = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part);

/** Stands for an empty array at the end of a path: orders before null. */
export const EMPTY_ARRAY = Symbol('empty array');

/** All values that a dotted path reaches, arrays fanned out; `undefined` for missing. */
export function reach(value: unknown, parts: readonly string[], at = 0): unknown[] {
  if (at === parts.length) {
    if (!Array.isArray(value)) return [value];
    return value.length ? (value as unknown[]) : [EMPTY_ARRAY];
  }
  const part = parts[at] as string;
  if (Array.isArray(value)) {
    if (isIndexPart(part) && Number(part) < value.length) return reach(value[Number(part)], parts, at + 1);
    const out: unknown[] = [];
    for (const element of value) if (isDoc(element)) out.push(...reach(element, parts, at));
    return out.length ? out : [undefined];
  }
  return isDoc(value) ? reach(field(value, part), parts, at + 1) : [undefined];
}

/** Value at a dotted path without fan-out: array indexes only by number. */
export function valueAt(value: unknown, parts: readonly string[]): unknown {
  let current = value;
  for (const part of parts) {
    if (Array.isArray(current))
      current = isIndexPart(part) ? (current as unknown[])[Number(part)] : undefined;
    else if (isDoc(current)) current = field(current, part);
    else return undefined;
  }
  return current;
}

/** Key bytes of one reached value. */
export function reachedKey(value: unknown, descending: boolean): Buffer {
  return value === EMPTY_ARRAY ? emptyArrayKey(descending) : componentKey(value, descending);
}

/** A sort specification, checked: path and direction by field. */
export type SortSpec = { parts: string[]; descending: boolean }[];

/** Compares for the smallest (or largest) value of a fanned-out field. */
function extreme(values: unknown[], descending: boolean): Buffer {
  let best = reachedKey(values[0], descending);
  for (let i = 1; i < values.length; i++) {
    const key = reachedKey(values[i], descending);
    if (Buffer.compare(key, best) < 0) best = key;
  }
  return best;
}

/** Bytes by which documents are sorted: the smallest value of an array ascending, the largest descending. */
function sortKey(doc: Doc, spec: SortSpec): Buffer {
  const keys = spec.map(({ parts, descending }) => extreme(reach(doc, parts), descending));
  return keys.length === 1 ? (keys[0] as Buffer) : Buffer.concat(keys);
}

/** Stable sort of things by the sort key of their documents. */
export function sortBy<T>(rows: T[], spec: SortSpec, docOf: (row: T) => Doc): T[] {
  const keyed = rows.map((row) => ({ row, key: sortKey(docOf(row), spec) }));
  keyed.sort((a, b) => Buffer.compare(a.key, b.key));
  return keyed.map(({ row }) => row);
}
