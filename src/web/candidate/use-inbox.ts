import { useCallback, useEffect, useRef, useState } from 'react';
import type { CandidateMessage } from '../../proctoring/proctoring.views.contract.ts';
import { api } from '../lib/api.ts';

const RETRY_MS = 3_000;

/**
 * Messages to read. `read` takes one from the screen at once and tells the server, once; where the line is down it tries
 * again until the server has heard.
 */
export function useInbox(
  attemptId: string,
  version: number,
): { inbox: readonly CandidateMessage[]; read(id: string): void } {
  const [inbox, setInbox] = useState<readonly CandidateMessage[]>([]);
  /** Read here; the server may not have heard yet. */
  const [done, setDone] = useState<readonly string[]>([]);
  const telling = useRef(new Set<string>());
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());

  useEffect(() => {
    const life = { over: false };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = (): void => {
      api.get<{ items: CandidateMessage[] }>(`/api/attempts/${attemptId}/messages`).then(
        ({ items }) => {
          if (!life.over) setInbox(items.filter(({ acknowledged }) => !acknowledged));
        },
        () => {
          if (!life.over) timer = setTimeout(load, RETRY_MS);
        },
      );
    };
    load();
    return () => {
      life.over = true;
      clearTimeout(timer);
    };
  }, [attemptId, version]);
  useEffect(() => {
    const pending = timers.current;
    return () => {
      for (const timer of pending) clearTimeout(timer);
      pending.clear();
    };
  }, []);

  const read = useCallback(
    (id: string): void => {
      setDone((before) => [...before, id]);
      if (telling.current.has(id)) return;
      telling.current.add(id);
      const tell = (): void => {
        api.post(`/api/attempts/${attemptId}/messages/${id}/ack`).catch(() => {
          timers.current.add(setTimeout(tell, RETRY_MS));
        });
      };
      tell();
    },
    [attemptId],
  );
  return { inbox: inbox.filter(({ id }) => !done.includes(id)), read };
}
