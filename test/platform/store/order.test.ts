import { Binary, BSONRegExp, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { expect } from 'chai';
import fc from 'fast-check';
import { compare, componentKey, encodeKey } from '../../../src/platform/store/bson-order.ts';
import { decode, encode } from '../../../src/platform/store/bson-codec.ts';

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), fc.integer({ min: -400, max: 400 }))
  .map(([c, e]) => Decimal128.fromString(`${c.toString()}E${String(e)}`));
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true }),
  int64,
  decimal,
  fc.integer().map((n) => new Double(n)),
  fc.integer({ min: -50, max: 50 }).map((n) => Decimal128.fromString(`${String(n)}.0`)),
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }),
  fc.constantFrom(2 ** 53, 2 ** 53 + 2, 0.1, -0, Infinity, -Infinity, NaN, 5e-324),
  fc
    .constantFrom('0.1', '0.10', '1E-400', '-1E-400', '1E400', 'NaN', 'Infinity')
    .map((s) => Decimal128.fromString(s)),
);
const scalar = fc.oneof(
  number,
  number,
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', 'b', '\0', '\u{10000}', '\uffff') }),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((b) => new ObjectId(b)),
  fc.uint8Array({ maxLength: 4 }).map((b) => new Binary(b)),
  fc.constantFrom(new MinKey(), new MaxKey()),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((n) => new Timestamp(n)),
  fc.constantFrom(new BSONRegExp('a'), new BSONRegExp('a', 'i'), new BSONRegExp('b')),
);
const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ab'), tie('node'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).node;

describe('order-preserving keys', () => {
  it('order as the values do, ascending', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(Math.sign(Buffer.compare(encodeKey(a), encodeKey(b)))).to.equal(Math.sign(compare(a, b)));
      }),
      { numRuns: 3000 },
    );
  });

  it('order the other way round, descending, also in front of another field', () => {
    fc.assert(
      fc.property(value, value, value, value, (a, b, x, y) => {
        const left = Buffer.concat([componentKey(a, true), componentKey(x, false)]);
        const right = Buffer.concat([componentKey(b, true), componentKey(y, false)]);
        const expected = -compare(a, b) || compare(x, y);
        expect(Math.sign(Buffer.compare(left, right))).to.equal(Math.sign(expected));
      }),
      { numRuns: 3000 },
    );
  });

  it('are total orders of numbers across types', () => {
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        const sorted = [a, b, c].sort(compare);
        expect(compare(sorted[0], sorted[2])).to.be.at.most(0);
        expect(compare(a, b)).to.equal(-compare(b, a) + 0);
      }),
      { numRuns: 3000 },
    );
  });

  for (const [a, b] of [
    [5, new Double(5)],
    [5, 5n],
    [5, Decimal128.fromString('5.00')],
    [0.5, Decimal128.fromString('0.5')],
    [2 ** 53, 2n ** 53n],
  ] as const) {
    it(`makes ${String(a)} equal to ${typeof b} ${String(b)}`, () => {
      expect(compare(a, b)).to.equal(0);
      expect(encodeKey(a).equals(encodeKey(b))).to.equal(true);
    });
  }

  it('tells 2^53 + 1 from 2^53, and 0.1 the decimal from 0.1 the double', () => {
    expect(compare(2n ** 53n + 1n, 2n ** 53n)).to.equal(1);
    expect(compare(Decimal128.fromString('0.1'), 0.1)).to.equal(-1);
  });
});

describe('BSON codec', () => {
  it('gives back what it encoded, with its types', () => {
    fc.assert(
      fc.property(value, (v) => {
        const bytes = encode({ v });
        expect(encode(decode(bytes)).equals(bytes)).to.equal(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps __proto__ a field', () => {
    const evil = encode(JSON.parse('{"__proto__": {"admin": true}, "a": 1}') as Record<string, unknown>);
    const doc = decode(evil);
    expect(Object.keys(doc)).to.deep.equal(['__proto__', 'a']);
    expect((doc as { admin?: boolean }).admin).to.equal(undefined);
  });
});
