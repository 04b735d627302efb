import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Level } from '../shared/levels.ts';
import { Text } from '../shared/text.ts';

const closed = { additionalProperties: false } as const;

/** Kinds of item in a bank file. Computer skill tasks are scenarios and have a format of their own. */
export const ITEM_TYPES = ['single', 'multiple', 'true-false', 'numeric', 'ordering', 'matching'] as const;
export type ItemType = (typeof ITEM_TYPES)[number];
export const ItemType = Type.Union(ITEM_TYPES.map((type) => Type.Literal(type)));

export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];
export const Difficulty = Type.Union(DIFFICULTIES.map((difficulty) => Type.Literal(difficulty)));

/** The states of an item (item.rules.ts has the moves). */
export const ITEM_STATES = ['draft', 'in-review', 'approved', 'retired'] as const;
export type ItemState = (typeof ITEM_STATES)[number];
export const ItemState = Type.Union(ITEM_STATES.map((state) => Type.Literal(state)));

/** Names of the types on screen. */
export const ITEM_TYPE_NAMES: Record<ItemType, Text> = {
  single: { zh: '单项选择题', en: 'Single choice' },
  multiple: { zh: '多项选择题', en: 'Multiple choice' },
  'true-false': { zh: '判断题', en: 'True or false' },
  numeric: { zh: '计算题', en: 'Calculation' },
  ordering: { zh: '排序题', en: 'Ordering' },
  matching: { zh: '匹配题', en: 'Matching' },
};

const ItemId = Type.String({
  pattern: '^[A-Z][0-9]+\\.[0-9]+-[0-9]{3}$',
  description: 'Content code, dash, three digits; unique over all banks',
});
const OptionId = Type.String({ pattern: '^[A-H]$' });
const PromptId = Type.String({ pattern: '^[1-9]$' });
const Decimal = Type.String({
  pattern: '^-?[0-9]{1,18}(\\.[0-9]{1,10})?$',
  description: 'A decimal number as text, such as "12.50"',
});

/** A choice, a step to be put in order, or an entry to be matched. */
export const Option = Type.Object({ id: OptionId, text: Text }, closed);
export type Option = Static<typeof Option>;

/** The left side of a matching item. */
export const Prompt = Type.Object({ id: PromptId, text: Text }, closed);
export type Prompt = Static<typeof Prompt>;

/** The ability or knowledge point of the content that an item is about: kind and 0-based place in the syllabus list. */
export const About = Type.Object(
  {
    kind: Type.Union([Type.Literal('ability'), Type.Literal('knowledge')]),
    index: Type.Integer({ minimum: 0, maximum: 50 }),
  },
  closed,
);
export type About = Static<typeof About>;

const common = {
  id: ItemId,
  content: Type.String({ pattern: '^[A-Z][0-9]+\\.[0-9]+$', description: 'Content code of the syllabus' }),
  about: About,
  difficulty: Difficulty,
  points: Type.Integer({
    minimum: 1,
    maximum: 20,
    description: 'Points the author suggests; a template decides',
  }),
  status: ItemState,
  stem: Text,
  tests: Type.String({ minLength: 1, maxLength: 200, description: 'What the item tests, in one sentence' }),
  rationale: Text,
  enemies: Type.Optional(
    Type.Array(ItemId, {
      maxItems: 50,
      uniqueItems: true,
      description: 'Items that may not share a form with this one',
    }),
  ),
};
const WhyNot = Type.Record(OptionId, Type.String({ minLength: 1 }), {
  additionalProperties: false,
  description: 'Why each distractor is wrong',
});
const options = (least: number, most: number) => Type.Array(Option, { minItems: least, maxItems: most });

/** One schema a type. The key fields (key, rationale, whyNot, tests) never leave the bank with the item. */
export const SingleItem = Type.Object(
  { ...common, type: Type.Literal('single'), options: options(4, 4), key: OptionId, whyNot: WhyNot },
  closed,
);
export const MultipleItem = Type.Object(
  {
    ...common,
    type: Type.Literal('multiple'),
    options: options(4, 6),
    key: Type.Array(OptionId, { minItems: 2, uniqueItems: true }),
    whyNot: WhyNot,
  },
  closed,
);
export const TrueFalseItem = Type.Object(
  { ...common, type: Type.Literal('true-false'), key: Type.Boolean() },
  closed,
);
export const NumericItem = Type.Object(
  {
    ...common,
    type: Type.Literal('numeric'),
    unit: Text,
    key: Type.Object({ value: Decimal, tolerance: Decimal }, closed),
  },
  closed,
);
export const OrderingItem = Type.Object(
  {
    ...common,
    type: Type.Literal('ordering'),
    options: options(4, 6),
    key: Type.Array(OptionId, { minItems: 4, uniqueItems: true }),
  },
  closed,
);
export const MatchingItem = Type.Object(
  {
    ...common,
    type: Type.Literal('matching'),
    prompts: Type.Array(Prompt, { minItems: 3, maxItems: 5 }),
    options: options(3, 7),
    key: Type.Record(PromptId, OptionId, { additionalProperties: false }),
  },
  closed,
);

/** The schema of each type: an item is checked against the one its `type` names, so that errors speak of that one only. */
export const ITEM_SCHEMAS: Record<ItemType, TSchema> = {
  single: SingleItem,
  multiple: MultipleItem,
  'true-false': TrueFalseItem,
  numeric: NumericItem,
  ordering: OrderingItem,
  matching: MatchingItem,
};

/** Any item as a bank file holds it, key included. */
export const BankItem = Type.Union([
  SingleItem,
  MultipleItem,
  TrueFalseItem,
  NumericItem,
  OrderingItem,
  MatchingItem,
]);
export type BankItem = Static<typeof BankItem>;

/** Head of a bank file: one function (职业功能) of one level. */
export const bankFileHead = {
  level: Level,
  function: Type.String({ pattern: '^[A-Z][0-9]+$', description: 'Function code of the syllabus' }),
  title: Text,
  version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
};

/** A bank file: question-banks/<level>/<function>.json. */
export const BankFile = Type.Object(
  { ...bankFileHead, items: Type.Array(BankItem, { minItems: 1, maxItems: 2000 }) },
  closed,
);
export type BankFile = Static<typeof BankFile>;

/** The right answer of an item, as marking reads it. */
export type ItemKey =
  | { type: 'single'; key: string }
  | { type: 'multiple'; key: string[] }
  | { type: 'true-false'; key: boolean }
  | { type: 'numeric'; key: { value: string; tolerance: string } }
  | { type: 'ordering'; key: string[] }
  | { type: 'matching'; key: Record<string, string> };

/** What a candidate sees of an item, by type. */
export type ItemBody =
  | { type: 'single' | 'multiple' | 'ordering'; stem: Text; options: Option[] }
  | { type: 'true-false'; stem: Text }
  | { type: 'numeric'; stem: Text; unit: Text }
  | { type: 'matching'; stem: Text; prompts: Prompt[]; options: Option[] };

/** What assembly knows of an item when it chooses. */
export interface PoolItem {
  itemId: string;
  version: number;
  type: ItemType;
  function: string;
  content: string;
  difficulty: Difficulty;
  /** Items that may not share a form with this one. */
  enemies: string[];
}
