import { expect } from 'chai';
import { judgeBankFile } from '../../src/bank/bank-file.ts';
import type { ItemCommand } from '../../src/bank/bank.contract.ts';
import { ITEM_STATES, ITEM_TYPES, type ItemState } from '../../src/bank/item.contract.ts';
import { judgeMove } from '../../src/bank/item.rules.ts';
import { STAFF_ROLES, type Role } from '../../src/shared/roles.ts';
import { sampleBank, sampleItem } from '../support/items.ts';

/** Faults of a file with one changed item, as "path code". */
const faults = (item: unknown): string[] =>
  judgeBankFile(sampleBank([item])).issues.map(({ path, code }) => `${path} ${code}`);

describe('bank: item states', () => {
  const MOVES: [ItemCommand, ItemState, ItemState, Role[]][] = [
    ['submit', 'draft', 'in-review', ['item-author', 'item-reviewer']],
    ['approve', 'in-review', 'approved', ['item-reviewer']],
    ['return', 'in-review', 'draft', ['item-reviewer']],
    ['retire', 'approved', 'retired', ['item-reviewer']],
    ['revive', 'retired', 'draft', ['item-reviewer']],
  ];

  it('allows exactly these moves, by every state, command and role', () => {
    for (const [command, from, to, by] of MOVES) {
      for (const state of ITEM_STATES) {
        for (const role of STAFF_ROLES) {
          const verdict = judgeMove({ state, command, roles: [role], actorId: 'me', authorId: 'other' });
          const name = `${role} ${command} ${state}`;
          if (!by.includes(role))
            expect(verdict, name).to.deep.equal({ ok: false, code: 'bank.not-your-command' });
          else if (state !== from)
            expect(verdict, name).to.deep.equal({ ok: false, code: 'bank.wrong-state' });
          else expect(verdict, name).to.deep.equal({ ok: true, to });
        }
      }
    }
  });

  it('lets nobody approve their own item, and lets them take it back', () => {
    const own = {
      state: 'in-review',
      roles: ['item-author', 'item-reviewer'],
      actorId: 'me',
      authorId: 'me',
    } as const;
    expect(judgeMove({ ...own, command: 'approve' })).to.deep.equal({ ok: false, code: 'bank.own-item' });
    expect(judgeMove({ ...own, command: 'return' })).to.deep.equal({ ok: true, to: 'draft' });
  });
});

