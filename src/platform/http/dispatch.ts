import express, { type Express, type NextFunction, type Request, type Response } from 'express';

/** `PUT` and `/api/attempts/…` → `PUT attempts`; undefined for what is not below /api/. */
function keyOf(method: string, url: string): string | undefined {
  if (!url.startsWith('/api/')) return undefined;
  let end = 5;
  while (end < url.length && url[end] !== '/' && url[end] !== '?') end += 1;
  // As Express does, a GET route answers HEAD.
  return `${method === 'HEAD' ? 'GET' : method} ${url.slice(5, end)}`;
}

/**
 * Mounts handlers under /api so that a request is compared with the few routes of its method and first word, not with all
 * of the product's: Express alone tries one after another.
 */
export class Dispatch {
  readonly #routers = new Map<string, express.Router>();

  constructor(app: Express) {
    app.use((request: Request, response: Response, next: NextFunction) => {
      const key = keyOf(request.method, request.url);
      const router = key === undefined ? undefined : this.#routers.get(key);
      if (router === undefined) next();
      else router(request, response, next);
    });
  }

  /** Adds a route; `path` begins with `/api/` and a word, in Express 5 syntax. */
  add(method: string, path: string, ...handlers: express.RequestHandler[]): void {
    const key = keyOf(method, path);
    if (key === undefined || /[:*{]/.test(key)) throw new Error(`${path} must begin with /api/ and a word`);
    const router = this.#routers.get(key) ?? express.Router();
    this.#routers.set(key, router);
    router[method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'](path, ...handlers);
  }
}
