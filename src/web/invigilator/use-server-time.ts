import { useEffect, useState } from 'react';
import type { ServerClock } from '../lib/time.ts';

/** Server time, ms, anew each second: for clocks on the page, not for asking the server. */
export function useServerTime(clock: ServerClock): number | undefined {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(clock.now());
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [clock]);
  return now ?? clock.now();
}
