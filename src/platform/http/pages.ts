import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';

/** The pages of the product by address; each is one entry of the web build. */
const PAGES: readonly (readonly [address: string, file: string])[] = [
  ['/', 'index.html'],
  ['/exam', 'candidate.html'],
  ['/room', 'invigilator.html'],
  ['/score', 'examiner.html'],
  ['/office', 'office.html'],
  ['/verify', 'verify.html'],
];

/** Sends the gzipped copy that the build lays beside each script and style sheet, where it is understood. */
const preferGzip =
  (folder: string): RequestHandler =>
  (request, response, next) => {
    const name = /^\/([\w.-]+\.(js|css))$/.exec(request.path);
    if (name !== null && existsSync(join(folder, `${name[1] ?? ''}.gz`))) {
      response.vary('accept-encoding');
      if (request.acceptsEncodings('gzip') === 'gzip') {
        request.url = `${request.path}.gz`;
        response.type(name[2] ?? '').setHeader('content-encoding', 'gzip');
      }
    }
    next();
  };

/** The service worker of the candidate's page (`web/candidate/exam-worker.ts`), at the root so that it may serve /exam. */
const EXAM_WORKER = '/exam-worker.js';

/** Serves the built web pages: hashed assets for a year, pages and the service worker never from a cache unasked. */
export function servePages(app: Express, webDir: string): void {
  const assets = join(webDir, 'assets');
  app.use(
    '/assets',
    preferGzip(assets),
    express.static(assets, { immutable: true, maxAge: '1y', fallthrough: true }),
  );
  app.get(EXAM_WORKER, sendBuilt(join(webDir, EXAM_WORKER)));
  for (const [address, file] of PAGES)
    app.get(address === '/' ? '/' : [address, `${address}/*rest`], sendBuilt(join(webDir, file)));
}

const sendBuilt =
  (path: string): RequestHandler =>
  (_request, response, next) => {
    if (!existsSync(path)) {
      next();
      return;
    }
    response.setHeader('cache-control', 'no-cache');
    response.sendFile(path);
  };
