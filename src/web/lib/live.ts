import { io, type Socket } from 'socket.io-client';
import type { Problem } from '../../shared/errors/index.ts';
import { ApiError } from './api.ts';

/** The answer to every event sent. */
type Ack<T> = { ok: true; result: T } | { ok: false; problem: Problem };

/** Opens this page's socket; it reconnects by itself with jitter. Ask for state by HTTP after each `connect`. */
export function openLive(): Socket {
  return io({
    path: '/live',
    transports: ['websocket', 'polling'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    randomizationFactor: 0.5,
  });
}

/** Sends an event and waits for its acknowledgement. @throws ApiError when refused or unanswered in 5 s */
export async function sendEvent<T>(socket: Socket, event: string, body: unknown): Promise<T> {
  let ack: Ack<T>;
  try {
    ack = (await socket.timeout(5_000).emitWithAck(event, body)) as Ack<T>;
  } catch {
    throw new ApiError(0);
  }
  if (!ack.ok) throw new ApiError(ack.problem.status, ack.problem);
  return ack.result;
}
