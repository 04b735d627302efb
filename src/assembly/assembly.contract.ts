import { Type, type Static } from '@sinclair/typebox';
import { namesOf } from '../bank/bank.contract.ts';
import { Level } from '../shared/levels.ts';
import { PageQuery } from '../shared/paging.ts';
import type { Text } from '../shared/text.ts';
import type { ErrorCode } from '../shared/errors/index.ts';
import {
  ReviewTemplate,
  SkillTemplate,
  TheoryTemplate,
  TEMPLATE_KINDS,
  type Template,
  type TemplateKind,
} from './template.contract.ts';

const closed = { additionalProperties: false } as const;
const Kind = Type.Union(TEMPLATE_KINDS.map((kind) => Type.Literal(kind)));

/** Body of POST /api/assembly/templates: the template file itself. */
export const TemplateBody = namesOf(TheoryTemplate, SkillTemplate, ReviewTemplate);
export const TemplateQuery = Type.Object({ dryRun: Type.Optional(Type.Boolean({ default: false })) }, closed);
export const TemplatesQuery = Type.Object(
  { ...PageQuery.properties, level: Type.Optional(Level), kind: Type.Optional(Kind) },
  closed,
);
export const CodeParams = Type.Object({ code: Type.String({ minLength: 1, maxLength: 60 }) }, closed);
export const FormParams = Type.Object({ formId: Type.String({ minLength: 1, maxLength: 60 }) }, closed);
export const FormsQuery = Type.Object(
  {
    ...PageQuery.properties,
    templateCode: Type.Optional(Type.String({ maxLength: 60 })),
    level: Type.Optional(Level),
  },
  closed,
);
const Forms = Type.Integer({ minimum: 1, maximum: 10 });

/** Body of POST …/forms: how many parallel forms (default: the template's) and the seed (default: a new one). */
export const AssembleBody = Type.Object(
  { forms: Type.Optional(Forms), seed: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9._-]{1,60}$' })) },
  closed,
);
export type AssembleBody = Static<typeof AssembleBody>;
export const FeasibilityQuery = Type.Object({ forms: Type.Optional(Forms) }, closed);

/** One fault of a template: where, why, and the clause it offends. */
export interface TemplateIssue {
  path: string;
  code: ErrorCode;
  clause?: string;
  zh: string;
  en: string;
  message: string;
}

/** Answer of a template import. */
export interface TemplateReport {
  code: string;
  version: number;
  outcome: 'imported' | 'unchanged' | 'valid';
}

/** A template in lists. */
export interface TemplateView {
  code: string;
  version: number;
  kind: TemplateKind;
  level: Level;
  title: Text;
  minutes: number;
  digest: string;
  at: number;
}
export interface TemplateDetail extends TemplateView {
  template: Template;
  versions: number[];
}

/** What a cell of the conformance report counts. */
export type CellKind =
  'part' | 'points' | 'function' | 'content' | 'difficulty' | 'overlap' | 'enemies' | 'scenario';

/** One line of the conformance report: what the template asks and what each form has. For `overlap`, `have` is by pair of forms. */
export interface ConformanceCell {
  kind: CellKind;
  /** Part id, function, content or difficulty; empty where there is one only. */
  code: string;
  min: number;
  max: number;
  have: number[];
  ok: boolean;
}

/** Template against forms, cell by cell, counted afresh from the frozen papers. */
export interface Conformance {
  ok: boolean;
  cells: ConformanceCell[];
  /** Greatest difference between two forms in items of one difficulty and of one function. */
  parallel: { difficulty: number; function: number };
}

/** One quota that cannot be met: how many a form (or all together) needs, how many it can have. */
export interface QuotaIssue {
  path: string;
  code: 'assembly.quota-short' | 'assembly.quota-over' | 'assembly.overlap-short';
  kind: CellKind;
  quota: string;
  need: number;
  have: number;
  zh: string;
  en: string;
  message: string;
}

/** Answer of GET …/feasibility. */
export interface Feasibility {
  feasible: boolean;
  forms: number;
  /** Approved items of the level in the bank. */
  pool: number;
  issues: QuotaIssue[];
}

/** A form in lists. */
export interface FormView {
  formId: string;
  templateCode: string;
  templateVersion: number;
  kind: 'theory' | 'skill';
  level: Level;
  label: string;
  title: Text;
  batchId: string;
  seed: string;
  digest: string;
  items: number;
  at: number;
}

/** Answer of POST …/forms. */
export interface AssemblyReport {
  batchId: string;
  seed: string;
  /** Milliseconds the solver took. */
  solverMs: number;
  /** Whether the solver proved that no more parallel forms exist (within its gap). */
  proved: boolean;
  forms: FormView[];
  conformance: Conformance;
}
