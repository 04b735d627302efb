import { expect } from 'chai';
import { evaluateExpression } from '../../../src/platform/store/expression.ts';
import { compileProjection } from '../../../src/platform/store/project.ts';

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
