import { expect } from 'chai';
import fc from 'fast-check';
import {
  answersText,
  answerText,
  isAnswered,
  joinAnswerTexts,
  normaliseNumeric,
} from '../../src/sitting/answer-text.rules.ts';
import { answerShapes, findAnswerFault, judgeSave, type SaveFacts } from '../../src/sitting/answer.rules.ts';
import { orderForm, paperOrder, judgePaperKey } from '../../src/sitting/paper.rules.ts';
import { parseDecimal } from '../../src/shared/fraction.ts';
import { smallForm } from '../support/sitting.ts';

const form = smallForm('form', 'A', 'theory');
const shapes = answerShapes(form.parts);
const ID = {
  single: 'A1.1-001',
  multiple: 'A1.1-002',
  trueFalse: 'A1.1-003',
  numeric: 'A1.1-004',
  ordering: 'A1.1-005',
  matching: 'A1.1-006',
};
const scenario = { type: 'scenario' as const, options: [], prompts: [] };

describe('answer rule: does a value fit its item', () => {
  const fits: readonly (readonly [string, unknown])[] = [
    [ID.single, 'B'],
    [ID.multiple, ['A', 'C']],
    [ID.multiple, []],
    [ID.trueFalse, false],
    [ID.numeric, '12.50'],
    [ID.numeric, '-3'],
    [ID.ordering, ['C', 'A', 'D', 'B']],
    [ID.ordering, ['C']],
    [ID.matching, { 1: 'C', 3: 'A' }],
    [ID.matching, {}],
    ...Object.values(ID).map((id) => [id, null] as const),
  ];
  for (const [id, value] of fits) {
    it(`takes ${JSON.stringify(value)} for ${shapes.get(id)?.type}`, () => {
      expect(findAnswerFault(value, shapes.get(id))).to.equal(undefined);
    });
  }

  const misfits: readonly (readonly [string, unknown])[] = [
    [ID.single, 'E'],
    [ID.single, ['A']],
    [ID.single, 1],
    [ID.single, undefined],
    [ID.multiple, 'A'],
    [ID.multiple, ['A', 'A']],
    [ID.multiple, ['A', 'Z']],
    [ID.multiple, ['A', null]],
    [ID.trueFalse, 'true'],
    [ID.trueFalse, 1],
    [ID.numeric, 12.5],
    [ID.numeric, '12,5'],
    [ID.numeric, 'NaN'],
    [ID.numeric, '1e5'],
    [ID.numeric, '1'.repeat(200)],
    [ID.ordering, ['A', 'B', 'C', 'D', 'A']],
    [ID.ordering, { 0: 'A' }],
    [ID.matching, { 9: 'A' }],
    [ID.matching, { 1: 'Z' }],
    [ID.matching, { 1: 'A', 2: 'A' }],
    [ID.matching, ['A']],
  ];
  for (const [id, value] of misfits) {
    it(`refuses ${JSON.stringify(value)?.slice(0, 40)} for ${shapes.get(id)?.type}`, () => {
      expect(findAnswerFault(value, shapes.get(id))).to.be.a('string');
    });
  }

  it('refuses an item that is not in the paper', () => {
    expect(findAnswerFault('A', shapes.get('Z9.9-999'))).to.match(/no such item/);
  });

  it('takes operation logs for scenarios, and no half characters, foreign operations or giants', () => {
    const set = (value: unknown) => [{ op: 'set', path: 'shop.price', value }];
    for (const value of [set('12.50'), set('跨境🚢'), set(true), []])
      expect(findAnswerFault(value, scenario)).to.equal(undefined);
    const giant = Array.from({ length: 100 }, () => ({
      op: 'set',
      path: 'shop.price',
      value: 'x'.repeat(1900),
    }));
    for (const value of [set({ $gt: '' }), set('\ud800'), [{ op: 'drop' }], 'set', giant]) {
      expect(findAnswerFault(value, scenario)).to.be.a('string');
    }
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...shapes.values(), scenario), (value, shape) => {
        const fault = findAnswerFault(value, shape);
        expect(fault === undefined || typeof fault === 'string').to.equal(true);
      }),
    );
  });
});

describe('answer texts', () => {
  it('digests the same whatever the order, and differently for any other answer', () => {
    const answer = fc.record({
      itemId: fc.constantFrom(...Object.values(ID)),
      seq: fc.integer({ min: 1, max: 9 }),
      value: fc.constantFrom('A', 'B', null, ['A'], { 1: 'A' }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(answer, { selector: (a) => a.itemId }), (answers) => {
        const text = answersText(answers);
        expect(answersText([...answers].reverse())).to.equal(text);
        expect(joinAnswerTexts(answers.map((a) => [a.itemId, answerText(a)] as const))).to.equal(text);
        expect(JSON.parse(text)).to.have.length(answers.length);
        for (const changed of answers) {
          expect(
            answersText(answers.map((a) => (a === changed ? { ...a, seq: a.seq + 1 } : a))),
          ).not.to.equal(text);
        }
      }),
    );
  });

  it('knows an answer from an empty one', () => {
    for (const value of [null, undefined, '', [], {}]) expect(isAnswered(value)).to.equal(false);
    for (const value of ['A', false, ['A'], { 1: 'A' }, 0]) expect(isAnswered(value)).to.equal(true);
  });

  it('takes numbers as people type them', () => {
    const cases = [
      ['12.50', '12.50'],
      ['１２．５', '12.5'],
      ['12.', '12'],
      ['.5', '0.5'],
      ['1,200.5', '1200.5'],
      ['−3', '-3'],
      [' 7 ', '7'],
      ['+4', '4'],
      ['', undefined],
      ['-', undefined],
      ['.', undefined],
      ['abc', undefined],
      ['1.2.3', undefined],
    ] as const;
    for (const [typed, value] of cases) expect(normaliseNumeric(typed), typed).to.equal(value);
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const value = normaliseNumeric(typed);
        if (value !== undefined) expect(parseDecimal(value)).not.to.equal(undefined);
      }),
    );
  });
});

