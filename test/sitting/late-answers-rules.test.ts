import { expect } from 'chai';
import fc from 'fast-check';
import { ATTEMPT_STATES } from '../../src/sitting/attempt.rules.ts';
import {
  awaitsDecision,
  CLAIM_MARGIN_MS,
  judgeDecision,
  LATE_REASONS,
  lateOf,
  waitingAnswers,
  type LateFact,
  type StoredFact,
} from '../../src/sitting/late-answers.rules.ts';
import { ERRORS } from '../../src/shared/errors/index.ts';

const MINUTE = 60_000;
/** Something kept at minute 60, and what is stored since minute 30. */
const late = (change: Partial<LateFact> = {}): LateFact => ({
  itemId: 'A1.1-001',
  seq: 5,
  reason: 'late',
  savedAt: 60 * MINUTE,
  ...change,
});
const stored = (change: Partial<StoredFact> = {}): StoredFact => ({
  itemId: 'A1.1-001',
  seq: 3,
  savedAt: 30 * MINUTE,
  ...change,
});

describe('late answers: which wait for a decision', () => {
  const cases: [string, LateFact, StoredFact[], boolean][] = [
    ['nothing is stored', late(), [], true],
    ['a lower seq is stored', late(), [stored()], true],
    ['the same seq is stored', late({ seq: 3 }), [stored()], false],
    ['a higher seq is stored', late({ seq: 2 }), [stored()], false],
    ['another item is stored', late({ seq: 1 }), [stored({ itemId: 'A1.1-002' })], true],
    ['overtaken by its own page', late({ reason: 'lower-seq' }), [], false],
    ['decided before', late({ decided: { accepted: false, at: 1 } }), [], false],
    ['after the end', late({ reason: 'ended' }), [stored()], true],
    ['from another page, later than the stored one', late({ reason: 'not-writer' }), [stored()], true],
    [
      'from another page, before the stored one',
      late({ reason: 'not-writer', savedAt: 1 }),
      [stored()],
      false,
    ],
    ['in a file, before the stored one', late({ reason: 'file', savedAt: 1 }), [stored()], false],
    ['claimed for after the stored one', late({ claimedAt: 31 * MINUTE }), [stored()], true],
    [
      'claimed while the stored one was on its way',
      late({ claimedAt: 30 * MINUTE - CLAIM_MARGIN_MS }),
      [stored()],
      true,
    ],
    [
      'claimed for well before the stored one',
      late({ claimedAt: 30 * MINUTE - CLAIM_MARGIN_MS - 1 }),
      [stored()],
      false,
    ],
    ['claimed for long ago, and nothing is stored', late({ claimedAt: 1 }), [], true],
  ];
  for (const [name, fact, kept, waits] of cases) {
    it(`${name}: ${waits ? 'waits' : 'does not'}`, () => {
      expect(waitingAnswers([fact], kept)).to.have.length(waits ? 1 : 0);
    });
  }

  it('takes the newest of each item, by item, whatever the order they were kept in', () => {
    const fact = fc.record({
      itemId: fc.constantFrom('A1.1-001', 'A1.1-002', 'A1.1-003'),
      seq: fc.integer({ min: 1, max: 9 }),
      reason: fc.constantFrom(...LATE_REASONS, 'lower-seq' as const),
      savedAt: fc.integer({ min: 1, max: 99 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(fact, { selector: (f) => `${f.itemId} ${f.seq} ${f.savedAt}` }), (facts) => {
        const waiting = waitingAnswers(facts, []);
        expect(waitingAnswers([...facts].reverse(), [])).to.deep.equal(waiting);
        expect(waiting.map(({ itemId }) => itemId)).to.deep.equal(
          [...new Set(facts.filter((f) => f.reason !== 'lower-seq').map((f) => f.itemId))].sort(),
        );
        for (const { itemId, seq } of waiting) {
          const rivals = facts.filter((f) => f.itemId === itemId && f.reason !== 'lower-seq');
          expect(seq).to.equal(Math.max(...rivals.map((f) => f.seq)));
        }
      }),
    );
  });

  it('leaves out what came after the decider looked', () => {
    const first = late({ seq: 5, savedAt: 60 * MINUTE });
    const second = late({ seq: 6, savedAt: 61 * MINUTE });
    expect(waitingAnswers([first, second], [], 60 * MINUTE)).to.deep.equal([first]);
    expect(waitingAnswers([first, second], [])).to.deep.equal([second]);
  });

  it('counts the items and the last arrival, and waits until there is a decision', () => {
    expect(lateOf([])).to.equal(undefined);
    const view = lateOf([late(), late({ itemId: 'A1.1-002', savedAt: 62 * MINUTE })]);
    expect(view).to.deep.equal({ items: 2, at: 62 * MINUTE });
    expect(awaitsDecision(view)).to.equal(true);
    expect(awaitsDecision({ items: 2, at: 1, decision: { accepted: false, at: 2 } })).to.equal(false);
    expect(awaitsDecision(undefined)).to.equal(false);
  });

  it('can be decided once the attempt has ended and before it is marked', () => {
    const verdicts = ATTEMPT_STATES.map((state) => {
      const verdict = judgeDecision(state, 1);
      if (!verdict.ok) expect(ERRORS).to.have.property(verdict.code);
      return `${state}: ${verdict.ok ? '+' : verdict.code}`;
    });
    expect(verdicts).to.deep.equal([
      'expected: sitting.attempt-not-ended',
      'checked-in: sitting.attempt-not-ended',
      'ready: sitting.attempt-not-ended',
      'answering: sitting.attempt-not-ended',
      'paused: sitting.attempt-not-ended',
      'handed-in: +',
      'collected: +',
      'terminated: +',
      'marked: sitting.already-marked',
      'released: sitting.already-marked',
    ]);
    expect(judgeDecision('collected', 0)).to.include({ code: 'sitting.no-late-answers' });
  });
});
