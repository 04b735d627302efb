import type { CandidateItem, FormKey, KeyedForm } from '../assembly/form.contract.ts';
import type { ScenarioOperation } from '../bank/scenario.contract.ts';
import { replayScenario } from '../bank/scenario.rules.ts';
import { divide, fraction, multiply, sum, ZERO, type Fraction } from '../shared/fraction.ts';
import { scoreAnswer, type PartialCredit } from './scoring.rules.ts';

/** One item's exact points. */
export interface ItemScore {
  itemId: string;
  points: Fraction;
  possible: Fraction;
}

/** A whole attempt's exact points. */
export interface ScoredAttempt {
  items: ItemScore[];
  total: Fraction;
  possible: Fraction;
}

/** Scores one attempt against the form it was sat on. Pure: the same answers and form give the same points. */
export function scoreAttempt(keyed: KeyedForm, answers: ReadonlyMap<string, unknown>): ScoredAttempt {
  const items = keyed.form.parts.flatMap((part) =>
    part.items.map((item) => ({
      itemId: item.itemId,
      points: scoreItem(
        item,
        keyed.keys.get(item.itemId),
        answers.get(item.itemId),
        keyed.form.partialCredit,
      ),
      possible: fraction(item.points),
    })),
  );
  return {
    items,
    total: sum(items.map((item) => item.points)),
    possible: sum(items.map((item) => item.possible)),
  };
}

function scoreItem(
  item: CandidateItem,
  key: FormKey | undefined,
  value: unknown,
  policy: PartialCredit,
): Fraction {
  if (key === undefined || value === undefined || value === null) return ZERO;
  if (key.type !== 'scenario') return scoreAnswer(key, value, fraction(item.points), policy);
  if (item.type !== 'scenario' || !Array.isArray(value)) return ZERO;
  const { earned, possible } = replayScenario(item.scenario, key.checks, value as ScenarioOperation[]);
  return possible.num === 0n ? ZERO : multiply(fraction(item.points), divide(earned, possible));
}
