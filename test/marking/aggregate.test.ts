import { expect } from 'chai';
import fc from 'fast-check';
import { aggregate, judgeCount, judgeSheet, type Aggregation } from '../../src/marking/aggregate.rules.ts';
import { compare, fraction, parseDecimal, writeFraction } from '../../src/shared/fraction.ts';

const totals = (...values: number[]) => values.map((value) => fraction(value));

describe('marking: aggregation of sealed sheets', () => {
  it('lets only an odd number of three or more judges act (11.2)', () => {
    const lawful = Array.from({ length: 13 }, (_, n) => n).filter((n) => judgeCount(n).ok);
    expect(lawful).to.deep.equal([3, 5, 7, 9, 11]);
    expect(judgeCount(2)).to.include({ code: 'marking.too-few-judges', clause: '11.2' });
    expect(judgeCount(4)).to.include({ code: 'marking.even-judges', clause: '11.2' });
  });

  const table: [Aggregation, number[], string][] = [
    ['mean', [30, 31, 33], '94/3'],
    ['median', [30, 40, 31], '31'],
    ['trimmed-mean', [30, 31, 33], '94/3'],
    ['trimmed-mean', [0, 30, 31, 33, 40], '94/3'],
    ['median', [1, 2, 3, 4, 100], '3'],
  ];
  for (const [by, values, score] of table) {
    it(`${by} of ${values.join(', ')} is exactly ${score}`, () => {
      const verdict = aggregate(totals(...values), by, fraction(1000));
      expect(verdict.ok && writeFraction(verdict.score)).to.equal(score);
    });
  }

  it('asks for adjudication only beyond the limit', () => {
    const at = aggregate(totals(20, 25, 30), 'mean', fraction(10));
    const above = aggregate(totals(20, 25, 31), 'mean', fraction(10));
    expect([at.ok && at.beyondLimit, above.ok && above.beyondLimit]).to.deep.equal([false, true]);
  });

  it('lies between the lowest and the highest, whatever the order', () => {
    const odd = fc
      .integer({ min: 1, max: 4 })
      .chain((k) => fc.array(fc.nat(400), { minLength: 2 * k + 1, maxLength: 2 * k + 1 }));
    fc.assert(
      fc.property(odd, fc.constantFrom<Aggregation>('mean', 'median', 'trimmed-mean'), (values, by) => {
        const one = aggregate(totals(...values), by, fraction(5));
        const other = aggregate(totals(...[...values].reverse()), by, fraction(5));
        expect(other).to.deep.equal(one);
        if (!one.ok) throw new Error('refused an odd number');
        expect(compare(one.score, fraction(Math.min(...values)))).to.be.at.least(0);
        expect(compare(one.score, fraction(Math.max(...values)))).to.be.at.most(0);
      }),
    );
  });
});

describe('marking: a score sheet', () => {
  const criteria = [
    { id: 'photo', points: 15 },
    { id: 'copy', points: 25 },
  ];
  const judge = (scores: Record<string, string>) => judgeSheet(criteria, scores, parseDecimal);

  it('sums decimals exactly', () => {
    const verdict = judge({ photo: '10.1', copy: '20.2' });
    expect(verdict.ok && writeFraction(verdict.total)).to.equal('303/10');
  });

  it('refuses what is missing, unknown or outside the scale, naming the criterion', () => {
    expect(judge({ photo: '10' })).to.include({ code: 'marking.criterion-missing', criterion: 'copy' });
    expect(judge({ photo: '1', copy: '1', extra: '1' })).to.include({
      code: 'marking.criterion-unknown',
      criterion: 'extra',
    });
    for (const bad of ['15.1', '-1', 'ten', '']) {
      expect(judge({ photo: bad, copy: '1' }), bad).to.include({
        code: 'marking.outside-scale',
        criterion: 'photo',
        max: 15,
      });
    }
    expect(judge({ photo: '15', copy: '0' }).ok).to.equal(true);
  });
});
