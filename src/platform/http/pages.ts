import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express } from 'express';

/** The pages of the product by address; each is one entry of the web build. */
const PAGES: readonly (readonly [address: string, file: string])[] = [
  ['/', 'index.html'],
  ['/exam', 'candidate.html'],
  ['/room', 'invigilator.html'],
  ['/score', 'examiner.html'],
  ['/office', 'office.html'],
  ['/verify', 'verify.html'],
];

/** Serves the built web pages: hashed assets for a year, pages never from a cache. */
export function servePages(app: Express, webDir: string): void {
  app.use(
    '/assets',
    express.static(join(webDir, 'assets'), { immutable: true, maxAge: '1y', fallthrough: true }),
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