describe('bank: judging a file', () => {
  it('finds nothing wrong with a right item of each type', () => {
    for (const type of ITEM_TYPES) expect(faults(sampleItem(type, 1)), type).to.deep.equal([]);
  });

  const BROKEN: [what: string, item: unknown, wanted: string[]][] = [
    [
      'an unknown type',
      sampleItem('single', 1, 'A1.1', { type: 'essay' }),
      ['/items/0/type bank.unknown-type'],
    ],
    ['no item at all', null, ['/items/0/type bank.unknown-type']],
    [
      'a missing stem and a field too many',
      sampleItem('single', 1, 'A1.1', { stem: undefined, answer: 'B' }),
      ['/items/0 bank.schema', '/items/0/answer bank.schema'],
    ],
    ['an unknown content', sampleItem('single', 1, 'A9.9'), ['/items/0/content bank.unknown-content']],
    [
      'a content of another function',
      sampleItem('single', 1, 'A2.1'),
      ['/items/0/content bank.wrong-content'],
    ],
    [
      'an id of another content',
      sampleItem('single', 1, 'A1.2', { id: 'A1.1-001' }),
      ['/items/0/id bank.id-not-of-content'],
    ],
    [
      'an ability that is not there',
      sampleItem('single', 1, 'A1.1', { about: { kind: 'ability', index: 1 } }),
      ['/items/0/about/index bank.about-out-of-range'],
    ],
    [
      'a key that is no option',
      sampleItem('single', 1, 'A1.1', { key: 'E', whyNot: { A: 'x', B: 'x', C: 'x', D: 'x' } }),
      ['/items/0/key bank.key-not-an-option'],
    ],
    [
      'two faults at once',
      sampleItem('single', 1, 'A9.9', { key: 'E' }),
      [
        '/items/0/content bank.unknown-content',
        '/items/0/key bank.key-not-an-option',
        '/items/0/whyNot bank.why-not-mismatch',
      ],
    ],
    [
      'a key of all options',
      sampleItem('multiple', 1, 'A1.1', { key: ['A', 'B', 'C', 'D', 'E'], whyNot: {} }),
      ['/items/0/key bank.key-all-options'],
    ],
    [
      'an unsorted key',
      sampleItem('multiple', 1, 'A1.1', { key: ['D', 'A'] }),
      ['/items/0/key bank.key-not-sorted'],
    ],
    [
      'a distractor without a reason',
      sampleItem('single', 1, 'A1.1', { whyNot: { A: 'x', C: 'x' } }),
      ['/items/0/whyNot bank.why-not-mismatch'],
    ],
    [
      'a reason against the key',
      sampleItem('single', 1, 'A1.1', { whyNot: { A: 'x', B: 'x', C: 'x', D: 'x' } }),
      ['/items/0/whyNot bank.why-not-mismatch'],
    ],
    [
      'a negative tolerance',
      sampleItem('numeric', 1, 'A1.1', { key: { value: '1', tolerance: '-0.1' } }),
      ['/items/0/key/tolerance bank.tolerance-negative'],
    ],
    [
      'a number that is none',
      sampleItem('numeric', 1, 'A1.1', { key: { value: '1,5', tolerance: '0' } }),
      ['/items/0/key/value bank.schema'],
    ],
    [
      'options in the right order',
      sampleItem('ordering', 1, 'A1.1', { key: ['A', 'B', 'C', 'D'] }),
      ['/items/0/options bank.key-trivial-order'],
    ],
    [
      'a step left out',
      sampleItem('ordering', 1, 'A1.1', { key: ['C', 'A', 'D', 'E'] }),
      ['/items/0/key bank.key-not-an-option', '/items/0/key bank.key-incomplete'],
    ],
    [
      'a prompt without a match',
      sampleItem('matching', 1, 'A1.1', { key: { '1': 'C', '2': 'A' } }),
      ['/items/0/key bank.key-incomplete'],
    ],
    [
      'an option matched twice',
      sampleItem('matching', 1, 'A1.1', { key: { '1': 'C', '2': 'C', '3': 'A' } }),
      ['/items/0/key bank.option-twice'],
    ],
    [
      'all of the above',
      sampleItem('single', 1, 'A1.1', {
        options: ['注册', '审核', '开店', '以上都对'].map((zh, i) => ({
          id: 'ABCD'[i],
          text: { zh, en: zh },
        })),
      }),
      ['/items/0/options/3/text bank.all-of-the-above'],
    ],
    [
      'two options alike',
      sampleItem('single', 1, 'A1.1', {
        options: ['注册', '审核', '注册', '开店'].map((zh, i) => ({ id: 'ABCD'[i], text: { zh, en: zh } })),
      }),
      ['/items/0/options/2/text/zh bank.options-alike'],
    ],
  ];
  for (const [what, item, wanted] of BROKEN) {
    it(`refuses ${what}`, () => {
      expect(faults(item)).to.deep.equal(wanted);
    });
  }

  it('names both places of an id used twice', () => {
    const { issues } = judgeBankFile(
      sampleBank([sampleItem('single', 1), sampleItem('numeric', 2), sampleItem('multiple', 1)]),
    );
    expect(issues).to.have.length(1);
    expect(issues[0]).to.include({
      path: '/items/2/id',
      code: 'bank.duplicate-id',
      itemId: 'A1.1-001',
      file: 'junior/A1.json',
    });
    expect(issues[0]?.zh).to.contain('第 1 题');
  });

  it('refuses a head of an unknown function or level, and something that is no bank at all', () => {
    const codes = (raw: unknown) => judgeBankFile(raw).issues.map((issue) => `${issue.path} ${issue.code}`);
    expect(codes(sampleBank([sampleItem('single', 1)], { function: 'B1' }))).to.deep.equal([
      '/function bank.unknown-function',
      '/items/0/content bank.wrong-content',
    ]);
    expect(codes(sampleBank([sampleItem('single', 1)], { level: 'expert' }))).to.deep.equal([
      '/level bank.schema',
    ]);
    expect(codes([])).to.deep.equal(['/ bank.schema']);
    expect(codes(null)).to.deep.equal(['/ bank.schema']);
    expect(codes({ items: 'none' })).to.include('/items bank.schema');
  });
});
