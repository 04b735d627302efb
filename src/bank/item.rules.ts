import type { Role } from '../shared/roles.ts';
import type { ItemCommand } from './bank.contract.ts';
import type { BankItem, ItemState } from './item.contract.ts';
import { parseDecimal } from '../shared/fraction.ts';

/** Each move of an item's life: from where it may be made, where it leads, and by whom. */
const MOVES: Record<ItemCommand, { from: ItemState; to: ItemState; by: readonly Role[] }> = {
  submit: { from: 'draft', to: 'in-review', by: ['item-author', 'item-reviewer'] },
  approve: { from: 'in-review', to: 'approved', by: ['item-reviewer'] },
  return: { from: 'in-review', to: 'draft', by: ['item-reviewer'] },
  retire: { from: 'approved', to: 'retired', by: ['item-reviewer'] },
  revive: { from: 'retired', to: 'draft', by: ['item-reviewer'] },
};

export type MoveVerdict =
  | { ok: true; to: ItemState }
  | { ok: false; code: 'bank.wrong-state' | 'bank.own-item' | 'bank.not-your-command' };

/** Whether a person may make a move, and where it leads. The author of a version never approves it. */
export function judgeMove(facts: {
  state: ItemState;
  command: ItemCommand;
  roles: readonly Role[];
  actorId: string;
  authorId: string | undefined;
}): MoveVerdict {
  const move = MOVES[facts.command];
  if (!facts.roles.some((role) => move.by.includes(role)))
    return { ok: false, code: 'bank.not-your-command' };
  if (facts.state !== move.from) return { ok: false, code: 'bank.wrong-state' };
  if (facts.command === 'approve' && facts.authorId === facts.actorId)
    return { ok: false, code: 'bank.own-item' };
  return { ok: true, to: move.to };
}

/** What the syllabus says of one content, as far as items need it. */
export interface ContentFacts {
  code: string;
  function: string;
  abilities: number;
  knowledge: number;
}

/** One fault of an item: where in it, why, and the values for the text of the code. */
export interface ItemFault {
  /** JSON pointer inside the item. */
  path: string;
  code:
    | 'bank.unknown-content'
    | 'bank.wrong-content'
    | 'bank.id-not-of-content'
    | 'bank.about-out-of-range'
    | 'bank.option-twice'
    | 'bank.options-alike'
    | 'bank.key-not-an-option'
    | 'bank.key-all-options'
    | 'bank.key-not-sorted'
    | 'bank.key-incomplete'
    | 'bank.key-trivial-order'
    | 'bank.too-few-options'
    | 'bank.tolerance-negative'
    | 'bank.why-not-mismatch'
    | 'bank.all-of-the-above';
  params: Record<string, string | number>;
}

/** Everything wrong with an item whose shape is right: its place in the syllabus, its options, its key. */
export function judgeItem(
  item: BankItem,
  functionCode: string,
  contents: ReadonlyMap<string, ContentFacts>,
): ItemFault[] {
  return [
    ...judgePlace(item, functionCode, contents),
    ...judgeOptions(item),
    ...judgeKey(item),
    ...judgeWhyNot(item),
  ];
}

function judgePlace(
  item: BankItem,
  functionCode: string,
  contents: ReadonlyMap<string, ContentFacts>,
): ItemFault[] {
  const content = contents.get(item.content);
  if (content === undefined)
    return [{ path: '/content', code: 'bank.unknown-content', params: { content: item.content } }];
  const faults: ItemFault[] = [];
  if (content.function !== functionCode) {
    faults.push({
      path: '/content',
      code: 'bank.wrong-content',
      params: { content: item.content, function: functionCode },
    });
  }
  if (!item.id.startsWith(`${item.content}-`)) {
    faults.push({
      path: '/id',
      code: 'bank.id-not-of-content',
      params: { id: item.id, content: item.content },
    });
  }
  const { kind, index } = item.about;
  const count = kind === 'ability' ? content.abilities : content.knowledge;
  if (index >= count) {
    const kindZh = kind === 'ability' ? '能力要求' : '相关知识';
    faults.push({
      path: '/about/index',
      code: 'bank.about-out-of-range',
      params: { content: item.content, count, index, kind, kindZh },
    });
  }
  return faults;
}

/** Options that only say that all or none of the others are right (item-writing rule of the bank). */
const ALL_OF_THE_ABOVE = /以上(都|皆|均|全|选项)|都(对|正确|不对|不正确)$|\b(all|none) of the above\b/i;

