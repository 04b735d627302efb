import { useCallback, useEffect, useState } from 'react';
import { api } from '../../lib/api.ts';

/** What is known of something asked for by HTTP. */
export interface Load<T> {
  data: T | undefined;
  error: unknown;
  loading: boolean;
  reload(): void;
}

interface Answer<T> {
  path: string;
  tick: number;
  data?: T;
  error?: unknown;
}

/**
 * Asks for `path` whenever it changes and when told to; nothing while it is undefined. What is shown stays while it is
 * asked for again; with `keep` also while another path is asked for (the next page of a list).
 */
export function useLoad<T>(path: string | undefined, keep = false): Load<T> {
  const [tick, setTick] = useState(0);
  const [answer, setAnswer] = useState<Answer<T>>();
  useEffect(() => {
    if (path === undefined) return;
    const stop = new AbortController();
    api.get<T>(path, stop.signal).then(
      (data) => {
        setAnswer({ path, tick, data });
      },
      (error: unknown) => {
        if (!stop.signal.aborted) setAnswer({ path, tick, error });
      },
    );
    return () => {
      stop.abort();
    };
  }, [path, tick]);
  const reload = useCallback(() => {
    setTick((n) => n + 1);
  }, []);
  const current = answer?.path === path;
  const shown = current || (keep && path !== undefined) ? answer : undefined;
  return {
    data: shown?.data,
    error: current ? answer?.error : undefined,
    loading: path !== undefined && (!current || answer?.tick !== tick),
    reload,
  };
}

/** One action at a time: busy while it runs, and why it was refused. */
export interface Send {
  busy: boolean;
  error: unknown;
  /** Runs the action; undefined when it was refused, and `error` says why. */
  send<T>(action: () => Promise<T>): Promise<T | undefined>;
  clear(): void;
}

export function useSend(): Send {
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: undefined });
  const send = useCallback(async <T>(action: () => Promise<T>): Promise<T | undefined> => {
    setState({ busy: true, error: undefined });
    try {
      const result = await action();
      setState({ busy: false, error: undefined });
      return result;
    } catch (error) {
      setState({ busy: false, error });
      return undefined;
    }
  }, []);
  const clear = useCallback(() => {
    setState({ busy: false, error: undefined });
  }, []);
  return { ...state, send, clear };
}

/** A value once it has stood still for a moment: for questions asked while somebody types. */
export function useSettled<T>(value: T, ms = 350): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const waiting = setTimeout(() => {
      setSettled(value);
    }, ms);
    return () => {
      clearTimeout(waiting);
    };
  }, [value, ms]);
  return settled;
}

/** `path?a=1` of the values that are there. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>>,
): string {
  const pairs = Object.entries(query).filter(
    (pair): pair is [string, string | number | boolean] => pair[1] !== undefined && pair[1] !== '',
  );
  const text = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
  return text === '' ? path : `${path}?${text}`;
}
