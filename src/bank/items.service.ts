import type { QueryFilter } from 'mongoose';
import { actorName, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Level } from '../shared/levels.ts';
import type { Page } from '../shared/paging.ts';
import type {
  Coverage,
  CoverageCell,
  ItemCommand,
  ItemDetail,
  ItemKeyView,
  ItemsQuery,
  ItemView,
} from './bank.contract.ts';
import type { ItemBody, ItemKey, PoolItem } from './item.contract.ts';
import { ItemKeyModel, ItemModel, ItemVersionModel, versionId, type Item } from './item.model.ts';
import { judgeMove } from './item.rules.ts';
import { loadSyllabus } from './syllabus.ts';

/** Items by id, without keys. `q` is looked for in ids and stems. */
export async function listItems(query: ItemsQuery): Promise<Page<ItemView>> {
  const { offset = 0, limit = 50, q, ...fields } = query;
  const filter: QueryFilter<Item> = { ...fields };
  if (q !== undefined && q.trim() !== '') {
    const pattern = new RegExp(q.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
    filter.$or = [{ _id: pattern }, { 'body.stem.zh': pattern }, { 'body.stem.en': pattern }];
  }
  const [items, total] = await Promise.all([
    ItemModel.find(filter).sort({ _id: 1 }).skip(offset).limit(limit).lean(),
    ItemModel.countDocuments(filter),
  ]);
  return { items: items.map(viewItem), total, offset, limit };
}

/** One item with its versions; with its key for item authors and reviewers. @throws AppError platform.not-found */
export async function selectItem(actor: Actor, itemId: string): Promise<ItemDetail> {
  const item = await ItemModel.findById(itemId).lean();
  if (item === null) throw new AppError('platform.not-found');
  const versions = await ItemVersionModel.find({ itemId }).sort({ version: -1 }).lean();
  return {
    ...viewItem(item),
    versions: versions.map(({ version, at, by, digest }) => ({ version, at, by, digest })),
    ...(maySeeKeys(actor) ? { secret: await secretOf(item) } : {}),
  };
}

/** Keys are the authors' and reviewers' business; exam officers read those of a form, and that is audited. */
export const maySeeKeys = (actor: Actor): boolean =>
  actor.roles.some((role) => role === 'item-author' || role === 'item-reviewer');

async function secretOf(item: Item): Promise<ItemKeyView> {
  const record = await ItemKeyModel.findById(versionId(item._id, item.version)).lean();
  if (record === null) throw new AppError('platform.not-found');
  const { key, tests, rationale, whyNot } = record;
  return { key, tests, rationale, whyNot };
}

/** Moves an item through its life. @throws AppError bank.wrong-state, bank.own-item, bank.not-your-command, platform.conflict */
export async function moveItem(
  ctx: Ctx,
  actor: Actor,
  itemId: string,
  { command, note }: { command: ItemCommand; note?: string | undefined },
): Promise<ItemView> {
  return ctx.transact(async (session) => {
    const item = await ItemModel.findById(itemId).session(session).lean();
    if (item === null) throw new AppError('platform.not-found');
    const verdict = judgeMove({
      state: item.status,
      command,
      roles: actor.roles,
      actorId: actorName(actor),
      authorId: item.authorId,
    });
    if (!verdict.ok) throw new AppError(verdict.code, { params: { state: item.status, command } });
    const moved = await ItemModel.findOneAndUpdate(
      { _id: itemId, status: item.status, version: item.version },
      {
        $set: {
          status: verdict.to,
          updatedAt: ctx.clock.now(),
          ...(command === 'approve' ? { approvedBy: actorName(actor) } : {}),
        },
      },
      { returnDocument: 'after', session },
    ).lean();
    if (moved === null) throw new AppError('platform.conflict');
    const facts = {
      version: item.version,
      from: item.status,
      to: verdict.to,
      ...(note === undefined ? {} : { note }),
    };
    await ctx.audit.append(
      { actor: actorName(actor), action: `bank.item.${command}`, subject: `item:${itemId}`, facts },
      session,
    );
    return viewItem(moved);
  });
}

/** How the bank covers the syllabus: counts by content, type and difficulty, and the contents with no approved item. */
export async function coverage(level?: Level): Promise<Coverage> {
  const rows = await ItemModel.aggregate<{
    _id: Omit<CoverageCell, 'items' | 'approved'>;
    items: number;
    approved: number;
  }>([
    ...(level === undefined ? [] : [{ $match: { level } }]),
    {
      $group: {
        _id: {
          level: '$level',
          function: '$function',
          content: '$content',
          type: '$type',
          difficulty: '$difficulty',
        },
        items: { $sum: 1 },
        approved: { $sum: { $cond: [{ $eq: ['$status', 'approved'] }, 1, 0] } },
      },
    },
  ]);
  const cells = rows
    .map(({ _id, items, approved }) => ({ ..._id, items, approved }))
    .sort((a, b) => (cellName(a) < cellName(b) ? -1 : 1));
  const covered = new Set(cells.filter((cell) => cell.approved > 0).map((cell) => cell.content));
  const wanted = loadSyllabus().levels.filter((entry) => level === undefined || entry.code === level);
  const contents = wanted.flatMap((entry) =>
    entry.functions.flatMap((fn) => fn.contents.map((content) => content.code)),
  );
  return { cells, uncovered: contents.filter((code) => !covered.has(code)) };
}

const cellName = (cell: CoverageCell): string => `${cell.content} ${cell.type} ${cell.difficulty}`;

/** The approved items of a level, by id: the pool that forms are made from. */
export async function itemsForAssembly(level: Level): Promise<PoolItem[]> {
  const items = await ItemModel.find({ level, status: 'approved' }, { body: 0 }).sort({ _id: 1 }).lean();
  return items.map(({ _id, version, type, function: fn, content, difficulty, enemies }) => ({
    itemId: _id,
    version,
    type,
    function: fn,
    content,
    difficulty,
    enemies,
  }));
}

/** What candidates see of these versions of items, by item id. */
export async function itemBodies(
  refs: readonly { itemId: string; version: number }[],
): Promise<ReadonlyMap<string, ItemBody>> {
  const records = await ItemVersionModel.find({
    _id: { $in: refs.map((ref) => versionId(ref.itemId, ref.version)) },
  }).lean();
  return new Map(records.map((record) => [record.itemId, record.body]));
}

/**
 * HAZARD: the keys of these versions of items, by item id. Called by assembly alone, to freeze the keys of a form;
 * marking reads the frozen ones.
 */
export async function unsafeLoadItemKeys(
  refs: readonly { itemId: string; version: number }[],
): Promise<ReadonlyMap<string, ItemKey>> {
  const records = await ItemKeyModel.find({
    _id: { $in: refs.map((ref) => versionId(ref.itemId, ref.version)) },
  }).lean();
  return new Map(records.map((record) => [record.itemId, record.key]));
}

function viewItem(item: Item): ItemView {
  const {
    _id,
    version,
    level,
    function: fn,
    content,
    about,
    difficulty,
    points,
    status,
    body,
    authorId,
    enemies,
    updatedAt,
  } = item;
  const author = authorId === undefined ? {} : { authorId };
  return {
    id: _id,
    version,
    level,
    function: fn,
    content,
    about,
    difficulty,
    points,
    status,
    body,
    ...author,
    enemies,
    updatedAt,
  };
}
