import { useCallback, useEffect, useState } from 'react';
import { api, ApiError } from '../lib/api.ts';
import type { ConsoleHandle } from './use-console.ts';

/** Whether this person counts as present here: known from the console at first, then from the renewals. */
export interface PresenceHandle {
  present: boolean;
  /** Why a renewal or the entry was refused, or not answered. */
  error: unknown;
  /** "I am here". */
  enter(): Promise<void>;
  /** Leaves the room for all of one's consoles. */
  leave(): Promise<void>;
}

type Send = ConsoleHandle['send'];

/** One renewal, by the socket, or by HTTP where the socket gives no answer. */
async function renew(send: Send, roomId: string, enter: boolean): Promise<void> {
  const wish = enter ? { enter: true } : {};
  try {
    await send('proctoring.presence.renew', { roomId, ...wish });
  } catch (refusal) {
    if (!(refusal instanceof ApiError) || refusal.status !== 0) throw refusal;
    await api.post(`/api/rooms/${encodeURIComponent(roomId)}/presence`, wish);
  }
}

/**
 * Keeps the person present while the console is open. Nobody becomes present by looking: the person says "I am here"
 * first. `known`: what the server's console says; undefined until it is loaded.
 */
export function usePresence(
  roomId: string,
  send: Send,
  known: boolean | undefined,
  onChange: () => void,
): PresenceHandle {
  const [chosen, setChosen] = useState<boolean>();
  const [error, setError] = useState<unknown>();
  const present = chosen ?? known ?? false;

  useEffect(() => {
    if (!present) return;
    const worker = new Worker(new URL('./heartbeat.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = () => {
      renew(send, roomId, false).then(
        () => {
          setChosen(true);
          setError(undefined);
        },
        (refusal: unknown) => {
          setError(refusal);
          // No answer is no refusal: it is tried again, and the server ends the lease by itself.
          if (refusal instanceof ApiError && refusal.status >= 400 && refusal.status < 500) {
            setChosen(false);
            onChange();
          }
        },
      );
    };
    return () => {
      worker.terminate();
    };
  }, [present, send, roomId, onChange]);

  const enter = useCallback(async () => {
    try {
      await renew(send, roomId, true);
      setError(undefined);
      setChosen(true);
    } catch (refusal) {
      setError(refusal);
    }
    onChange();
  }, [send, roomId, onChange]);

  const leave = useCallback(async () => {
    setChosen(false);
    try {
      await api.post(`/api/rooms/${encodeURIComponent(roomId)}/presence/leave`);
      setError(undefined);
    } catch (refusal) {
      setError(refusal);
    }
    onChange();
  }, [roomId, onChange]);

  return { present, error, enter, leave };
}
