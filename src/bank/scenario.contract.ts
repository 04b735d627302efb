import { Type, type Static } from '@sinclair/typebox';
import { Level } from '../shared/levels.ts';
import { Text } from '../shared/text.ts';

const closed = { additionalProperties: false } as const;
/** A name inside a scenario; dots separate the names of a path. */
const NAME = '[a-zA-Z][a-zA-Z0-9_-]{0,39}';
const Name = Type.String({ pattern: `^${NAME}$` });
const Path = Type.String({
  pattern: `^${NAME}(\\.${NAME}){0,5}$`,
  description: 'Names down the state, separated by dots',
});
const Decimal = Type.String({ pattern: '^-?[0-9]{1,18}(\\.[0-9]{1,10})?$' });

/** What a field of the shop can hold: text, a decimal as text ("12.50"), a whole number, a choice's id, yes or no. */
export const ScenarioValue = Type.Union([Type.String({ maxLength: 2000 }), Type.Integer(), Type.Boolean()]);
export type ScenarioValue = Static<typeof ScenarioValue>;

/** The shop as it stands: nested objects whose leaves are values. */
export interface ScenarioState {
  [name: string]: ScenarioValue | ScenarioState;
}

/** A table of facts beside the task. Cells are texts as shown, aligned by column kind. */
export const Sheet = Type.Object(
  {
    id: Name,
    title: Text,
    columns: Type.Array(
      Type.Object({ id: Name, title: Text, numeric: Type.Optional(Type.Boolean()) }, closed),
      { minItems: 2, maxItems: 12 },
    ),
    /** Cells by column id; a text in both languages, or a figure alike in both. */
    rows: Type.Array(Type.Record(Name, Type.Union([Text, Type.String()])), { minItems: 1, maxItems: 60 }),
    note: Type.Optional(Text),
  },
  closed,
);
export type Sheet = Static<typeof Sheet>;

/** A part of the state that the candidate may change. */
export const Field = Type.Object(
  {
    path: Path,
    label: Text,
    group: Text,
    type: Type.Union([
      Type.Literal('text'),
      Type.Literal('decimal'),
      Type.Literal('integer'),
      Type.Literal('choice'),
      Type.Literal('boolean'),
    ]),
    choices: Type.Optional(
      Type.Array(Type.Object({ id: Name, label: Text }, closed), { minItems: 2, maxItems: 20 }),
    ),
    min: Type.Optional(Decimal),
    max: Type.Optional(Decimal),
    /** Most decimal places of a decimal; most characters of a text. */
    places: Type.Optional(Type.Integer({ minimum: 0, maximum: 6 })),
    maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000 })),
    unit: Type.Optional(Text),
    hint: Type.Optional(Text),
  },
  closed,
);
export type Field = Static<typeof Field>;

/** When a check is met. Decimals compare by value, "12.5" equals "12.50"; `textIncludes` ignores letter case and wants all. */
export const Expectation = Type.Union([
  Type.Object({ equals: ScenarioValue }, closed),
  Type.Object({ between: Type.Tuple([Decimal, Decimal]) }, closed),
  Type.Object({ oneOf: Type.Array(ScenarioValue, { minItems: 1, maxItems: 20 }) }, closed),
  Type.Object(
    { textIncludes: Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 20 }) },
    closed,
  ),
]);
export type Expectation = Static<typeof Expectation>;

/** A check of the final state: points for one thing done right. Checks are the key of a scenario. */
export const Check = Type.Object(
  {
    id: Name,
    path: Path,
    points: Type.Integer({ minimum: 1, maximum: 60 }),
    expect: Expectation,
    tells: Text,
  },
  closed,
);
export type Check = Static<typeof Check>;

const candidateFields = {
  title: Text,
  brief: Text,
  minutes: Type.Integer({ minimum: 5, maximum: 120 }),
  sheets: Type.Array(Sheet, { minItems: 1, maxItems: 12 }),
  state: Type.Unsafe<ScenarioState>(
    Type.Object({}, { additionalProperties: true, description: 'The shop at the start' }),
  ),
  fields: Type.Array(Field, { minItems: 1, maxItems: 60 }),
};

/** What a candidate sees of a scenario: no checks. */
export const CandidateScenario = Type.Object(candidateFields, closed);
export type CandidateScenario = Static<typeof CandidateScenario>;

/** A scenario file: exam-templates/scenarios/<level>-*.json. */
export const Scenario = Type.Object(
  {
    id: Type.String({ pattern: '^(junior|intermediate|senior)-[a-z0-9-]{2,40}$' }),
    level: Level,
    version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    ...candidateFields,
    checks: Type.Array(Check, { minItems: 1, maxItems: 60 }),
  },
  closed,
);
export type Scenario = Static<typeof Scenario>;

/** One step of the operation log, which is a candidate's answer to a scenario. More kinds of `op` may join. */
export const ScenarioOperation = Type.Union([
  Type.Object({ op: Type.Literal('set'), path: Path, value: ScenarioValue }, closed),
]);
export type ScenarioOperation = Static<typeof ScenarioOperation>;

/** The whole log: at most this many steps. */
export const ScenarioOperations = Type.Array(ScenarioOperation, { maxItems: 2000 });
