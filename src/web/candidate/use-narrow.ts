import { useSyncExternalStore } from 'react';

/** Below this the answer card is a drawer, and the page scrolls as one; the style sheets have the same. */
const NARROW = '(max-width: 900px)';

const subscribe = (listener: () => void): (() => void) => {
  const query = matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => {
    query.removeEventListener('change', listener);
  };
};

/** Whether the window is narrow, or magnified so that it is. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
