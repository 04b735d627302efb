import type { RoomState } from './room.rules.ts';
import type { SittingState } from './sitting.rules.ts';

/** One attempt of a candidate, as far as the choice at sign-in needs it. */
export interface AttemptChoice<T> {
  choice: T;
  sitting: SittingState;
  /** Planned start, server ms. */
  startsAt: number;
  room: RoomState;
  ended: boolean;
}

const VISIBLE: readonly SittingState[] = ['published', 'admitting', 'running', 'collected'];

/** Lower is better: a paper under way, then one to come, then one that is over. */
function rank({ room, ended }: Pick<AttemptChoice<unknown>, 'room' | 'ended'>): number {
  if (ended || room === 'collected') return 2;
  return room === 'closed' ? 1 : 0;
}

/**
 * Which of a candidate's attempts a sign-in means: one in an open room, else the next to come (whose room is not open yet),
 * else the latest that is over, to show its receipt. Drafts and what is already marked are not seen.
 */
export function chooseAttempt<T>(choices: readonly AttemptChoice<T>[]): AttemptChoice<T> | undefined {
  const order = (a: AttemptChoice<T>, b: AttemptChoice<T>): number =>
    rank(a) - rank(b) || (rank(a) === 2 ? b.startsAt - a.startsAt : a.startsAt - b.startsAt);
  return choices.filter(({ sitting }) => VISIBLE.includes(sitting)).sort(order)[0];
}
