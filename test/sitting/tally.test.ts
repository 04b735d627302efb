import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { answerText, answersText, isAnswered } from '../../src/sitting/answer-text.rules.ts';
import { Tally } from '../../src/sitting/tally.ts';

const itemIds = ['A1.1-001', 'A1.1-010', 'A1.1-002', 'B2.1-001', 'a', '考', '\u{1F600}'];
const answer = fc.record({
  itemId: fc.constantFrom(...itemIds),
  seq: fc.integer({ min: 1, max: 50 }),
  value: fc.oneof(fc.constant(null), fc.constant(''), fc.string(), fc.array(fc.constantFrom('A', 'B', 'C'))),
  savedAt: fc.integer({ min: 0, max: 1_000 }),
});

describe('sitting: the tally of an attempt', () => {
  it('says of any row of answers what is worked out anew from what they leave', () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 60 }), (answers) => {
        const tally = new Tally();
        const stored = new Map<string, (typeof answers)[number]>();
        for (const one of answers) {
          tally.put(one);
          stored.set(one.itemId, one);
          const all = [...stored.values()];
          expect(tally.digest()).to.equal(createHash('sha256').update(answersText(all)).digest('hex'));
          expect(tally.answered).to.equal(all.filter(({ value }) => isAnswered(value)).length);
          expect(tally.isStored(one.itemId, answerText(one))).to.equal(true);
          expect(tally.isStored(one.itemId, answerText({ ...one, seq: one.seq + 1 }))).to.equal(false);
        }
        for (const itemId of itemIds) expect(tally.stored(itemId)?.seq).to.equal(stored.get(itemId)?.seq);
        expect(tally.lastSaveAt).to.equal(
          answers.length === 0 ? undefined : Math.max(...answers.map(({ savedAt }) => savedAt)),
        );
      }),
    );
  });
});
