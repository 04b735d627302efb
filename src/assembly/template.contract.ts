import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { ItemType } from '../bank/item.contract.ts';
import { Level } from '../shared/levels.ts';
import { Text } from '../shared/text.ts';

const closed = { additionalProperties: false } as const;
const Name = Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' });
const Minutes = Type.Integer({ minimum: 1, maximum: 600 });
const Count = Type.Integer({ minimum: 0, maximum: 500 });

/** How an answer that is right in part is scored (multiple, ordering, matching); marking/scoring.rules.ts. */
export const PartialCredit = Type.Union([Type.Literal('none'), Type.Literal('proportional')]);
export type PartialCredit = Static<typeof PartialCredit>;

/** How the scores of several judges become one; marking/aggregate.rules.ts. */
export const Aggregation = Type.Union([
  Type.Literal('mean'),
  Type.Literal('median'),
  Type.Literal('trimmed-mean'),
]);
export type Aggregation = Static<typeof Aggregation>;

/** Staffing of a room (clause 11.2): may be stricter than the guide, never looser. */
export const Staffing = Type.Object(
  {
    candidatesPerStaff: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    minimum: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  },
  closed,
);
export type Staffing = Static<typeof Staffing>;

/** From least to most, both included. */
export const Range = Type.Object({ min: Count, max: Count }, closed);
export type Range = Static<typeof Range>;

const common = {
  code: Name,
  version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  level: Level,
  title: Text,
  /** Minutes of the test: 90 or more, a review 15 or more (clause 11.3). */
  minutes: Minutes,
  /** Points out of 100 that pass. */
  passMark: Type.Integer({ minimum: 0, maximum: 100 }),
};

/** What the rooms of a theory or skill test need to know. */
const inRooms = {
  /** Minutes after the start until which a late candidate is let in. */
  lateEntryMinutes: Type.Integer({ minimum: 0, maximum: 60 }),
  /** Minutes after the start from which a candidate may hand in. */
  earliestHandInMinutes: Type.Integer({ minimum: 0, maximum: 600 }),
  /** Minutes before the end at which candidates are told, falling. */
  warnings: Type.Array(Minutes, { maxItems: 6, uniqueItems: true }),
  /**
   * Minutes after the start by which everybody must be done, extra time included (the rooms are needed, the day ends). It
   * ends nobody's time: a sitting in which somebody needs longer is not published.
   */
  longestMinutes: Type.Optional(Minutes),
  /** Whether the page offers a calculator. */
  calculator: Type.Boolean(),
  /** Seconds that a breach of staffing may last before the room is held, and an answer may arrive late. */
  graceSeconds: Type.Integer({ minimum: 0, maximum: 600 }),
  /** Whether the clocks of a held room pause (credited in the time ledger) or run on. */
  holdClocks: Type.Union([Type.Literal('pause'), Type.Literal('run')]),
  staffing: Type.Optional(Staffing),
  partialCredit: PartialCredit,
  /** Parallel forms that assembly makes by default. */
  forms: Type.Integer({ minimum: 1, maximum: 10 }),
};

/** A part of a theory paper: so many items of these types, each worth the same. */
export const TheoryPart = Type.Object(
  {
    id: Name,
    title: Text,
    types: Type.Array(ItemType, { minItems: 1, uniqueItems: true }),
    count: Type.Integer({ minimum: 1, maximum: 200 }),
    pointsEach: Type.Integer({ minimum: 1, maximum: 50 }),
  },
  closed,
);
export type TheoryPart = Static<typeof TheoryPart>;

/** How many items of each function, content or difficulty a form has. */
export const Quotas = Type.Object(
  {
    byFunction: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Z][0-9]+$' }), Range, { additionalProperties: false }),
    ),
    byContent: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Z][0-9]+\\.[0-9]+$' }), Range, { additionalProperties: false }),
    ),
    byDifficulty: Type.Optional(
      Type.Object(
        { easy: Type.Optional(Range), medium: Type.Optional(Range), hard: Type.Optional(Range) },
        closed,
      ),
    ),
  },
  closed,
);
export type Quotas = Static<typeof Quotas>;

