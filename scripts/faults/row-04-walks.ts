import { readFileSync } from 'node:fs';
import type { CandidateForm } from '../../src/assembly/form.contract.ts';
import { AnswerModel } from '../../src/sitting/answer.model.ts';
import { handOver } from '../../src/sitting/seat-changes.service.ts';
import { smallForm } from '../../test/support/sitting.ts';
import { sideBySide } from '../lab/side-by-side.ts';
import { openClassroom, type Classroom, type WirePage } from './classroom.ts';
import type { Row, RowOptions } from './row.ts';
import { install } from './walk-surroundings.ts';
import { Walk, type Walker, type WalkOutcome } from './walk.ts';

/** Items of a walk: each takes a number, so that every change of a walk has a value of its own. */
const WALK_ITEMS = ['A1.1-001', 'A1.1-002', 'A1.1-003', 'A1.1-004'];
const OPERATIONS = 500;
/** Walks at once. */
const SIDE_BY_SIDE = 10;

/** Seeds that once found a fault; each names it. They are walked first, in every version of the row. */
export const KEPT_SEEDS = JSON.parse(
  readFileSync(new URL('../../test/faults/kept-seeds.json', import.meta.url), 'utf8'),
) as { seed: string; found: string }[];

/** A paper of nothing but numbers. */
function paperOfNumbers(formId: string): CandidateForm {
  const paper = smallForm(formId, 'W', 'theory');
  const [part] = paper.parts;
  const numeric = paper.parts.flatMap(({ items }) => items).find(({ type }) => type === 'numeric');
  if (part?.kind !== 'items' || numeric === undefined) throw new Error('the small paper has no numeric item');
  return { ...paper, parts: [{ ...part, items: WALK_ITEMS.map((itemId) => ({ ...numeric, itemId })) }] };
}

const sessionOf = (cookie: string): string => {
  const claims = Buffer.from(cookie.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(claims) as { jti: string }).jti;
};

async function walkerOf(room: Classroom, page: WirePage): Promise<Walker> {
  const cookies = [page.cookie, (await room.signInAgain(page)).cookie];
  const { attemptId } = page;
  return {
    url: room.app.url,
    attemptId,
    items: WALK_ITEMS,
    cookies,
    network: globalThis.fetch,
    now: () => room.app.clock.now(),
    async handOver(computer) {
      const sessionId = sessionOf(cookies[computer] ?? '');
      // Two at once: the other one counts then.
      await handOver(room.app.ctx, { attemptId, sessionId, by: 'faults' }).catch(() => undefined);
    },
    stored: () => AnswerModel.find({ attemptId }).lean(),
  };
}

/** Walks all the seeds, some side by side. */
export async function walkSeeds(seeds: readonly string[], log: RowOptions['log']): Promise<WalkOutcome[]> {
  const room = await openClassroom({
    candidates: seeds.length,
    rooms: Math.ceil(seeds.length / 30),
    paper: paperOfNumbers,
  });
  const outcomes: WalkOutcome[] = [];
  try {
    const walkers: Walker[] = [];
    for (const page of room.pages) walkers.push(await walkerOf(room, page));
    const takeAway = install();
    try {
      await sideBySide(seeds, SIDE_BY_SIDE, async (seed, i) => {
        const outcome = await new Walk(walkers[i] as Walker, seed).run(OPERATIONS);
        outcomes.push(outcome);
        for (const fault of outcome.faults) log(`seed ${seed}: ${fault}`);
        if (outcomes.length % 10 === 0) log(`${outcomes.length} of ${seeds.length} walks`);
      });
    } finally {
      takeAway();
    }
  } finally {
    await room.close();
  }
  return outcomes;
}

export const row4: Row = {
  row: 4,
  fault: 'acknowledgements lost, requests doubled and reordered, four tabs on two computers',
  minutes: { full: 30, short: 4 },
  async run({ short, log, seeds: asked }, findings) {
    const drawn = Array.from({ length: short ? 10 : 200 }, (_, i) => `walk-${i + 1}`);
    const seeds = asked ?? [...new Set([...KEPT_SEEDS.map(({ seed }) => seed), ...drawn])];
    const outcomes = await walkSeeds(seeds, log);
    const sum = (of: (outcome: WalkOutcome) => number): number =>
      outcomes.reduce((total, outcome) => total + of(outcome), 0);
    findings.note({
      seeds: outcomes.length,
      operations: sum(({ operations }) => operations),
      tabs: 4,
      changes: sum(({ changes }) => changes),
      acknowledged: sum(({ acknowledged }) => acknowledged),
      outcomeUnknown: sum(({ unknown }) => unknown),
      unequal: outcomes.filter(({ faults }) => faults.length > 0).length,
    });
    findings.must(outcomes.length === seeds.length, `${outcomes.length} of ${seeds.length} seeds walked`);
    for (const { seed, faults } of outcomes)
      for (const fault of faults) findings.must(false, `seed ${seed}: ${fault}`);
  },
};
