import { add, compare, divide, fraction, subtract, sum, type Fraction } from '../shared/fraction.ts';

/** How the sealed scores of several judges become one, by template. */
export type Aggregation = 'mean' | 'median' | 'trimmed-mean';

/** Smallest number of judges anywhere: examiners and panels are three or more, and odd (clause 11.2). */
export const FEWEST_JUDGES = 3;

export type AggregateVerdict =
  | { ok: true; score: Fraction; spread: Fraction; beyondLimit: boolean }
  | { ok: false; code: 'marking.too-few-judges' | 'marking.even-judges'; clause: '11.2'; judges: number };

/** Clause 11.2: whether so many judges may act: an odd number, three or more. */
export function judgeCount(
  judges: number,
):
  | { ok: true }
  | { ok: false; code: 'marking.too-few-judges' | 'marking.even-judges'; clause: '11.2'; judges: number } {
  if (judges < FEWEST_JUDGES) return { ok: false, code: 'marking.too-few-judges', clause: '11.2', judges };
  return judges % 2 === 0 ? { ok: false, code: 'marking.even-judges', clause: '11.2', judges } : { ok: true };
}

/**
 * One score from all the judges' totals, exact, with their spread (highest minus lowest).
 * `trimmed-mean` leaves out the highest and the lowest when there are five or more, and is the mean below that.
 * Refuses fewer than three judges or an even number (clause 11.2).
 */
export function aggregate(
  totals: readonly Fraction[],
  by: Aggregation,
  spreadLimit: Fraction,
): AggregateVerdict {
  const count = judgeCount(totals.length);
  if (!count.ok) return count;
  const sorted = [...totals].sort(compare);
  const lowest = sorted[0] as Fraction;
  const highest = sorted.at(-1) as Fraction;
  const spread = subtract(highest, lowest);
  return { ok: true, score: combine(sorted, by), spread, beyondLimit: compare(spread, spreadLimit) > 0 };
}

function combine(sorted: readonly Fraction[], by: Aggregation): Fraction {
  if (by === 'median') return sorted[(sorted.length - 1) / 2] as Fraction;
  const kept = by === 'trimmed-mean' && sorted.length >= 5 ? sorted.slice(1, -1) : sorted;
  return divide(sum(kept), fraction(kept.length));
}

/** A criterion of a score sheet: its most points, a decimal. */
export interface Criterion {
  id: string;
  points: number;
}

export type SheetVerdict =
  | { ok: true; total: Fraction }
  | {
      ok: false;
      code: 'marking.criterion-missing' | 'marking.criterion-unknown' | 'marking.outside-scale';
      criterion: string;
      max: number;
    };

/** Points given on a sheet by criterion, as decimals with at most one place. */
export type SheetScores = Readonly<Record<string, string>>;

/** Whether a sheet can be sealed: every criterion scored, none unknown, each from 0 to its points. Returns the total. */
export function judgeSheet(
  criteria: readonly Criterion[],
  scores: SheetScores,
  parse: (text: string) => Fraction | undefined,
): SheetVerdict {
  const known = new Set(criteria.map((criterion) => criterion.id));
  const unknown = Object.keys(scores).find((id) => !known.has(id));
  if (unknown !== undefined)
    return { ok: false, code: 'marking.criterion-unknown', criterion: unknown, max: 0 };
  let total = fraction(0);
  for (const { id, points } of criteria) {
    const text = scores[id];
    if (text === undefined)
      return { ok: false, code: 'marking.criterion-missing', criterion: id, max: points };
    const given = parse(text);
    if (given === undefined || given.num < 0n || compare(given, fraction(points)) > 0) {
      return { ok: false, code: 'marking.outside-scale', criterion: id, max: points };
    }
    total = add(total, given);
  }
  return { ok: true, total };
}
