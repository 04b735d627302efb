import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';
import { STAGES as ORDER } from '../scripts/stages.js';
import { ERRORS } from '../src/shared/errors/index.ts';

const src = resolve(import.meta.dirname, '../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((name) => join(src, name))
  .filter((path) => /\.tsx?$/.test(path) && statSync(path).isFile());

/** Relative imports of a file, as paths from src/. */
function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) =>
    relative(src, resolve(dirname(path), match[1] ?? '')),
  );
}
const folderOf = (path: string): string => path.split('/')[0] ?? '';

describe('architecture', () => {
  it('lets imports run one way down the river', () => {
    const wrong: string[] = [];
    for (const path of files) {
      const own = relative(src, path);
      const rank = ORDER.indexOf(folderOf(own));
      if (rank === -1) continue;
      for (const target of importsOf(path)) {
        if (ORDER.indexOf(folderOf(target)) > rank || folderOf(target) === 'web')
          wrong.push(`${own} → ${target}`);
      }
    }
    expect(wrong).to.deep.equal([]);
  });

  it('keeps shared/ free of everything, platform/ free of stages, and web/ to contracts, rules and shared/', () => {
    const wrong: string[] = [];
    for (const path of files) {
      const own = relative(src, path);
      for (const target of importsOf(path)) {
        const from = folderOf(own);
        const to = folderOf(target);
        if (from === 'shared' && to !== 'shared') wrong.push(`${own} → ${target}`);
        if (from === 'platform' && ORDER.includes(to)) wrong.push(`${own} → ${target}`);
        if (from === 'web' && to !== 'web' && to !== 'shared' && !/\.(rules|contract)\.ts$/.test(target)) {
          wrong.push(`${own} → ${target}`);
        }
      }
    }
    expect(wrong).to.deep.equal([]);
  });

  it('keeps rules pure: no clock, no chance, no IO', () => {
    const impure =
      /from 'node:|from 'mongoose'|from 'express'|Date\.now\(|new Date\(\)|Math\.random\(|\bthrow\b /;
    const wrong = files
      .filter((path) => path.endsWith('.rules.ts'))
      .filter((path) => impure.test(readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')));
    expect(wrong).to.deep.equal([]);
  });

  it('gives every error a status, both languages, and a code of its stage', () => {
    for (const [code, entry] of Object.entries(ERRORS)) {
      expect(code).to.match(/^[a-z]+(\.[a-z0-9-]+)+$/);
      expect(entry.status, code).to.be.within(400, 503);
      expect(entry.zh, code).to.match(/[\u4e00-\u9fff]/);
      expect(entry.en, code).to.match(/^[A-Z“{]/);
    }
  });
});
