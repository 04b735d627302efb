import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect } from 'chai';

const src = resolve(import.meta.dirname, '../../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && statSync(join(src, name)).isFile(),
);

/** Files that call a function, beside the one that declares it. */
function callersOf(name: string): string[] {
  return files
    .filter((file) => new RegExp(`(?<!function )\\b${name}\\(`).test(readFileSync(join(src, file), 'utf8')))
    .map((file) => relative(src, join(src, file)).split('\\').join('/'))
    .sort();
}

describe('security: hazards of bank and assembly are called only where they may be', () => {
  it('item keys and scenario checks leave the bank only to be frozen, or for authors', () => {
    expect(callersOf('unsafeLoadItemKeys')).to.deep.equal(['assembly/assemble.service.ts']);
    expect(callersOf('unsafeLoadScenarioChecks')).to.deep.equal([
      'assembly/assemble.service.ts',
      'bank/scenarios.service.ts',
    ]);
  });

  it('keyed forms are read by marking and the audited route alone', () => {
    const stages = callersOf('unsafeLoadKeyedForm').map((file) => file.split('/')[0]);
    expect([...new Set(stages)]).to.deep.equal(['assembly', 'marking']);
  });
});
