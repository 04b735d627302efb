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

/** Serves the built web pages: hashed assets for a year, pages never from a cache. */
export function servePages(app: Express, webDir: string): void {
  const assets = join(webDir, 'assets');
  app.use(
    '/assets',
    preferGzip(assets),
    express.static(assets, { immutable: true, maxAge: '1y', fallthrough: true }),
  );
  for (const [address, file] of PAGES) {
    app.get(address === '/' ? '/' : [address, `${address}/*rest`], (_request, response, next) => {
      const path = join(webDir, file);
      if (!existsSync(path)) {
        next();
        return;
      }
      response.setHeader('cache-control', 'no-cache');
      response.sendFile(path);
    });
  }
}
