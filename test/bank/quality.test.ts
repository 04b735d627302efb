import { expect } from 'chai';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BankFile, BankItem } from '../../src/bank/item.contract.ts';
import { judgeQuality } from '../../src/bank/quality.rules.ts';
import { LEVELS } from '../../src/shared/levels.ts';
import { sampleBank, sampleItem } from '../support/items.ts';

const root = resolve(import.meta.dirname, '../..');
const options = (...texts: string[]) => texts.map((zh, i) => ({ id: 'ABCD'[i], text: { zh, en: zh } }));
/** Items that share nothing: `words` keeps their texts apart. */
const words = (n: number): string =>
  [...`${n * 7919}`].map((digit) => '甲乙丙丁戊己庚辛壬癸'[Number(digit)]).join('');
const single = (
  n: number,
  key: string,
  texts = ['子', '丑', '寅', '卯'].map((word) => `${word}${words(n)}`),
): BankItem =>
  sampleItem('single', n, 'A1.1', {
    key,
    stem: { zh: words(n * 31 + 5), en: words(n) },
    options: options(...texts),
  });
const codes = (items: BankItem[]) =>
  [...new Set(judgeQuality(items).map(({ severity, code }) => `${severity} ${code}`))].sort();

describe('bank: quality of a whole bank', () => {
  const even = Array.from({ length: 24 }, (_, i) => single(i + 1, 'ABCD'[i % 4] ?? 'A'));

  it('finds nothing in an even bank', () => {
    expect(codes(even)).to.deep.equal([]);
  });

  it('sees keys that cluster on a letter, and one that is never right', () => {
    const texts = judgeQuality(
      even.map((item, i) => ({ ...item, key: i % 2 === 0 ? 'C' : (item.key as string) }) as BankItem),
    ).map(({ text }) => text);
    expect(texts.some((text) => text.startsWith('C is the key of'))).to.equal(true);
    expect(
      codes(even.map((item) => ({ ...item, key: item.key === 'A' ? 'B' : item.key }) as BankItem)),
    ).to.deep.equal(['error key-balance']);
  });

  it('sees keys that are longer than their distractors', () => {
    const long = even.map((_item, i) => {
      const key = 'ABCD'[i % 4] ?? 'A';
      const texts = ['A', 'B', 'C', 'D'].map((id) =>
        id === key && i % 2 === 0 ? `${words(i + 90)}而且说得最全` : `${id}${words(i + 50).slice(0, 3)}`,
      );
      return single(i + 1, key, texts);
    });
    expect(codes(long)).to.include('error length-cue');
  });

  it('sees statements that are nearly always true', () => {
    const statements = Array.from({ length: 10 }, (_, i) =>
      sampleItem('true-false', i + 1, 'A1.1', { key: i > 0, stem: { zh: words(i * 13 + 3), en: 'x' } }),
    );
    expect(codes(statements)).to.deep.equal(['error truth-balance']);
  });

  it('sees the same question twice, and a like one', () => {
    const stem = (zh: string) => ({ stem: { zh, en: zh } });
    const a = sampleItem('true-false', 1, 'A1.1', stem('卖家应在大促之前两周检查主推商品的库存并安排补货'));
    const same = sampleItem(
      'true-false',
      2,
      'A1.1',
      stem('卖家应在大促之前两周，检查主推商品的库存，并安排补货。'),
    );
    const like = sampleItem(
      'true-false',
      3,
      'A1.1',
      stem('卖家应在大促之前两周检查主推商品的图片并安排重拍'),
    );
    const other = sampleItem('true-false', 4, 'A1.1', stem('汇率上升时以美元结算的回款折合人民币会增加'));
    const found = judgeQuality([a, same, like, other]).map(
      ({ severity, items }) => `${severity} ${items.join(' ')}`,
    );
    expect(found).to.deep.equal([
      'error A1.1-001 A1.1-002',
      'warning A1.1-001 A1.1-003',
      'warning A1.1-002 A1.1-003',
    ]);
  });

  it('sees a negation that a hurried reader overlooks', () => {
    const quiet = sampleItem('single', 1, 'A1.1', {
      stem: { zh: '关于库存，下列说法不正确的是：', en: 'x' },
    });
    const loud = sampleItem('single', 1, 'A1.1', {
      stem: { zh: '关于库存，下列说法「不正确」的是：', en: 'x' },
    });
    expect(codes([quiet])).to.deep.equal(['warning quiet-negation']);
    expect(codes([loud])).to.deep.equal([]);
  });
});

describe('bank: the banks of the product', () => {
  for (const level of LEVELS) {
    it(`${level}: at least 60 items of at least five types, and no error`, () => {
      const folder = join(root, 'question-banks', level);
      const items = readdirSync(folder).flatMap(
        (name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as BankFile).items,
      );
      expect(items.length).to.be.at.least(60);
      expect(new Set(items.map((item) => item.type)).size).to.be.at.least(5);
      expect(judgeQuality(items).filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    });
  }
});

describe('bank: scripts', () => {
  const run = (script: string, ...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', join('scripts', script), ...args], {
      cwd: root,
      encoding: 'utf8',
    });

  it('bank:check passes the banks of the product', () => {
    const { status, stdout } = run('bank-check.ts');
    expect(stdout).to.match(/\d+ items, 0 errors/);
    expect(status).to.equal(0);
  });

  it('bank:check fails on a broken bank and says where', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kaochang-bank-'));
    try {
      mkdirSync(join(folder, 'junior'));
      writeFileSync(
        join(folder, 'junior/A1.json'),
        JSON.stringify(sampleBank([sampleItem('single', 1, 'A1.1', { key: 'E' }), sampleItem('single', 1)])),
      );
      writeFileSync(join(folder, 'junior/A2.json'), '{ "level": ');
      const { status, stdout } = run('bank-check.ts', folder);
      expect(status).to.equal(1);
      expect(stdout)
        .to.contain('junior/A1.json A1.1-001 /items/0/key')
        .and.contain('/items/1/id')
        .and.contain('A2.json');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('the JSON Schemas in the folders are up to date', () => {
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/write-schemas.ts', '--check'], { cwd: root });
  });
});
