import { sha256 } from '../platform/audit/audit.service.ts';
import { actorName, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Level } from '../shared/levels.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import type { ImportReport, ScenarioView } from './bank.contract.ts';
import { versionId } from './item.model.ts';
import { maySeeKeys } from './items.service.ts';
import type { CandidateScenario, Check, Scenario } from './scenario.contract.ts';
import { judgeScenarioFile, splitScenario } from './scenario-file.ts';
import { ScenarioKeyModel, ScenarioModel, type ScenarioRecord } from './scenario.model.ts';

/** Imports a computer skill task; the same file again changes nothing. @throws AppError bank.scenario-refused, bank.scenario-version-taken */
export async function importScenario(
  ctx: Ctx,
  actor: Actor,
  raw: unknown,
  options: { dryRun?: boolean | undefined; file?: string | undefined } = {},
): Promise<ImportReport> {
  const { dryRun = false, file = `${String((raw as { id?: unknown } | null)?.id ?? '?')}.json` } = options;
  const issues = judgeScenarioFile(raw, file);
  const report = { file, dryRun, items: 1, imported: 0, updated: 0, unchanged: 0, refused: 0, issues };
  if (issues.length > 0) {
    if (!dryRun) throw new AppError('bank.scenario-refused', { params: { file }, issues });
    return { ...report, refused: 1 };
  }
  const outcome = await saveScenario(ctx, actor, raw as Scenario, dryRun);
  return { ...report, [outcome]: 1 };
}

async function saveScenario(
  ctx: Ctx,
  actor: Actor,
  scenario: Scenario,
  dryRun: boolean,
): Promise<'imported' | 'updated' | 'unchanged'> {
  const { id, version } = scenario;
  const digest = sha256(canonicalJson(scenario));
  return ctx.transact(async (session) => {
    const known = await ScenarioModel.find({ scenarioId: id }).session(session).lean();
    const same = known.find((record) => record.version === version);
    if (same?.digest === digest) return 'unchanged';
    if (same !== undefined)
      throw new AppError('bank.scenario-version-taken', { field: '/version', params: { id, version } });
    const outcome = known.length === 0 ? 'imported' : 'updated';
    if (dryRun) return outcome;
    const newest = known.every((record) => record.version < version);
    if (newest) await ScenarioModel.updateMany({ scenarioId: id }, { $set: { current: false } }, { session });
    await ScenarioModel.create([recordOf(ctx, actor, scenario, digest, newest)], { session });
    await ScenarioKeyModel.create(
      [{ _id: versionId(id, version), scenarioId: id, version, checks: scenario.checks }],
      { session },
    );
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'bank.scenario.import',
        subject: `scenario:${versionId(id, version)}`,
        facts: { digest },
      },
      session,
    );
    return outcome;
  });
}

function recordOf(
  ctx: Ctx,
  actor: Actor,
  scenario: Scenario,
  digest: string,
  current: boolean,
): ScenarioRecord {
  const { id, version, level, title, minutes, checks } = scenario;
  return {
    _id: versionId(id, version),
    scenarioId: id,
    version,
    level,
    title,
    minutes,
    points: checks.reduce((sum, check) => sum + check.points, 0),
    scenario: splitScenario(scenario).candidate,
    digest,
    current,
    by: actorName(actor),
    at: ctx.clock.now(),
  };
}

/** Scenarios by id, the newest version of each. */
export async function listScenarios({
  level,
  offset = 0,
  limit = 50,
}: PageQuery & { level?: Level | undefined }): Promise<Page<ScenarioView>> {
  const filter = { current: true, ...(level === undefined ? {} : { level }) };
  const [records, total] = await Promise.all([
    ScenarioModel.find(filter, { scenario: 0 }).sort({ scenarioId: 1 }).skip(offset).limit(limit).lean(),
    ScenarioModel.countDocuments(filter),
  ]);
  return { items: records.map(viewScenario), total, offset, limit };
}

/** One scenario, newest version; with its checks for item authors and reviewers. @throws AppError platform.not-found */
export async function showScenario(
  actor: Actor,
  scenarioId: string,
): Promise<ScenarioView & { scenario: CandidateScenario; checks?: Check[] }> {
  const [record] = await selectScenarios([scenarioId]);
  if (record === undefined) throw new AppError('platform.not-found');
  const shown = { ...viewScenario(record), scenario: record.scenario };
  if (!maySeeKeys(actor)) return shown;
  const checks = await unsafeLoadScenarioChecks([{ scenarioId, version: record.version }]);
  return { ...shown, checks: checks.get(scenarioId) ?? [] };
}

/** The newest versions of these scenarios, in the order asked for; unknown ones are left out. */
export async function selectScenarios(ids: readonly string[]): Promise<ScenarioRecord[]> {
  const records = await ScenarioModel.find({ scenarioId: { $in: [...ids] }, current: true }).lean<
    ScenarioRecord[]
  >();
  return ids.flatMap((id) => records.find((record) => record.scenarioId === id) ?? []);
}

/** HAZARD: the checks of these scenarios, by id. Called by assembly, to freeze the keys of a form, and above for authors. */
export async function unsafeLoadScenarioChecks(
  refs: readonly { scenarioId: string; version: number }[],
): Promise<ReadonlyMap<string, Check[]>> {
  const records = await ScenarioKeyModel.find({
    _id: { $in: refs.map((ref) => versionId(ref.scenarioId, ref.version)) },
  }).lean();
  return new Map(records.map((record) => [record.scenarioId, record.checks]));
}

function viewScenario({
  scenarioId,
  version,
  level,
  title,
  minutes,
  points,
}: Omit<ScenarioRecord, 'scenario'>): ScenarioView {
  return { id: scenarioId, version, level, title, minutes, points };
}
