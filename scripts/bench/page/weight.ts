import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Scripts and style sheets, kB (1,000 bytes) gzipped, by file. */
export type Weight = Record<string, number>;

const toKb = (bytes: number): number => Math.round(bytes / 10) / 100;

/** What the page has loaded so far of scripts and style sheets, as the server sends it. */
export async function weightOf(page: Page, webDir: string): Promise<Weight> {
  const paths = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => /\.(?:js|css)$/.test(path)),
  );
  return Object.fromEntries(
    [...new Set(paths)].sort().map((path) => [
      // The content's hash says nothing here.
      path.replace(/^\/assets\//, '').replace(/-[\w-]{8}(\.\w+)$/, '$1'),
      toKb(readFileSync(join(webDir, `${path}.gz`)).length),
    ]),
  );
}

export const totalOf = (weight: Weight): number =>
  Math.round(Object.values(weight).reduce((sum, kb) => sum + kb, 0) * 10) / 10;
