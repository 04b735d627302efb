import { expect } from 'chai';
import fc from 'fast-check';
import { judgeClose, moveDefence } from '../../src/review/defence.rules.ts';
import {
  conflictOf,
  drawPanel,
  judgePanel,
  recuse,
  replaceNext,
  type PanelState,
} from '../../src/review/panel.rules.ts';

const pool = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ accountId: `m${i}`, institutionId: `i${i % 3}` }));
const nobody = { candidateInstitutionId: 'elsewhere', taughtBy: [], declared: [] };

describe('review: the panel', () => {
  it('draws the same panel from the same pool and seed, in whatever order the pool is given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 9 }), fc.string(), (n, seed) => {
        const one = drawPanel(pool(n), nobody, 3, seed);
        const other = drawPanel(pool(n).reverse(), nobody, 3, seed);
        expect(other).to.deep.equal(one);
        expect(one.ok && [...one.members, ...one.reserve].sort()).to.deep.equal(
          pool(n)
            .map((m) => m.accountId)
            .sort(),
        );
      }),
    );
  });

  it('excludes the same institution, whoever taught the candidate, and declared conflicts', () => {
    const facts = { candidateInstitutionId: 'i0', taughtBy: ['m1'], declared: ['m2'] };
    expect(pool(4).map((member) => conflictOf(member, facts))).to.deep.equal([
      'same-institution',
      'taught',
      'declared',
      'same-institution',
    ]);
    expect(drawPanel(pool(5), facts, 3, 's')).to.deep.equal({
      ok: false,
      code: 'review.pool-too-small',
      available: 1,
      needed: 3,
    });
  });

  it('refuses an even or too small size at the draw (11.2)', () => {
    expect(drawPanel(pool(9), nobody, 4, 's')).to.include({ code: 'review.panel-even', clause: '11.2' });
    expect(drawPanel(pool(9), nobody, 1, 's')).to.include({ code: 'review.panel-too-small', clause: '11.2' });
  });

  it('can act after any order of recusals and replacements only when odd and three or more', () => {
    const walk = (panel: PanelState, depth: number): void => {
      const lawful = panel.members.length >= 3 && panel.members.length % 2 === 1;
      expect(judgePanel(panel.members.length).ok).to.equal(lawful);
      expect(new Set([...panel.members, ...panel.reserve]).size).to.equal(
        panel.members.length + panel.reserve.length,
      );
      if (depth === 0) return;
      for (const member of panel.members) walk(recuse(panel, member), depth - 1);
      walk(replaceNext(panel), depth - 1);
    };
    const draw = drawPanel(pool(7), nobody, 5, 'seed');
    if (!draw.ok) throw new Error('no panel');
    walk(draw, 5);
  });
});

describe('review: the defence clock', () => {
  const start = 1_000_000;
  const table: [minutes: number, elapsedMs: number, ok: boolean, secondsLeft?: number][] = [
    [15, 14 * 60_000, false, 60],
    [15, 15 * 60_000 - 1, false, 1],
    [15, 15 * 60_000, true],
    [10, 14 * 60_000, false, 60],
    [20, 15 * 60_000, false, 300],
    [20, 20 * 60_000, true],
  ];
  for (const [minutes, elapsed, ok, seconds] of table) {
    it(`a template of ${minutes} min ${ok ? 'may' : 'may not'} be closed after ${elapsed / 60_000} min (11.3)`, () => {
      const verdict = judgeClose(start, start + elapsed, minutes);
      expect(verdict.ok).to.equal(ok);
      if (!verdict.ok) expect(verdict).to.deep.include({ code: 'review.too-early', clause: '11.3', seconds });
    });
  }

  it('goes scheduled → defending → deliberating → final and no other way', () => {
    expect(moveDefence('scheduled', 'start')).to.deep.equal({ ok: true, next: 'defending' });
    expect(moveDefence('defending', 'close')).to.deep.equal({ ok: true, next: 'deliberating' });
    expect(moveDefence('deliberating', 'finalise')).to.deep.equal({ ok: true, next: 'final' });
    expect(moveDefence('scheduled', 'close').ok).to.equal(false);
    expect(moveDefence('final', 'start').ok).to.equal(false);
  });
});
