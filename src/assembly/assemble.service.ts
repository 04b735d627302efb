import type { PoolItem } from '../bank/item.contract.ts';
import { itemBodies, itemsForAssembly, unsafeLoadItemKeys } from '../bank/items.service.ts';
import { selectScenarios, unsafeLoadScenarioChecks } from '../bank/scenarios.service.ts';
import { functionsOf } from '../bank/syllabus.ts';
import { actorName, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { AssemblyReport, Feasibility, QuotaIssue } from './assembly.contract.ts';
import { judgeConformance } from './conformance.rules.ts';
import { diagnose } from './diagnosis.rules.ts';
import { FormKeyModel, FormModel, type FormRecord } from './form.model.ts';
import { digestOf, viewForm } from './forms.service.ts';
import { freeze, type AssembledForm, type AssembledItem, type FrozenForm } from './freeze.rules.ts';
import { buildProgram, buildRelaxed, chosenItems, type AssemblyFacts } from './program.rules.ts';
import { solver } from './solver.ts';
import type { SkillTemplate, TheoryTemplate } from './template.contract.ts';
import { selectTemplate } from './templates.service.ts';

/** Seconds and nodes of branch and bound that one assembly may take. */
const LIMITS = { secondsLimit: 60, nodeLimit: 5000 };

/** What is asked of an assembly; without a seed a new one is drawn and recorded. */
export interface AssembleOptions {
  forms?: number | undefined;
  seed?: string | undefined;
  /** Stops the solver. */
  signal?: AbortSignal | undefined;
}

/** One paper chosen and joined with its keys, not yet frozen. */
interface Draft {
  assembled: AssembledForm;
  chosen: PoolItem[];
}
/** What the solver came to, beside the drafts. */
interface Drafts {
  drafts: Draft[];
  solverMs: number;
  proved: boolean;
}

/**
 * Makes parallel forms of a template from the approved bank and freezes them.
 * A skill test gives every candidate the same tasks, so it makes one form.
 * @throws AppError assembly.unknown-template, assembly.infeasible (issues: each quota with need and have),
 *   assembly.unknown-scenario, assembly.scenario-points, assembly.out-of-time, assembly.cancelled
 */
export async function assembleForms(
  ctx: Ctx,
  actor: Actor,
  code: string,
  options: AssembleOptions = {},
): Promise<AssemblyReport> {
  const template = await selectTemplate(code);
  if (template.kind === 'review') throw new AppError('assembly.no-forms-of-review');
  const seed = options.seed ?? ctx.random.seed();
  const { drafts, solverMs, proved } =
    template.kind === 'theory'
      ? await draftTheory(ctx, template, { ...options, seed })
      : await draftSkill(ctx, template);
  const batchId = ctx.random.id('batch');
  const frozen = drafts.map(({ assembled, chosen }) => ({ form: freeze(assembled), chosen }));
  const records = frozen.map(({ form, chosen }) => recordOf(ctx, actor, form, { chosen, batchId, seed }));
  const conformance = judgeConformance(template, records);
  // The solver's word is not enough: a form that does not fit its template is never stored.
  if (!conformance.ok)
    throw new Error(
      `assembly: the forms of ${code} do not conform: ${JSON.stringify(conformance.cells.filter(({ ok }) => !ok))}`,
    );
  await ctx.transact(async (session) => {
    await FormModel.insertMany(records, { session });
    await FormKeyModel.insertMany(
      frozen.map(({ form }) => ({ _id: form.paper.formId, keys: form.keys })),
      { session },
    );
    const facts = { seed, forms: records.map(({ _id, digest }) => ({ formId: _id, digest })) };
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'assembly.forms.make',
        subject: `template:${code}@${template.version}`,
        facts,
      },
      session,
    );
  });
  return { batchId, seed, solverMs, proved, forms: records.map(viewForm), conformance };
}

function recordOf(
  ctx: Ctx,
  actor: Actor,
  form: FrozenForm,
  { chosen, batchId, seed }: { chosen: PoolItem[]; batchId: string; seed: string },
): FormRecord {
  const { formId, templateCode, templateVersion, kind, level, label, title } = form.paper;
  return {
    _id: formId,
    templateCode,
    templateVersion,
    kind,
    level,
    label,
    title,
    batchId,
    seed,
    items: form.keys.length,
    chosen,
    paper: form.paper,
    digest: digestOf(form),
    by: actorName(actor),
    at: ctx.clock.now(),
  };
}

/** What every paper of a template begins with; forms are "A", "B" … */
function headOf(ctx: Ctx, template: TheoryTemplate | SkillTemplate, index: number): AssembledForm['head'] {
  const { code, version, kind, level, title, minutes, calculator, partialCredit } = template;
  const label = String.fromCharCode('A'.charCodeAt(0) + index);
  return {
    formId: ctx.random.id('form'),
    templateCode: code,
    templateVersion: version,
    kind,
    level,
    label,
    title,
    minutes,
    calculator,
    partialCredit,
  };
}

