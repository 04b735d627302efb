import { mayEnter } from '../sitting/deadline.rules.ts';
import type { AttemptState } from '../sitting/attempt.rules.ts';

/** Whether a room may be closed by its staff, and the attempts of those who never came, which close with it. */
export type ClosingVerdict =
  | { ok: true; absent: string[] }
  | { ok: false; code: 'proctoring.still-working'; params: { count: number } }
  | { ok: false; code: 'proctoring.late-entry-open'; params: { minutes: number } };

/** A room closes when nobody is working in it any more and nobody may still come in late. Times are server time, ms. */
export function judgeClosing(facts: {
  now: number;
  startedAt: number | undefined;
  lateEntryMinutes: number;
  attempts: readonly { id: string; state: AttemptState; arrived: boolean }[];
}): ClosingVerdict {
  const { now, startedAt, lateEntryMinutes, attempts } = facts;
  const working = attempts.filter(
    ({ state, arrived }) =>
      ['checked-in', 'ready', 'answering', 'paused'].includes(state) || (state === 'expected' && arrived),
  );
  if (working.length > 0)
    return { ok: false, code: 'proctoring.still-working', params: { count: working.length } };
  const absent = attempts.filter(({ state }) => state === 'expected').map(({ id }) => id);
  if (absent.length > 0 && mayEnter(now, startedAt, lateEntryMinutes)) {
    return { ok: false, code: 'proctoring.late-entry-open', params: { minutes: lateEntryMinutes } };
  }
  return { ok: true, absent };
}
