/** What a filter says about the values of a path: equalities and ranges an index can use. */
import { Decimal128, Double, BSONRegExp } from 'bson';
import { field, isDoc, type Doc } from './bson-codec.ts';
import { rank, RANK } from './bson-order.ts';
import { isOperatorDoc } from './match-leaf.ts';

export interface Limit {
  value: unknown;
  inclusive: boolean;
}
export interface Condition {
  /** the value is one of these */
  equal?: unknown[];
  low?: Limit;
  high?: Limit;
}
export type Conditions = Map<string, Condition>;

/** Values an index finds by key: not arrays (indexed element by element), regexes or undefined. */
const indexable = (v: unknown): boolean => v !== undefined && !Array.isArray(v) && !(v instanceof BSONRegExp);

function rangeable(v: unknown): boolean {
  const r = rank(v);
  if (r === RANK.minKey || r === RANK.maxKey || r === RANK.null || !indexable(v)) return false;
  const n = v instanceof Double ? v.value : v instanceof Decimal128 ? Number(v.toString()) : v;
  return !(typeof n === 'number' && Number.isNaN(n));
}

function narrow(conditions: Conditions, path: string, next: Condition): void {
  const known = conditions.get(path);
  if (!known) {
    conditions.set(path, next);
    return;
  }
  if (next.equal && (!known.equal || next.equal.length < known.equal.length)) known.equal = next.equal;
  known.low ??= next.low as Limit;
  known.high ??= next.high as Limit;
}

function fromOperators(path: string, spec: Doc, out: Conditions): void {
  for (const op of Object.keys(spec)) {
    const v = spec[op];
    if (op === '$eq' && indexable(v)) narrow(out, path, { equal: [v] });
    else if (op === '$in' && Array.isArray(v) && v.every(indexable))
      narrow(out, path, { equal: v as unknown[] });
    else if ((op === '$gt' || op === '$gte') && rangeable(v))
      narrow(out, path, { low: { value: v, inclusive: op === '$gte' } });
    else if ((op === '$lt' || op === '$lte') && rangeable(v))
      narrow(out, path, { high: { value: v, inclusive: op === '$lte' } });
    else if (op === '$elemMatch' && isDoc(v) && !isOperatorDoc(v)) {
      for (const [inner, condition] of conditionsOf(v)) narrow(out, `${path}.${inner}`, condition);
    } else if (op === '$all' && Array.isArray(v) && v.length && indexable(v[0]) && !isOperatorDoc(v[0]))
      narrow(out, path, { equal: [v[0]] });
  }
}

/** Conditions every matching document meets, by path. */
export function conditionsOf(filter: Doc, out: Conditions = new Map()): Conditions {
  for (const key of Object.keys(filter)) {
    const value = field(filter, key);
    if (key === '$and' && Array.isArray(value)) for (const branch of value) conditionsOf(branch as Doc, out);
    else if (key.startsWith('$')) continue;
    else if (isOperatorDoc(value)) fromOperators(key, value, out);
    else if (indexable(value)) narrow(out, key, { equal: [value] });
  }
  return out;
}
