import { useCallback, useEffect, useRef, useState } from 'react';
import type { Socket } from 'socket.io-client';
import type { ConsoleView, StaffingView } from '../../proctoring/proctoring.views.contract.ts';
import { api, ApiError } from '../lib/api.ts';
import { openLive, sendEvent } from '../lib/live.ts';
import { ServerClock } from '../lib/time.ts';
import { afterAnswer, afterEvent, type ConsoleEvent } from './console-state.ts';

/** The room as the server last told it, and the ways to be told. */
export interface ConsoleHandle {
  view: ConsoleView | undefined;
  /** Why the last question was not answered; undefined when it was. */
  error: unknown;
  /** The socket stands: what happens is announced at once. */
  connected: boolean;
  /** Sends an event by the socket. @throws ApiError when refused or unanswered, at once while there is no line */
  send(event: string, body: unknown): Promise<unknown>;
  clock: ServerClock;
  refresh(): Promise<void>;
}

/** How often the state is asked for although nothing was announced, ms: sockets may lose a message. */
const POLL_MS = 15_000;
/** Announcements that come together are asked about once, ms. */
const GATHER_MS = 400;

/** Whether a staffing announcement says more than the time that passes in a breach. */
const staffingDiffers = (view: ConsoleView | undefined, news: StaffingView): boolean =>
  view === undefined ||
  view.staffing.state !== news.state ||
  view.staffing.breachSince !== news.breachSince ||
  view.staffing.verdict.ok !== news.verdict.ok ||
  view.staffing.present.map((one) => one.accountId).join() !==
    news.present.map((one) => one.accountId).join();

/** Keeps the console of a room: the whole by HTTP at once and after each connect, changes by hints from the socket, and a slow poll. */
export function useConsole(roomId: string): ConsoleHandle {
  const [view, setView] = useState<ConsoleView>();
  const [error, setError] = useState<unknown>();
  const [connected, setConnected] = useState(false);
  const [clock] = useState(() => new ServerClock());
  const socket = useRef<Socket>(undefined);
  const latest = useRef<ConsoleView>(undefined);
  const asking = useRef<Promise<void>>(undefined);

  const refresh = useCallback((): Promise<void> => {
    asking.current ??= (async () => {
      const sentAt = performance.now();
      try {
        const answer = await api.get<ConsoleView>(`/api/rooms/${encodeURIComponent(roomId)}/console`);
        clock.observe(answer.now, sentAt);
        latest.current = afterAnswer(latest.current, answer);
        setView(latest.current);
        setError(undefined);
      } catch (refusal) {
        setError(refusal);
      } finally {
        asking.current = undefined;
      }
    })();
    return asking.current;
  }, [roomId, clock]);

  useEffect(() => {
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        void refresh();
      }, GATHER_MS);
    };
    const take = (event: ConsoleEvent): void => {
      if (latest.current === undefined) return;
      latest.current = afterEvent(latest.current, event);
      setView(latest.current);
    };
    const live = openLive();
    listen(live, take, ask, () => latest.current);
    live.on('connect', () => {
      setConnected(true);
      // Joined first, so that nothing is missed between the answer and the first announcement.
      sendEvent(live, 'proctoring.console.join', { roomId })
        .catch(() => undefined)
        .finally(() => void refresh());
    });
    live.on('disconnect', () => {
      setConnected(false);
    });
    socket.current = live;
    void refresh();
    const timer = setInterval(() => void refresh(), POLL_MS);
    return () => {
      live.close();
      clearInterval(timer);
      clearTimeout(gathering);
    };
  }, [roomId, refresh]);

  const send = useCallback((event: string, body: unknown): Promise<unknown> => {
    const live = socket.current;
    return live?.connected === true ? sendEvent(live, event, body) : Promise.reject(new ApiError(0));
  }, []);
  return { view, error, connected, send, clock, refresh };
}

/** Takes what the announcements carry, and asks for the whole where they only hint. */
function listen(
  live: Socket,
  take: (event: ConsoleEvent) => void,
  ask: () => void,
  current: () => ConsoleView | undefined,
): void {
  live.on('room.staffing', (staffing: StaffingView) => {
    if (staffing.roomId !== current()?.room.id) return;
    const differs = staffingDiffers(current(), staffing);
    take({ kind: 'staffing', staffing });
    if (differs) ask();
  });
  live.on('seat.changed', (seat) => {
    take({ kind: 'seat', seat });
  });
  live.on('seats.progress', (progress) => {
    take({ kind: 'progress', progress });
  });
  live.on('message.changed', (message) => {
    take({ kind: 'message', message });
  });
  live.on('message.acknowledged', (read) => {
    take({ kind: 'message-read', read });
  });
  live.on('ledger.acknowledged', (read) => {
    take({ kind: 'time-read', read });
  });
  live.on('incident.changed', (incident) => {
    take({ kind: 'incident', incident });
  });
  live.on('command.changed', (command) => {
    take({ kind: 'command', command });
    ask();
  });
  live.on('room.changed', ask);
}
