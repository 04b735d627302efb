/**
 * Runs MongoDB's unified specifications (a folder of JSON files) against the embedded store, with the official driver:
 * `npm run store:conformance -- DIR`. Prints one JSON line last: {pass, fail, skip, failures, skipped}.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { connectStore } from '../src/platform/store/index.ts';
import { Runner } from './store-conformance/runner.ts';
import type { Suite } from './store-conformance/types.ts';

const [folder] = process.argv.slice(2);
if (!folder || !fs.existsSync(folder)) {
  console.error('usage: npm run store:conformance -- DIR (a folder of unified test files, *.json)');
  process.exit(2);
}
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'store-conformance-'));
const store = await connectStore({ dataDir, testCommands: true });
const runner = new Runner(store.uri);
await runner.start();
for (const file of fs
  .readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()) {
  await runner.run(file, JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Suite);
}
await runner.close();
await store.close();
fs.rmSync(dataDir, { recursive: true, force: true });
console.log(JSON.stringify(runner.outcome));
process.exit(0);
