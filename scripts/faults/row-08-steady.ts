import type { LabCandidate } from '../lab/candidate.ts';
import { pause } from '../lab/side-by-side.ts';
import { LabSitting } from './lab-sitting.ts';
import { quantile, waitUntil, type Row } from './row.ts';

/** The table's bounds. */
const ACK_MS = { p95: 150, p99: 500 };
const LAG_P99_MS = 50;
const RSS_MB = 512;
const EVERY_MS = 2_000;

interface Measured {
  took: number[];
  failed: string[];
}

/** One person saves by the clock, whatever the answers take: the load does not slacken when the server does. */
async function typeSteadily(
  sitting: LabSitting,
  person: LabCandidate,
  until: number,
  measured: Measured,
): Promise<void> {
  const saves: Promise<void>[] = [];
  await pause(Math.random() * EVERY_MS);
  while (performance.now() < until) {
    const since = performance.now();
    saves.push(
      person.send([sitting.nextAnswer(person)]).then(
        () => void measured.took.push(performance.now() - since),
        (error: unknown) => void measured.failed.push(String(error)),
      ),
    );
    await pause(EVERY_MS);
  }
  await Promise.all(saves);
}

export const row8: Row = {
  row: 8,
  fault: 'steady typing: everybody saves every 2 s',
  minutes: { full: 10, short: 4 },
  async run({ short, log }, findings) {
    const seconds = short ? 6 : 120;
    const sitting = await LabSitting.open({
      candidates: short ? 12 : 300,
      roomSize: short ? 6 : 30,
      say: log,
    });
    try {
      // The process of the day of the exam; the one before has imported the bank and solved for the forms.
      findings.note({ rssAfterAssemblyMb: sitting.server.usage().rssMb });
      await sitting.server.restart();
      await waitUntil(() => sitting.people.every(({ connected }) => connected), 30_000);
      const measured: Measured = { took: [], failed: [] };
      await sitting.server.diagnostics(true);
      const until = performance.now() + seconds * 1_000;
      const memory: number[] = [];
      const look = setInterval(() => memory.push(sitting.server.usage().rssMb), 1_000);
      await Promise.all(sitting.people.map((one) => typeSteadily(sitting, one, until, measured)));
      clearInterval(look);
      const { lag } = await sitting.server.diagnostics();
      findings.note({ candidates: sitting.people.length, seconds, saves: measured.took.length });
      findings.must(
        measured.failed.length === 0,
        `${measured.failed.length} saves failed: ${measured.failed[0] ?? ''}`,
      );
      findings.note({ ackP50: Math.round(quantile(measured.took, 0.5) * 10) / 10 });
      findings.within('ackP95', quantile(measured.took, 0.95), ACK_MS.p95);
      findings.within('ackP99', quantile(measured.took, 0.99), ACK_MS.p99);
      findings.within('loopLagP99', lag.p99, LAG_P99_MS);
      findings.within('rssMb', Math.max(...memory), RSS_MB);
      await sitting.check(findings);
    } finally {
      await sitting.close();
    }
  },
};
