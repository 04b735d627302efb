import type { Page } from 'playwright-core';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { pause } from '../lab/side-by-side.ts';
import { BrowserRoom } from './browser-room.ts';
import { LabComputer } from './browser.ts';
import { LabSitting } from './lab-sitting.ts';
import { buildWallClock, type WallClock } from './preload.ts';
import { type Findings, waitUntil, type Row, type RowOptions } from './row.ts';

/** The shown time is right within this (the table's bound), ms; and this soon after something has happened to the clock. */
const SHOWN_MS = 1_000;
const NOTICED_MS = 5_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The remaining time as the page shows it, ms; undefined when it shows none. */
async function shownTime(page: Page): Promise<number | undefined> {
  const text = await page
    .getByRole('timer')
    .innerText({ timeout: 2_000 })
    .catch(() => '');
  const [, hours, minutes, seconds] = /(\d\d):(\d\d):(\d\d)/.exec(text) ?? [];
  if (hours === undefined) return undefined;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
}

/** How far the shown time is from the server's, ms; less than a second of it is the rounding to whole seconds. */
async function offBy(room: BrowserRoom, page: Page): Promise<number> {
  const { deadline = 0 } =
    (await AttemptModel.findById(room.person(0).attemptId, { deadline: 1 }).lean()) ?? {};
  const earliest = deadline - room.app.clock.now();
  const shown = await shownTime(page);
  const latest = deadline - room.app.clock.now();
  if (shown === undefined) return Infinity;
  return Math.max(0, shown - earliest - 1_000, latest - shown);
}

/** Something happens to the computer's clock; the shown time is right soon after, and stays so. */
async function afterwards(room: BrowserRoom, page: Page, name: string, findings: Findings): Promise<void> {
  const right = await waitUntil(async () => (await offBy(room, page)) <= SHOWN_MS, NOTICED_MS * 4, 100);
  findings.within(`${name}NoticedMs`, right, NOTICED_MS);
  let worst = 0;
  for (let i = 0; i < 6; i += 1) {
    worst = Math.max(worst, await offBy(room, page));
    await pause(200);
  }
  findings.within(`${name}OffMs`, worst, SHOWN_MS);
  const attempt = await AttemptModel.findById(room.person(0).attemptId).lean();
  findings.must(attempt?.state === 'answering', `${name}: the attempt is ${attempt?.state ?? 'gone'}`);
}

/** A candidate whose computer's clock is a day off, jumps, and sleeps; in a real browser. */
async function candidateClock(room: BrowserRoom, { log }: RowOptions, findings: Findings): Promise<void> {
  const clock = buildWallClock();
  const computer = new LabComputer(clock.env);
  try {
    clock.set(DAY);
    const page = await computer.open(room.address);
    await room.begin(page, room.person(0));
    const ahead = (await page.evaluate(() => Date.now())) - Date.now();
    findings.must(Math.abs(ahead - DAY) < MINUTE, `the browser’s clock is ${ahead} ms ahead, not a day`);
    await afterwards(room, page, 'dayAhead', findings);
    log('a day ahead');
    clock.set(-DAY);
    await afterwards(room, page, 'jumpBack', findings);
    await page.reload();
    await page.getByRole('article').waitFor();
    await afterwards(room, page, 'dayBehind', findings);
    log('a day behind');
    // The cookie was set while the clock was two days behind.
    clock.set(DAY);
    await page.reload();
    await page.getByRole('article').waitFor();
    await afterwards(room, page, 'jumpAhead', findings);
    log('jumped ahead');
    await sleepFor(20, { room, computer, clock });
    await afterwards(room, page, 'sleep', findings);
    log('slept');
  } finally {
    await computer.dispose();
  }
}

/** The computer is suspended for minutes: its clock that only runs stands, the one on the wall is right when it wakes. */
async function sleepFor(
  minutes: number,
  { room, computer, clock }: { room: BrowserRoom; computer: LabComputer; clock: WallClock },
): Promise<void> {
  computer.freeze();
  await pause(1_000);
  room.app.clock.advance(minutes * MINUTE);
  clock.set(DAY + minutes * MINUTE);
  computer.thaw();
}

/** The server's own clock is stepped while everybody answers, a minute before the end among others, and over a restart. */
async function serverClock({ short, log }: RowOptions, findings: Findings): Promise<void> {
  const clock = buildWallClock();
  const size = { candidates: short ? 6 : 300, roomSize: short ? 6 : 30 };
  const sitting = await LabSitting.open({ ...size, server: { env: clock.env }, say: log });
  const { exam, people, server } = sitting;
  const [person] = people;
  if (person === undefined) throw new Error('nobody sits');
  let worst = 0;
  /** The server's time goes on as this process's does, whatever happens between. */
  const unmoved = async (act: () => void | Promise<void>, allowed = 0): Promise<void> => {
    const [before, since] = [await exam.now(), performance.now()];
    await act();
    await pause(1_500);
    const passed = (await exam.now()) - before;
    worst = Math.max(worst, Math.abs(passed - (performance.now() - since)) - allowed);
  };
  try {
    await exam.advance(exam.minutes - 1);
    for (const step of [5 * MINUTE, -5 * MINUTE, 0]) {
      await unmoved(() => {
        clock.set(step);
      });
      await person.send([sitting.nextAnswer(person)]);
    }
    clock.set(5 * MINUTE);
    await unmoved(() => server.restart());
    const views = await Promise.all(people.map((one) => one.view()));
    findings.within('serverTimeOffMs', worst, SHOWN_MS);
    findings.must(
      views.every(({ state, remainingMs = 0 }) => state === 'answering' && remainingMs > 0),
      'an attempt ended early when the server’s clock was stepped',
    );
    findings.note(size);
    await sitting.check(findings);
    log('the server’s clock was stepped');
  } finally {
    await sitting.close();
  }
}

export const row6: Row = {
  row: 6,
  fault: 'the candidate’s clock a day off, jumping, asleep; the server’s clock stepped by 5 min',
  minutes: { full: 10, short: 4 },
  async run(options, findings) {
    const room = await BrowserRoom.open(1);
    try {
      await candidateClock(room, options, findings);
    } finally {
      await room.close();
    }
    await serverClock(options, findings);
  },
};