describe('saving rule', () => {
  const MINUTE = 60_000;
  const facts = (change: Partial<SaveFacts>): SaveFacts => ({
    now: 0,
    state: 'answering',
    room: 'running',
    isWriter: true,
    clock: { deadline: 90 * MINUTE },
    grace: { graceMs: 2 * MINUTE, servingSince: 0 },
    ...change,
  });
  const cases: readonly (readonly [string, Partial<SaveFacts>, object])[] = [
    ['in time', {}, { ok: true }],
    ['at the end of the grace', { now: 92 * MINUTE }, { ok: true }],
    ['after the grace', { now: 92 * MINUTE + 1 }, { ok: false, code: 'sitting.time-over', keep: 'late' }],
    ['after the collection', { state: 'collected' }, { ok: false, code: 'sitting.time-over', keep: 'late' }],
    [
      'after the hand-in',
      { state: 'handed-in' },
      { ok: false, code: 'sitting.attempt-ended', keep: 'ended' },
    ],
    [
      'after a termination',
      { state: 'terminated' },
      { ok: false, code: 'sitting.attempt-ended', keep: 'ended' },
    ],
    ['before the start', { state: 'ready' }, { ok: false, code: 'sitting.not-started' }],
    [
      'from another session',
      { isWriter: false },
      { ok: false, code: 'sitting.not-the-writer', keep: 'not-writer' },
    ],
    [
      'just after a pause began',
      { state: 'paused', now: MINUTE, clock: { deadline: 90 * MINUTE, pausedAt: 0 } },
      { ok: true },
    ],
    [
      'long into a pause',
      { state: 'paused', now: 5 * MINUTE, clock: { deadline: 90 * MINUTE, pausedAt: 0 } },
      { ok: false, code: 'sitting.paused' },
    ],
    [
      'long into a hold with clocks paused',
      { room: 'held', now: 5 * MINUTE, clock: { deadline: 90 * MINUTE, heldAt: 0 } },
      { ok: false, code: 'sitting.room-held' },
    ],
    ['in a hold with clocks running on', { room: 'held', now: 5 * MINUTE }, { ok: true }],
  ];
  for (const [name, change, verdict] of cases) {
    it(name, () => {
      expect(judgeSave(facts(change))).to.deep.equal(verdict);
    });
  }
});

describe('paper rule', () => {
  it('gives every candidate all of the form, in an order fixed by the seed', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const order = paperOrder(form, seed);
        expect(paperOrder(form, seed)).to.deep.equal(order);
        const ordered = orderForm(form, order);
        const sorted = (items: readonly { itemId: string }[]): string[] =>
          items.map((item) => item.itemId).sort();
        ordered.parts.forEach((part, i) => {
          expect(sorted(part.items)).to.deep.equal(sorted(form.parts[i]?.items ?? []));
          for (const item of part.items) {
            const same = form.parts[i]?.items.find((other) => other.itemId === item.itemId);
            if ('options' in item && same !== undefined && 'options' in same)
              expect([...item.options].sort((a, b) => (a.id < b.id ? -1 : 1))).to.deep.equal(same.options);
          }
        });
      }),
    );
  });

  it('orders papers differently from candidate to candidate', () => {
    const orders = new Set(
      Array.from({ length: 50 }, (_, i) => JSON.stringify(paperOrder(form, `seed${i}`))),
    );
    expect(orders.size).to.be.above(40);
  });

  it('gives the key to whoever may start or has started', () => {
    expect(judgePaperKey('ready', 'running')).to.deep.equal({ ok: true });
    expect(judgePaperKey('answering', 'held')).to.deep.equal({ ok: true });
    expect(judgePaperKey('ready', 'admitting')).to.deep.equal({ ok: false, code: 'sitting.paper-sealed' });
    expect(judgePaperKey('ready', 'held')).to.deep.equal({ ok: false, code: 'sitting.room-held' });
    expect(judgePaperKey('expected', 'running')).to.deep.equal({ ok: false, code: 'sitting.not-admitted' });
    expect(judgePaperKey('handed-in', 'running')).to.deep.equal({ ok: false, code: 'sitting.attempt-ended' });
  });
});
