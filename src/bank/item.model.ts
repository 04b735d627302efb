import { defineModel, Mixed } from '../platform/model.ts';
import type { Level } from '../shared/levels.ts';
import type { Text } from '../shared/text.ts';
import type { About, Difficulty, ItemBody, ItemKey, ItemState } from './item.contract.ts';

/** An item as it stands: its newest version, without the key. */
export interface Item {
  /** Item id, such as "A1.1-001". */
  _id: string;
  version: number;
  level: Level;
  /** Function code (职业功能). */
  function: string;
  content: string;
  about: About;
  type: ItemBody['type'];
  difficulty: Difficulty;
  /** Points the author suggests; a template decides. */
  points: number;
  status: ItemState;
  body: ItemBody;
  /** Items that may not share a form with this one. */
  enemies: string[];
  /** SHA-256 of the item and its key without the state: tells whether an import changes it. */
  digest: string;
  /** Who wrote this version here ("account:…"); missing when a licensed bank brought it approved. */
  authorId?: string;
  /** Who approved this version, or imported it approved. */
  approvedBy?: string;
  updatedAt: number;
}

/** One version of an item for ever; `_id` is "item@version". */
export interface ItemVersion {
  _id: string;
  itemId: string;
  version: number;
  content: string;
  difficulty: Difficulty;
  body: ItemBody;
  digest: string;
  by: string;
  at: number;
}

/** The key of one version, apart from everything a candidate's request can reach; `_id` is "item@version". */
export interface ItemKeyRecord {
  _id: string;
  itemId: string;
  version: number;
  key: ItemKey;
  tests: string;
  rationale: Text;
  /** By option: why it is wrong. */
  whyNot: Record<string, string>;
}

/** Key of a version in `item_versions` and `item_keys`. */
export const versionId = (itemId: string, version: number): string => `${itemId}@${version}`;

const mixed = { type: Mixed, required: true };
const text = { type: String, required: true };
const number = { type: Number, required: true };

export const ItemModel = defineModel<Item>(
  'Item',
  'items',
  {
    version: number,
    level: text,
    function: text,
    content: text,
    about: mixed,
    type: text,
    difficulty: text,
    points: number,
    status: text,
    body: mixed,
    enemies: { type: [String], required: true },
    digest: text,
    authorId: String,
    approvedBy: String,
    updatedAt: number,
  },
  { indexes: [[{ level: 1, status: 1 }], [{ content: 1, type: 1, difficulty: 1 }]] },
);

export const ItemVersionModel = defineModel<ItemVersion>(
  'ItemVersion',
  'item_versions',
  {
    itemId: text,
    version: number,
    content: text,
    difficulty: text,
    body: mixed,
    digest: text,
    by: text,
    at: number,
  },
  { indexes: [[{ itemId: 1, version: 1 }, { unique: true }]] },
);

export const ItemKeyModel = defineModel<ItemKeyRecord>(
  'ItemKey',
  'item_keys',
  { itemId: text, version: number, key: mixed, tests: text, rationale: mixed, whyNot: mixed },
  { indexes: [[{ itemId: 1, version: 1 }, { unique: true }]] },
);
