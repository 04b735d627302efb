import type { PoolItem } from '../bank/item.contract.ts';
import { DIFFICULTIES } from '../bank/item.contract.ts';
import { seeded } from '../shared/seeded.ts';
import type { CellKind } from './assembly.contract.ts';
import type { Range, TheoryTemplate } from './template.contract.ts';

/** One row of an integer program: lower ≤ Σ values[k] · column[indices[k]] ≤ upper. */
export interface Row {
  lower: number;
  upper: number;
  indices: number[];
  values: number[];
}

/** A linear program with some columns whole, to be minimised: plain data, as the solver's worker takes it. */
export interface Program {
  cost: number[];
  lower: number[];
  upper: number[];
  whole: boolean[];
  rows: Row[];
  /** A solution this near to the best possible cost is good enough. */
  gap: number;
}

/** What a quota asks of each form, and of which items it speaks. */
export interface Quota {
  kind: CellKind;
  code: string;
  min: number;
  max: number;
  counts(item: PoolItem): boolean;
}

/** The facts of one assembly. */
export interface AssemblyFacts {
  /** Approved items of the level, in a fixed order. */
  pool: readonly PoolItem[];
  template: TheoryTemplate;
  forms: number;
  /** Chooses among forms that are equally parallel. */
  seed: string;
}

/** A quota in one form, or an overlap between two, that the relaxed program could not hold. */
export interface Shortfall {
  kind: CellKind;
  code: string;
  form: number;
  need: number;
  have: number;
}

/** What the template asks of each form: parts, functions, contents, difficulties. */
export function quotasOf({ parts, quotas }: TheoryTemplate): Quota[] {
  const table = (
    kind: CellKind,
    ranges: Record<string, Range> | undefined,
    of: (item: PoolItem) => string,
  ): Quota[] =>
    Object.entries(ranges ?? {}).map(([code, range]) => ({
      kind,
      code,
      ...range,
      counts: (item) => of(item) === code,
    }));
  return [
    ...parts.map(({ id, count, types }): Quota => ({
      kind: 'part',
      code: id,
      min: count,
      max: count,
      counts: (item) => types.includes(item.type),
    })),
    ...table('function', quotas.byFunction, (item) => item.function),
    ...table('content', quotas.byContent, (item) => item.content),
    ...table('difficulty', quotas.byDifficulty, (item) => item.difficulty),
  ];
}

/** Weights of the objective: forms alike in difficulty first, then in function, then difficulty inside each part. */
const WEIGHT = { difficulty: 100, function: 30, partDifficulty: 10 };
/** Greatest share of chance one item has in the objective: all of a paper's together stay below one step of any weight. */
const CHANCE = 0.05;
/** Half a step of the least weight: nearer, no form can be more parallel, and the share of chance is not worth proving the best of. */
const PARALLEL_GAP = 5;
/** Slacks cost whole numbers, so below 1 the least that must give way is proved. */
const RELAXED_GAP = 0.9;
/** What a unit of each slack costs in the relaxed program: content quotas give way first, parts last. */
const SLACK: Partial<Record<CellKind, number>> = { part: 10, overlap: 3 };

/** Builds programs column by column. */
class Builder {
  readonly program: Program;
  constructor(gap: number) {
    this.program = { cost: [], lower: [], upper: [], whole: [], rows: [], gap };
  }
  column(cost: number, lower: number, upper: number, whole = false): number {
    const { program } = this;
    program.lower.push(lower);
    program.upper.push(upper);
    program.whole.push(whole);
    return program.cost.push(cost) - 1;
  }
  row(lower: number, upper: number, terms: readonly (readonly [column: number, value: number])[]): void {
    this.program.rows.push({
      lower,
      upper,
      indices: terms.map(([column]) => column),
      values: terms.map(([, value]) => value),
    });
  }
}

/** Items that some part takes; the others cannot be chosen. */
export const usable = ({ pool, template }: Pick<AssemblyFacts, 'pool' | 'template'>): PoolItem[] =>
  pool.filter((item) => template.parts.some((part) => part.types.includes(item.type)));

/** The column of an item in a form: items in the order of `usable`, forms inside. */
const columnOf = (item: number, form: number, forms: number): number => item * forms + form;

/** The program whose best solution are the most parallel forms that keep every quota. */
export function buildProgram(facts: AssemblyFacts): Program {
  const items = usable(facts);
  const builder = new Builder(PARALLEL_GAP);
  const chance = seeded(facts.seed);
  for (let i = 0; i < items.length * facts.forms; i += 1) builder.column(chance() * CHANCE, 0, 1, true);
  for (const quota of quotasOf(facts.template)) {
    eachForm(facts.forms, (form) => {
      builder.row(quota.min, quota.max, terms(items, form, facts.forms, quota.counts));
    });
  }
  addEnemies(builder, items, facts.forms);
  eachPair(facts.forms, (a, b) => {
    addOverlap(builder, items, facts, [a, b]);
  });
  addParallelism(builder, items, facts);
  return builder.program;
}

