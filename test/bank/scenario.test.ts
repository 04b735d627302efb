import { expect } from 'chai';
import fc from 'fast-check';
import type { Check, Field, ScenarioOperation, ScenarioValue } from '../../src/bank/scenario.contract.ts';
import {
  applyOperations,
  judgeScenario,
  judgeValue,
  replayScenario,
  scoreScenario,
  valueAt,
} from '../../src/bank/scenario.rules.ts';
import { compare, fraction, ZERO } from '../../src/shared/fraction.ts';

const words = (zh: string) => ({ zh, en: zh });
const field = (path: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  path,
  type,
  label: words(path),
  group: words('组'),
  ...more,
});
const shop = {
  state: { listing: { title: '', price: '0', stock: 0, live: false, category: '' } },
  fields: [
    field('listing.title', 'text', { maxLength: 80 }),
    field('listing.price', 'decimal', { min: '0', max: '999.99', places: 2 }),
    field('listing.stock', 'integer', { min: '0', max: '500' }),
    field('listing.live', 'boolean'),
    field('listing.category', 'choice', {
      choices: [
        { id: 'home', label: words('家居') },
        { id: 'toys', label: words('玩具') },
      ],
    }),
  ],
};
const set = (path: string, value: ScenarioValue): ScenarioOperation => ({ op: 'set', path, value });
const checks: Check[] = [
  {
    id: 'price',
    path: 'listing.price',
    points: 10,
    expect: { between: ['19.90', '20.10'] },
    tells: words('价格'),
  },
  { id: 'stock', path: 'listing.stock', points: 5, expect: { equals: 120 }, tells: words('库存') },
  { id: 'live', path: 'listing.live', points: 2, expect: { equals: true }, tells: words('上架') },
  { id: 'category', path: 'listing.category', points: 3, expect: { oneOf: ['home'] }, tells: words('类目') },
  {
    id: 'title',
    path: 'listing.title',
    points: 10,
    expect: { textIncludes: ['Flask', '500 ml'] },
    tells: words('标题'),
  },
];

