import type { ClientSession } from 'mongoose';
import { sha256 } from '../platform/audit/audit.service.ts';
import { actorName, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { AppError } from '../shared/errors/index.ts';
import { fileNameOf, issueOf, judgeBankFile } from './bank-file.ts';
import type { ImportIssue, ImportReport } from './bank.contract.ts';
import type { BankFile, BankItem, ItemBody, ItemKey } from './item.contract.ts';
import {
  ItemKeyModel,
  ItemModel,
  ItemVersionModel,
  versionId,
  type Item,
  type ItemKeyRecord,
  type ItemVersion,
} from './item.model.ts';

/** What an import would do to one item. */
interface Change {
  item: BankItem;
  digest: string;
  /** The version to be written; undefined when nothing changes. */
  version: number | undefined;
}

/** Roles that may bring items in already approved: they answer for the review that the file says it has had. */
const APPROVERS = ['item-reviewer', 'exam-officer'] as const;

/**
 * Imports a bank file: new items, new versions of changed ones; unchanged ones are left alone, with their state.
 * Nothing is imported when any item is refused. With `dryRun` it only reports.
 * @throws AppError bank.import-refused with every issue of every item
 */
export async function importBankFile(
  ctx: Ctx,
  actor: Actor,
  raw: unknown,
  options: { dryRun?: boolean | undefined; file?: string | undefined } = {},
): Promise<ImportReport> {
  const { dryRun = false, file = fileNameOf(raw) } = options;
  const verdict = judgeBankFile(raw, file);
  const issues = [...verdict.issues, ...approvalIssues(raw, file, actor)];
  if (verdict.parsed !== undefined) issues.push(...(await takenIds(verdict.parsed, file)));
  if (issues.length > 0 || verdict.parsed === undefined) {
    return refuse({ file, dryRun, items: verdict.items, issues });
  }
  const bank = verdict.parsed;
  if (dryRun) return reportOf(file, true, await changesOf(bank));
  return ctx.transact(async (session) => {
    const changes = await changesOf(bank, session);
    await write(ctx, actor, bank, changes, session);
    const report = reportOf(file, false, changes);
    const facts = { imported: report.imported, updated: report.updated, unchanged: report.unchanged };
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'bank.items.import',
        subject: `bank:${bank.level}/${bank.function}`,
        facts,
      },
      session,
    );
    return report;
  });
}

function refuse({
  file,
  dryRun,
  items,
  issues,
}: {
  file: string;
  dryRun: boolean;
  items: number;
  issues: ImportIssue[];
}): ImportReport {
  // An issue of the head refuses the file, not a number of items.
  const places = new Set(issues.map((issue) => /^\/items\/\d+/.exec(issue.path)?.[0]));
  const refused = [...places].filter((place) => place !== undefined).length || items;
  if (!dryRun) throw new AppError('bank.import-refused', { params: { file, items, refused }, issues });
  return { file, dryRun, items, imported: 0, updated: 0, unchanged: 0, refused, issues };
}

function approvalIssues(raw: unknown, file: string, actor: Actor): ImportIssue[] {
  if (actor.roles.some((role) => (APPROVERS as readonly string[]).includes(role))) return [];
  const items = (raw as { items?: unknown } | null)?.items;
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: { status?: unknown; id?: unknown } | null, index) =>
    item?.status === 'approved'
      ? [issueOf(file, `/items/${index}/status`, 'bank.approved-import', {}, String(item.id))]
      : [],
  );
}

/** Ids that already belong to another function or level. */
async function takenIds(bank: BankFile, file: string): Promise<ImportIssue[]> {
  const known = await ItemModel.find(
    { _id: { $in: bank.items.map((item) => item.id) } },
    { level: 1, function: 1 },
  ).lean();
  return known
    .filter((item) => item.level !== bank.level || item.function !== bank.function)
    .map((item) => {
      const index = bank.items.findIndex((entry) => entry.id === item._id);
      return issueOf(
        file,
        `/items/${index}/id`,
        'bank.id-taken',
        { id: item._id, level: item.level, function: item.function },
        item._id,
      );
    });
}

