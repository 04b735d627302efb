import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Caller } from '../src/demo/caller.ts';
import { DEMO_PASSWORD } from '../src/demo/cast.ts';
import { prepareSite } from '../src/demo/prepare.ts';
import { LEVELS, type Level } from '../src/shared/levels.ts';
import { runLevel, type LevelTally } from './river/level.ts';
import { Refusals } from './river/refusals.ts';

/**
 * Drives a whole examination of each level through the public interfaces alone: from the import of the banks to verified
 * certificates. Starts a server of its own with a fresh store, unless `--url` names one (fresh, in the demo configuration).
 * The last line is one JSON document.
 */
const { values } = parseArgs({ options: { url: { type: 'string' }, levels: { type: 'string' } } });
const since = performance.now();
const seconds = (): number => Math.round((performance.now() - since) / 100) / 10;
const say = (words: string): void => {
  console.log(`${String(seconds()).padStart(6)} s  ${words}`);
};

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Starts a server on a fresh store and waits until it answers. */
async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kaochang-river-'));
  const port = await freePort();
  const server: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      KAOCHANG_DEMO: '1',
      KAOCHANG_DEMO_EMPTY: '1',
      LOG_LEVEL: 'error',
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 240; tries += 1) {
    if (await signsIn(url)) return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await stop();
  throw new Error('the server did not start within a minute');
}

const signsIn = (url: string): Promise<boolean> =>
  new Caller(url).signIn('admin', DEMO_PASSWORD).then(
    () => true,
    () => false,
  );

const levels = (values.levels?.split(',') ?? LEVELS) as readonly Level[];
const own = values.url === undefined ? await startServer() : undefined;
const url = values.url ?? own?.url ?? '';
let failed = false;
try {
  const refusals = new Refusals();
  const administrator = await new Caller(url).signIn('admin', DEMO_PASSWORD);
  const site = await prepareSite(administrator);
  say('institution approved, staff appointed');
  const officer = await new Caller(url).signIn('officer1', DEMO_PASSWORD);
  const tallies: LevelTally[] = [];
  for (const level of levels)
    tallies.push(await runLevel({ url, level, site, administrator, officer, refusals, say }));
  const distinct = [...new Map(refusals.list.map((refusal) => [refusal.rule, refusal])).values()];
  for (const { rule, code, clause } of distinct)
    say(`refused: ${rule} → ${code}${clause === undefined ? '' : ` (${clause})`}`);
  console.log(JSON.stringify({ levels: tallies, refusals: distinct, seconds: seconds() }));
  failed = tallies.some(
    (tally) =>
      tally.answersAcknowledged !== tally.answersStored || tally.certificates !== tally.signaturesValid,
  );
} catch (error) {
  console.error(error);
  failed = true;
} finally {
  await own?.stop();
}
process.exit(failed ? 1 : 0);
