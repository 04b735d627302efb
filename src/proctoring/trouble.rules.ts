import type { AttemptState } from '../sitting/attempt.rules.ts';
import type { RoomState } from '../sitting/room.rules.ts';

/** What may be wrong at a seat, the gravest first. */
export const TROUBLES = [
  'not-me',
  'line-lost',
  'not-saving',
  'hand-raised',
  'waits-for-admission',
  'paused',
  'not-arrived',
  'not-started',
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** A line is lost, not just slow, after this long, ms. */
export const LINE_LOST_MS = 5_000;
/** Somebody who answers and has saved nothing for this long is worth a look, ms. */
export const NOT_SAVING_MS = 5 * 60_000;

/** What the rule needs of a seat. Times are server time, ms. */
export interface TroubleFacts {
  room: RoomState;
  /** The room's clock has started. */
  started: boolean;
  now: number;
  state: AttemptState;
  /** Signed in at the seat. */
  arrivedAt?: number | undefined;
  identityConfirmed: boolean;
  startedAt?: number | undefined;
  lastSaveAt?: number | undefined;
  line: { connected: boolean; at?: number | undefined };
  hand?: { reason: 'question' | 'not-me' } | undefined;
}

/** What is wrong at a seat now, the gravest first. */
export function troublesOf(facts: TroubleFacts): Trouble[] {
  const { state, now, line } = facts;
  const live = ['expected', 'checked-in', 'ready', 'answering', 'paused'].includes(state);
  if (!live || facts.room === 'closed' || facts.room === 'collected') return [];
  const arrived = facts.arrivedAt !== undefined;
  const found = new Set<Trouble>();
  if (facts.hand !== undefined) found.add(facts.hand.reason === 'not-me' ? 'not-me' : 'hand-raised');
  // A page that has signed in and never opened its line has lost it too.
  const lostAt = line.at ?? facts.arrivedAt ?? now;
  if (arrived && !line.connected && now - lostAt >= LINE_LOST_MS) found.add('line-lost');
  const lastSign = facts.lastSaveAt ?? facts.startedAt;
  if (state === 'answering' && lastSign !== undefined && now - lastSign >= NOT_SAVING_MS) {
    found.add('not-saving');
  }
  if (state === 'paused') found.add('paused');
  if (state === 'expected' && arrived && facts.identityConfirmed) found.add('waits-for-admission');
  if (facts.started && state === 'expected' && !arrived) found.add('not-arrived');
  if (facts.started && (state === 'checked-in' || state === 'ready')) found.add('not-started');
  return TROUBLES.filter((trouble) => found.has(trouble));
}

/** Orders seats with the gravest trouble first, then by seat. */
export function byTrouble(
  one: { seat: number; troubles: readonly Trouble[] },
  other: { seat: number; troubles: readonly Trouble[] },
): number {
  const rank = ([gravest]: readonly Trouble[]): number =>
    gravest === undefined ? TROUBLES.length : TROUBLES.indexOf(gravest);
  return rank(one.troubles) - rank(other.troubles) || one.seat - other.seat;
}
