/** What is to be said now: that this many minutes are left. `told` are the warnings that have been given, to be kept. */
export interface WarningVerdict {
  minutes?: number;
  told: number[];
}

/**
 * Whether a warning is due: each once as its minute is reached. One that was slept through is made up for with the minutes
 * that are really left; where time was added and a warning lies ahead again, it will come again.
 */
export function judgeWarning(
  leftMs: number,
  warnings: readonly number[],
  told: readonly number[],
): WarningVerdict {
  const left = leftMs / 60_000;
  const still = told.filter((minutes) => left <= minutes);
  const due = left <= 0 ? [] : warnings.filter((minutes) => left <= minutes && !still.includes(minutes));
  return due.length === 0
    ? { told: still }
    : { minutes: Math.ceil(left), told: [...still, ...due].sort((a, b) => b - a) };
}
