/**
 * `npm run bench:page`: the candidate's page of a running sitting, in headless Chromium. One JSON line: the weight of all
 * scripts and style sheets until the first question is on the screen (kB, gzip); the time until it is there, from an empty
 * cache, and of a click until the frame after it, on a processor slowed down six times; the same of a key while everything
 * on the line takes 2,000 ms. Beside each, a bare static page in the same run. Exit 1 when a budget is not held.
 */
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { launchChromium } from '../lab/chromium.ts';
import { removeFolder, undoAtExit } from '../lab/cleanup.ts';
import { LabExam } from '../lab/exam.ts';
import { LabServer } from '../lab/server.ts';
import { serveBarePage } from './page/baseline.ts';
import {
  CPU_THROTTLE,
  delayNetwork,
  installProbe,
  median,
  NETWORK_DELAY_MS,
  p95,
  protocolOf,
  readyMs,
  takeLatencies,
  throttle,
} from './page/measure.ts';
import { clickAbout, goToTypedQuestion, QUESTION, walkToFirstQuestion } from './page/walk.ts';
import { totalOf, weightOf, type Weight } from './page/weight.ts';

const LOADS = 5;
const CLICK_ROUNDS = 12;
const DIGITS = '12345678901234567890';
const WORDS = 'checked against the packing list, twice; the third line is odd';
/** Between two keys of a fast typist, ms. */
const KEY_EVERY_MS = 90;
const BUDGETS = { entryGzipKb: 110, readyMs: 2_500, clickP95Ms: 100, typingP95Ms: 50 };

interface Figures {
  readyMs: number;
  clickP95Ms: number;
  typingP95Ms: number;
}

async function buildPages(): Promise<string> {
  const outDir = mkdtempSync(path.join(os.tmpdir(), 'kaochang-pages-'));
  undoAtExit(() => {
    removeFolder(outDir);
  });
  await build({ logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return outDir;
}

/** Loads an address anew, from an empty cache, on a slow processor. */
async function timeLoads(context: BrowserContext, address: string): Promise<number> {
  const times: number[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    const page = await context.newPage();
    await throttle(page);
    const protocol = await protocolOf(page);
    await protocol.send('Network.enable');
    await protocol.send('Network.setCacheDisabled', { cacheDisabled: true });
    await page.goto(address);
    times.push(await readyMs(page));
    await page.close();
  }
  return Math.round(median(times));
}

/** A slowed-down page of the exam with everything loaded, at rest. */
async function openSlowly(context: BrowserContext, address: string, selector: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForSelector(selector);
  await page.waitForTimeout(3_000);
  await throttle(page);
  return page;
}

async function timeClicks(page: Page): Promise<number> {
  await clickAbout(page, 2);
  await takeLatencies(page);
  await clickAbout(page, CLICK_ROUNDS);
  return Math.round(p95((await takeLatencies(page)).clicks));
}

async function timeTyping(page: Page): Promise<number> {
  await goToTypedQuestion(page);
  await delayNetwork(page, NETWORK_DELAY_MS);
  await page.focus('.numeric input');
  await page.keyboard.type(DIGITS.slice(0, 4), { delay: KEY_EVERY_MS });
  await takeLatencies(page);
  await page.keyboard.type(DIGITS, { delay: KEY_EVERY_MS });
  await page.click('.question-tools button:nth-child(2)');
  await page.focus('.note textarea');
  await page.keyboard.type(WORDS, { delay: KEY_EVERY_MS });
  return Math.round(p95((await takeLatencies(page)).keys));
}

async function measureBare(browser: Browser, address: string): Promise<Figures> {
  const context = await browser.newContext();
  await installProbe(context, 'article h1');
  const ready = await timeLoads(context, address);
  const page = await openSlowly(context, address, 'article h1');
  for (let click = 0; click < CLICK_ROUNDS * 5; click += 1)
    await page.click(`p:nth-of-type(${(click % 4) + 1}) input`);
  const { clicks } = await takeLatencies(page);
  await page.focus('#answer');
  await page.keyboard.type(WORDS, { delay: KEY_EVERY_MS });
  const { keys } = await takeLatencies(page);
  await context.close();
  return { readyMs: ready, clickP95Ms: Math.round(p95(clicks)), typingP95Ms: Math.round(p95(keys)) };
}

async function measureExam(
  browser: Browser,
  server: LabServer,
  webDir: string,
): Promise<Figures & { gzipKb: Weight }> {
  const exam = await LabExam.prepare(server, { candidates: 1 });
  await exam.openRooms();
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  await installProbe(context, QUESTION);
  const first = await context.newPage();
  const [ticket] = exam.tickets;
  if (ticket === undefined) throw new Error('nobody is seated');
  await walkToFirstQuestion(first, server.url, ticket, exam);
  const gzipKb = await weightOf(first, webDir);
  await first.close();
  const address = `${server.url}/exam`;
  const ready = await timeLoads(context, address);
  const page = await openSlowly(context, address, QUESTION);
  const clickP95Ms = await timeClicks(page);
  const typingP95Ms = await timeTyping(page);
  await context.close();
  exam.close();
  return { gzipKb, readyMs: ready, clickP95Ms, typingP95Ms };
}

const ratioOf = (ours: number, bare: number): number => Math.round((ours / bare) * 10) / 10;

async function main(): Promise<void> {
  const webDir = await buildPages();
  const server = await LabServer.start({ env: { WEB_DIR: webDir } });
  const browser = await launchChromium();
  const bare = await serveBarePage();
  try {
    const exam = await measureExam(browser, server, webDir);
    const baseline = await measureBare(browser, bare.url);
    const { gzipKb, ...figures } = exam;
    const entryGzipKb = totalOf(gzipKb);
    const held = Object.entries(BUDGETS).every(
      ([name, most]) => ({ entryGzipKb, ...figures })[name as keyof typeof BUDGETS] <= most,
    );
    const line = {
      gzipKb,
      entryGzipKb,
      ...figures,
      baseline,
      ratio: {
        ready: ratioOf(figures.readyMs, baseline.readyMs),
        click: ratioOf(figures.clickP95Ms, baseline.clickP95Ms),
        typing: ratioOf(figures.typingP95Ms, baseline.typingP95Ms),
      },
      budgets: BUDGETS,
      held,
      cpuThrottle: CPU_THROTTLE,
      networkDelayMs: NETWORK_DELAY_MS,
      cores: os.availableParallelism(),
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    if (!held) process.exitCode = 1;
  } finally {
    bare.server.close();
    await browser.close();
    await server.dispose();
  }
}

await main();
