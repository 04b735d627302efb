import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'bson';
import { expect } from 'chai';
import fc from 'fast-check';
import { decode, encode } from '../../../src/platform/store/bson-codec.ts';
import { evaluateExpression } from '../../../src/platform/store/expression.ts';
import { compileProjection } from '../../../src/platform/store/project.ts';
import { rawProjection } from '../../../src/platform/store/raw-project.ts';

type Doc = Record<string, unknown>;
const project = (spec: Doc, doc: Doc, details?: Map<string, number>): Doc =>
  compileProjection(spec, { find: true, evaluate: evaluateExpression })(doc, details);

const doc: Doc = { _id: 1, a: 1, b: { x: 1, y: 2 }, c: [{ x: 1, y: 2 }, 5, { x: 3 }], d: [1, 2, 3, 4] };
const TABLE: [string, Doc, Doc][] = [
  ['inclusion', { a: 1 }, { _id: 1, a: 1 }],
  ['without _id', { a: 1, _id: 0 }, { a: 1 }],
  ['only _id', { _id: 1 }, { _id: 1 }],
  ['exclusion', { b: 0, c: 0, d: 0 }, { _id: 1, a: 1 }],
  ['dotted, through arrays', { 'b.x': 1, 'c.x': 1 }, { _id: 1, b: { x: 1 }, c: [{ x: 1 }, { x: 3 }] }],
  ['dotted exclusion', { 'c.x': 0, b: 0, d: 0 }, { _id: 1, a: 1, c: [{ y: 2 }, 5, {}] }],
  ['nested form', { b: { y: 1 } }, { _id: 1, b: { y: 2 } }],
  ['$slice', { d: { $slice: [1, 2] }, b: 0, c: 0 }, { _id: 1, a: 1, d: [2, 3] }],
  ['$slice from the end', { _id: 1, d: { $slice: -1 }, a: 1 }, { _id: 1, a: 1, d: [4] }],
  ['$elemMatch', { c: { $elemMatch: { x: 3 } } }, { _id: 1, c: [{ x: 3 }] }],
  ['$elemMatch without a match', { c: { $elemMatch: { x: 9 } } }, { _id: 1 }],
  ['expressions', { sum: { $add: ['$a', '$b.x'] }, name: 'text' }, { _id: 1, sum: 2, name: 'text' }],
];

describe('projections', () => {
  for (const [name, spec, expected] of TABLE)
    it(name, () => {
      expect(project(spec, doc)).to.deep.equal(expected);
    });

  it('positional', () => {
    expect(project({ 'd.$': 1 }, doc, new Map([['d', 2]]))).to.deep.equal({ _id: 1, d: [3] });
  });

  for (const [name, spec, code] of [
    ['inclusion and exclusion', { a: 1, b: 0 }, 31254],
    ['exclusion and inclusion', { a: 0, b: 1 }, 31253],
    ['a path in a path', { b: 1, 'b.x': 1 }, 31249],
  ] as [string, Doc, number][]) {
    it(`refuses ${name}`, () => {
      expect(() => project(spec, doc))
        .to.throw()
        .with.property('code', code);
    });
  }
});

/** A value of every type a document may hold. */
const EVERY_TYPE = [
  1.5,
  new Double(2),
  '考场',
  { inner: { deep: [1, 'x'] } },
  [1, { x: 2 }, 'y'],
  new Binary(Buffer.from('bytes'), 0),
  new UUID(),
  new ObjectId(),
  true,
  false,
  new Date(7),
  null,
  new BSONRegExp('a+', 'i'),
  new Code('return 1', { scope: 1 }),
  new Code('return 2'),
  7,
  new Timestamp(9n),
  Long.fromBigInt(1n << 40n),
  Decimal128.fromString('1.5'),
  new MinKey(),
  new MaxKey(),
];
const NAMES = ['_id', 'a', 'b', 'ab', 'c', '名', '__proto__x'];

describe('projections cut out of bytes', () => {
  const documents = fc
    .uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 })
    .chain((names) =>
      fc
        .array(fc.constantFrom(...EVERY_TYPE), { minLength: names.length, maxLength: names.length })
        .map((values) => Object.fromEntries(names.map((name, i) => [name, values[i]]))),
    );
  const specs = fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...NAMES.slice(1)), { minLength: 1 }),
      fc.boolean(),
      fc.constantFrom(undefined, 0, 1, true, false),
    )
    .map(([names, keep, id]) => ({
      ...(id === undefined ? {} : { _id: id }),
      ...Object.fromEntries(names.map((name) => [name, keep ? 1 : 0])),
    }));

  it('are byte for byte what the projection of the decoded document is', () => {
    fc.assert(
      fc.property(documents, specs, (document, spec) => {
        const bytes = encode(document);
        const cut = rawProjection(spec);
        expect(cut?.(bytes).toString('hex')).to.equal(encode(project(spec, decode(bytes))).toString('hex'));
      }),
    );
  });

  it('are left to the projection of decoded documents where they need more', () => {
    for (const spec of [
      {},
      { _id: 0 },
      { 'a.b': 1 },
      { a: 1, b: 0 },
      { a: { $slice: 1 } },
      { a: 'text' },
      { 'd.$': 1 },
      { _id: { $add: [1, 2] }, a: 1 },
    ])
      expect(rawProjection(spec), JSON.stringify(spec)).to.equal(undefined);
  });
});
