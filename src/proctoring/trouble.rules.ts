import type { LateView, SeatView } from '../sitting/attempt.contract.ts';
import type { AttemptState } from '../sitting/attempt.rules.ts';
import { awaitsDecision, DECIDABLE_STATES } from '../sitting/late-answers.rules.ts';
import type { RoomState } from '../sitting/room.rules.ts';

/** What may be wrong at a seat, the gravest first. */
export const TROUBLES = [
  'not-me',
  'second-sign-in',
  'line-lost',
  'seat-left',
  'not-saving',
  'hand-raised',
  'late-answers',
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
  /** Somebody has signed in at another computer and waits for a hand-over. */
  secondSignIn: boolean;
  /** Has left the seat. */
  away: boolean;
  late?: LateView | undefined;
}

/** The facts of a seat in its room. */
export const troubleFacts = (
  seat: SeatView,
  room: { state: RoomState; startedAt?: number | undefined },
  now: number,
): TroubleFacts => ({
  room: room.state,
  started: room.startedAt !== undefined,
  now,
  state: seat.state,
  arrivedAt: seat.arrivedAt,
  identityConfirmed: seat.identityConfirmedAt !== undefined,
  startedAt: seat.startedAt,
  lastSaveAt: seat.lastSaveAt,
  line: seat.line,
  hand: seat.hand,
  secondSignIn: seat.secondSignIn !== undefined,
  away: seat.awaySince !== undefined,
  late: seat.late,
});

/** What is wrong at a seat now, the gravest first. Late answers outlast the room: they wait until they are decided or marked. */
export function troublesOf(facts: TroubleFacts): Trouble[] {
  const { state, room } = facts;
  if ((DECIDABLE_STATES as readonly AttemptState[]).includes(state))
    return awaitsDecision(facts.late) ? ['late-answers'] : [];
  const live = ['expected', 'checked-in', 'ready', 'answering', 'paused'].includes(state);
  if (!live || room === 'closed' || room === 'collected') return [];
  const found = new Set([...troublesOfPerson(facts), ...troublesOfWay(facts)]);
  return TROUBLES.filter((trouble) => found.has(trouble));
}

/** Of the person at the seat and their computer. */
function troublesOfPerson(facts: TroubleFacts): Trouble[] {
  const { now, line, hand, away, arrivedAt } = facts;
  const found: Trouble[] = [];
  if (hand !== undefined) found.push(hand.reason === 'not-me' ? 'not-me' : 'hand-raised');
  if (facts.secondSignIn) found.push('second-sign-in');
  // A page that has signed in and never opened its line has lost it too.
  const lostAt = line.at ?? arrivedAt ?? now;
  if (arrivedAt !== undefined && !line.connected && now - lostAt >= LINE_LOST_MS) found.push('line-lost');
  if (away) found.push('seat-left');
  const lastSign = facts.lastSaveAt ?? facts.startedAt;
  const silent = lastSign !== undefined && now - lastSign >= NOT_SAVING_MS;
  // Who is away saves nothing: that says no more.
  if (facts.state === 'answering' && silent && !away) found.push('not-saving');
  return found;
}

/** Of where the attempt stands on its way. */
function troublesOfWay({ state, started, arrivedAt, identityConfirmed }: TroubleFacts): Trouble[] {
  const arrived = arrivedAt !== undefined;
  const found: Trouble[] = [];
  if (state === 'paused') found.push('paused');
  if (state === 'expected' && arrived && identityConfirmed) found.push('waits-for-admission');
  if (started && state === 'expected' && !arrived) found.push('not-arrived');
  if (started && (state === 'checked-in' || state === 'ready')) found.push('not-started');
  return found;
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
