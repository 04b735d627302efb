import { schemaFaults } from '../bank/schema-check.ts';
import { functionsOf } from '../bank/syllabus.ts';
import { sha256 } from '../platform/audit/audit.service.ts';
import { actorName, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { AppError, problemOf, type ErrorCode } from '../shared/errors/index.ts';
import type { Level } from '../shared/levels.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import type { TemplateDetail, TemplateIssue, TemplateReport, TemplateView } from './assembly.contract.ts';
import { TEMPLATE_KINDS, TEMPLATE_SCHEMAS, type Template, type TemplateKind } from './template.contract.ts';
import { TemplateModel, type TemplateRecord } from './template.model.ts';
import { judgeTemplate, type LevelCodes } from './template.rules.ts';

/** Function and content codes of a level. */
function codesOf(level: Level): LevelCodes {
  const functions = functionsOf(level);
  return {
    functions: functions.map((fn) => fn.code),
    contents: functions.flatMap((fn) => fn.contents.map((content) => content.code)),
  };
}

function issueOf(path: string, code: ErrorCode, params: Record<string, string | number>): TemplateIssue {
  const { zh, en, clause } = problemOf(code, { params });
  return { path, code, zh, en, message: en, ...(clause === undefined ? {} : { clause }) };
}

/** Every fault of a template file: its shape first, then the guide's floors and its own numbers. */
export function judgeTemplateFile(raw: unknown): TemplateIssue[] {
  const kind = (raw as { kind?: unknown } | null)?.kind;
  if (!TEMPLATE_KINDS.includes(kind as TemplateKind))
    return [issueOf('/kind', 'assembly.unknown-kind', { kind: String(kind) })];
  const shape = schemaFaults(TEMPLATE_SCHEMAS[kind as TemplateKind], raw);
  if (shape.length > 0)
    return shape.map(({ path, en, zh }) => issueOf(path, 'assembly.schema', { detail: en, detailZh: zh }));
  const template = raw as Template;
  return judgeTemplate(template, codesOf(template.level)).map((fault) =>
    issueOf(fault.path, fault.code, fault.params),
  );
}

/**
 * Imports a template as a version of its own; the same again changes nothing.
 * @throws AppError assembly.template-refused with every issue and its clause, assembly.template-version-taken
 */
export async function importTemplate(
  ctx: Ctx,
  actor: Actor,
  raw: unknown,
  options: { dryRun?: boolean | undefined } = {},
): Promise<TemplateReport> {
  const issues = judgeTemplateFile(raw);
  if (issues.length > 0) {
    const code = String((raw as { code?: unknown } | null)?.code);
    throw new AppError('assembly.template-refused', {
      field: issues[0]?.path ?? '/',
      params: { code, count: issues.length },
      issues,
    });
  }
  const template = raw as Template;
  const { code, version } = template;
  const source = canonicalJson(template);
  const digest = sha256(source);
  return ctx.transact(async (session) => {
    const known = await TemplateModel.find({ code }, { version: 1, digest: 1 }).session(session).lean();
    const same = known.find((record) => record.version === version);
    if (same?.digest === digest) return { code, version, outcome: 'unchanged' };
    if (same !== undefined)
      throw new AppError('assembly.template-version-taken', { field: '/version', params: { code, version } });
    if (options.dryRun === true) return { code, version, outcome: 'valid' };
    const current = known.every((record) => record.version < version);
    if (current) await TemplateModel.updateMany({ code }, { $set: { current: false } }, { session });
    await TemplateModel.create([recordOf(ctx, actor, template, { source, digest, current })], { session });
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'assembly.template.import',
        subject: `template:${code}@${version}`,
        facts: { digest },
      },
      session,
    );
    return { code, version, outcome: 'imported' };
  });
}

function recordOf(
  ctx: Ctx,
  actor: Actor,
  template: Template,
  { source, digest, current }: Pick<TemplateRecord, 'source' | 'digest' | 'current'>,
): TemplateRecord {
  const { code, version, kind, level, title, minutes } = template;
  const by = actorName(actor);
  return {
    _id: `${code}@${version}`,
    code,
    version,
    kind,
    level,
    title,
    minutes,
    source,
    digest,
    current,
    by,
    at: ctx.clock.now(),
  };
}

async function findTemplate(code: string, version?: number): Promise<TemplateRecord> {
  const record = await TemplateModel.findOne({
    code,
    ...(version === undefined ? { current: true } : { version }),
  }).lean<TemplateRecord>();
  if (record === null) throw new AppError('assembly.unknown-template', { params: { code } });
  return record;
}

/** A template: the newest version, or the one asked for. @throws AppError assembly.unknown-template */
export async function selectTemplate(code: string, version?: number): Promise<Template> {
  return JSON.parse((await findTemplate(code, version)).source) as Template;
}

/** A template with its versions, for the office. @throws AppError assembly.unknown-template */
export async function showTemplate(code: string): Promise<TemplateDetail> {
  const record = await findTemplate(code);
  const versions = await TemplateModel.find({ code }, { version: 1 }).sort({ version: -1 }).lean();
  return {
    ...viewTemplate(record),
    template: JSON.parse(record.source) as Template,
    versions: versions.map(({ version }) => version),
  };
}

/** The newest version of each template, by code. */
export async function listTemplates({
  level,
  kind,
  q,
  offset = 0,
  limit = 50,
}: PageQuery & { level?: Level | undefined; kind?: TemplateKind | undefined }): Promise<Page<TemplateView>> {
  const filter = {
    current: true,
    ...(level === undefined ? {} : { level }),
    ...(kind === undefined ? {} : { kind }),
    ...(q === undefined ? {} : { code: { $gte: q, $lt: `${q}\uffff` } }),
  };
  const [records, total] = await Promise.all([
    TemplateModel.find(filter, { source: 0 }).sort({ code: 1 }).skip(offset).limit(limit).lean(),
    TemplateModel.countDocuments(filter),
  ]);
  return { items: records.map(viewTemplate), total, offset, limit };
}

function viewTemplate({
  code,
  version,
  kind,
  level,
  title,
  minutes,
  digest,
  at,
}: Omit<TemplateRecord, 'source'>): TemplateView {
  return { code, version, kind, level, title, minutes, digest, at };
}
