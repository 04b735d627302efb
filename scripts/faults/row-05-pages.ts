import type { Page } from 'playwright-core';
import { pause } from '../lab/side-by-side.ts';
import { box, BrowserRoom } from './browser-room.ts';
import { LabComputer, WINDOW } from './browser.ts';
import { type Findings, waitUntil, type Row, type RowOptions } from './row.ts';
import { raceForTheWriting } from './writer-races.ts';

/** The table's bounds, ms. */
const BACK_MS = 10_000;
const ELSEWHERE_MS = 60_000;
const LOST_TYPING_MS = 1_000;
/** One key in this time: a steady typist. */
const KEY_MS = 100;
/** Chromium writes cookies to its disk within 30 s of the sign-in. */
const COOKIES_KEPT_MS = 32_000;
const DIGITS = '123456789';

/** Types digits, one by one, until `over`; returns what was typed. */
async function type(page: Page, over: () => boolean): Promise<string> {
  let typed = '';
  await box(page).focus();
  while (!over()) {
    const digit = DIGITS[typed.length % DIGITS.length] ?? '';
    try {
      await page.keyboard.type(digit);
    } catch {
      break;
    }
    typed += digit;
    await pause(KEY_MS);
  }
  return typed;
}

/** Types into the emptied box and does something in the middle of it; how much of the typing is gone afterwards, ms. */
async function typeInto(
  page: Page,
  act: () => Promise<Page>,
): Promise<{ back: Page; backMs: number; lostMs: number }> {
  await box(page).fill('');
  const life = { over: false };
  const typing = type(page, () => life.over);
  // A number has at most 18 digits.
  await pause(700 + Math.random() * 800);
  life.over = true;
  const since = performance.now();
  const acting = act();
  const typed = await typing;
  const back = await acting;
  await box(back).waitFor();
  const shown = async (): Promise<string> => box(back).inputValue();
  await waitUntil(async () => (await shown()) !== '', BACK_MS * 2, 20);
  const backMs = performance.now() - since;
  const value = (await shown()).replaceAll(',', '');
  return {
    back,
    backMs,
    lostMs: typed.startsWith(value) ? (typed.length - value.length) * KEY_MS : Infinity,
  };
}

/** The same computer: its page is reloaded, then its browser dies, with somebody typing. */
async function sameComputer(
  room: BrowserRoom,
  { short, log }: RowOptions,
  findings: Findings,
): Promise<void> {
  const person = room.person(0);
  const computer = new LabComputer();
  try {
    let page = await computer.open(room.address);
    await room.begin(page, person);
    const signedIn = performance.now();
    await room.toNumber(page, person);
    const reload = await typeInto(page, async () => {
      await page.reload();
      return page;
    });
    findings.within('reloadBackMs', reload.backMs, BACK_MS);
    findings.within('reloadLostTypingMs', reload.lostMs, LOST_TYPING_MS);
    await twoTabs(room, page, findings);
    await pause(Math.max(0, COOKIES_KEPT_MS - (performance.now() - signedIn)));
    let [slowest, mostLost] = [0, 0];
    const kills = short ? 1 : 10;
    for (let kill = 1; kill <= kills; kill += 1) {
      const { back, backMs, lostMs } = await typeInto(page, async () => {
        await computer.kill();
        return computer.open(room.address);
      });
      page = back;
      [slowest, mostLost] = [Math.max(slowest, backMs), Math.max(mostLost, lostMs)];
      log(`browser killed: back after ${Math.round(backMs)} ms, ${lostMs} ms of typing lost`);
    }
    findings.note({ browserKills: kills });
    findings.within('killBackMs', slowest, BACK_MS);
    findings.within('killLostTypingMs', mostLost, LOST_TYPING_MS);
    await anotherComputer(room, page, findings);
  } finally {
    await computer.dispose();
  }
}

/** A second tab takes the writing; from then on nothing of the first one is taken. */
async function twoTabs(room: BrowserRoom, first: Page, findings: Findings): Promise<void> {
  const person = room.person(0);
  const taken: string[] = [];
  const watch = (page: Page, name: string): void => {
    page.on('response', (response) => {
      if (response.request().method() === 'PUT' && response.url().endsWith('/answers') && response.ok())
        taken.push(name);
    });
  };
  watch(first, 'first');
  const second = await first.context().newPage();
  await second.setViewportSize(WINDOW);
  watch(second, 'second');
  await second.goto(room.address);
  await room.toNumber(second, person);
  await waitUntil(
    async () => (await box(second).isEnabled()) && (await box(second).inputValue()) !== '',
    10_000,
  );
  await box(second).fill('77');
  const saved = await waitUntil(async () => (await room.stored(person)) === '77', 10_000);
  findings.must(Number.isFinite(saved), 'the second tab did not become the writer');
  taken.length = 0;
  await first.bringToFront();
  await box(first)
    .pressSequentially('5', { timeout: 1_000 })
    .catch(() => undefined);
  await pause(1_500);
  findings.must(
    !taken.includes('first'),
    'an answer of the first tab was taken after the second had the writing',
  );
  await second.close();
  await first.reload();
  await box(first).waitFor();
  const back = await waitUntil(
    async () => (await box(first).inputValue()) === (await room.stored(person)),
    10_000,
  );
  findings.must(Number.isFinite(back), 'the first tab does not show what is stored');
}

/** The computer is broken: the person goes on at another one, with everything, once the invigilator has handed over. */
async function anotherComputer(room: BrowserRoom, first: Page, findings: Findings): Promise<void> {
  const person = room.person(0);
  const before = await waitUntil(
    async () => (await box(first).inputValue()).replaceAll(',', '') === (await room.stored(person)),
    10_000,
  );
  findings.must(Number.isFinite(before), 'the typed number did not reach the server');
  const value = await room.stored(person);
  const other = new LabComputer();
  try {
    const since = performance.now();
    const page = await other.open(room.address);
    await room.checkIn(page, person);
    await room.handOver(person);
    await page.getByRole('article').waitFor();
    await room.toNumber(page, person);
    const there = await waitUntil(
      async () =>
        (await box(page).isEnabled()) && (await box(page).inputValue()).replaceAll(',', '') === value,
      ELSEWHERE_MS,
    );
    findings.must(Number.isFinite(there), 'the answers did not come to the other computer');
    findings.within('otherComputerMs', performance.now() - since, ELSEWHERE_MS);
    await box(page).fill('88');
    const saved = await waitUntil(async () => (await room.stored(person)) === '88', 10_000);
    findings.must(Number.isFinite(saved), 'the other computer cannot save after the hand-over');
  } finally {
    await other.dispose();
  }
}

export const row5: Row = {
  row: 5,
  fault: 'browser killed, reload, power cut while typing; another computer; two tabs',
  minutes: { full: 20, short: 5 },
  async run(options, findings) {
    await raceForTheWriting(options, findings);
    const room = await BrowserRoom.open(2);
    try {
      await sameComputer(room, options, findings);
    } finally {
      await room.close();
    }
  },
};
