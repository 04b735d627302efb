import { useEffect, useState } from 'react';
import type { ServerClock } from '../lib/time.ts';

const TICK_MS = 250;

/**
 * Whether the server's clock has reached a time, server ms; false while either is unknown, and while the server has not told
 * the time since the page was loaded: nothing ends by a guess. It may turn false again: times move.
 */
export function useReached(at: number | undefined, clock: ServerClock): boolean {
  const [reached, setReached] = useState(false);
  useEffect(() => {
    const look = (): void => {
      const now = clock.now();
      setReached(at !== undefined && now !== undefined && clock.told && now >= at);
    };
    look();
    const timer = setInterval(look, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [at, clock]);
  return reached;
}
