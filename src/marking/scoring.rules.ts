import type { ItemKey } from '../bank/item.contract.ts';
import {
  compare,
  fraction,
  multiply,
  parseDecimal,
  subtract,
  ZERO,
  type Fraction,
} from '../shared/fraction.ts';

/**
 * How an answer that is right in part is scored, by template:
 * `none`: all or nothing; `proportional`: the share that is right, and nothing once a wrong option is chosen.
 */
export type PartialCredit = 'none' | 'proportional';

/** The share of an item's points that an answer earns, 0 to 1, exact. An answer of the wrong shape earns 0. */
export function scoreShare(key: ItemKey, value: unknown, policy: PartialCredit): Fraction {
  switch (key.type) {
    case 'single':
    case 'true-false':
      return value === key.key ? ONE : ZERO;
    case 'multiple':
      return multipleShare(key.key, value, policy);
    case 'numeric':
      return numericShare(key.key, value);
    case 'ordering':
      return orderingShare(key.key, value, policy);
    case 'matching':
      return matchingShare(key.key, value, policy);
  }
}

/** The points an answer earns of `points`, exact; never rounded here. */
export function scoreAnswer(key: ItemKey, value: unknown, points: Fraction, policy: PartialCredit): Fraction {
  return multiply(points, scoreShare(key, value, policy));
}

const ONE = fraction(1);

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

/** All-or-part: full for everything right, the share only when the policy grants it. */
const partial = (right: number, of: number, policy: PartialCredit): Fraction =>
  right === of ? ONE : policy === 'proportional' && of > 0 ? fraction(right, of) : ZERO;

function multipleShare(key: readonly string[], value: unknown, policy: PartialCredit): Fraction {
  if (!isTexts(value)) return ZERO;
  const chosen = new Set(value);
  for (const option of chosen) if (!key.includes(option)) return ZERO;
  return partial(chosen.size, key.length, policy);
}

function numericShare(key: { value: string; tolerance: string }, value: unknown): Fraction {
  const given = typeof value === 'string' ? parseDecimal(value) : undefined;
  const wanted = parseDecimal(key.value);
  const tolerance = parseDecimal(key.tolerance);
  if (given === undefined || wanted === undefined || tolerance === undefined) return ZERO;
  const difference = subtract(given, wanted);
  const distance = difference.num < 0n ? subtract(wanted, given) : difference;
  return compare(distance, tolerance) <= 0 ? ONE : ZERO;
}

function orderingShare(key: readonly string[], value: unknown, policy: PartialCredit): Fraction {
  if (!isTexts(value) || value.length !== key.length || new Set(value).size !== key.length) return ZERO;
  return partial(key.filter((option, place) => value[place] === option).length, key.length, policy);
}

function matchingShare(
  key: Readonly<Record<string, string>>,
  value: unknown,
  policy: PartialCredit,
): Fraction {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return ZERO;
  const given = value as Record<string, unknown>;
  const prompts = Object.keys(key);
  return partial(prompts.filter((prompt) => given[prompt] === key[prompt]).length, prompts.length, policy);
}