async function draftTheory(
  ctx: Ctx,
  template: TheoryTemplate,
  options: AssembleOptions & { seed: string },
): Promise<Drafts> {
  const pool = await itemsForAssembly(template.level);
  const facts: AssemblyFacts = { pool, template, forms: options.forms ?? template.forms, seed: options.seed };
  const solution = await solver.solve(buildProgram(facts), { ...LIMITS, signal: options.signal });
  switch (solution.outcome) {
    case 'cancelled':
      throw new AppError('assembly.cancelled');
    case 'out-of-time':
    case 'failed':
      throw new AppError('assembly.out-of-time', { params: { seconds: LIMITS.secondsLimit } });
    case 'infeasible': {
      const issues = await diagnoseFacts(facts, options.signal);
      const params = { code: template.code, pool: pool.length, forms: facts.forms, count: issues.length };
      throw new AppError('assembly.infeasible', { params, issues });
    }
    case 'best':
    case 'found': {
      const papers = chosenItems(facts, solution.values);
      const items = await joinKeys(papers.flat());
      const drafts = papers.map((chosen, index): Draft => ({
        chosen,
        assembled: { head: headOf(ctx, template, index), parts: partsOf(template, chosen, items) },
      }));
      return { drafts, solverMs: solution.ms, proved: solution.outcome === 'best' };
    }
  }
}

/** The least that must give way for the template to be filled, in words. */
async function diagnoseFacts(facts: AssemblyFacts, signal?: AbortSignal): Promise<QuotaIssue[]> {
  const relaxed = buildRelaxed(facts);
  const { values } = await solver.solve(relaxed.program, { ...LIMITS, signal });
  if (values.length === 0)
    throw new AppError('assembly.out-of-time', { params: { seconds: LIMITS.secondsLimit } });
  const functions = functionsOf(facts.template.level);
  const names = functions.flatMap((fn) => [
    [fn.code, fn.name] as const,
    ...fn.contents.map((content) => [content.code, content.name] as const),
  ]);
  return diagnose(facts.template, relaxed.shortfalls(values), new Map(names));
}

/** What is shown of these items, and their keys. */
async function joinKeys(
  chosen: readonly PoolItem[],
): Promise<ReadonlyMap<string, Omit<AssembledItem, 'points'>>> {
  const refs = [...new Map(chosen.map((item) => [item.itemId, item])).values()];
  const [bodies, keys] = await Promise.all([itemBodies(refs), unsafeLoadItemKeys(refs)]);
  const joined = refs.map(({ itemId, version }) => {
    const [body, key] = [bodies.get(itemId), keys.get(itemId)];
    if (body === undefined || key === undefined)
      throw new Error(`assembly: item ${itemId}@${version} has no ${body === undefined ? 'body' : 'key'}`);
    return [itemId, { itemId, version, body, key }] as const;
  });
  return new Map(joined);
}

function partsOf(
  template: TheoryTemplate,
  chosen: readonly PoolItem[],
  items: ReadonlyMap<string, Omit<AssembledItem, 'points'>>,
): AssembledForm['parts'] {
  return template.parts.map(({ id, title, types, count, pointsEach }) => ({
    kind: 'items',
    id,
    title,
    points: count * pointsEach,
    items: chosen
      .filter((item) => types.includes(item.type))
      .flatMap(({ itemId }) => {
        const item = items.get(itemId);
        return item === undefined ? [] : [{ ...item, points: pointsEach }];
      }),
  }));
}

async function draftSkill(ctx: Ctx, template: SkillTemplate): Promise<Drafts> {
  const parts: AssembledForm['parts'] = [];
  for (const part of template.parts) {
    if (part.kind === 'on-site') parts.push({ ...part, items: [] });
    else
      parts.push({
        kind: 'computer',
        id: part.id,
        title: part.title,
        points: part.points,
        items: await tasksOf(template, part.scenarios, part.points),
      });
  }
  return {
    drafts: [{ chosen: [], assembled: { head: headOf(ctx, template, 0), parts } }],
    solverMs: 0,
    proved: true,
  };
}

/** The computer tasks of a part, with their checks. */
async function tasksOf(
  template: SkillTemplate,
  ids: readonly string[],
  points: number,
): Promise<AssembledItem[]> {
  const records = await selectScenarios(ids);
  const missing = ids.find(
    (id) => !records.some((record) => record.scenarioId === id && record.level === template.level),
  );
  if (missing !== undefined)
    throw new AppError('assembly.unknown-scenario', { params: { scenario: missing, level: template.level } });
  const sum = records.reduce((total, record) => total + record.points, 0);
  if (sum !== points) throw new AppError('assembly.scenario-points', { params: { sum, points } });
  const checks = await unsafeLoadScenarioChecks(records);
  return records.map(({ scenarioId, version, points: own, scenario }) => ({
    itemId: scenarioId,
    version,
    points: own,
    body: { type: 'scenario', scenario },
    key: { type: 'scenario', checks: checks.get(scenarioId) ?? [] },
  }));
}

/** Whether the bank can fill a template now, and what is lacking. @throws AppError assembly.unknown-template, assembly.no-forms-of-review and as assembleForms for skill */
export async function judgeFeasibility(ctx: Ctx, code: string, wanted?: number): Promise<Feasibility> {
  const template = await selectTemplate(code);
  if (template.kind === 'review') throw new AppError('assembly.no-forms-of-review');
  if (template.kind === 'skill') {
    await draftSkill(ctx, template);
    return { feasible: true, forms: 1, pool: 0, issues: [] };
  }
  const facts: AssemblyFacts = {
    pool: await itemsForAssembly(template.level),
    template,
    forms: wanted ?? template.forms,
    seed: code,
  };
  const issues = await diagnoseFacts(facts);
  return { feasible: issues.length === 0, forms: facts.forms, pool: facts.pool.length, issues };
}
