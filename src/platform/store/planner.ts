/** Chooses how to find the documents of a filter: by _id, by an index, by the union of several, or by scanning. */
import { isDoc, type Doc } from './bson-codec.ts';
import { compare, componentKey, rank } from './bson-order.ts';
import { conditionsOf, type Condition, type Conditions, type Limit } from './bounds.ts';
import type { Collection, Index, IndexField } from './catalog.ts';
import { MongoError } from './errors.ts';
import { compileMatch } from './match.ts';
import type { SortSpec } from './paths.ts';
import { patternText } from './sort-spec.ts';

/** Keys from `low` (inclusive) to `high` (exclusive). */
export interface Range {
  low: Buffer;
  high: Buffer;
}
export type Plan =
  | { kind: 'scan'; reverse: boolean; sorted: boolean }
  /** `index` null is the index on _id */
  | { kind: 'index'; index: Index | null; ranges: Range[]; reverse: boolean; sorted: boolean; point: boolean }
  | { kind: 'union'; plans: Plan[]; sorted: false };

const FF = Buffer.from([0xff]);
const MAX_RANGES = 1000;
const ID_FIELDS: IndexField[] = [{ path: '_id', parts: ['_id'], descending: false }];

const after = (key: Buffer): Buffer => Buffer.concat([key, FF]);

function rangeOf(prefix: Buffer, condition: Condition, descending: boolean): Range {
  const { low, high } = condition;
  const r = rank((low ?? high)?.value);
  const [first, last]: (Limit | undefined)[] = descending ? [high, low] : [low, high];
  const bracket = (n: number): Buffer => Buffer.from([n]);
  const start = descending ? bracket(0xff ^ r) : bracket(r);
  const end = bracket((descending ? 0xff ^ r : r) + 1);
  const from = first ? componentKey(first.value, descending) : start;
  const to = last ? componentKey(last.value, descending) : end;
  return {
    low: Buffer.concat([prefix, first && !first.inclusive ? after(from) : from]),
    high: Buffer.concat([prefix, last?.inclusive ? after(to) : to]),
  };
}

const root = (path: string): string => path.split('.')[0] as string;

interface Candidate {
  index: Index | null;
  fields: IndexField[];
  /** leading fields bound by equality */
  equal: number;
  ranged: boolean;
  sorted: boolean;
  reverse: boolean;
  ranges: Range[];
}

/** Does the index deliver the sort once its first `bound` fields are single values? */
function sortDirection(
  fields: IndexField[],
  bound: number,
  single: Set<string>,
  sort: SortSpec,
): 'forward' | 'reverse' | null {
  let at = bound;
  let direction: 'forward' | 'reverse' | null = null;
  for (const { parts, descending } of sort) {
    const path = parts.join('.');
    if (single.has(path)) continue;
    const field = fields[at++];
    if (field?.path !== path) return null;
    const needed = field.descending === descending ? 'forward' : 'reverse';
    if (direction && direction !== needed) return null;
    direction = needed;
  }
  return direction ?? 'forward';
}

/** Leading fields of the index that equalities bind; with arrays, only fields under different roots combine. */
function equalPrefix(fields: IndexField[], conditions: Conditions, multikey: boolean): number {
  const roots = new Set<string>();
  let n = 0;
  let combinations = 1;
  for (const { path } of fields) {
    const equal = conditions.get(path)?.equal;
    if (!equal || (multikey && roots.has(root(path)))) break;
    combinations *= Math.max(1, equal.length);
    if (combinations > MAX_RANGES && n > 0) break;
    roots.add(root(path));
    n++;
  }
  return n;
}

function prefixesOf(fields: IndexField[], conditions: Conditions, n: number): Buffer[] {
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  for (const { path, descending } of fields.slice(0, n)) {
    const keys = (conditions.get(path)?.equal ?? []).map((v) => componentKey(v, descending));
    const distinct = [...new Map(keys.map((k) => [k.toString('latin1'), k])).values()];
    prefixes = prefixes.flatMap((p) => distinct.map((k) => Buffer.concat([p, k])));
  }
  return prefixes;
}

function candidate(index: Index | null, conditions: Conditions, sort: SortSpec): Candidate {
  const fields = index?.fields ?? ID_FIELDS;
  const multikey = index?.multikey ?? false;
  const equal = equalPrefix(fields, conditions, multikey);
  const prefixes = prefixesOf(fields, conditions, equal);
  const next = fields[equal];
  const condition = next && rangeCondition(conditions.get(next.path), multikey);
  const usable =
    condition && !(multikey && fields.slice(0, equal).some((f) => root(f.path) === root(next.path)));
  const ranges = prefixes.map((prefix) =>
    usable ? rangeOf(prefix, condition, next.descending) : { low: prefix, high: after(prefix) },
  );
  const single = new Set(
    fields
      .slice(0, equal)
      .map((f) => f.path)
      .filter((p) => conditions.get(p)?.equal?.length === 1),
  );
  const direction = multikey || prefixes.length > 1 ? null : sortDirection(fields, equal, single, sort);
  return {
    index,
    fields,
    equal,
    ranged: Boolean(usable),
    sorted: direction !== null,
    reverse: direction === 'reverse',
    ranges,
  };
}