export const TheoryTemplate = Type.Object(
  {
    kind: Type.Literal('theory'),
    ...common,
    ...inRooms,
    parts: Type.Array(TheoryPart, { minItems: 1, maxItems: 20 }),
    quotas: Quotas,
    overlap: Type.Object({ maxBetweenForms: Count }, closed),
  },
  closed,
);
export type TheoryTemplate = Static<typeof TheoryTemplate>;

/** One criterion of a score sheet, with what each grade of performance looks like. */
export const Criterion = Type.Object(
  {
    id: Name,
    title: Text,
    points: Type.Integer({ minimum: 1, maximum: 100 }),
    descriptors: Type.Array(
      Type.Object(
        {
          from: Type.Integer({ minimum: 0, maximum: 100 }),
          to: Type.Integer({ minimum: 0, maximum: 100 }),
          text: Text,
        },
        closed,
      ),
      { minItems: 2, maxItems: 6, description: 'Points from–to and what earns them, highest first' },
    ),
  },
  closed,
);
export type Criterion = Static<typeof Criterion>;

/** Who judges and how their scores become one. */
const judges = {
  /** Judges of one performance: odd, three or more (clause 11.2). */
  members: Type.Integer({ minimum: 0, maximum: 99 }),
  aggregation: Aggregation,
  /** Points between the highest and the lowest total above which the score is adjudicated. */
  spreadLimit: Type.Integer({ minimum: 0, maximum: 100 }),
};
export const Judges = Type.Object(judges, closed);
export type Judges = Static<typeof Judges>;

export const ComputerPart = Type.Object(
  {
    kind: Type.Literal('computer'),
    id: Name,
    title: Text,
    points: Type.Integer({ minimum: 1, maximum: 100 }),
    scenarios: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9-]{0,59}$' }), {
      minItems: 1,
      maxItems: 10,
      uniqueItems: true,
    }),
  },
  closed,
);
export const OnSitePart = Type.Object(
  {
    kind: Type.Literal('on-site'),
    id: Name,
    title: Text,
    points: Type.Integer({ minimum: 1, maximum: 100 }),
    task: Text,
    criteria: Type.Array(Criterion, { minItems: 1, maxItems: 20 }),
  },
  closed,
);

export const SkillTemplate = Type.Object(
  {
    kind: Type.Literal('skill'),
    ...common,
    ...inRooms,
    parts: Type.Array(Type.Union([ComputerPart, OnSitePart]), { minItems: 1, maxItems: 10 }),
    examiners: Judges,
  },
  closed,
);
export type SkillTemplate = Static<typeof SkillTemplate>;

export const ReviewTemplate = Type.Object(
  {
    kind: Type.Literal('review'),
    ...common,
    panel: Judges,
    /** Minutes the candidate prepares before the defence. */
    preparationMinutes: Type.Integer({ minimum: 0, maximum: 240 }),
    /** Minutes the candidate speaks; the rest of the time is for questions. */
    statementMinutes: Type.Integer({ minimum: 0, maximum: 240 }),
    materials: Type.Array(
      Type.Object({ id: Name, title: Text, required: Type.Boolean(), note: Type.Optional(Text) }, closed),
      { minItems: 1, maxItems: 20 },
    ),
    criteria: Type.Array(Criterion, { minItems: 1, maxItems: 20 }),
  },
  closed,
);
export type ReviewTemplate = Static<typeof ReviewTemplate>;

export const TEMPLATE_KINDS = ['theory', 'skill', 'review'] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** The schema of each kind: a template is checked against the one its `kind` names. */
export const TEMPLATE_SCHEMAS: Record<TemplateKind, TSchema> = {
  theory: TheoryTemplate,
  skill: SkillTemplate,
  review: ReviewTemplate,
};

/** A blueprint (双向细目表): exam-templates/*.json. */
export const Template = Type.Union([TheoryTemplate, SkillTemplate, ReviewTemplate]);
export type Template = Static<typeof Template>;
