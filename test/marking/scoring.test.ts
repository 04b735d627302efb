import { expect } from 'chai';
import fc from 'fast-check';
import type { ItemKey } from '../../src/bank/item.contract.ts';
import { scoreAttempt } from '../../src/marking/attempt-scoring.ts';
import { scoreAnswer, type PartialCredit } from '../../src/marking/scoring.rules.ts';
import { compare, fraction, writeFraction, ZERO } from '../../src/shared/fraction.ts';
import { smallForm } from '../support/sitting.ts';

const single: ItemKey = { type: 'single', key: 'B' };
const multiple: ItemKey = { type: 'multiple', key: ['A', 'C', 'D'] };
const judge: ItemKey = { type: 'true-false', key: false };
const numeric: ItemKey = { type: 'numeric', key: { value: '12.50', tolerance: '0.01' } };
const ordering: ItemKey = { type: 'ordering', key: ['C', 'A', 'D', 'B'] };
const matching: ItemKey = { type: 'matching', key: { '1': 'C', '2': 'A', '3': 'B' } };

describe('marking: automatic scoring', () => {
  const table: [name: string, key: ItemKey, value: unknown, none: string, proportional: string][] = [
    ['single, right', single, 'B', '3', '3'],
    ['single, wrong', single, 'A', '0', '0'],
    ['single, as a list', single, ['B'], '0', '0'],
    ['multiple, all', multiple, ['D', 'A', 'C'], '3', '3'],
    ['multiple, two of three', multiple, ['A', 'C'], '0', '2'],
    ['multiple, one wrong among right ones', multiple, ['A', 'B', 'C'], '0', '0'],
    ['multiple, the same twice', multiple, ['A', 'A'], '0', '1'],
    ['multiple, none', multiple, [], '0', '0'],
    ['true or false, right', judge, false, '3', '3'],
    ['true or false, as text', judge, 'false', '0', '0'],
    ['numeric, exact', numeric, '12.5', '3', '3'],
    ['numeric, at the tolerance', numeric, '12.51', '3', '3'],
    ['numeric, below the tolerance', numeric, '12.49', '3', '3'],
    ['numeric, beyond it', numeric, '12.511', '0', '0'],
    ['numeric, no number', numeric, 'twelve', '0', '0'],
    ['numeric, a JSON number', numeric, 12.5, '0', '0'],
    ['ordering, right', ordering, ['C', 'A', 'D', 'B'], '3', '3'],
    ['ordering, two in place', ordering, ['C', 'A', 'B', 'D'], '0', '3/2'],
    ['ordering, too short', ordering, ['C', 'A'], '0', '0'],
    ['ordering, one twice', ordering, ['C', 'C', 'D', 'B'], '0', '0'],
    ['matching, right', matching, { '1': 'C', '2': 'A', '3': 'B' }, '3', '3'],
    ['matching, one of three', matching, { '1': 'C', '2': 'B' }, '0', '1'],
    ['matching, a list', matching, ['C'], '0', '0'],
    ['no answer', single, undefined, '0', '0'],
    ['taken away', single, null, '0', '0'],
  ];
  for (const [name, key, value, none, proportional] of table) {
    it(`${name}: ${none} of 3 without partial credit, ${proportional} with`, () => {
      expect(writeFraction(scoreAnswer(key, value, fraction(3), 'none'))).to.equal(none);
      expect(writeFraction(scoreAnswer(key, value, fraction(3), 'proportional'))).to.equal(proportional);
    });
  }

  it('never leaves 0 to the points, whatever is sent', () => {
    const policy = fc.constantFrom<PartialCredit>('none', 'proportional');
    const key = fc.constantFrom(single, multiple, judge, numeric, ordering, matching);
    fc.assert(
      fc.property(key, fc.anything(), fc.integer({ min: 1, max: 20 }), policy, (k, value, points, by) => {
        const score = scoreAnswer(k, value, fraction(points), by);
        expect(compare(score, ZERO)).to.be.at.least(0);
        expect(compare(score, fraction(points))).to.be.at.most(0);
      }),
    );
  });

  it('sums a paper exactly, and a paper without answers to 0', () => {
    const form = smallForm('f', 'A', 'theory');
    const keys = new Map<string, ItemKey>([
      ['A1.1-001', single],
      ['A1.1-002', multiple],
      ['A1.1-003', judge],
      ['A1.1-004', numeric],
      ['A1.1-005', ordering],
      ['A1.1-006', matching],
    ]);
    const keyed = { form: { ...form, partialCredit: 'proportional' as const }, keys, digest: 'd' };
    const answers = new Map<string, unknown>([
      ['A1.1-001', 'B'],
      ['A1.1-002', ['A']],
      ['A1.1-006', { '1': 'C' }],
    ]);
    const scored = scoreAttempt(keyed, answers);
    expect([writeFraction(scored.total), writeFraction(scored.possible)]).to.deep.equal(['10/3', '12']);
    expect(writeFraction(scoreAttempt(keyed, new Map()).total)).to.equal('0');
  });
});
