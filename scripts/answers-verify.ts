/**
 * `npm run answers:verify -- EXPORT.json`: works out the digest of every attempt of an answers export anew, and holds it
 * against the receipt that the candidate has. Shares no code with the server, so that it can't share its faults
 * (docs/receipts.md says how a digest is made). Prints one JSON line {attempts, withReceipt, matching, differing}; exits
 * with 1 when a receipt differs.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

interface Exported {
  attemptId: string;
  admissionNumber: string;
  receipt?: { digest: string };
  answers: { itemId: string; seq: number; value: unknown }[];
}

/** Keys in code-unit order, no white space. */
function text(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return '[' + value.map(text).join() + ']';
  const fields = value as Record<string, unknown>;
  const names = Object.keys(fields).sort();
  return '{' + names.map((name) => JSON.stringify(name) + ':' + text(fields[name])).join() + '}';
}

function digest({ answers }: Exported): string {
  const sorted = [...answers].sort((a, b) => (a.itemId < b.itemId ? -1 : 1));
  const whole = text(sorted.map(({ itemId, seq, value }) => ({ itemId, seq, value })));
  return createHash('sha256').update(whole, 'utf8').digest('hex');
}

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Usage: npm run answers:verify -- EXPORT.json');
  process.exit(2);
}
const { items } = JSON.parse(readFileSync(file, 'utf8')) as { items: Exported[] };
const withReceipt = items.filter(({ receipt }) => receipt !== undefined);
const differing = withReceipt
  .filter((attempt) => attempt.receipt?.digest !== digest(attempt))
  .map(({ admissionNumber }) => admissionNumber);
console.log(
  JSON.stringify({
    attempts: items.length,
    withReceipt: withReceipt.length,
    matching: withReceipt.length - differing.length,
    differing,
  }),
);
process.exitCode = differing.length === 0 ? 0 : 1;
