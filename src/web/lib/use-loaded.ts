import { useCallback, useEffect, useState } from 'react';
import { api } from './api.ts';

/** What a page has loaded: nothing yet, an error, or the value (kept while it is loaded again). */
export type Loaded<T> =
  { kind: 'loading' } | { kind: 'failed'; error: unknown } | { kind: 'loaded'; value: T; receivedAt: number };

/** Loads `path` now, when it changes, and whenever `reload` is called; `everyMs` asks again by itself. */
export function useLoaded<T>(
  path: string,
  everyMs?: number,
): { state: Loaded<T>; reload: () => Promise<void>; set: (value: T) => void } {
  const [state, setState] = useState<Loaded<T>>({ kind: 'loading' });
  const set = useCallback((value: T) => {
    setState({ kind: 'loaded', value, receivedAt: performance.now() });
  }, []);
  const reload = useCallback(
    () =>
      api.get<T>(path).then(set, (error: unknown) => {
        setState((before) => (before.kind === 'loaded' ? before : { kind: 'failed', error }));
      }),
    [path, set],
  );
  useEffect(() => {
    void reload();
    if (everyMs === undefined) return;
    const timer = setInterval(() => void reload(), everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [reload, everyMs]);
  return { state, reload, set };
}
