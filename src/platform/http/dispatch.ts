import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';

/** A route of one method and first word: its path in pieces, `:name` for a value. */
interface Candidate {
  pieces: readonly string[];
  handlers: readonly RequestHandler[];
}

const PREFIX = '/api/';

/** The pieces of an address below /api/, without its query. */
function piecesOf(url: string): string[] {
  const query = url.indexOf('?');
  const path = url.slice(PREFIX.length, query === -1 ? undefined : query);
  // As Express does, a slash at the end changes nothing.
  return (path.endsWith('/') ? path.slice(0, -1) : path).split('/');
}

/** The values of a path's places, or undefined where the address is another. @throws URIError on a broken escape */
function match(pieces: readonly string[], { pieces: wanted }: Candidate): Record<string, string> | undefined {
  if (pieces.length !== wanted.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, want] of wanted.entries()) {
    const piece = pieces[i] ?? '';
    if (want.startsWith(':')) {
      if (piece === '') return undefined;
      params[want.slice(1)] = decodeURIComponent(piece);
    } else if (want !== piece) return undefined;
  }
  return params;
}

/** Calls handlers one after another, each when the one before says `next`. */
function runAll(
  handlers: readonly RequestHandler[],
  request: Request,
  response: Response,
  done: NextFunction,
): void {
  let at = 0;
  const next = (error?: unknown): void => {
    const handler = handlers[at];
    at += 1;
    if (error !== undefined || handler === undefined) done(error);
    else void handler(request, response, next);
  };
  next();
}

/**
 * Mounts handlers under /api so that a request is compared with the few routes of its method and first word. Express alone
 * tries one route of the product after another, which costs a save more than its answer does.
 */
export class Dispatch {
  readonly #routes = new Map<string, Candidate[]>();

  constructor(app: Express) {
    app.use((request: Request, response: Response, next: NextFunction) => {
      if (request.url.startsWith(PREFIX)) this.#answer(request, response, next);
      else next();
    });
  }

  /** Adds a route; `path` begins with `/api/` and a word, places are `:name`. The first that fits answers. */
  add(method: string, path: string, ...handlers: RequestHandler[]): void {
    const pieces = path.slice(PREFIX.length).split('/');
    const [word = ''] = pieces;
    if (!path.startsWith(PREFIX) || !/^[\w-]+$/.test(word) || /[*{}()?]/.test(path))
      throw new Error(`${path}: /api/, a word, then words and :names`);
    const key = `${method} ${word}`;
    this.#routes.set(key, [...(this.#routes.get(key) ?? []), { pieces, handlers }]);
  }

  #answer(request: Request, response: Response, next: NextFunction): void {
    const pieces = piecesOf(request.url);
    // As Express does, a GET route answers HEAD.
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    for (const candidate of this.#routes.get(`${method} ${pieces[0] ?? ''}`) ?? []) {
      const params = match(pieces, candidate);
      if (params === undefined) continue;
      request.params = params;
      runAll(candidate.handlers, request, response, next);
      return;
    }
    next();
  }
}
