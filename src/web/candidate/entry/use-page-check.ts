import { useEffect, useState } from 'react';
import type { AttemptHandle } from '../use-attempt.ts';
import type { LineVerdict } from './device.ts';

/** Line and clock as the signed-in page knows them anyway. `offMs`: this computer's clock minus the server's. */
export function usePageCheck({ clock, online }: Pick<AttemptHandle, 'clock' | 'online'>): {
  line: LineVerdict;
  offMs: number | undefined;
} {
  const [offMs, setOffMs] = useState<number>();
  useEffect(() => {
    const compare = (): void => {
      const now = clock.now();
      setOffMs(now === undefined ? undefined : Math.round((Date.now() - now) / 1000) * 1000);
    };
    compare();
    const timer = setInterval(compare, 5_000);
    return () => {
      clearInterval(timer);
    };
  }, [clock]);
  return { line: online ? 'good' : 'cut', offMs };
}
