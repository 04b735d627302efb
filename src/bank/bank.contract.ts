import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Level } from '../shared/levels.ts';
import { PageQuery } from '../shared/paging.ts';
import type { ErrorCode } from '../shared/errors/index.ts';
import {
  BankFile,
  Difficulty,
  ItemState,
  ItemType,
  type About,
  type ItemBody,
  type ItemKey,
} from './item.contract.ts';
import { Scenario } from './scenario.contract.ts';
import type { Text } from '../shared/text.ts';

const closed = { additionalProperties: false } as const;

/** A closed object with these names and any values: what is inside is judged by the stage, which reports every fault. */
export const namesOf = (...schemas: { properties: Record<string, TSchema> }[]): TSchema =>
  Type.Object(
    Object.fromEntries(
      schemas
        .flatMap((schema) => Object.keys(schema.properties))
        .map((name) => [name, Type.Optional(Type.Unknown())]),
    ),
    closed,
  );

/** Body of POST /api/bank/imports: the bank file itself. */
export const ImportBody = namesOf(BankFile);
/** Body of POST /api/bank/scenarios: the scenario file itself. */
export const ScenarioBody = namesOf(Scenario);
export const ImportQuery = Type.Object(
  {
    /** Judge only, change nothing. */
    dryRun: Type.Optional(Type.Boolean({ default: false })),
    /** Name of the file for the report; by default <level>/<function>.json. */
    file: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  },
  closed,
);

/** One fault of an imported file. */
export interface ImportIssue {
  file: string;
  /** JSON pointer into the file, such as /items/3/key. */
  path: string;
  itemId?: string;
  code: ErrorCode;
  zh: string;
  en: string;
  /** The English text again, under the name that problem documents use. */
  message: string;
}

/** Answer of an import; nothing was imported when `refused` > 0. */
export interface ImportReport {
  file: string;
  dryRun: boolean;
  items: number;
  imported: number;
  updated: number;
  unchanged: number;
  refused: number;
  issues: ImportIssue[];
}

export const ItemsQuery = Type.Object(
  {
    ...PageQuery.properties,
    level: Type.Optional(Level),
    function: Type.Optional(Type.String({ pattern: '^[A-Z][0-9]+$' })),
    content: Type.Optional(Type.String({ pattern: '^[A-Z][0-9]+\\.[0-9]+$' })),
    type: Type.Optional(ItemType),
    difficulty: Type.Optional(Difficulty),
    status: Type.Optional(ItemState),
  },
  closed,
);
export type ItemsQuery = Static<typeof ItemsQuery>;

export const ItemParams = Type.Object({ itemId: Type.String({ minLength: 1, maxLength: 60 }) }, closed);
export const ScenarioParams = Type.Object(
  { scenarioId: Type.String({ minLength: 1, maxLength: 60 }) },
  closed,
);

/** What can be done to an item (item.rules.ts). */
export const ItemCommand = Type.Union([
  Type.Literal('submit'),
  Type.Literal('approve'),
  Type.Literal('return'),
  Type.Literal('retire'),
  Type.Literal('revive'),
]);
export type ItemCommand = Static<typeof ItemCommand>;
export const ItemCommandBody = Type.Object(
  { command: ItemCommand, note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })) },
  closed,
);

export const LevelQuery = Type.Object({ level: Type.Optional(Level) }, closed);
export const ScenariosQuery = Type.Object({ ...PageQuery.properties, level: Type.Optional(Level) }, closed);

/** An item in lists: no key. */
export interface ItemView {
  id: string;
  version: number;
  level: Level;
  function: string;
  content: string;
  about: About;
  difficulty: Difficulty;
  points: number;
  status: ItemState;
  body: ItemBody;
  authorId?: string;
  enemies: string[];
  updatedAt: number;
}

/** Key and reasons of one version; for item authors and reviewers only. */
export interface ItemKeyView {
  key: ItemKey;
  tests: string;
  rationale: Text;
  whyNot: Record<string, string>;
}

/** One item with its versions; `secret` only for item authors and reviewers. */
export interface ItemDetail extends ItemView {
  versions: { version: number; at: number; by: string; digest: string }[];
  secret?: ItemKeyView;
}

/** Counts of approved and all items in one cell of the coverage matrix. */
export interface CoverageCell {
  level: Level;
  function: string;
  content: string;
  type: ItemType;
  difficulty: Difficulty;
  items: number;
  approved: number;
}

/** Answer of GET /api/bank/coverage: cells with items, and the contents of the syllabus that have none. */
export interface Coverage {
  cells: CoverageCell[];
  uncovered: string[];
}

/** A scenario in lists. */
export interface ScenarioView {
  id: string;
  version: number;
  level: Level;
  title: Text;
  minutes: number;
  points: number;
}

/** One content (培训内容): what a person should be able to do and know. */
export interface SyllabusContent {
  code: string;
  name: string;
  abilities: string[];
  knowledge: string[];
}

/** One function (职业功能) of a level. */
export interface SyllabusFunction {
  code: string;
  name: string;
  contents: SyllabusContent[];
}

/** Appendices A, B and C of the guide as data (clause 8.2). */
export interface Syllabus {
  title: string;
  source: string;
  levels: { code: Level; name: string; appendix: string; functions: SyllabusFunction[] }[];
}
