import type { AttemptView } from '../../sitting/attempt.contract.ts';

/** What the page shows of an attempt. */
export type Screen = 'identity' | 'elsewhere' | 'waiting' | 'exam' | 'away' | 'time-over' | 'finished';

const WORKING = ['answering', 'paused'];
const ENDED = ['handed-in', 'collected', 'terminated', 'marked', 'released'];

export const isWorking = (state: AttemptView['state']): boolean => WORKING.includes(state);
export const hasEnded = (state: AttemptView['state']): boolean => ENDED.includes(state);

/**
 * Which screen an attempt is at. `opened`: the paper lies open on this computer. `over`: the time is over by the server's
 * clock as the page reckons it, whatever the server has said since.
 */
export function screenOf(
  attempt: Pick<AttemptView, 'state' | 'identityConfirmed' | 'awaySince'> & { writer: { mine: boolean } },
  { opened, over }: { opened: boolean; over: boolean },
): Screen {
  const { state } = attempt;
  if (hasEnded(state)) return 'finished';
  if (!attempt.writer.mine) return 'elsewhere';
  if (!attempt.identityConfirmed) return 'identity';
  if (!isWorking(state)) return 'waiting';
  if (over) return 'time-over';
  if (attempt.awaySince !== undefined) return 'away';
  return opened ? 'exam' : 'waiting';
}
