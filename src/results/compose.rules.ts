import { compare, divide, fraction, multiply, roundHalfUp, type Fraction } from '../shared/fraction.ts';
import type { Part } from '../shared/levels.ts';

/** An exact score of one part: points earned of points possible (> 0). */
export interface PartScore {
  earned: Fraction;
  possible: Fraction;
}

/** One part of a result: the mark out of 100 as it is shown, and whether it passes. */
export interface PartResult {
  part: Part;
  /** Rounded half up to one decimal, such as "59.9". The only rounding there is. */
  mark: string;
  passed: boolean;
}

export interface Composition {
  parts: PartResult[];
  /** Parts without a score: absent, or not finished. They do not pass. */
  missing: Part[];
  passed: boolean;
}

const DECIMALS = 1;

/**
 * Composes a candidate's result: each part out of 100; each must reach its pass mark.
 * A part passes by its mark as shown, so that nobody reads "60.0" and "failed" side by side.
 */
export function compose(
  required: readonly Part[],
  scores: Readonly<Partial<Record<Part, PartScore>>>,
  passMarks: Readonly<Partial<Record<Part, number>>>,
): Composition {
  const parts: PartResult[] = [];
  const missing: Part[] = [];
  for (const part of required) {
    const score = scores[part];
    if (score === undefined) {
      missing.push(part);
      continue;
    }
    const exact = divide(multiply(score.earned, fraction(100)), score.possible);
    const mark = roundHalfUp(exact, DECIMALS);
    parts.push({ part, mark, passed: reaches(mark, passMarks[part] ?? 60) });
  }
  return { parts, missing, passed: missing.length === 0 && parts.every((part) => part.passed) };
}

/** Whether a mark as shown reaches the pass mark. */
function reaches(mark: string, passMark: number): boolean {
  const [whole = '0', decimals = '0'] = mark.split('.');
  return (
    compare(fraction(BigInt(`${whole}${decimals}`), 10n ** BigInt(decimals.length)), fraction(passMark)) >= 0
  );
}
