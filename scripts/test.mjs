// `npm test`: installs what is missing, then every check and every test; ends with "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { ensureBuilt, ensurePackages, ensureSystem, root } from './ensure-installed.mjs';

ensurePackages();
ensureSystem();
ensureBuilt();

const CHECKS = [
  ['types', 'tsc', ['-p', '.']],
  ['lint', 'eslint', ['.', '--max-warnings', '0']],
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['unused code', 'knip', []],
];

let passed = 0;
let failed = 0;
const seconds = (since) => `${Math.round((performance.now() - since) / 1000)} s`;

for (const [name, command, args] of CHECKS) {
  const since = performance.now();
  const { status } = spawnSync('npx', ['--no-install', command, ...args], { cwd: root, stdio: 'inherit' });
  if (status === 0) passed += 1;
  else failed += 1;
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds(since)})`);
}

const report = `${root}/node_modules/.cache/mocha.json`;
rmSync(report, { force: true });
const { status } = spawnSync(
  'npx',
  ['--no-install', 'mocha', 'test/**/*.test.ts', '--reporter', './scripts/mocha-reporter.mjs'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MOCHA_REPORT: report },
  },
);
if (existsSync(report)) {
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  passed += counts.passes;
  failed += counts.failures;
  // A crash of the runner after the last test must not look like success.
  if (status !== 0 && counts.failures === 0) failed += 1;
} else {
  console.error('The test runner ended without a report.');
  failed += 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
