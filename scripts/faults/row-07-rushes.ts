import type { HandInReceipt } from '../../src/sitting/attempt.contract.ts';
import type { LabCandidate } from '../lab/candidate.ts';
import { pause } from '../lab/side-by-side.ts';
import { LabSitting } from './lab-sitting.ts';
import { type Findings, quantile, waitUntil, type Row } from './row.ts';
import { letType } from './typists.ts';

/** The table's bounds, ms. */
const PAPER_P95_MS = 2_000;
const HAND_IN_P99_MS = 3_000;
const BACK_MS = 15_000;
/** Early hand-in is open by then, minutes after the start. */
const HAND_IN_AFTER = 45;

/** Everybody does something within `spreadMs`; how long each took, ms. */
async function rush(
  people: readonly LabCandidate[],
  spreadMs: number,
  work: (one: LabCandidate) => Promise<unknown>,
): Promise<number[]> {
  return Promise.all(
    people.map(async (one) => {
      await pause(Math.random() * spreadMs);
      const since = performance.now();
      await work(one);
      return performance.now() - since;
    }),
  );
}

/** The papers all at once, then the start all at once. */
async function startRush({ people, exam }: LabSitting, findings: Findings): Promise<void> {
  const papers = await rush(people, 1_000, (one) => one.receivePaper());
  await exam.start();
  const starts = await rush(people, 1_000, (one) => one.start());
  findings.within('sealedPaperP95', quantile(papers, 0.95), PAPER_P95_MS);
  findings.within('paperP95', quantile(starts, 0.95), PAPER_P95_MS);
  findings.must(
    people.every(({ items }) => items.length > 0),
    'a paper did not open',
  );
}

/** The server restarts: every page comes back at the same moment. */
async function reconnectRush(sitting: LabSitting, findings: Findings): Promise<void> {
  const typists = letType(sitting, sitting.people, 2_000);
  await pause(3_000);
  await sitting.server.restart();
  const since = performance.now();
  const back = await waitUntil(
    () => typists.list.every(({ person, acknowledgedAt }) => person.connected && acknowledgedAt > since),
    60_000,
  );
  await typists.stop();
  findings.within('allBackMs', back, BACK_MS);
}

/** Everybody hands in, a third of them twice at once; each has one receipt, and it is of what they were told is stored. */
async function handInRush(sitting: LabSitting, findings: Findings): Promise<void> {
  const { people, exam } = sitting;
  await exam.advance(HAND_IN_AFTER);
  const receipts = new Map<LabCandidate, HandInReceipt[]>();
  const took = await rush(people, 5_000, async (one) => {
    const twice = people.indexOf(one) % 3 === 0;
    receipts.set(one, await Promise.all(twice ? [one.handIn(), one.handIn()] : [one.handIn()]));
  });
  findings.within('handInP99', quantile(took, 0.99), HAND_IN_P99_MS);
  const digests = [...receipts.values()].map(
    (list) => new Set(list.map(({ digest, at }) => `${digest} ${at}`)),
  );
  findings.must(
    digests.every(({ size }) => size === 1),
    'two hand-ins of one attempt had different receipts',
  );
  const again = await Promise.all(people.map((one) => one.handIn()));
  findings.must(
    again.every((receipt, i) => receipt.digest === receipts.get(people[i] as LabCandidate)?.[0]?.digest),
    'a repeated hand-in had another receipt',
  );
  findings.must(
    again.every(({ state }) => state === 'handed-in'),
    'an attempt was not handed in',
  );
  findings.note({ handedIn: again.length });
}

export const row7: Row = {
  row: 7,
  fault: 'all start in one second; all reconnect at once; all hand in within 5 s',
  minutes: { full: 10, short: 4 },
  async run({ short, log }, findings) {
    const size = { candidates: short ? 12 : 300, roomSize: short ? 6 : 30 };
    const sitting = await LabSitting.open({ ...size, waiting: true, say: log });
    try {
      findings.note({ candidates: size.candidates });
      await startRush(sitting, findings);
      log('all have started');
      await reconnectRush(sitting, findings);
      log('all are back');
      await handInRush(sitting, findings);
      log('all have handed in');
      await sitting.check(findings);
    } finally {
      await sitting.close();
    }
  },
};
