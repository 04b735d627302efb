import { expect } from 'chai';
import fc from 'fast-check';
import {
  add,
  compare,
  divide,
  fraction,
  multiply,
  parseDecimal,
  readFraction,
  roundHalfUp,
  subtract,
  writeFraction,
} from '../../src/shared/fraction.ts';

const fractions = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([num, den]) => fraction(num, den));

describe('exact fractions', () => {
  it('keeps lowest terms and undoes what it does', () => {
    fc.assert(
      fc.property(fractions, fractions, (a, b) => {
        expect(subtract(add(a, b), b)).to.deep.equal(a);
        if (b.num !== 0n) expect(divide(multiply(a, b), b)).to.deep.equal(a);
        expect(readFraction(writeFraction(a))).to.deep.equal(a);
        expect(Math.sign(compare(a, b))).to.equal(-Math.sign(compare(b, a)) + 0);
      }),
    );
  });

  it('reads decimals exactly and nothing else', () => {
    expect(parseDecimal('12.50')).to.deep.equal(fraction(25, 2));
    expect(parseDecimal(' -0.1 ')).to.deep.equal(fraction(-1, 10));
    for (const bad of ['', '.', '1e3', '0x10', '1,000', '１２', 'NaN', '1.', '--1', '1'.repeat(40)]) {
      expect(parseDecimal(bad), bad).to.equal(undefined);
    }
  });

  const table: [number, number, number, string][] = [
    [119, 2, 0, '60'],
    [1199, 20, 0, '60'],
    [11899, 200, 0, '59'],
    [595, 10, 1, '59.5'],
    [1, 3, 2, '0.33'],
    [2, 3, 2, '0.67'],
    [-1, 2, 0, '-1'],
    [-1, 3, 0, '0'],
    [0, 1, 2, '0.00'],
    [5, 1000, 2, '0.01'],
  ];
  for (const [num, den, decimals, text] of table) {
    it(`rounds ${num}/${den} to ${decimals} places as ${text}`, () => {
      expect(roundHalfUp(fraction(num, den), decimals)).to.equal(text);
    });
  }
});
