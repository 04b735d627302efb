import { useCallback, useEffect, useRef, useState } from 'react';
import type { AttemptView } from '../../sitting/attempt.contract.ts';
import { api, ApiError } from '../lib/api.ts';
import { openLive } from '../lib/live.ts';
import { ServerClock } from '../lib/time.ts';

/** The attempt as the server last told it. */
export interface AttemptHandle {
  attempt: AttemptView | undefined;
  /** The session is gone (signed in elsewhere, or ended): sign in again. */
  signedOut: boolean;
  online: boolean;
  clock: ServerClock;
  refresh(): Promise<void>;
  /** Grows each time the server says that messages have changed. */
  messagesVersion: number;
}

/** How often the state is asked for although nothing was announced, ms: sockets may lose a message. */
const POLL_MS = 10_000;

/** Keeps the attempt's state: by HTTP at once and after each connect, by hints from the socket, and by a slow poll. */
export function useAttempt(attemptId: string): AttemptHandle {
  const [attempt, setAttempt] = useState<AttemptView>();
  const [signedOut, setSignedOut] = useState(false);
  const [online, setOnline] = useState(true);
  const [messagesVersion, setMessagesVersion] = useState(0);
  const [clock] = useState(() => new ServerClock());
  const asking = useRef<Promise<void>>(undefined);

  const refresh = useCallback((): Promise<void> => {
    asking.current ??= (async () => {
      const sentAt = performance.now();
      try {
        const view = await api.get<AttemptView>(`/api/attempts/${attemptId}`);
        clock.observe(view.now, sentAt);
        setAttempt(view);
        setOnline(true);
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) setSignedOut(true);
        else if (error instanceof ApiError && error.status === 0) setOnline(false);
      } finally {
        asking.current = undefined;
      }
    })();
    return asking.current;
  }, [attemptId, clock]);

  useEffect(() => {
    void refresh();
    const socket = openLive();
    const changed = (): void => void refresh();
    const messages = (): void => {
      setMessagesVersion((version) => version + 1);
    };
    socket.on('connect', () => {
      changed();
      messages();
    });
    socket.on('disconnect', changed);
    for (const event of ['attempt.changed', 'time.changed', 'room.changed']) socket.on(event, changed);
    socket.on('message.sent', messages);
    const timer = setInterval(changed, POLL_MS);
    window.addEventListener('online', changed);
    document.addEventListener('visibilitychange', changed);
    return () => {
      socket.close();
      clearInterval(timer);
      window.removeEventListener('online', changed);
      document.removeEventListener('visibilitychange', changed);
    };
  }, [refresh]);

  return { attempt, signedOut, online, clock, refresh, messagesVersion };
}
