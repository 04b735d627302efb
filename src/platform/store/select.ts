/** Runs a query: plan, filter, sort, skip and limit, within the limits of the command. */
import type { Doc } from './bson-codec.ts';
import type { Collection } from './catalog.ts';
import { MongoError } from './errors.ts';
import { isOperatorDoc } from './match-leaf.ts';
import { compileMatch, type Predicate } from './match.ts';
import { sortBy, type SortSpec } from './paths.ts';
import { plan as planOf, type Plan } from './planner.ts';
import { naturalDescending, parseSort } from './sort-spec.ts';
import type { Row, View } from './view.ts';

/** Thrown when a read looks at more documents than the saving thread may spend on it. */
export class TooLong extends Error {}

/** Counts documents looked at; stops a command that takes too long. */
export class Meter {
  examined = 0;
  readonly #budget: number;
  readonly #deadline: number;
  /** @param budget documents that may be looked at before `TooLong`; @param maxTimeMS 0 for no limit */
  constructor(budget: number, maxTimeMS: number, now: number) {
    this.#budget = budget;
    this.#deadline = maxTimeMS > 0 ? now + maxTimeMS : Infinity;
  }
  /** Gives up at once on a scan that is known to be too long. */
  expect(documents: () => number): void {
    if (this.#budget !== Infinity && documents() > this.#budget) throw new TooLong();
  }
  tick(): void {
    this.examined++;
    if (this.examined > this.#budget) throw new TooLong();
    if (this.#deadline !== Infinity && this.examined % 64 === 0 && Date.now() > this.#deadline) {
      throw new MongoError(50, 'operation exceeded time limit');
    }
  }
}

export interface Query {
  filter?: Doc;
  sort?: unknown;
  skip?: number;
  limit?: number;
  hint?: unknown;
  vars?: Doc;
}

export interface Prepared {
  plan: Plan;
  sort: SortSpec;
  test: Predicate;
  /** every stored row of the plan matches: nothing to test (unless a transaction adds rows) */
  exact: boolean;
}

/** True if the filter says no more than `_id` is this, or one of these. */
function onlyId(filter: Doc): boolean {
  const keys = Object.keys(filter);
  if (keys.length !== 1 || keys[0] !== '_id') return false;
  const value = filter['_id'];
  if (!isOperatorDoc(value)) return true;
  const [op, ...more] = Object.keys(value);
  return more.length === 0 && (op === '$eq' || op === '$in');
}

/** Plans a query and compiles its filter. */
export function prepare(collection: Collection, query: Query): Prepared {
  const filter = query.filter ?? {};
  const sort = parseSort(query.sort);
  const plan = planOf(collection, filter, { sort, hint: query.hint, reverse: naturalDescending(query.sort) });
  const byId = plan.kind === 'index' && plan.index === null && plan.point;
  const exact = Object.keys(filter).length === 0 || (byId && onlyId(filter));
  if (!exact) return { plan, sort, test: compileMatch(filter, query.vars), exact };
  let compiled: Predicate | undefined;
  return {
    plan,
    sort,
    test: (doc, details) => (compiled ??= compileMatch(filter, query.vars))(doc, details),
    exact,
  };
}

/** @throws TooLong when counting the whole collection would hold up the saving thread */
export function countAll(view: View, collection: Collection, budget: number): number {
  if (budget !== Infinity && view.bound(collection) > budget * COUNTED_PER_EXAMINED) throw new TooLong();
  return view.count(collection);
}

/** Counting touches a document far more cheaply than looking at it. */
const COUNTED_PER_EXAMINED = 20;

/** All rows a query finds, in order. */
export function select(view: View, collection: Collection, query: Query, meter?: Meter): Row[] {
  const { plan, sort, test, exact } = prepare(collection, query);
  const { rows, sorted, overlaid } = view.find(collection, plan);
  const trusted = exact && !overlaid;
  const skip = query.skip ?? 0;
  const stop = query.limit && (sort.length === 0 || sorted) ? skip + query.limit : Infinity;
  if (plan.kind === 'scan' && stop === Infinity) meter?.expect(() => view.bound(collection));
  let out: Row[] = [];
  for (const row of rows) {
    meter?.tick();
    if (!trusted && !test(row.doc)) continue;
    out.push(row);
    if (out.length >= stop) break;
  }
  if (sort.length && !sorted) out = sortBy(out, sort, (row) => row.doc);
  return skip || query.limit ? out.slice(skip, query.limit ? skip + query.limit : undefined) : out;
}
