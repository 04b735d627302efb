import { pause } from '../lab/side-by-side.ts';
import { LabSitting } from './lab-sitting.ts';
import { quantile, waitUntil, type Row } from './row.ts';
import { letType, type Typists } from './typists.ts';

/** All clients are back within this time after a restart, ms (the table's bound). */
const SYNCED_MS = 15_000;
/** When a client counts as lost, ms. */
const GIVE_UP_MS = 60_000;

/** Everybody has had an answer acknowledged since, and their socket is there. */
async function syncedSince(typists: Typists, since: number): Promise<number> {
  return waitUntil(
    () => typists.list.every(({ acknowledgedAt, person }) => acknowledgedAt > since && person.connected),
    GIVE_UP_MS,
  );
}

export const row1: Row = {
  row: 1,
  fault: 'kill -9 of the server during answering',
  minutes: { full: 30, short: 4 },
  async run({ short, log }, findings) {
    const kills = short ? 2 : 50;
    const sitting = await LabSitting.open({
      candidates: short ? 12 : 300,
      roomSize: short ? 6 : 30,
      say: log,
    });
    try {
      const typists = letType(sitting, sitting.people, 700);
      const synced: number[] = [];
      for (let kill = 1; kill <= kills; kill += 1) {
        await pause(500 + Math.random() * 2_000);
        await sitting.server.kill();
        await sitting.server.restart();
        synced.push(await syncedSince(typists, performance.now()));
        log(`kill ${kill} of ${kills}: all back ${Math.round(synced.at(-1) ?? 0)} ms after the restart`);
      }
      await typists.stop();
      const refused = typists.list.filter(({ refusal }) => refusal !== undefined);
      findings.note({ candidates: sitting.people.length, kills });
      findings.must(refused.length === 0, `refused after a restart: ${refused[0]?.refusal?.message ?? ''}`);
      findings.must(synced.every(Number.isFinite), 'a client never came back after a restart');
      findings.note({ syncedMedianMs: Math.round(quantile(synced, 0.5)) });
      findings.within('syncedMaxMs', Math.max(...synced), SYNCED_MS);
      await sitting.check(findings);
    } finally {
      await sitting.close();
    }
  },
};
