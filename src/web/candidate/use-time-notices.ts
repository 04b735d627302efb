import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AttemptView, LedgerLine } from '../../sitting/attempt.contract.ts';
import { keepValue, recallValue } from './kept.ts';
import { judgeWarning } from './warnings.ts';

/** Ids of changes of time that are shown until they are dismissed here: seen while this computer had the exam. */
interface Shown {
  shown: readonly string[];
  dismissed: readonly string[];
}
/** Changes of time that the candidate has yet to dismiss. */
export interface TimeChanges {
  changes: readonly LedgerLine[];
  dismiss(id: string): void;
}

const NOTHING: Shown = { shown: [], dismissed: [] };

/** Accommodations were granted beforehand, and a pause of seconds given back changes nothing that a candidate could see. */
const isNews = ({ kind, minutes }: LedgerLine): boolean =>
  kind !== 'accommodation' && (kind !== 'pause-credit' || Math.abs(minutes) >= 1);

/** Takes in changes of time as they come; kept over a reload. */
export function useTimeChanges(attemptId: string, ledger: AttemptView['ledger']): TimeChanges {
  const key = `kaochang-times-${attemptId}`;
  const [kept, setKept] = useState(() => recallValue(key, NOTHING));
  const news = ledger.filter((line) => isNews(line) && !line.acknowledged && !kept.shown.includes(line.id));
  // Found while drawing: acknowledged a moment later, they must stay until they are dismissed.
  if (news.length > 0) setKept({ ...kept, shown: [...kept.shown, ...news.map(({ id }) => id)] });
  useEffect(() => {
    if (kept !== NOTHING) keepValue(key, kept);
  }, [key, kept]);
  const dismiss = useCallback((id: string) => {
    setKept((before) => ({ ...before, dismissed: [...before.dismissed, id] }));
  }, []);
  return useMemo(
    () => ({
      changes: ledger.filter(({ id }) => kept.shown.includes(id) && !kept.dismissed.includes(id)),
      dismiss,
    }),
    [ledger, kept, dismiss],
  );
}

/** The warning that is due: each once, over a reload too. */
export function useWarning(
  { attemptId, warnings }: Pick<AttemptView, 'attemptId' | 'warnings'>,
  left: () => number | undefined,
): { minutes: number | undefined; dismiss(): void } {
  const key = `kaochang-warned-${attemptId}`;
  const [minutes, setMinutes] = useState<number>();
  useEffect(() => {
    const check = (): void => {
      const ms = left();
      if (ms === undefined) return;
      const before = recallValue<number[]>(key, []);
      const verdict = judgeWarning(ms, warnings, before);
      if (verdict.minutes !== undefined) setMinutes(verdict.minutes);
      if (verdict.told.join() !== before.join()) keepValue(key, verdict.told);
    };
    check();
    const timer = setInterval(check, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, [key, left, warnings]);
  const dismiss = useCallback(() => {
    setMinutes(undefined);
  }, []);
  return { minutes, dismiss };
}
