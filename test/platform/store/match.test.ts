import { BSONRegExp, Decimal128, Double, ObjectId } from 'bson';
import { expect } from 'chai';
import { compileMatch } from '../../../src/platform/store/match.ts';

type Doc = Record<string, unknown>;
const id = new ObjectId();
const day = new Date('2026-01-02T00:00:00Z');

/** filter, documents that match, documents that don't */
const TABLE: [string, Doc, Doc[], Doc[]][] = [
  [
    'equality',
    { a: 1 },
    [{ a: 1 }, { a: [3, 1] }, { a: 1n }, { a: new Double(1) }, { a: Decimal128.fromString('1.0') }],
    [{ a: 2 }, {}, { a: '1' }],
  ],
  ['null is missing too', { a: null }, [{ a: null }, {}, { a: [1, null] }], [{ a: 0 }, { a: [] }]],
  [
    'null on a path',
    { 'a.b': null },
    [{ a: {} }, { a: 5 }, {}, { a: [{ b: 1 }, {}] }],
    [{ a: [] }, { a: [1] }, { a: { b: 1 } }],
  ],
  ['whole array', { a: [1, 2] }, [{ a: [1, 2] }, { a: [[1, 2], 3] }], [{ a: [2, 1] }, { a: 1 }]],
  [
    'whole document, in order',
    { a: { x: 1, y: 2 } },
    [{ a: { x: 1, y: 2 } }],
    [{ a: { y: 2, x: 1 } }, { a: { x: 1 } }],
  ],
  [
    'dotted path',
    { 'a.b': 2 },
    [{ a: { b: 2 } }, { a: [{ b: 1 }, { b: 2 }] }],
    [{ a: [{ b: [3] }] }, { 'a.b': 2 }],
  ],
  ['array index in a path', { 'a.1': 2 }, [{ a: [1, 2] }, { a: [{ 1: 2 }] }], [{ a: [2, 1] }]],
  [
    '$gt only within the type',
    { a: { $gt: 5 } },
    [{ a: 6 }, { a: [1, 9] }, { a: 7n }],
    [{ a: '9' }, { a: 5 }, { a: null }, {}],
  ],
  ['$gte and $lt', { a: { $gte: 2, $lt: 4 } }, [{ a: 2 }, { a: 3.9 }, { a: [1, 9] }], [{ a: 4 }]],
  ['$lte on dates', { a: { $lte: day } }, [{ a: day }], [{ a: new Date(day.getTime() + 1) }, { a: 1 }]],
  ['$ne', { a: { $ne: 1 } }, [{ a: 2 }, {}], [{ a: 1 }, { a: [1, 2] }]],
  [
    '$in with null and regex',
    { a: { $in: [null, 3, new BSONRegExp('^x')] } },
    [{}, { a: 3 }, { a: 'xy' }, { a: [9, 3] }],
    [{ a: 'y' }],
  ],
  ['$nin', { a: { $nin: [1, 2] } }, [{ a: 3 }, {}], [{ a: [2, 3] }]],
  ['$exists', { a: { $exists: true } }, [{ a: null }, { a: [] }], [{}]],
  ['$exists false', { 'a.b': { $exists: false } }, [{}, { a: [] }, { a: 1 }], [{ a: { b: null } }]],
  ['$type', { a: { $type: ['string', 'number'] } }, [{ a: 'x' }, { a: 1 }, { a: ['x'] }], [{ a: true }, {}]],
  ['$type array', { a: { $type: 'array' } }, [{ a: [] }], [{ a: 1 }]],
  [
    '$regex with flags',
    { a: { $regex: '^AB', $options: 'i' } },
    [{ a: 'abc' }, { a: ['x', 'ABx'] }],
    [{ a: 'xab' }, { a: 1 }],
  ],
  ['$mod', { a: { $mod: [4, 1] } }, [{ a: 5 }, { a: 9n }], [{ a: 6 }, { a: '5' }]],
  ['$size', { a: { $size: 2 } }, [{ a: [1, 2] }], [{ a: [1] }, { a: 2 }]],
  ['$all', { a: { $all: [1, 2] } }, [{ a: [2, 1, 3] }], [{ a: [1] }, { a: [] }]],
  [
    '$all of $elemMatch',
    { a: { $all: [{ $elemMatch: { x: 1 } }, { $elemMatch: { x: 2 } }] } },
    [{ a: [{ x: 1 }, { x: 2 }] }],
    [{ a: [{ x: 1 }] }],
  ],
  [
    '$elemMatch on documents',
    { a: { $elemMatch: { x: 1, y: 2 } } },
    [{ a: [{ x: 1, y: 2 }] }],
    [{ a: [{ x: 1 }, { y: 2 }] }, { a: { x: 1, y: 2 } }],
  ],
  [
    '$elemMatch on values',
    { a: { $elemMatch: { $gt: 1, $lt: 3 } } },
    [{ a: [0, 2] }],
    [{ a: [0, 4] }, { a: 2 }],
  ],
  ['$not', { a: { $not: { $gt: 3 } } }, [{ a: 3 }, {}, { a: 'x' }], [{ a: 4 }]],
  [
    '$and, $or, $nor',
    { $and: [{ a: 1 }, { $or: [{ b: 1 }, { c: 1 }] }], $nor: [{ d: 1 }] },
    [{ a: 1, c: 1 }],
    [{ a: 1 }, { a: 1, b: 1, d: 1 }],
  ],
  ['$expr', { $expr: { $gt: ['$a', '$b'] } }, [{ a: 2, b: 1 }], [{ a: 1, b: 2 }]],
  [
    '$expr on ids',
    { $expr: { $eq: ['$a', id] } },
    [{ a: new ObjectId(id.toHexString()) }],
    [{ a: new ObjectId() }],
  ],
  ['$bitsAllSet', { a: { $bitsAllSet: [0, 2] } }, [{ a: 5 }, { a: 7 }], [{ a: 4 }, { a: 'x' }]],
  ['$bitsAnyClear', { a: { $bitsAnyClear: 3 } }, [{ a: 2 }], [{ a: 3 }]],
  ['own names only', { constructor: { $exists: true } }, [{ constructor: 1 }], [{}]],
];

describe('queries', () => {
  for (const [name, filter, yes, no] of TABLE) {
    it(name, () => {
      const test = compileMatch(filter);
      for (const doc of yes)
        expect(test(doc), `should match ${JSON.stringify(Object.keys(doc))}`).to.equal(true);
      for (const doc of no)
        expect(test(doc), `should not match ${JSON.stringify(Object.keys(doc))}`).to.equal(false);
    });
  }

  for (const [name, filter, code] of [
    ['an unknown operator', { a: { $foo: 1 } }, 2],
    ['$in without a list', { a: { $in: 1 } }, 2],
    ['an empty $or', { $or: [] }, 2],
    ['$where', { $where: 'true' }, 115],
    ['$text', { $text: { $search: 'x' } }, 115],
    ['$near', { a: { $near: [1, 2] } }, 115],
  ] as const) {
    it(`refuses ${name}`, () => {
      expect(() => compileMatch(filter))
        .to.throw()
        .with.property('code', code);
    });
  }

  it('notes which element matched', () => {
    const details = new Map<string, number>();
    expect(compileMatch({ 'a.b': 3 })({ a: [{ b: 1 }, { b: 3 }] }, details)).to.equal(true);
    expect(details.get('a')).to.equal(1);
  });
});