/** The same program with every quota allowed to give way at a cost, so that it always has a solution: the least that must give. */
export function buildRelaxed(facts: AssemblyFacts): {
  program: Program;
  shortfalls(values: readonly number[]): Shortfall[];
} {
  const items = usable(facts);
  const builder = new Builder(RELAXED_GAP);
  const slacks: {
    kind: CellKind;
    code: string;
    form: number;
    min: number;
    max: number;
    under: number;
    over: number;
  }[] = [];
  for (let i = 0; i < items.length * facts.forms; i += 1) builder.column(0, 0, 1, true);
  const slack = (kind: CellKind): number => builder.column(SLACK[kind] ?? 1, 0, Number.POSITIVE_INFINITY);
  for (const { kind, code, min, max, counts } of quotasOf(facts.template)) {
    eachForm(facts.forms, (form) => {
      const [under, over] = [slack(kind), slack(kind)];
      builder.row(min, max, [...terms(items, form, facts.forms, counts), [under, 1], [over, -1]]);
      slacks.push({ kind, code, form, min, max, under, over });
    });
  }
  addEnemies(builder, items, facts.forms);
  eachPair(facts.forms, (a, b) => {
    const over = slack('overlap');
    addOverlap(builder, items, facts, [a, b], over);
    slacks.push({
      kind: 'overlap',
      code: `${a + 1}–${b + 1}`,
      form: a,
      min: 0,
      max: facts.template.overlap.maxBetweenForms,
      under: over,
      over,
    });
  });
  return {
    program: builder.program,
    shortfalls: (values) =>
      slacks.flatMap(({ kind, code, form, min, max, under, over }) => {
        const lack = kind === 'overlap' ? 0 : Math.round(values[under] ?? 0);
        const excess = Math.round(values[over] ?? 0);
        if (lack > 0) return [{ kind, code, form, need: min, have: min - lack }];
        return excess > 0 ? [{ kind, code, form, need: max, have: max + excess }] : [];
      }),
  };
}

function terms(
  items: readonly PoolItem[],
  form: number,
  forms: number,
  counts: (item: PoolItem) => boolean,
): [number, number][] {
  return items.flatMap((item, index): [number, number][] =>
    counts(item) ? [[columnOf(index, form, forms), 1]] : [],
  );
}

function eachForm(forms: number, work: (form: number) => void): void {
  for (let form = 0; form < forms; form += 1) work(form);
}

function eachPair(forms: number, work: (a: number, b: number) => void): void {
  for (let a = 0; a < forms; a += 1) for (let b = a + 1; b < forms; b += 1) work(a, b);
}

/** Enemies may not meet in a form; naming the other one in either item is enough. */
function addEnemies(builder: Builder, items: readonly PoolItem[], forms: number): void {
  const place = new Map(items.map((item, index) => [item.itemId, index]));
  const pairs = new Set<string>();
  items.forEach((item, index) => {
    for (const enemy of item.enemies) {
      const other = place.get(enemy);
      if (other === undefined || other === index) continue;
      const [first, second] = index < other ? [index, other] : [other, index];
      if (pairs.has(`${first} ${second}`)) continue;
      pairs.add(`${first} ${second}`);
      eachForm(forms, (form) => {
        builder.row(0, 1, [
          [columnOf(first, form, forms), 1],
          [columnOf(second, form, forms), 1],
        ]);
      });
    }
  });
}

/** At most so many items in both of two forms: `shared` is 1 where an item is in both. */
function addOverlap(
  builder: Builder,
  items: readonly PoolItem[],
  { forms, template }: AssemblyFacts,
  [a, b]: [number, number],
  slack?: number,
): void {
  const shared = items.map((_item, index): [number, number] => {
    const column = builder.column(0, 0, 1);
    builder.row(Number.NEGATIVE_INFINITY, 1, [
      [columnOf(index, a, forms), 1],
      [columnOf(index, b, forms), 1],
      [column, -1],
    ]);
    return [column, 1];
  });
  const give: [number, number][] = slack === undefined ? [] : [[slack, -1]];
  builder.row(Number.NEGATIVE_INFINITY, template.overlap.maxBetweenForms, [...shared, ...give]);
}

/** Costs the differences between forms: the greatest over difficulties, the greatest over functions, and the sum inside the parts. */
function addParallelism(
  builder: Builder,
  items: readonly PoolItem[],
  { forms, template }: AssemblyFacts,
): void {
  if (forms < 2) return;
  const greatestDifficulty = builder.column(WEIGHT.difficulty, 0, Number.POSITIVE_INFINITY);
  const greatestFunction = builder.column(WEIGHT.function, 0, Number.POSITIVE_INFINITY);
  const spread = (counts: (item: PoolItem) => boolean, greatest?: number): void => {
    const [low, high] = [
      builder.column(0, 0, Number.POSITIVE_INFINITY),
      builder.column(0, 0, Number.POSITIVE_INFINITY),
    ];
    eachForm(forms, (form) => {
      const own = terms(items, form, forms, counts);
      builder.row(0, Number.POSITIVE_INFINITY, [...own, [low, -1]]);
      builder.row(Number.NEGATIVE_INFINITY, 0, [...own, [high, -1]]);
    });
    const difference = greatest ?? builder.column(WEIGHT.partDifficulty, 0, Number.POSITIVE_INFINITY);
    builder.row(Number.NEGATIVE_INFINITY, 0, [
      [high, 1],
      [low, -1],
      [difference, -1],
    ]);
  };
  for (const difficulty of DIFFICULTIES) {
    spread((item) => item.difficulty === difficulty, greatestDifficulty);
    for (const part of template.parts)
      spread((item) => item.difficulty === difficulty && part.types.includes(item.type));
  }
  for (const fn of new Set(items.map((item) => item.function)))
    spread((item) => item.function === fn, greatestFunction);
}

/** The items of each form that a solution chooses, in the pool's order. */
export function chosenItems(facts: AssemblyFacts, values: readonly number[]): PoolItem[][] {
  const items = usable(facts);
  return Array.from({ length: facts.forms }, (_form, form) =>
    items.filter((_item, index) => (values[columnOf(index, form, facts.forms)] ?? 0) > 0.5),
  );
}
