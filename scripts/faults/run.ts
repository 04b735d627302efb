/**
 * `npm run test:faults [-- --rows 1,4,7] [--short] [--seeds walk-1,walk-2]`: does the faults of docs/faults.md to the product and prints one JSON
 * line a row, {row, held, figures}; exits with 1 if one did not hold. Each row is a process of its own, ended at its limit.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureSystem } from '../ensure-installed.mjs';
import { runRow, type Row } from './row.ts';
import { ROWS } from './rows.ts';

const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : (process.argv[at + 1] ?? '');
};
const short = process.argv.includes('--short');

/** The child: one row, its line on the standard output. */
async function runHere(row: Row): Promise<never> {
  const findings = await runRow(row, {
    short,
    seeds: argument('--seeds')?.split(','),
    log: (line) => {
      console.error(`  row ${row.row}: ${line}`);
    },
  });
  const line = findings.line(row.row);
  process.stdout.write(`${JSON.stringify(line)}\n`, () => process.exit(line.held ? 0 : 1));
  return new Promise(() => undefined);
}

/** Runs a row in its own process group, which ends with it. @returns whether it held */
async function runApart({ row, fault, minutes }: Row): Promise<boolean> {
  const since = performance.now();
  console.error(`row ${row}: ${fault}`);
  const self = fileURLToPath(import.meta.url);
  const args = ['--import', 'tsx', self, '--only', String(row), ...(short ? ['--short'] : [])];
  const seeds = argument('--seeds');
  if (seeds !== undefined) args.push('--seeds', seeds);
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const end = (): void => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // Its whole group has ended by itself.
    }
  };
  process.once('exit', end);
  const limit = setTimeout(end, (short ? minutes.short : minutes.full) * 60_000);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(limit);
  end();
  process.off('exit', end);
  const last = output.trim().split('\n').at(-1) ?? '';
  const told = last.startsWith('{"row":');
  console.log(
    told ? last : JSON.stringify({ row, held: false, figures: { broken: ['ended without a result'] } }),
  );
  console.error(`row ${row}: ${Math.round((performance.now() - since) / 1000)} s`);
  return told && code === 0;
}

const only = argument('--only');
if (only !== undefined) {
  const row = ROWS.find((one) => one.row === Number(only));
  if (row === undefined) throw new Error(`no row ${only}`);
  await runHere(row);
}
const wanted = argument('--rows')?.split(',').map(Number);
const unknown = wanted?.filter((number) => !ROWS.some(({ row }) => row === number)) ?? [];
if (unknown.length > 0)
  throw new Error(`no such row: ${unknown.join(', ')}; there are ${ROWS.map(({ row }) => row).join(', ')}`);
ensureSystem();
ensureBuilt();
let held = true;
for (const row of ROWS)
  if (wanted === undefined || wanted.includes(row.row)) held = (await runApart(row)) && held;
process.exit(held ? 0 : 1);
