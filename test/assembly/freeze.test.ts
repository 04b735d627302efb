import { expect } from 'chai';
import fc from 'fast-check';
import { freeze, type AssembledForm, type AssembledItem } from '../../src/assembly/freeze.rules.ts';
import { bodyOf } from '../../src/bank/import.service.ts';
import { ITEM_TYPES, type BankItem, type ItemKey } from '../../src/bank/item.contract.ts';
import type { Scenario } from '../../src/bank/scenario.contract.ts';
import { splitScenario } from '../../src/bank/scenario-file.ts';
import { sampleItem } from '../support/items.ts';

/** A text that occurs nowhere by chance. */
const secret = fc.uuid().map((id) => `secret-${id}`);

const HEAD: AssembledForm['head'] = {
  formId: 'form_1',
  templateCode: 'theory-junior',
  templateVersion: 1,
  kind: 'theory',
  level: 'junior',
  label: 'A',
  title: { zh: '试卷', en: 'Paper' },
  minutes: 90,
  calculator: true,
  partialCredit: 'none',
};

function assembled(items: BankItem[]): AssembledForm {
  const join = (item: BankItem): AssembledItem => ({
    itemId: item.id,
    version: 1,
    points: 2,
    // Worse than what bodyOf gives: the whole item, keys and all, as if a service had forgotten to split it.
    body: { ...item, ...bodyOf(item) },
    key: { type: item.type, key: item.key } as ItemKey,
  });
  return {
    head: HEAD,
    parts: [{ kind: 'items', id: 'p', title: HEAD.title, points: 2, items: items.map(join) }],
  };
}

const scenarioOf = (word: string): Scenario => ({
  id: 'junior-x1',
  level: 'junior',
  version: 1,
  title: HEAD.title,
  brief: HEAD.title,
  minutes: 40,
  sheets: [
    {
      id: 's',
      title: HEAD.title,
      columns: [
        { id: 'a', title: HEAD.title },
        { id: 'b', title: HEAD.title },
      ],
      rows: [{ a: '1', b: '2' }],
    },
  ],
  state: { title: '' },
  fields: [{ path: 'title', label: HEAD.title, group: HEAD.title, type: 'text' }],
  checks: [{ id: 'c', path: 'title', points: 5, expect: { equals: word }, tells: { zh: word, en: word } }],
});

describe('assembly: paper and keys part', () => {
  it('lets no secret of an item into the paper, whatever its type', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ITEM_TYPES),
        secret,
        fc.integer({ min: 100_000, max: 999_999 }),
        (type, word, number) => {
          const secrets = { tests: word, rationale: { zh: word, en: word }, whyNot: { A: word }, note: word };
          const key =
            type === 'numeric' ? { key: { value: `${number}.4321`, tolerance: `0.${number}` } } : {};
          const { paper, keys } = freeze(assembled([sampleItem(type, 1, 'A1.1', { ...secrets, ...key })]));
          const text = JSON.stringify(paper);
          expect(text).not.to.contain(word).and.not.to.contain(String(number));
          expect(text).not.to.match(/"(key|keys|rationale|whyNot|tests|checks|tells|tolerance|note)"/);
          expect(keys).to.have.length(1);
        },
      ),
    );
  });

  it('makes the same paper whatever the key is', () => {
    const choices = fc
      .subarray(['A', 'B', 'C', 'D'], { minLength: 4 })
      .chain((ids) => fc.shuffledSubarray(ids, { minLength: 4, maxLength: 4 }));
    fc.assert(
      fc.property(choices, choices, fc.boolean(), fc.boolean(), ([a = '', ...as], [b = '', ...bs], t, u) => {
        const paper = (key: string, more: string[], truth: boolean) =>
          freeze(
            assembled([
              sampleItem('single', 1, 'A1.1', { key }),
              sampleItem('multiple', 2, 'A1.1', { key: [key, more[0]].sort() }),
              sampleItem('true-false', 3, 'A1.1', { key: truth }),
              sampleItem('ordering', 4, 'A1.1', { key: [key, ...more] }),
              sampleItem('matching', 5, 'A1.1', { key: { '1': key, '2': more[0], '3': more[1] } }),
            ]),
          ).paper;
        expect(paper(a, as, t)).to.deep.equal(paper(b, bs, u));
      }),
    );
  });

  it('keeps the checks of a scenario out of the paper', () => {
    fc.assert(
      fc.property(secret, (word) => {
        const scenario = scenarioOf(word);
        const { checks } = splitScenario(scenario);
        const item: AssembledItem = {
          itemId: scenario.id,
          version: 1,
          points: 5,
          body: { type: 'scenario', scenario },
          key: { type: 'scenario', checks },
        };
        const { paper, keys } = freeze({
          head: HEAD,
          parts: [{ kind: 'computer', id: 'c', title: HEAD.title, points: 5, items: [item] }],
        });
        expect(JSON.stringify(paper)).not.to.contain(word).and.not.to.contain('checks');
        expect(JSON.stringify(keys)).to.contain(word);
        expect(JSON.stringify(splitScenario(scenario).candidate)).not.to.contain(word);
      }),
    );
  });
});