describe('bank: scenarios', () => {
  it('carries out a log in order and leaves the starting state alone', () => {
    const before = structuredClone(shop.state);
    const { state, refused } = applyOperations(shop, [
      set('listing.price', '1.00'),
      set('listing.price', '20'),
      set('listing.live', true),
    ]);
    expect(refused).to.deep.equal([]);
    expect(valueAt(state, 'listing.price')).to.equal('20');
    expect(valueAt(state, 'listing.live')).to.equal(true);
    expect(shop.state).to.deep.equal(before);
  });

  const REFUSED: [ScenarioOperation, string][] = [
    [set('listing.owner', 'me'), 'bank.scenario-unknown-path'],
    [set('listing', 'x'), 'bank.scenario-unknown-path'],
    [set('__proto__.price', '1'), 'bank.scenario-unknown-path'],
    [set('listing.price', 20), 'bank.scenario-wrong-type'],
    [set('listing.price', '20 USD'), 'bank.scenario-wrong-type'],
    [set('listing.price', '1e3'), 'bank.scenario-wrong-type'],
    [set('listing.price', '-0.01'), 'bank.scenario-out-of-range'],
    [set('listing.price', '1000'), 'bank.scenario-out-of-range'],
    [set('listing.price', '20.001'), 'bank.scenario-out-of-range'],
    [set('listing.stock', '5'), 'bank.scenario-wrong-type'],
    [set('listing.stock', 1.5), 'bank.scenario-wrong-type'],
    [set('listing.stock', 501), 'bank.scenario-out-of-range'],
    [set('listing.live', 'true'), 'bank.scenario-wrong-type'],
    [set('listing.category', 'food'), 'bank.scenario-out-of-range'],
    [set('listing.title', 'x'.repeat(81)), 'bank.scenario-out-of-range'],
    [set('listing.title', false), 'bank.scenario-wrong-type'],
  ];
  for (const [operation, code] of REFUSED) {
    it(`passes over ${JSON.stringify(operation).slice(0, 60)}: ${code}`, () => {
      const { state, refused } = applyOperations(shop, [set('listing.live', true), operation]);
      expect(refused).to.deep.equal([{ index: 1, path: operation.path, code }]);
      expect(state).to.deep.equal({ listing: { ...shop.state.listing, live: true } });
    });
  }

  it('scores each check, exactly', () => {
    const all = [
      set('listing.price', '20.10'),
      set('listing.stock', 120),
      set('listing.live', true),
      set('listing.category', 'home'),
      set('listing.title', 'Steel FLASK, 500 ML'),
    ];
    const full = replayScenario(shop, checks, all);
    expect(full.earned).to.deep.equal(fraction(30));
    expect(full.possible).to.deep.equal(fraction(30));
    expect(replayScenario(shop, checks, []).earned).to.deep.equal(ZERO);
    const almost = replayScenario(shop, checks, [
      ...all,
      set('listing.price', '20.11'),
      set('listing.title', 'Flask'),
    ]);
    expect(almost.earned).to.deep.equal(fraction(10));
    expect(almost.results.filter(({ met }) => !met).map(({ id }) => id)).to.deep.equal(['price', 'title']);
  });

  it('compares numbers by value and texts by letter', () => {
    const one = (expect_: Check['expect'], price: ScenarioValue) =>
      scoreScenario([{ id: 'c', path: 'p', points: 1, expect: expect_, tells: words('') }], { p: price })
        .earned.num === 1n;
    expect(one({ equals: '12.5' }, '12.50')).to.equal(true);
    expect(one({ equals: '12' }, 12)).to.equal(true);
    expect(one({ equals: 'DE' }, ' DE ')).to.equal(true);
    expect(one({ equals: 'DE' }, 'de')).to.equal(false);
    expect(one({ equals: true }, 'true')).to.equal(false);
    expect(one({ between: ['1', '2'] }, 'abc')).to.equal(false);
    expect(one({ between: ['1', '2'] }, true)).to.equal(false);
  });

  it('ends the same after any log, however it is cut, and earns between nothing and everything', () => {
    const operation = fc.record({
      op: fc.constant('set' as const),
      path: fc.constantFrom(...shop.fields.map(({ path }) => path), 'listing.none'),
      value: fc.oneof(
        fc.integer({ min: -5, max: 600 }),
        fc.boolean(),
        fc.constantFrom('20.00', '19.90', 'home', 'Flask 500 ml', ''),
      ),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 30 }), fc.nat(30), (log, cut) => {
        const first = applyOperations(shop, log.slice(0, cut)).state;
        const rest = applyOperations({ ...shop, state: first }, log.slice(cut)).state;
        const whole = replayScenario(shop, checks, log);
        expect(rest).to.deep.equal(applyOperations(shop, log).state);
        expect(compare(whole.earned, ZERO)).to.be.at.least(0);
        expect(compare(whole.earned, whole.possible)).to.be.at.most(0);
        for (const { index, code } of whole.refused) {
          const own = shop.fields.find(({ path }) => path === log[index]?.path);
          expect(
            own === undefined ? 'bank.scenario-unknown-path' : judgeValue(own, log[index]?.value ?? ''),
          ).to.equal(code);
        }
      }),
    );
  });

  it('finds what is wrong with a scenario', () => {
    const codes = (fields: Field[], list: Check[]) =>
      judgeScenario({ ...shop, fields }, list).map(({ path, code }) => `${path} ${code}`);
    expect(codes(shop.fields, checks)).to.deep.equal([]);
    expect(codes([...shop.fields, field('listing.none', 'text')], checks)).to.deep.equal([
      '/fields/5 bank.scenario-field-broken',
    ]);
    expect(codes([field('listing.title', 'choice')], [])).to.deep.equal([
      '/fields/0 bank.scenario-field-broken',
    ]);
    expect(codes([field('listing.stock', 'integer', { min: '1' })], [])).to.deep.equal([
      '/fields/0 bank.scenario-field-broken',
    ]);
    const free: Check = {
      id: 'free',
      path: 'listing.live',
      points: 1,
      expect: { equals: false },
      tells: words('白送'),
    };
    const lost: Check = {
      id: 'lost',
      path: 'listing.none',
      points: 1,
      expect: { equals: 1 },
      tells: words('无'),
    };
    expect(codes(shop.fields, [free, lost, { ...lost }])).to.deep.equal([
      '/checks/0 bank.scenario-check-free',
      '/checks/1/path bank.scenario-unknown-path',
      '/checks/2/id bank.scenario-check-twice',
      '/checks/2/path bank.scenario-unknown-path',
    ]);
  });
});