function rangeCondition(condition: Condition | undefined, multikey: boolean): Condition | undefined {
  if (!condition?.low && !condition?.high) return undefined;
  const { low, high } = condition;
  if (low && high && (multikey || rank(low.value) !== rank(high.value))) return { low };
  return { ...(low ? { low } : {}), ...(high ? { high } : {}) };
}

/** True if every document the filter finds is in the partial index. */
function implies(filter: Doc, conditions: Conditions, partial: Doc): boolean {
  return Object.keys(partial).every((path) => {
    const wanted = partial[path];
    if (path in filter && compare(filter[path], wanted) === 0) return true;
    if (path.startsWith('$')) return false;
    const condition = conditions.get(path);
    if (!condition) return false;
    const values = condition.equal;
    if (values) {
      const test = compileMatch({ v: wanted });
      return values.every((v) => v !== null && test({ v }));
    }
    return isDoc(wanted) && Object.keys(wanted).join() === '$exists' && wanted['$exists'] === true;
  });
}

function usableFor(index: Index, filter: Doc, conditions: Conditions): boolean {
  const partial = index.spec['partialFilterExpression'];
  if (isDoc(partial) && !implies(filter, conditions, partial)) return false;
  if (!index.sparse) return true;
  return index.fields.some(({ path }) => {
    const c = conditions.get(path);
    return c !== undefined && (c.equal ? c.equal.every((v) => v !== null) : true);
  });
}

const score = (c: Candidate): number =>
  c.equal * 10 +
  (c.ranged ? 5 : 0) +
  (c.sorted ? 2 : 0) +
  (c.index === null ? 1 : 0) +
  (c.equal === c.fields.length && (c.index === null || c.index.unique) ? 100 : 0);

function toPlan(c: Candidate, sort: SortSpec): Plan {
  return {
    kind: 'index',
    index: c.index,
    ranges: c.ranges,
    reverse: c.reverse,
    sorted: sort.length === 0 || c.sorted,
    point: c.equal === c.fields.length && (c.index === null || c.index.unique),
  };
}

function union(collection: Collection, filter: Doc): Plan | null {
  const branches = filter['$or'];
  if (!Array.isArray(branches) || branches.length > 64) return null;
  const plans: Plan[] = [];
  for (const branch of branches as Doc[]) {
    const plan = plannedBy(collection, branch, []);
    if (!plan) return null;
    plans.push(plan);
  }
  return { kind: 'union', plans, sorted: false };
}

function plannedBy(collection: Collection, filter: Doc, sort: SortSpec): Plan | null {
  const conditions = conditionsOf(filter);
  let best: Candidate | null = null;
  for (const index of [null, ...collection.indexes]) {
    if (index && !usableFor(index, filter, conditions)) continue;
    const c = candidate(index, conditions, sort);
    const helps =
      c.equal > 0 || c.ranged || (sort.length > 0 && c.sorted && !index?.sparse && !index?.partial);
    if (helps && (!best || score(c) > score(best))) best = c;
  }
  return best ? toPlan(best, sort) : null;
}

/** The index a hint names: by name, by key pattern, or `$natural`. */
function hinted(collection: Collection, hint: unknown, filter: Doc, sort: SortSpec): Plan {
  if (isDoc(hint) && '$natural' in hint) {
    return { kind: 'scan', reverse: Number(hint['$natural']) < 0, sorted: sort.length === 0 };
  }
  const wanted = isDoc(hint) ? patternText(hint) : null;
  const matches = (name: string, key: Doc): boolean =>
    wanted === null ? name === hint : patternText(key) === wanted;
  const isId = matches('_id_', { _id: 1 });
  const index = isId ? null : collection.indexes.find((i) => matches(i.name, i.spec['key'] as Doc));
  if (index === undefined) {
    throw new MongoError(
      2,
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  }
  const conditions = conditionsOf(filter);
  return toPlan(
    candidate(
      index,
      index && !index.partial && !index.sparse
        ? conditions
        : isId
          ? conditions
          : new Map<string, Condition>(),
      sort,
    ),
    sort,
  );
}

/**
 * Plans a query. Every matching document is in the plan; the plan may hold others.
 * @throws MongoError BadValue when the hint names no index
 */
export function plan(
  collection: Collection,
  filter: Doc,
  options: { sort: SortSpec; hint?: unknown; reverse?: boolean },
): Plan {
  const { sort, hint } = options;
  if (hint !== undefined && hint !== null && !(isDoc(hint) && Object.keys(hint).length === 0)) {
    return hinted(collection, hint, filter, sort);
  }
  return (
    plannedBy(collection, filter, sort) ??
    union(collection, filter) ?? {
      kind: 'scan',
      reverse: options.reverse ?? false,
      sorted: sort.length === 0,
    }
  );
}
