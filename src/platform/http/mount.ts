import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { AppError } from '../../shared/errors/index.ts';
import { noCookie, sessionCookie, tokenFromCookies } from '../auth/cookie.ts';
import { readToken, type IssuedToken } from '../auth/sessions.ts';
import type { Actor } from '../auth/actor.ts';
import type { Ctx } from '../context.ts';
import { Dispatch } from './dispatch.ts';
import { jsonBody } from './json-body.ts';
import { pageHeaders } from './page-headers.ts';
import { sendProblem } from './problem.ts';
import { Reply, type Route, type RouteRequest } from './route.ts';
import { sendJson } from './send-json.ts';
import { validate } from './validate.ts';

const DEFAULT_BODY_BYTES = 256 * 1024;
/** Express 5 gives query as a getter without prototype; a plain copy can be filled with defaults. */
const plain = (value: object): Record<string, unknown> => ({ ...value });

/** Mounts every route behind the same gate: origin, identity, role, scope, shape. */
export function mountRoutes(app: Express, ctx: Ctx, routes: readonly Route[]): void {
  const dispatch = new Dispatch(app);
  for (const route of routes) {
    dispatch.add(
      route.method,
      route.path,
      bodyParser(route),
      ...limiter(route),
      (request: Request, response: Response, next: NextFunction) => {
        answer(ctx, route, request, response).catch(next);
      },
    );
  }
}

function limiter(route: Route): express.RequestHandler[] {
  if (route.perMinute === undefined) return [];
  return [
    rateLimit({
      windowMs: 60_000,
      limit: route.perMinute,
      keyGenerator: (request) => `${ipKeyGenerator(request.ip ?? '')} ${route.limitBy?.(request.body) ?? ''}`,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (_request, response) => {
        sendProblem(response, new AppError('platform.too-many-requests'));
      },
    }),
  ];
}

function bodyParser(route: Route): express.RequestHandler {
  if (route.upload !== undefined) return express.raw({ type: () => true, limit: route.upload.maxBytes });
  return jsonBody(route.maxBodyBytes ?? DEFAULT_BODY_BYTES);
}

/** A state-changing request must come from this system's own pages (SameSite covers the rest). */
function refuseForeignOrigin(request: Request): void {
  const origin = request.headers.origin;
  if (request.method === 'GET' || origin === undefined) return;
  let host: string | undefined;
  try {
    host = new URL(origin).host;
  } catch {
    host = undefined;
  }
  if (host !== request.headers.host) throw new AppError('platform.foreign-origin');
}

/** Refuses whoever the route does not name. */
export function requireRole(access: Route['access'], actor: Actor): void {
  if (access === 'public') return;
  if (actor.kind === 'anonymous') throw new AppError('platform.not-signed-in');
  if (!actor.roles.some((role) => access.includes(role))) throw new AppError('platform.forbidden');
}

async function answer(ctx: Ctx, route: Route, request: Request, response: Response): Promise<void> {
  refuseForeignOrigin(request);
  const { actor, renewed } = await readToken(ctx, tokenFromCookies(request.headers.cookie));
  if (renewed !== undefined) response.append('set-cookie', sessionCookie(renewed, request.secure));
  requireRole(route.access, actor);
  const params = plain(request.params);
  // Parsing it is not for nothing: only a route that declares a query has one.
  const query = route.query === undefined ? {} : plain(request.query);
  if (route.params !== undefined) validate(route.params, params, true);
  if (route.scope.kind === 'own' && !(await route.scope.allows(ctx, actor, params))) {
    throw new AppError('platform.not-found');
  }
  if (route.query !== undefined) validate(route.query, query, true);
  if (route.body !== undefined) validate(route.body, request.body ?? {});
  const input: RouteRequest = {
    actor,
    params,
    query,
    body: route.body === undefined && route.upload === undefined ? undefined : (request.body ?? {}),
    get address() {
      return request.ip ?? '';
    },
    header: (name) => request.get(name),
  };
  send(request, response, await route.handle(ctx, input));
}

/** What a handler returns to open or end the browser's session beside its answer. */
export class SessionReply {
  readonly body: unknown;
  readonly issued: IssuedToken | undefined;
  constructor(body: unknown, issued: IssuedToken | undefined) {
    this.body = body;
    this.issued = issued;
  }
}

function send(request: Request, response: Response, result: unknown): void {
  if (result instanceof SessionReply) {
    const cookie =
      result.issued === undefined ? noCookie(request.secure) : sessionCookie(result.issued, request.secure);
    response.setHeader('set-cookie', cookie);
    sendJson(response, 200, result.body);
  } else if (result instanceof Reply) {
    for (const [name, value] of Object.entries(result.headers)) response.setHeader(name, value);
    if (Buffer.isBuffer(result.body)) sendFile(request, response, result.status, result.body);
    else sendJson(response, result.status, result.body);
  } else {
    sendJson(response, 200, result ?? {});
  }
}

/** A file may be shown by the browser itself: it has the headers of a page. */
function sendFile(request: Request, response: Response, status: number, bytes: Buffer): void {
  pageHeaders(request, response, () => {
    response.setHeader('cache-control', 'no-store');
    response.statusCode = status;
    response.end(bytes);
  });
}
