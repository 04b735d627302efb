import { expect } from 'chai';
import fc from 'fast-check';
import { compose } from '../../src/results/compose.rules.ts';
import { isReleased, judgeApproval } from '../../src/results/release.rules.ts';
import { fraction } from '../../src/shared/fraction.ts';

const of = (num: number, den = 1, possible = 100) => ({
  earned: fraction(num, den),
  possible: fraction(possible),
});

describe('results: composition', () => {
  it('passes when each part reaches its mark, and not by the mean', () => {
    const result = compose(['theory', 'skill'], { theory: of(95), skill: of(59) }, {});
    expect(result.parts).to.deep.equal([
      { part: 'theory', mark: '95.0', passed: true },
      { part: 'skill', mark: '59.0', passed: false },
    ]);
    expect(result.passed).to.equal(false);
  });

  it('does not pass with a part missing', () => {
    expect(compose(['theory', 'skill', 'review'], { theory: of(80), skill: of(80) }, {})).to.deep.include({
      missing: ['review'],
      passed: false,
    });
  });

  it('rounds once, half up, and judges the mark that is shown', () => {
    const mark = (num: number, den: number) => compose(['theory'], { theory: of(num, den) }, {}).parts[0];
    expect(mark(1199, 20)).to.deep.equal({ part: 'theory', mark: '60.0', passed: true });
    expect(mark(11989, 200)).to.deep.equal({ part: 'theory', mark: '59.9', passed: false });
    expect(mark(179, 3)).to.deep.equal({ part: 'theory', mark: '59.7', passed: false });
  });

  it('agrees with exact fractions on random papers', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        fc.bigInt({ min: 1n, max: 10n ** 7n }),
        fc.integer({ min: 1, max: 200 }),
        (num, den, possible) => {
          const [part] = compose(
            ['theory'],
            { theory: { earned: fraction(num, den), possible: fraction(possible) } },
            {},
          ).parts;
          // tenths = floor(1000·num / (den·possible) + 1/2), in integers alone
          const tenths = (2000n * num + den * BigInt(possible)) / (2n * den * BigInt(possible));
          expect(part?.mark).to.equal(`${tenths / 10n}.${tenths % 10n}`);
          expect(part?.passed).to.equal(tenths >= 600n);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('results: the release gate', () => {
  const release = { releaseAt: 1000, requestedBy: 'a', approvedBy: 'b' };
  it('opens at the very millisecond, not before, and only with two persons', () => {
    expect(isReleased(release, 999)).to.equal(false);
    expect(isReleased(release, 1000)).to.equal(true);
    expect(isReleased({ releaseAt: 1000, requestedBy: 'a' }, 5000)).to.equal(false);
    expect(isReleased({ ...release, approvedBy: 'a' }, 5000)).to.equal(false);
    expect(isReleased(undefined, 5000)).to.equal(false);
  });
  it('cannot be approved by whoever requested it, nor twice', () => {
    expect(judgeApproval({ releaseAt: 1, requestedBy: 'a' }, 'a')).to.include({
      code: 'results.same-person',
    });
    expect(judgeApproval(release, 'c')).to.include({ code: 'results.already-released' });
    expect(judgeApproval(undefined, 'c')).to.include({ code: 'results.no-request' });
    expect(judgeApproval({ releaseAt: 1, requestedBy: 'a' }, 'b')).to.deep.equal({ ok: true });
  });
});
