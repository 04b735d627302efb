import { expect } from 'chai';
import { diagnose } from '../../src/assembly/diagnosis.rules.ts';
import {
  buildProgram,
  buildRelaxed,
  chosenItems,
  type AssemblyFacts,
} from '../../src/assembly/program.rules.ts';
import { solver } from '../../src/assembly/solver.ts';
import type { TheoryTemplate } from '../../src/assembly/template.contract.ts';
import type { PoolItem } from '../../src/bank/item.contract.ts';
import { samplePool } from '../support/pool.ts';
import { theoryTemplate } from '../support/templates.ts';

const LIMITS = { secondsLimit: 50, nodeLimit: 5000 };
const pool = samplePool(4);
const facts = (changes: Partial<AssemblyFacts> = {}): AssemblyFacts => ({
  pool,
  template: theoryTemplate('junior'),
  forms: 2,
  seed: 'one',
  ...changes,
});

async function assemble(given: AssemblyFacts): Promise<{ outcome: string; forms: PoolItem[][] }> {
  const solution = await solver.solve(buildProgram(given), LIMITS);
  return {
    outcome: solution.outcome,
    forms: solution.values.length === 0 ? [] : chosenItems(given, solution.values),
  };
}
const ids = (forms: readonly PoolItem[][]): string[][] =>
  forms.map((form) => form.map((item) => item.itemId));

/** Counts by hand, apart from the program, whether forms keep the template. */
function expectKept(template: TheoryTemplate, forms: readonly PoolItem[][]): void {
  for (const form of forms) {
    expect(new Set(form.map((item) => item.itemId)).size).to.equal(40);
    for (const part of template.parts) {
      expect(form.filter((item) => part.types.includes(item.type)).length, part.id).to.equal(part.count);
    }
    for (const [code, { min, max }] of Object.entries(template.quotas.byFunction ?? {})) {
      expect(form.filter((item) => item.function === code).length, code).to.be.within(min, max);
    }
    for (const [code, { min, max }] of Object.entries(template.quotas.byContent ?? {})) {
      expect(form.filter((item) => item.content === code).length, code).to.be.within(min, max);
    }
    for (const [code, { min, max }] of Object.entries(template.quotas.byDifficulty ?? {})) {
      expect(form.filter((item) => item.difficulty === code).length, code).to.be.within(min, max);
    }
  }
}

describe('assembly: the integer program', () => {
  it('fills parallel forms that keep every quota, with little in common', async () => {
    const { outcome, forms } = await assemble(facts({ forms: 3 }));
    expect(outcome).to.equal('best');
    expectKept(theoryTemplate('junior'), forms);
    const [a, b, c] = ids(forms) as [string[], string[], string[]];
    for (const [x, y] of [
      [a, b],
      [a, c],
      [b, c],
    ] as const)
      expect(x.filter((id) => y.includes(id)).length).to.be.at.most(4);
    for (const difficulty of ['easy', 'medium', 'hard']) {
      const counts = forms.map((form) => form.filter((item) => item.difficulty === difficulty).length);
      expect(Math.max(...counts) - Math.min(...counts), difficulty).to.equal(0);
    }
  });

  it('gives the same forms for the same seed, and others for another', async () => {
    const first = ids((await assemble(facts())).forms);
    expect(ids((await assemble(facts())).forms)).to.deep.equal(first);
    expect(ids((await assemble(facts({ seed: 'two' }))).forms)).not.to.deep.equal(first);
  });

  it('keeps enemies apart, named in either of the two', async () => {
    const [first] = ids((await assemble(facts({ forms: 1 }))).forms) as [string[]];
    const hostile = pool.map((item) =>
      item.itemId === first[0] ? { ...item, enemies: first.slice(1) } : item,
    );
    const { forms } = await assemble(facts({ forms: 1, pool: hostile }));
    const chosen = forms[0]?.map((item) => item.itemId) ?? [];
    expect(chosen).to.have.length(40);
    expect(chosen.includes(first[0] as string) && chosen.some((id) => first.slice(1).includes(id))).to.equal(
      false,
    );
  });

  it('makes forms with nothing in common where the template wants so', async () => {
    const template = { ...theoryTemplate('junior'), overlap: { maxBetweenForms: 0 } };
    const { forms } = await assemble(facts({ template }));
    const [a, b] = ids(forms) as [string[], string[]];
    expect(a.filter((id) => b.includes(id))).to.deep.equal([]);
  });

  it('says which quota cannot be met and by how much', async () => {
    // The bank has two hard items in all, and a form wants seven: five are missing.
    const hard = pool.filter((item) => item.difficulty === 'hard').slice(0, 2);
    const poor = pool.filter((item) => item.difficulty !== 'hard' || hard.includes(item));
    const given = facts({ forms: 1, pool: poor });
    expect((await assemble(given)).outcome).to.equal('infeasible');
    const relaxed = buildRelaxed(given);
    const { values } = await solver.solve(relaxed.program, LIMITS);
    const issues = diagnose(given.template, relaxed.shortfalls(values), new Map());
    expect(issues).to.have.length(1);
    expect(issues[0]).to.include({
      path: '/quotas/byDifficulty/hard',
      code: 'assembly.quota-short',
      kind: 'difficulty',
      quota: 'hard',
      need: 7,
      have: 2,
    });
    expect(issues[0]?.zh).to.contain('较难').and.contain('5 题');
    expect(issues[0]?.en).to.contain('write at least 5 more');
  });

  it('names a part without items, and an overlap that the bank is too small for', async () => {
    const noNumbers = facts({ forms: 1, pool: pool.filter((item) => item.type !== 'numeric') });
    const parts = buildRelaxed(noNumbers);
    const short = parts.shortfalls((await solver.solve(parts.program, LIMITS)).values);
    expect(short).to.deep.include({ kind: 'part', code: 'numeric', form: 0, need: 4, have: 0 });
    expect(short.filter(({ kind }) => kind === 'part')).to.have.length(1);
    // 32 single items for two papers of 20: 8 must be shared, and 4 may be.
    const shared = buildRelaxed(
      facts({ pool: pool.filter((item, i) => item.type !== 'single' || i % 2 === 0) }),
    );
    const overlap = shared.shortfalls((await solver.solve(shared.program, LIMITS)).values);
    expect(overlap).to.deep.equal([{ kind: 'overlap', code: '1–2', form: 0, need: 4, have: 8 }]);
  });

  it('finds nothing to give way where forms exist', async () => {
    const relaxed = buildRelaxed(facts());
    expect(relaxed.shortfalls((await solver.solve(relaxed.program, LIMITS)).values)).to.deep.equal([]);
  });

  it('stops when it is cancelled, and solves the next', async () => {
    const aborted = new AbortController();
    aborted.abort();
    const program = buildProgram(facts({ forms: 5, pool: samplePool(6) }));
    const cancelled = await solver.solve(program, { ...LIMITS, signal: aborted.signal });
    expect(cancelled).to.include({ outcome: 'cancelled' });
    expect((await assemble(facts({ forms: 1 }))).outcome).to.equal('best');
  });
});
