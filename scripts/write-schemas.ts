/**
 * Writes the JSON Schemas of the files that people edit, from the shapes the server checks them by:
 * question-banks/item-bank.schema.json, exam-templates/template.schema.json, exam-templates/scenario.schema.json.
 * `--check` writes nothing and fails when a file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { TSchema } from '@sinclair/typebox';
import { format } from 'prettier';
import { Template } from '../src/assembly/template.contract.ts';
import { BankFile } from '../src/bank/item.contract.ts';
import { Scenario } from '../src/bank/scenario.contract.ts';

const FILES: readonly { path: string; title: string; schema: TSchema }[] = [
  {
    path: 'question-banks/item-bank.schema.json',
    title: 'Kaochang item bank: one function of one level',
    schema: BankFile,
  },
  {
    path: 'exam-templates/template.schema.json',
    title: 'Kaochang template (blueprint): theory, skill or review',
    schema: Template,
  },
  {
    path: 'exam-templates/scenario.schema.json',
    title: 'Kaochang scenario: one computer skill task',
    schema: Scenario,
  },
];

const check = process.argv.includes('--check');
let stale = 0;
for (const { path, title, schema } of FILES) {
  const file = new URL(`../${path}`, import.meta.url);
  const text = await format(
    JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', title, ...schema }),
    { parser: 'json', printWidth: 110 },
  );
  if (!check) writeFileSync(file, text);
  else if (currentText(file) !== text) {
    stale += 1;
    console.error(`${path} is out of date: run node --import tsx scripts/write-schemas.ts`);
  }
}
process.exitCode = stale === 0 ? 0 : 1;

function currentText(file: URL): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
