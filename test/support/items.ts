import type { BankFile, BankItem, ItemType } from '../../src/bank/item.contract.ts';

const text = (zh: string, en: string) => ({ zh, en });
const options = (ids: string) => [...ids].map((id) => ({ id, text: text(`选项${id}`, `Option ${id}`) }));

/** A valid item of a type; `n` makes its number and its text. */
export function sampleItem(type: ItemType, n: number, content = 'A1.1', changes: object = {}): BankItem {
  const common = {
    id: `${content}-${String(n).padStart(3, '0')}`,
    content,
    about: { kind: 'ability', index: 0 },
    difficulty: 'easy',
    points: 2,
    status: 'approved',
    stem: text(`第${n}题：应当怎样做？`, `Item ${n}: what should be done?`),
    tests: '考查要点',
    rationale: text('理由如下', 'This is the reason'),
  };
  return { ...common, ...bodies[type], ...changes } as BankItem;
}

const bodies: Record<ItemType, object> = {
  single: { type: 'single', options: options('ABCD'), key: 'B', whyNot: { A: '不对', C: '不对', D: '不对' } },
  multiple: {
    type: 'multiple',
    options: options('ABCDE'),
    key: ['A', 'D'],
    whyNot: { B: '不对', C: '不对', E: '不对' },
  },
  'true-false': { type: 'true-false', key: true },
  numeric: { type: 'numeric', unit: text('美元', 'USD'), key: { value: '12.50', tolerance: '0.01' } },
  ordering: { type: 'ordering', options: options('ABCD'), key: ['C', 'A', 'D', 'B'] },
  matching: {
    type: 'matching',
    prompts: ['1', '2', '3'].map((id) => ({ id, text: text(`题干${id}`, `Prompt ${id}`) })),
    options: options('ABCD'),
    key: { '1': 'C', '2': 'A', '3': 'D' },
  },
};

/** A bank file of function A1 with these items. */
export function sampleBank(items: unknown[], changes: object = {}): BankFile {
  return {
    level: 'junior',
    function: 'A1',
    title: text('注册店铺', 'Store registration'),
    version: 1,
    items,
    ...changes,
  } as BankFile;
}
