import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openPaper } from '../../scripts/river/right-answers.ts';
import type { Config } from '../../src/config.ts';
import type { StoredAnswer } from '../../src/sitting/attempt.contract.ts';
import { startTestApp, type TestApp } from './app.ts';
import type { Numbered } from './candidate-page.ts';
import { answering, openRoom, planSitting, startRoom, type PageClient, type TestSitting } from './sitting.ts';

/** A sitting that runs on a server which can go away and come back on the same address, with one candidate at work. */
export class RestartableSitting {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'kaochang-off-line-'));
  /** The candidate's session, outside the browser. */
  candidate!: PageClient;
  sitting!: TestSitting;
  #app: TestApp | undefined;
  #config: Partial<Config> = {};

  /** The server; it must be there. */
  get app(): TestApp {
    if (this.#app === undefined) throw new Error('the server is down');
    return this.#app;
  }

  /** Starts the server, and the sitting upon it. */
  async begin(config: Partial<Config>): Promise<void> {
    this.#app = await startTestApp({ ...config, dataDir: this.dataDir });
    this.#config = { ...config, port: Number(new URL(this.app.url).port) };
    this.sitting = await planSitting(this.app, 2, { startsIn: 0.05 });
    await openRoom(this.app, this.sitting);
    // Not by moving the clock: a restarted server would be behind.
    await new Promise((done) => setTimeout(done, Math.max(0, this.sitting.startsAt - this.app.clock.now())));
    await startRoom(this.app, this.sitting);
    const [person] = this.sitting.people;
    if (person === undefined) throw new Error('nobody is seated');
    this.candidate = await answering(this.app, this.sitting, person);
  }

  async goDown(): Promise<void> {
    await this.#app?.close();
    this.#app = undefined;
  }

  async comeBack(): Promise<void> {
    this.#app = await startTestApp({ ...this.#config, dataDir: this.dataDir });
  }

  async end(): Promise<void> {
    await this.goDown();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** The candidate's questions in their order. */
  async questions(): Promise<Numbered[]> {
    const path = `/api/attempts/${this.candidate.attemptId}`;
    const { body: sealed } = await this.candidate.get(`${path}/paper`).expect(200);
    const { body: key } = await this.candidate.get(`${path}/paper-key`).expect(200);
    return openPaper(sealed, key)
      .parts.flatMap((part) => part.items)
      .map((item, index) => ({ number: index + 1, item }));
  }

  /** What the server has stored, by item. */
  async stored(): Promise<Map<string, unknown>> {
    const { body } = await this.candidate
      .get(`/api/attempts/${this.candidate.attemptId}/answers`)
      .expect(200);
    return new Map((body.items as StoredAnswer[]).map(({ itemId, value }) => [itemId, value]));
  }
}

/** What the page has kept of the attempt on its computer: its state, and whether the paper is with it. */
export const keptInBrowser = (page: Page): Promise<{ state: string; paper: boolean }[]> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('kaochang-page');
        opening.onerror = () => {
          reject(opening.error ?? new Error('no database'));
        };
        opening.onsuccess = () => {
          const all = opening.result.transaction('pages').objectStore('pages').getAll();
          all.onsuccess = () => {
            opening.result.close();
            const rows = all.result as { view: { state: string }; paper?: unknown }[];
            resolve(rows.map(({ view, paper }) => ({ state: view.state, paper: paper !== undefined })));
          };
        };
      }),
  );

/** Makes the page's computer one whose clock was set forward by `ms` since the page was kept. */
export const setClockForward = (page: Page, ms: number): Promise<void> =>
  page.evaluate(
    (by) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('kaochang-page');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('pages', 'readwrite');
          const pages = transaction.objectStore('pages');
          const all = pages.getAll();
          all.onsuccess = () => {
            for (const row of all.result as { ahead: number }[]) pages.put({ ...row, ahead: row.ahead + by });
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    ms,
  );

/** Addresses in the page's caches, without the names of hosts. */
export const cachedAddresses = (page: Page): Promise<{ caches: number; paths: string[] }> =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return { caches: names.length, paths: requests.flat().map(({ url }) => new URL(url).pathname) };
  });

/** Resolves when the page's service worker is at work: a reload from now on comes back without the server. */
export const workerActive = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