/** The digest of an item and its key; its state is not part of it. */
function digestOf({ status: _status, ...item }: BankItem): string {
  return sha256(canonicalJson(item));
}

async function changesOf(bank: BankFile, session: ClientSession | null = null): Promise<Change[]> {
  const ids = bank.items.map((item) => item.id);
  const known = await ItemModel.find({ _id: { $in: ids } }, { version: 1, digest: 1 })
    .session(session)
    .lean();
  const heads = new Map(known.map((item) => [item._id, item]));
  return bank.items.map((item) => {
    const digest = digestOf(item);
    const head = heads.get(item.id);
    return { item, digest, version: head?.digest === digest ? undefined : (head?.version ?? 0) + 1 };
  });
}

function reportOf(file: string, dryRun: boolean, changes: readonly Change[]): ImportReport {
  const count = (fits: (version: number | undefined) => boolean): number =>
    changes.filter((change) => fits(change.version)).length;
  return {
    file,
    dryRun,
    items: changes.length,
    imported: count((version) => version === 1),
    updated: count((version) => version !== undefined && version > 1),
    unchanged: count((version) => version === undefined),
    refused: 0,
    issues: [],
  };
}

async function write(
  ctx: Ctx,
  actor: Actor,
  bank: BankFile,
  changes: readonly Change[],
  session: ClientSession,
): Promise<void> {
  const heads: Item[] = [];
  const versions: ItemVersion[] = [];
  const keys: ItemKeyRecord[] = [];
  for (const { item, digest, version } of changes) {
    if (version === undefined) continue;
    heads.push(headOf(ctx, actor, bank, item, version, digest));
    versions.push(versionOf(ctx, actor, item, version, digest));
    keys.push(keyRecordOf(item, version));
  }
  if (heads.length === 0) return;
  await ItemModel.bulkWrite(
    heads.map((head) => ({ replaceOne: { filter: { _id: head._id }, replacement: head, upsert: true } })),
    { session },
  );
  await ItemVersionModel.insertMany(versions, { session });
  await ItemKeyModel.insertMany(keys, { session });
}

function headOf(
  ctx: Ctx,
  actor: Actor,
  bank: BankFile,
  item: BankItem,
  version: number,
  digest: string,
): Item {
  const by = actorName(actor);
  return {
    _id: item.id,
    version,
    level: bank.level,
    function: bank.function,
    content: item.content,
    about: item.about,
    type: item.type,
    difficulty: item.difficulty,
    points: item.points,
    status: item.status,
    body: bodyOf(item),
    enemies: item.enemies ?? [],
    digest,
    ...(item.status === 'approved' ? { approvedBy: by } : { authorId: by }),
    updatedAt: ctx.clock.now(),
  };
}

function versionOf(ctx: Ctx, actor: Actor, item: BankItem, version: number, digest: string): ItemVersion {
  return {
    _id: versionId(item.id, version),
    itemId: item.id,
    version,
    content: item.content,
    difficulty: item.difficulty,
    body: bodyOf(item),
    digest,
    by: actorName(actor),
    at: ctx.clock.now(),
  };
}

function keyRecordOf(item: BankItem, version: number): ItemKeyRecord {
  return {
    _id: versionId(item.id, version),
    itemId: item.id,
    version,
    key: { type: item.type, key: item.key } as ItemKey,
    tests: item.tests,
    rationale: item.rationale,
    whyNot: 'whyNot' in item ? item.whyNot : {},
  };
}

/** What candidates see of an item: the named fields and no others, so that a new secret field stays behind by itself. */
export function bodyOf(item: BankItem): ItemBody {
  switch (item.type) {
    case 'single':
    case 'multiple':
    case 'ordering':
      return { type: item.type, stem: item.stem, options: item.options };
    case 'true-false':
      return { type: item.type, stem: item.stem };
    case 'numeric':
      return { type: item.type, stem: item.stem, unit: item.unit };
    case 'matching':
      return { type: item.type, stem: item.stem, prompts: item.prompts, options: item.options };
  }
}
