import { openDB } from 'idb';
import { useEffect, useState } from 'react';
import type { Me } from '../../../people/people.contract.ts';
import { api } from '../../lib/api.ts';
import { ServerClock } from '../../lib/time.ts';

/** How a computer's clock stands to the server's. */
export type ClockVerdict =
  | { kind: 'right' }
  /** `n` of `unit`, rounded. */
  | { kind: 'ahead' | 'behind'; unit: 'minutes' | 'hours' | 'days'; n: number };

const MINUTE = 60_000;

/** Says in words' units how far a clock is off; under a minute counts as right. `offMs`: this computer's minus the server's. */
export function judgeClock(offMs: number): ClockVerdict {
  const off = Math.abs(offMs);
  if (off < MINUTE) return { kind: 'right' };
  const kind = offMs > 0 ? 'ahead' : 'behind';
  if (off < 120 * MINUTE) return { kind, unit: 'minutes', n: Math.round(off / MINUTE) };
  if (off < 48 * 60 * MINUTE) return { kind, unit: 'hours', n: Math.round(off / (60 * MINUTE)) };
  return { kind, unit: 'days', n: Math.round(off / (24 * 60 * MINUTE)) };
}

/** Smallest window in which title bar, card and question stand side by side, CSS px. */
const ENOUGH = { width: 1000, height: 560 };

/** The window as it is now. */
export function useWindowSize(): { width: number; height: number; enough: boolean } {
  const [size, setSize] = useState({ width: window.innerWidth, height: window.innerHeight });
  useEffect(() => {
    const measure = (): void => {
      setSize({ width: window.innerWidth, height: window.innerHeight });
    };
    window.addEventListener('resize', measure);
    return () => {
      window.removeEventListener('resize', measure);
    };
  }, []);
  return { ...size, enough: size.width >= ENOUGH.width && size.height >= ENOUGH.height };
}

/** Writes to this computer's disk as an answer would be written, and reads it back. */
async function tryStorage(): Promise<boolean> {
  const db = await openDB('kaochang-check', 1, {
    upgrade(database) {
      database.createObjectStore('check');
    },
  });
  try {
    const mark = Math.random();
    const writing = db.transaction('check', 'readwrite', { durability: 'strict' });
    await writing.store.put(mark, 'mark');
    await writing.done;
    return (await db.get('check', 'mark')) === mark;
  } finally {
    db.close();
  }
}

export type StorageVerdict = 'checking' | 'works' | 'refused';

/** Whether answers can really be kept on this computer. */
export function useStorageCheck(): StorageVerdict {
  const [verdict, setVerdict] = useState<StorageVerdict>('checking');
  useEffect(() => {
    const life = { over: false };
    const told = (works: boolean): void => {
      if (!life.over) setVerdict(works ? 'works' : 'refused');
    };
    tryStorage().then(told, () => {
      told(false);
    });
    return () => {
      life.over = true;
    };
  }, []);
  return verdict;
}

/** The line to the exam server, as the page knows it; `slow` answers, but after a second or more. */
export type LineVerdict = 'checking' | 'good' | 'slow' | 'cut';

const ASK_EVERY_MS = 15_000;
const SLOW_MS = 1_000;
const PATIENCE_MS = 8_000;

/** Before anybody has signed in: asks the server now and then, for the line and the time. */
export function useServerCheck(): { line: LineVerdict; offMs: number | undefined } {
  const [state, setState] = useState<{ line: LineVerdict; offMs: number | undefined }>({
    line: 'checking',
    offMs: undefined,
  });
  useEffect(() => {
    const clock = new ServerClock();
    const life = { over: false };
    const ask = async (): Promise<void> => {
      const sentAt = performance.now();
      try {
        const { now } = await api.get<Me>('/api/me', AbortSignal.timeout(PATIENCE_MS));
        clock.observe(now, sentAt);
        const line = performance.now() - sentAt > SLOW_MS ? 'slow' : 'good';
        if (!life.over) setState({ line, offMs: Date.now() - (clock.now() ?? Date.now()) });
      } catch {
        if (!life.over) setState((before) => ({ ...before, line: 'cut' }));
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    return () => {
      life.over = true;
      clearInterval(timer);
    };
  }, []);
  return state;
}
