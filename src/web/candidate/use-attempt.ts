import { useCallback, useEffect, useRef, useState } from 'react';
import type { AttemptView, TimeChanged } from '../../sitting/attempt.contract.ts';
import type { RoomChanged } from '../../sitting/sitting.contract.ts';
import { api, ApiError } from '../lib/api.ts';
import { LiveListener } from '../lib/listener.ts';
import { ServerClock, watchForGaps } from '../lib/time.ts';
import { withRoom, withTime } from './attempt-hints.ts';
import type { KeptPage } from './page-cache.ts';
import { useTimeAcknowledged } from './use-time-acknowledged.ts';

/** The attempt as the server last told it. */
export interface AttemptHandle {
  attempt: AttemptView | undefined;
  /** The session is gone (ended by the invigilator, or never was) or another's: sign in again. */
  signedOut: boolean;
  /** Whether the server answered the last time it was asked. */
  online: boolean;
  clock: ServerClock;
  refresh(): Promise<void>;
  /** Grows each time the server says that messages have changed. */
  messagesVersion: number;
}

/** How often the state is asked for although nothing was announced, ms: with a socket, which may lose a message; and without. */
const POLL_MS = { connected: 30_000, cut: 5_000 };
/** Hints that all of a room get at once are followed by questions spread over this time, ms. */
const SPREAD_MS = 2_000;
const PATIENCE_MS = 8_000;

/** By these the server says that this browser's session is not one of the attempt; anything else is no answer to that. */
const NOT_MINE = [401, 403, 404];

/**
 * Keeps the attempt's state: by HTTP at once and after each connect, by hints from the socket, and by a slow poll. Where
 * the server does not answer, it goes by what this computer `kept`, at once when it is `silent` already.
 */
export function useAttempt(
  attemptId: string,
  { kept, silent }: { kept: KeptPage | undefined; silent: boolean },
): AttemptHandle {
  const [attempt, setAttempt] = useState(silent ? kept?.view : undefined);
  const [signedOut, setSignedOut] = useState(false);
  const [online, setOnline] = useState(!silent);
  const [messagesVersion, setMessagesVersion] = useState(0);
  const [clock] = useState(() => {
    const started = new ServerClock();
    if (kept !== undefined) started.assume(Date.now() + kept.ahead);
    return started;
  });
  const asking = useRef<Promise<void>>(undefined);

  const refresh = useCallback((): Promise<void> => {
    asking.current ??= (async () => {
      const sentAt = performance.now();
      try {
        const view = await api.get<AttemptView>(
          `/api/attempts/${attemptId}`,
          AbortSignal.timeout(PATIENCE_MS),
        );
        clock.observe(view.now, sentAt);
        setAttempt((before) => (before !== undefined && before.version > view.version ? before : view));
        setOnline(true);
      } catch (error) {
        if (error instanceof ApiError && NOT_MINE.includes(error.status)) setSignedOut(true);
        else {
          if (!(error instanceof ApiError) || error.status === 0) setOnline(false);
          setAttempt((before) => before ?? kept?.view);
        }
      } finally {
        asking.current = undefined;
      }
    })();
    return asking.current;
  }, [attemptId, clock, kept]);

  useEffect(() => {
    void refresh();
    const socket = new LiveListener();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const poll = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          void refresh().then(() => {
            poll(socket.connected ? POLL_MS.connected : POLL_MS.cut);
          });
        },
        ms * (0.75 + Math.random() / 2),
      );
    };
    const changed = (): void => void refresh();
    const soon = (): void => {
      poll(SPREAD_MS / 2);
    };
    const messages = (): void => {
      setMessagesVersion((version) => version + 1);
    };
    socket.on('connect', () => {
      changed();
      messages();
      poll(POLL_MS.connected);
    });
    socket.on('disconnect', () => {
      changed();
      poll(POLL_MS.cut);
    });
    socket.on('attempt.changed', changed);
    socket.on('time.changed', (hint: TimeChanged) => {
      setAttempt((before) => before && withTime(before, hint));
      soon();
    });
    socket.on('room.changed', (hint: RoomChanged) => {
      setAttempt((before) => before && withRoom(before, hint));
      soon();
    });
    socket.on('message.sent', messages);
    poll(POLL_MS.cut);
    // After a sleep or a jump of this computer's clock the reckoned time may be off until the server has been asked.
    const unwatch = watchForGaps(() => {
      clock.doubt();
      changed();
    });
    window.addEventListener('online', changed);
    document.addEventListener('visibilitychange', changed);
    return () => {
      socket.close();
      clearTimeout(timer);
      unwatch();
      window.removeEventListener('online', changed);
      document.removeEventListener('visibilitychange', changed);
    };
  }, [refresh, clock]);

  useTimeAcknowledged(attempt);
  return { attempt, signedOut, online, clock, refresh, messagesVersion };
}
