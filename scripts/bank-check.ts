/**
 * Judges the banks and scenarios in question-banks/ and exam-templates/ as an import would, and beyond: key balance,
 * length cues, near-duplicates. Prints counts and findings; exits with 1 when there is an error.
 * `npm run bank:check [-- FOLDER]`: FOLDER has a folder a level, and is question-banks/ by default.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { judgeBankFile } from '../src/bank/bank-file.ts';
import { DIFFICULTIES, ITEM_TYPES, type BankItem } from '../src/bank/item.contract.ts';
import { judgeQuality, keyCounts, longestKeys } from '../src/bank/quality.rules.ts';
import { judgeScenarioFile } from '../src/bank/scenario-file.ts';
import { functionsOf } from '../src/bank/syllabus.ts';
import { LEVELS, type Level } from '../src/shared/levels.ts';

const root = resolve(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? join(root, 'question-banks'));
let errors = 0;
const problem = (severity: 'error' | 'warning', text: string): void => {
  if (severity === 'error') errors += 1;
  console.log(`  ${severity === 'error' ? '✘' : '!'} ${text}`);
};

const all: BankItem[] = [];
for (const level of LEVELS) all.push(...checkLevel(level));
checkIds();
for (const finding of judgeQuality(all)) {
  // Within a level it has been said already.
  const levels = new Set(finding.items.map((id) => id[0]));
  if (finding.code === 'near-duplicate' && levels.size > 1)
    problem(finding.severity, `near-duplicate over levels: ${finding.items.join(' ~ ')}, ${finding.text}`);
}
if (folder === join(root, 'question-banks')) checkScenarios();
console.log(`\n${all.length} items, ${errors} errors`);
process.exitCode = errors === 0 ? 0 : 1;

function checkLevel(level: Level): BankItem[] {
  const path = join(folder, level);
  const files = existsSync(path)
    ? readdirSync(path)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : [];
  console.log(`\n${level}: ${files.length} files`);
  const items: BankItem[] = [];
  for (const name of files) {
    const verdict = judgeBankFile(parse(join(path, name)), `${level}/${name}`);
    for (const issue of verdict.issues)
      problem('error', `${issue.file} ${issue.itemId ?? ''} ${issue.path}: ${issue.zh} ${issue.en}`);
    items.push(...(verdict.parsed?.items ?? []));
  }
  printCounts(level, items);
  for (const { severity, code, items: ids, text } of judgeQuality(items))
    problem(severity, `${code}: ${text}${ids.length > 0 ? ` (${ids.join(', ')})` : ''}`);
  return items;
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    problem('error', `${path}: ${String(error)}`);
    return {};
  }
}

function printCounts(level: Level, items: readonly BankItem[]): void {
  const count = (fits: (item: BankItem) => boolean): number => items.filter(fits).length;
  console.log(
    `  ${items.length} items: ${ITEM_TYPES.map((type) => `${type} ${count((item) => item.type === type)}`).join(', ')}`,
  );
  console.log(
    `  ${DIFFICULTIES.map((difficulty) => `${difficulty} ${count((item) => item.difficulty === difficulty)}`).join(', ')}`,
  );
  console.log(
    `  single keys ${JSON.stringify(keyCounts(items))}, key longest in ${longestKeys(items).length}`,
  );
  for (const { contents } of functionsOf(level)) {
    for (const { code, name } of contents) {
      const own = items.filter((item) => item.content === code);
      const types = new Set(own.map((item) => item.type)).size;
      const mix = DIFFICULTIES.map(
        (difficulty) => own.filter((item) => item.difficulty === difficulty).length,
      ).join('/');
      console.log(
        `  ${code.padEnd(5)} ${String(own.length).padStart(3)} items, ${types} types, ${mix}  ${name}`,
      );
      if (own.length === 0) problem('error', `${code} ${name}: no item`);
    }
  }
}

function checkIds(): void {
  const seen = new Set<string>();
  for (const { id } of all) {
    if (seen.has(id)) problem('error', `the id ${id} is used in two files`);
    seen.add(id);
  }
}

function checkScenarios(): void {
  const path = join(root, 'exam-templates/scenarios');
  const files = readdirSync(path).filter((name) => name.endsWith('.json'));
  console.log(`\nscenarios: ${files.length}`);
  for (const name of files)
    for (const issue of judgeScenarioFile(parse(join(path, name)), name))
      problem('error', `${name} ${issue.path}: ${issue.zh} ${issue.en}`);
}
