import { Decimal128, Double } from 'bson';
import { expect } from 'chai';
import { clone } from '../../../src/platform/store/bson-codec.ts';
import { compileMatch, type MatchDetails } from '../../../src/platform/store/match.ts';
import { compileUpdate, upsertDocument } from '../../../src/platform/store/update.ts';

type Doc = Record<string, unknown>;
const now = new Date('2026-03-04T05:06:07Z');

function apply(
  doc: Doc,
  update: unknown,
  options: { filter?: Doc; arrayFilters?: Doc[]; vars?: Doc } = {},
): Doc {
  const details: MatchDetails = new Map();
  if (options.filter) compileMatch(options.filter)(doc, details);
  return compileUpdate(update, options.arrayFilters, options.vars).apply(clone(doc), {
    insert: false,
    details,
    now,
  });
}

/** name, before, update, after, options */
const TABLE: [string, Doc, unknown, Doc, Parameters<typeof apply>[2]?][] = [
  ['$set makes the way', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
  ['$set in an array pads with null', { a: [1] }, { $set: { 'a.3': 4 } }, { a: [1, null, null, 4] }],
  ['$set adds fields by name', {}, { $set: { b: 1, a: 2 } }, { a: 2, b: 1 }],
  [
    '$unset of a field and an element',
    { a: 1, b: [1, 2] },
    { $unset: { a: '', 'b.0': '' } },
    { b: [null, 2] },
  ],
  ['$inc', { a: 1 }, { $inc: { a: 2, b: 5 } }, { a: 3, b: 5 }],
  ['$inc turns into a long beyond 2^31', { a: 2147483647 }, { $inc: { a: 1 } }, { a: 2147483648n }],
  [
    '$inc of a decimal',
    { a: Decimal128.fromString('0.1') },
    { $inc: { a: Decimal128.fromString('0.2') } },
    { a: Decimal128.fromString('0.3') },
  ],
  ['$inc keeps a double a double', { a: 0.5 }, { $inc: { a: 0.5 } }, { a: new Double(1) }],
  ['$mul, and of a missing field', { a: 3 }, { $mul: { a: 4, b: 4 } }, { a: 12, b: 0 }],
  [
    '$min and $max',
    { a: 5, b: 5, c: 5 },
    { $min: { a: 3, b: 9 }, $max: { c: 9, d: 1 } },
    { a: 3, b: 5, c: 9, d: 1 },
  ],
  ['$rename', { a: { x: 1 }, b: 2 }, { $rename: { 'a.x': 'c', b: 'd' } }, { a: {}, c: 1, d: 2 }],
  ['$currentDate', {}, { $currentDate: { at: true } }, { at: now }],
  ['$bit', { a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
  ['$setOnInsert does nothing on an update', { a: 1 }, { $setOnInsert: { b: 1 } }, { a: 1 }],
  ['$push', { a: [1] }, { $push: { a: 2, b: 3 } }, { a: [1, 2], b: [3] }],
  [
    '$push $each $position $sort $slice',
    { a: [5, 1] },
    { $push: { a: { $each: [4, 2], $position: 0, $sort: -1, $slice: 3 } } },
    { a: [5, 4, 2] },
  ],
  [
    '$push sorted by a field',
    { a: [{ s: 3 }] },
    { $push: { a: { $each: [{ s: 1 }], $sort: { s: 1 }, $slice: -5 } } },
    { a: [{ s: 1 }, { s: 3 }] },
  ],
  [
    '$addToSet',
    { a: [1, { x: 1 }] },
    { $addToSet: { a: { $each: [1, { x: 1 }, 2] } } },
    { a: [1, { x: 1 }, 2] },
  ],
  ['$pop', { a: [1, 2, 3], b: [1, 2] }, { $pop: { a: 1, b: -1 } }, { a: [1, 2], b: [2] }],
  [
    '$pull by value, condition, document',
    { a: [1, 2, 1], b: [1, 5, 9], c: [{ x: 1, y: 1 }, { x: 2 }] },
    { $pull: { a: 1, b: { $gt: 4 }, c: { x: 1 } } },
    { a: [2], b: [1], c: [{ x: 2 }] },
  ],
  ['$pullAll', { a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
  ['positional $', { a: [1, 5, 3] }, { $set: { 'a.$': 9 } }, { a: [1, 9, 3] }, { filter: { a: 5 } }],
  [
    'positional $ in documents',
    { a: [{ k: 1 }, { k: 2, v: 0 }] },
    { $inc: { 'a.$.v': 1 } },
    { a: [{ k: 1 }, { k: 2, v: 1 }] },
    { filter: { 'a.k': 2 } },
  ],
  [
    'positional $ by $elemMatch',
    {
      a: [
        { k: 1, v: 1 },
        { k: 1, v: 2 },
      ],
    },
    { $set: { 'a.$.z': 1 } },
    {
      a: [
        { k: 1, v: 1 },
        { k: 1, v: 2, z: 1 },
      ],
    },
    { filter: { a: { $elemMatch: { k: 1, v: 2 } } } },
  ],
  ['$[]', { a: [1, 2] }, { $inc: { 'a.$[]': 10 } }, { a: [11, 12] }],
  [
    '$[id]',
    { a: [{ g: 80 }, { g: 95 }] },
    { $set: { 'a.$[e].ok': true } },
    { a: [{ g: 80 }, { g: 95, ok: true }] },
    { arrayFilters: [{ 'e.g': { $gte: 90 } }] },
  ],
  [
    'nested $[] and $[id]',
    { a: [{ b: [1, 2] }, { b: [2] }] },
    { $mul: { 'a.$[].b.$[x]': 10 } },
    { a: [{ b: [1, 20] }, { b: [20] }] },
    { arrayFilters: [{ x: 2 }] },
  ],
  ['replacement keeps the _id', { _id: 7, a: 1 }, { b: 2 }, { _id: 7, b: 2 }],
  [
    'pipeline',
    { _id: 1, a: 2, n: 5n },
    [{ $set: { b: { $add: ['$a', 1] } } }, { $unset: 'a' }],
    { _id: 1, n: 5n, b: 3 },
  ],
  ['pipeline with constants', { _id: 1 }, [{ $set: { b: '$$k' } }], { _id: 1, b: 4 }, { vars: { k: 4 } }],
];

describe('updates', () => {
  for (const [name, before, update, after, options] of TABLE) {
    it(name, () => {
      const result = apply(before, update, options);
      expect(result).to.deep.equal(after);
      expect(Object.keys(result)).to.deep.equal(Object.keys(after));
    });
  }

  for (const [name, doc, update, code, options] of [
    ['an unknown operator', {}, { $foo: { a: 1 } }, 9],
    ['two changes of one path', {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    ['a change inside another', {}, { $set: { a: 1, 'a.b': 1 } }, 40],
    ['changing _id', { _id: 1 }, { $set: { _id: 2 } }, 66],
    ['replacing _id', { _id: 1 }, { _id: 2 }, 66],
    ['$inc of text', { a: 'x' }, { $inc: { a: 1 } }, 14],
    ['$push to a number', { a: 1 }, { $push: { a: 1 } }, 2],
    ['a path through a scalar', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
    ['a positional path without a match', { a: [1] }, { $set: { 'a.$': 2 } }, 2],
    ['an identifier without a filter', { a: [1] }, { $set: { 'a.$[x]': 2 } }, 2],
    ['a filter nobody uses', { a: [1] }, { $set: { b: 2 } }, 9, { arrayFilters: [{ x: 1 }] }],
    ['$ in the name of a replacement', {}, { a: 1, $b: 2 }, 52],
    ['a stage that is not for updates', {}, [{ $group: { _id: 1 } }], 72],
    ['an empty path', {}, { $set: { 'a..b': 1 } }, 56],
  ] as [string, Doc, unknown, number, Parameters<typeof apply>[2]?][]) {
    it(`refuses ${name}`, () => {
      expect(() => apply(doc, update, options))
        .to.throw()
        .with.property('code', code);
    });
  }

  it('upserts the equalities of the filter and the update, _id first', () => {
    const update = compileUpdate({ $set: { b: 2 }, $setOnInsert: { c: 3 } });
    const doc = upsertDocument({ a: 1, 'd.e': { $eq: 5 }, f: { $gt: 3 }, $and: [{ g: 7 }] }, update, now);
    expect(Object.keys(doc)[0]).to.equal('_id');
    expect({ ...doc, _id: 0 }).to.deep.equal({ _id: 0, a: 1, d: { e: 5 }, g: 7, b: 2, c: 3 });
  });
});
