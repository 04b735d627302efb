import { seeded } from '../../src/shared/seeded.ts';
import { handOver } from '../../src/sitting/seat-changes.service.ts';
import { sideBySide } from '../lab/side-by-side.ts';
import { openClassroom, valueOf, type Classroom, type WirePage } from './classroom.ts';
import { type Findings, type RowOptions } from './row.ts';

const ITEM = 'A1.1-004';

interface Tally {
  pairs: number;
  /** Saves that were acknowledged although another page had already been made the writer. */
  twoWriters: number;
  /** Pairs after which not exactly one of the two pages could write. */
  notOne: number;
  /** Fences given to both pages. */
  sameFence: number;
}

/** A page that claims and saves without waiting for anybody. */
async function claimAndSave(page: WirePage, seq: number): Promise<void> {
  await page.claim();
  await page.save([{ itemId: ITEM, seq, value: valueOf(ITEM, seq) }]);
}

/**
 * Two pages of one person at once: each claims the writing and saves, over and over, in an order that chance decides. Between
 * tabs of one browser the newest wins; between two computers the invigilator's hand-over decides, at the same moment.
 */
async function race(room: Classroom, pair: [WirePage, WirePage], n: number, tally: Tally): Promise<void> {
  const [first, second] = pair;
  const elsewhere = first.cookie !== second.cookie;
  const seq = n * 10;
  await Promise.all([
    claimAndSave(first, seq + 1),
    claimAndSave(second, seq + 2),
    ...(elsewhere
      ? [handOver(room.app.ctx, { attemptId: first.attemptId, by: 'faults' }).catch(() => undefined)]
      : []),
  ]);
  if (elsewhere) await Promise.all([first.claim(), second.claim()]);
  const outcomes = [];
  for (const [i, page] of pair.entries())
    outcomes.push(await page.save([{ itemId: ITEM, seq: seq + 3 + i, value: valueOf(ITEM, seq + 3 + i) }]));
  const writers = outcomes.filter(({ status }) => status === 200).length;
  tally.pairs += 1;
  if (writers > 1) tally.twoWriters += 1;
  if (writers !== 1) tally.notOne += 1;
  if (first.fence !== undefined && first.fence === second.fence) tally.sameFence += 1;
}

/** Row 5, the part over the interface: never two writers. */
export async function raceForTheWriting({ short, log }: RowOptions, findings: Findings): Promise<void> {
  const pairs = short ? 40 : 1_000;
  const room = await openClassroom({ candidates: 20, rooms: 1 });
  const tally: Tally = { pairs: 0, twoWriters: 0, notOne: 0, sameFence: 0 };
  const chance = seeded('races');
  try {
    await sideBySide(room.pages, room.pages.length, async (page, i) => {
      const other = i % 2 === 0 ? page.twin() : await room.signInAgain(page);
      for (let n = 1; n <= pairs / room.pages.length; n += 1) {
        const pair: [WirePage, WirePage] = chance() < 0.5 ? [page, other] : [other, page];
        await race(room, pair, n, tally);
      }
    });
    const report = await room.check();
    log(`${tally.pairs} pairs raced, ${report.acknowledged} saves acknowledged, ${report.refused} refused`);
    findings.note({
      racingPairs: tally.pairs,
      twoWriters: tally.twoWriters,
      historyViolations: report.violations.length,
    });
    findings.must(tally.pairs === pairs, `${tally.pairs} of ${pairs} pairs raced`);
    findings.must(tally.twoWriters === 0, `two writers at once: ${tally.twoWriters} times`);
    findings.must(tally.notOne === 0, `not exactly one writer after a race: ${tally.notOne} times`);
    findings.must(tally.sameFence === 0, `one fence for two pages: ${tally.sameFence} times`);
    for (const { kind, detail } of report.violations.slice(0, 5)) findings.must(false, `${kind}: ${detail}`);
  } finally {
    await room.close();
  }
}
