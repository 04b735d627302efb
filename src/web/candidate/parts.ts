import { useEffect, useState } from 'react';

/** A part of the page that is fetched apart from the first one, and what has come of it. */
interface Part<T> {
  load(): Promise<T>;
  loaded: T | undefined;
}

const part = <T>(load: () => Promise<T>): Part<T> => ({ load, loaded: undefined });

/** What is needed only after the first question is on the screen: tools, dialogs, covers, the receipt. */
export const LATER = part(() => import('./later.ts'));
/** Computer tasks: for skill tests only. */
export const SCENARIO = part(() => import('./questions/scenario.tsx'));

const RETRY_MS = 3_000;
/** Rest after the first question has been drawn, ms. */
const IDLE_MS = 1_500;

/** Fetches a part `now` or when the page has come to rest; again and again while the line is down. Undefined until it is there. */
export function usePart<T>(wanted: Part<T>, when: 'now' | 'at-rest' | 'not-yet'): T | undefined {
  const [here, setHere] = useState(() => wanted.loaded);
  useEffect(() => {
    if (here !== undefined || when === 'not-yet') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const life = { over: false };
    const load = (): void => {
      wanted.load().then(
        (module) => {
          wanted.loaded = module;
          if (!life.over) setHere(() => module);
        },
        () => {
          if (!life.over) timer = setTimeout(load, RETRY_MS);
        },
      );
    };
    if (when === 'now') load();
    else timer = setTimeout(load, IDLE_MS);
    return () => {
      life.over = true;
      clearTimeout(timer);
    };
  }, [wanted, here, when]);
  return here;
}