function judgeOptions(item: BankItem): ItemFault[] {
  if (!('options' in item)) return [];
  const faults: ItemFault[] = [];
  const texts = new Map<string, string>();
  const lists = [
    { at: '/options', list: item.options },
    ...('prompts' in item ? [{ at: '/prompts', list: item.prompts }] : []),
  ];
  for (const { at, list } of lists) {
    const seen = new Set<string>();
    list.forEach(({ id, text }, index) => {
      const path = `${at}/${index}`;
      if (seen.has(id))
        faults.push({ path: `${path}/id`, code: 'bank.option-twice', params: { option: id } });
      seen.add(id);
      const other = texts.get(`${at} ${text.zh}`);
      if (other !== undefined)
        faults.push({ path: `${path}/text/zh`, code: 'bank.options-alike', params: { option: id, other } });
      texts.set(`${at} ${text.zh}`, id);
      if (ALL_OF_THE_ABOVE.test(text.zh) || ALL_OF_THE_ABOVE.test(text.en)) {
        faults.push({ path: `${path}/text`, code: 'bank.all-of-the-above', params: { option: id } });
      }
    });
  }
  return faults;
}

function judgeKey(item: BankItem): ItemFault[] {
  switch (item.type) {
    case 'true-false':
      return [];
    case 'single':
      return unknownOptions([item.key], item.options);
    case 'multiple':
      return judgeMultipleKey(item);
    case 'numeric':
      return (parseDecimal(item.key.tolerance)?.num ?? 0n) < 0n
        ? [{ path: '/key/tolerance', code: 'bank.tolerance-negative', params: {} }]
        : [];
    case 'ordering':
      return judgeOrderingKey(item);
    case 'matching':
      return judgeMatchingKey(item);
  }
}

function unknownOptions(key: readonly string[], options: readonly { id: string }[]): ItemFault[] {
  const known = new Set(options.map((option) => option.id));
  return key
    .filter((option) => !known.has(option))
    .map((option) => ({ path: '/key', code: 'bank.key-not-an-option' as const, params: { option } }));
}

function judgeMultipleKey(item: Extract<BankItem, { type: 'multiple' }>): ItemFault[] {
  const faults = unknownOptions(item.key, item.options);
  if (item.key.length >= item.options.length)
    faults.push({ path: '/key', code: 'bank.key-all-options', params: {} });
  if ([...item.key].sort().join() !== item.key.join())
    faults.push({ path: '/key', code: 'bank.key-not-sorted', params: {} });
  return faults;
}

function judgeOrderingKey(item: Extract<BankItem, { type: 'ordering' }>): ItemFault[] {
  const faults = unknownOptions(item.key, item.options);
  const given = item.options.map((option) => option.id);
  for (const option of given) {
    if (!item.key.includes(option)) {
      faults.push({
        path: '/key',
        code: 'bank.key-incomplete',
        params: { option, what: '全部选项', whatEn: 'options' },
      });
    }
  }
  if (given.join() === item.key.join())
    faults.push({ path: '/options', code: 'bank.key-trivial-order', params: {} });
  return faults;
}

function judgeMatchingKey(item: Extract<BankItem, { type: 'matching' }>): ItemFault[] {
  const chosen = Object.values(item.key);
  const faults = unknownOptions(chosen, item.options);
  const prompts = item.prompts.map((prompt) => prompt.id);
  const odd = [
    ...prompts.filter((id) => item.key[id] === undefined),
    ...Object.keys(item.key).filter((id) => !prompts.includes(id)),
  ];
  for (const option of odd) {
    faults.push({
      path: '/key',
      code: 'bank.key-incomplete',
      params: { option, what: '全部题干', whatEn: 'prompts' },
    });
  }
  const twice = chosen.find((option, index) => chosen.indexOf(option) !== index);
  if (twice !== undefined)
    faults.push({ path: '/key', code: 'bank.option-twice', params: { option: twice } });
  const extra = item.options.length - item.prompts.length;
  if (extra < 0 || extra > 2) {
    faults.push({
      path: '/options',
      code: 'bank.too-few-options',
      params: { options: item.options.length, prompts: item.prompts.length },
    });
  }
  return faults;
}

function judgeWhyNot(item: BankItem): ItemFault[] {
  if (item.type !== 'single' && item.type !== 'multiple') return [];
  const key = item.type === 'single' ? [item.key] : item.key;
  const distractors = item.options.map((option) => option.id).filter((id) => !key.includes(id));
  const explained = Object.keys(item.whyNot);
  const odd = [
    ...distractors.filter((id) => !explained.includes(id)),
    ...explained.filter((id) => !distractors.includes(id)),
  ];
  return odd.map((option) => ({
    path: '/whyNot',
    code: 'bank.why-not-mismatch' as const,
    params: { option },
  }));
}
