import type { BankItem } from './item.contract.ts';

/** Something about a bank as a whole that a single item does not show. Errors should be mended before the bank is used. */
export interface QualityFinding {
  severity: 'error' | 'warning';
  code: 'key-balance' | 'truth-balance' | 'length-cue' | 'near-duplicate' | 'key-sizes' | 'quiet-negation';
  /** Items it is about; empty when it is about all. */
  items: string[];
  text: string;
}

/** Fewest items of a type for its shares to mean something. */
const ENOUGH = 20;
/** Share of single items whose key is one letter: four letters, a quarter each. */
const KEY_SHARE = { least: 0.15, most: 0.35 };
/** Share of true-false items that are true. */
const TRUE_SHARE = { least: 0.35, most: 0.65 };
/** Greatest share of single items whose key is strictly the longest option; chance alone gives about a quarter. */
const LONGEST_SHARE = 0.35;
/** Likeness of two stems, 0 to 1, from which a reader should look (warning) and from which they are one item (error). */
const ALIKE = { warning: 0.6, error: 0.8 };

/** Everything a person guessing without knowledge could use, and items that ask the same twice. */
export function judgeQuality(items: readonly BankItem[]): QualityFinding[] {
  return [
    ...keyBalance(items),
    ...truthBalance(items),
    ...lengthCue(items),
    ...keySizes(items),
    ...negations(items),
    ...nearDuplicates(items),
  ];
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const singles = (items: readonly BankItem[]) => items.filter((item) => item.type === 'single');

/** How often each letter is the key of a single choice item. */
export function keyCounts(items: readonly BankItem[]): Record<string, number> {
  const counts: Record<string, number> = { A: 0, B: 0, C: 0, D: 0 };
  for (const { key } of singles(items)) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

function keyBalance(items: readonly BankItem[]): QualityFinding[] {
  const total = singles(items).length;
  if (total < ENOUGH) return [];
  return Object.entries(keyCounts(items))
    .map(([letter, count]) => ({ letter, share: count / total }))
    .filter(({ share }) => share < KEY_SHARE.least || share > KEY_SHARE.most)
    .map(({ letter, share }) => ({
      severity: 'error',
      code: 'key-balance',
      items: [],
      text: `${letter} is the key of ${percent(share)} of the single choice items`,
    }));
}

function truthBalance(items: readonly BankItem[]): QualityFinding[] {
  const statements = items.filter((item) => item.type === 'true-false');
  const share = statements.filter((item) => item.key).length / statements.length;
  if (statements.length < ENOUGH / 2 || (share >= TRUE_SHARE.least && share <= TRUE_SHARE.most)) return [];
  return [
    {
      severity: 'error',
      code: 'truth-balance',
      items: [],
      text: `${percent(share)} of the true-false items are true`,
    },
  ];
}

/** Single choice items whose key is strictly the longest option, in Chinese characters. */
export function longestKeys(items: readonly BankItem[]): string[] {
  return singles(items)
    .filter(({ options, key }) => {
      const length = (id: string): number => options.find((option) => option.id === id)?.text.zh.length ?? 0;
      return options.every((option) => option.id === key || option.text.zh.length < length(key));
    })
    .map((item) => item.id);
}

function lengthCue(items: readonly BankItem[]): QualityFinding[] {
  const total = singles(items).length;
  const longest = longestKeys(items);
  if (total < ENOUGH || longest.length / total <= LONGEST_SHARE) return [];
  return [
    {
      severity: 'error',
      code: 'length-cue',
      items: longest,
      text: `the key is the longest option in ${percent(longest.length / total)} of the single choice items`,
    },
  ];
}

function keySizes(items: readonly BankItem[]): QualityFinding[] {
  const multiples = items.filter((item) => item.type === 'multiple');
  const sizes = new Set(multiples.map((item) => item.key.length));
  if (multiples.length < ENOUGH / 2 || sizes.size > 1) return [];
  return [
    {
      severity: 'error',
      code: 'key-sizes',
      items: [],
      text: `every multiple choice item has ${[...sizes].join()} right options`,
    },
  ];
}

/** A negation that a hurried reader overlooks: it should stand in 「」. */
function negations(items: readonly BankItem[]): QualityFinding[] {
  return items
    .filter((item) => item.type === 'single' || item.type === 'multiple')
    .filter(({ stem }) =>
      /(不正确|不恰当|不合理|不属于|不包括|错误)的?(是|有)?[：:？?（(]?\s*[）)]?$/.test(stem.zh.trim()),
    )
    .filter(({ stem }) => !/「[^」]*(不|错)[^」]*」/.test(stem.zh))
    .map(({ id, stem }) => ({
      severity: 'warning',
      code: 'quiet-negation',
      items: [id],
      text: `the negation is not in 「」: ${stem.zh.slice(-24)}`,
    }));
}

/** Pairs of neighbouring characters of a text, without what does not carry meaning. */
function pairsOf(text: string): Set<string> {
  const letters = [...text.toLowerCase().replace(/[\s\p{P}\p{S}]/gu, '')];
  return new Set(letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`));
}

/** Likeness of two sets of pairs, 0 to 1 (Dice). */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}

/** What an item says as a whole: two items with one stem pattern and other options are different questions. */
const wholeText = (item: BankItem): string =>
  [
    item.stem.zh,
    ...('options' in item ? item.options.map((option) => option.text.zh) : []),
    ...('prompts' in item ? item.prompts.map((prompt) => prompt.text.zh) : []),
  ].join(' ');

function nearDuplicates(items: readonly BankItem[]): QualityFinding[] {
  const pairs = items.map((item) => pairsOf(wholeText(item)));
  return items.flatMap((item, i) =>
    items.slice(i + 1).flatMap((other, offset): QualityFinding[] => {
      const share = likeness(pairs[i] ?? new Set(), pairs[i + 1 + offset] ?? new Set());
      if (share < ALIKE.warning) return [];
      return [
        {
          severity: share >= ALIKE.error ? 'error' : 'warning',
          code: 'near-duplicate',
          items: [item.id, other.id],
          text: `${percent(share)} alike`,
        },
      ];
    }),
  );
}
