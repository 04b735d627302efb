import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { AppError, problemOf, type Problem } from '../../shared/errors/index.ts';
import { tokenFromCookies } from '../auth/cookie.ts';
import { readToken } from '../auth/sessions.ts';
import type { Actor } from '../auth/actor.ts';
import type { Ctx } from '../context.ts';
import { requireRole } from '../http/mount.ts';
import { validate } from '../http/validate.ts';
import type { LiveEvent, LiveHooks, LiveSocket } from './event.ts';

/** Publishing to browsers. Messages may be lost by nature: they hint, and the client asks for its state by HTTP after each connect. */
export interface Live {
  /** Sends `event` with `payload` to everyone in `channel`. */
  publish(channel: string, event: string, payload: unknown): void;
  /** Cuts every socket of a session. */
  dropSession(sessionId: string): void;
  close(): Promise<void>;
}

/** The acknowledgement of every client event. */
export type Ack<T = unknown> = { ok: true; result: T } | { ok: false; problem: Problem };

interface SocketData {
  actor: Actor;
}

/** A Live that reaches nobody, until `attach` gives it a server. */
export class LiveServer implements Live {
  #io: Server | undefined;

  publish(channel: string, event: string, payload: unknown): void {
    this.#io?.to(channel).emit(event, payload);
  }

  dropSession(sessionId: string): void {
    this.#io?.in(`session:${sessionId}`).disconnectSockets(true);
  }

  async close(): Promise<void> {
    await this.#io?.close();
    this.#io = undefined;
  }

  /** Starts taking sockets on the HTTP server. */
  attach(http: HttpServer, ctx: Ctx, events: readonly LiveEvent[], hooks: readonly LiveHooks[]): void {
    const io = new Server(http, {
      path: '/live',
      serveClient: false,
      maxHttpBufferSize: 64 * 1024,
      pingInterval: 4_000,
      pingTimeout: 4_000,
      allowRequest: (request, decide) => {
        decide(null, sameOrigin(request.headers.origin, request.headers.host));
      },
    });
    this.#io = io;
    io.use((socket, next) => {
      readToken(ctx, tokenFromCookies(socket.handshake.headers.cookie))
        .then(({ actor }) => {
          if (actor.kind === 'anonymous') {
            next(new Error('platform.not-signed-in'));
            return;
          }
          (socket.data as SocketData).actor = actor;
          next();
        })
        .catch((error: unknown) => {
          next(error as Error);
        });
    });
    io.on('connection', (socket) => {
      serve(ctx, socket, events, hooks);
    });
  }
}

function sameOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

function serve(ctx: Ctx, socket: Socket, events: readonly LiveEvent[], hooks: readonly LiveHooks[]): void {
  const { actor } = socket.data as SocketData;
  const live: LiveSocket = {
    id: socket.id,
    actor,
    join: async (channel) => {
      await socket.join(channel);
    },
    leave: async (channel) => {
      await socket.leave(channel);
    },
  };
  const report = (error: unknown): void => {
    ctx.log.error({ err: error, socket: socket.id }, 'socket hook failed');
  };
  if (actor.kind !== 'anonymous') void socket.join(`session:${actor.sessionId}`);
  for (const hook of hooks) hook.connected?.(ctx, live).catch(report);
  socket.on('disconnect', () => {
    for (const hook of hooks) hook.disconnected?.(ctx, live).catch(report);
  });
  for (const event of events) {
    socket.on(event.id, (body: unknown, acknowledge?: unknown) => {
      void receive(ctx, event, live, body).then((ack) => {
        if (typeof acknowledge === 'function') (acknowledge as (ack: Ack) => void)(ack);
      });
    });
  }
}

async function receive(ctx: Ctx, event: LiveEvent, socket: LiveSocket, body: unknown): Promise<Ack> {
  try {
    requireRole(event.access, socket.actor);
    const input = body ?? {};
    validate(event.body, input);
    if (event.scope.kind === 'own' && !(await event.scope.allows(ctx, socket.actor, input))) {
      throw new AppError('platform.not-found');
    }
    return { ok: true, result: await event.handle(ctx, socket, input) };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, problem: problemOf(error.code, error.details) };
    const reference = ctx.random.id('err');
    ctx.log.error({ err: error, reference, event: event.id }, 'unexpected error');
    return { ok: false, problem: problemOf('platform.internal', { params: { reference } }) };
  }
}
