import type { Static, TSchema } from '@sinclair/typebox';
import type { Role } from '../../shared/roles.ts';
import type { Actor } from '../auth/actor.ts';
import type { Ctx } from '../context.ts';

/** Everything a handler knows of a request, validated. */
export interface RouteRequest<P = unknown, Q = unknown, B = unknown> {
  actor: Actor;
  params: P;
  query: Q;
  body: B;
  /** Address the request came from. */
  address: string;
  /** Lower-case header by name. */
  header(name: string): string | undefined;
}

/** An answer other than plain JSON with status 200. */
export class Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[]>>;
  constructor(status: number, body: unknown, headers: Readonly<Record<string, string | string[]>> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
  static created(body: unknown): Reply {
    return new Reply(201, body);
  }
  static file(bytes: Uint8Array, type: string, name: string, inline = false): Reply {
    const disposition = `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`;
    return new Reply(200, Buffer.from(bytes), { 'content-type': type, 'content-disposition': disposition });
  }
}

/**
 * Which objects a role may touch through a route. `allows` false answers 404 with the body of a missing object,
 * so that nobody learns what exists. `everything` must be chosen on purpose, with the reason in `why`.
 */
export type Scope<P> =
  | { kind: 'everything'; why: string }
  | { kind: 'own'; name: string; allows(ctx: Ctx, actor: Actor, params: P): Promise<boolean> };

/** One HTTP route: who may call it, on what, with what. There is no other way to answer a request. */
export interface Route<
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
> {
  /** Dotted by stage: `sitting.answers.save`. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under /api, Express 5 syntax: `/api/attempts/:attemptId/answers`. */
  path: string;
  /** Who may call; 'public' is anyone, signed in or not. */
  access: 'public' | readonly Role[];
  scope: Scope<Static<P>>;
  params?: P;
  query?: Q;
  /** JSON body; without it a body is refused. `raw` routes read `bytes` of the given type instead. */
  body?: B;
  /** Takes an uploaded file as the raw body (a Buffer) of at most this many bytes, instead of JSON. */
  upload?: { maxBytes: number };
  /** Largest JSON body, bytes; default 256 KiB. */
  maxBodyBytes?: number;
  /** Requests allowed a minute from one address and, with `limitBy`, one value of the (unchecked) body. */
  perMinute?: number;
  limitBy?(body: unknown): string;
  handle(ctx: Ctx, request: RouteRequest<Static<P>, Static<Q>, Static<B>>): Promise<unknown>;
}

/** Declares a route; the types of params, query and body follow from their schemas. */
export function defineRoute<P extends TSchema, Q extends TSchema, B extends TSchema>(
  route: Route<P, Q, B>,
): Route {
  return route;
}

/** Scope of a route that shows or changes nothing of one person's, or whose roles oversee everything. */
export const everything = (why: string): { kind: 'everything'; why: string } => ({ kind: 'everything', why });
