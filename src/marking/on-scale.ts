import { AppError } from '../shared/errors/index.ts';
import { parseDecimal, type Fraction } from '../shared/fraction.ts';
import { judgeSheet, type Criterion, type SheetScores } from './aggregate.rules.ts';

/**
 * The total of scores by criterion, for sheets and ballots alike. A draft may leave criteria out; `complete` ones may not.
 * @throws AppError marking.criterion-unknown, marking.criterion-missing, marking.outside-scale, naming the field
 */
export function totalOnScale(
  criteria: readonly Criterion[],
  scores: SheetScores,
  complete: boolean,
): Fraction {
  const unknown = Object.keys(scores).find((id) => !criteria.some((criterion) => criterion.id === id));
  if (unknown !== undefined) {
    throw new AppError('marking.criterion-unknown', {
      field: `/scores/${unknown}`,
      params: { criterion: unknown },
    });
  }
  const judged = complete ? criteria : criteria.filter((criterion) => criterion.id in scores);
  const verdict = judgeSheet(judged, scores, parseDecimal);
  if (verdict.ok) return verdict.total;
  const { criterion, max } = verdict;
  throw new AppError(verdict.code, { field: `/scores/${criterion}`, params: { criterion, max } });
}
