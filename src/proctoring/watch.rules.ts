import { LIVE_STATES, type AttemptState } from '../sitting/attempt.rules.ts';
import type { RoomState } from '../sitting/room.rules.ts';

/**
 * Candidates that the staffing of a room is measured by (11.2): until its clock has started, all who are expected; from
 * then on those who are there, that is, have arrived and not finished.
 */
export function watchedCandidates(started: boolean): {
  states: readonly AttemptState[];
  arrivedOnly: boolean;
} {
  return { states: LIVE_STATES, arrivedOnly: started };
}

/** What a second of watching finds: nothing new, the beginning or the end of a breach, or a grace that has run out. */
export type WatchVerdict = 'nothing' | 'breach-begins' | 'breach-goes-on' | 'hold' | 'breach-ends';

/** `now` and `breachSince` are server time, ms. A held room stays held until somebody resumes it. */
export function judgeWatch(facts: {
  room: RoomState;
  ok: boolean;
  breachSince: number | undefined;
  now: number;
  graceMs: number;
}): WatchVerdict {
  const { room, ok, breachSince, now, graceMs } = facts;
  if (room === 'closed' || room === 'collected') return breachSince === undefined ? 'nothing' : 'breach-ends';
  if (ok) return breachSince === undefined ? 'nothing' : 'breach-ends';
  if (breachSince === undefined) return 'breach-begins';
  if (room !== 'held' && now - breachSince >= graceMs) return 'hold';
  return 'breach-goes-on';
}
