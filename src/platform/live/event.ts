import type { Static, TSchema } from '@sinclair/typebox';
import type { Role } from '../../shared/roles.ts';
import type { Actor } from '../auth/actor.ts';
import type { Ctx } from '../context.ts';
import type { Scope } from '../http/route.ts';

/** The socket an event came by, as handlers see it. */
export interface LiveSocket {
  id: string;
  actor: Actor;
  /** Receives what is published to `channel` from now on. */
  join(channel: string): Promise<void>;
  leave(channel: string): Promise<void>;
}

/** One event a client may send: the socket's counterpart of a route, behind the same gate. The answer goes back as the acknowledgement. */
export interface LiveEvent<B extends TSchema = TSchema> {
  /** Dotted by stage; also the event's name on the wire: `proctoring.presence.renew`. */
  id: string;
  access: readonly Role[];
  /** Called with the validated body as `params`. */
  scope: Scope<Static<B>>;
  body: B;
  handle(ctx: Ctx, socket: LiveSocket, body: Static<B>): Promise<unknown>;
}

/** Declares an event; its body type follows from the schema. */
export function defineEvent<B extends TSchema>(event: LiveEvent<B>): LiveEvent {
  return event;
}

/** What a stage does when a socket comes or goes (joining the candidate's own channel, noting that a line is lost). */
export interface LiveHooks {
  connected?(ctx: Ctx, socket: LiveSocket): Promise<void>;
  disconnected?(ctx: Ctx, socket: LiveSocket): Promise<void>;
}
