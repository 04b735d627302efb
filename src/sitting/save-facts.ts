import type { Attempt } from './attempt.model.ts';
import { AttemptModel } from './attempt.model.ts';
import { RoomModel, type Room } from './room.model.ts';
import { SittingModel, type Sitting } from './sitting.model.ts';

/** What decides about saves, of an attempt, its room and its sitting. */
export type SavingAttempt = Pick<
  Attempt,
  '_id' | 'state' | 'writer' | 'deadline' | 'pausedAt' | 'roomId' | 'sittingId'
>;
export type SavingRoom = Pick<Room, '_id' | 'state' | 'heldAt' | 'holds' | 'startedAt'>;
export type SavingSitting = Pick<Sitting, '_id' | 'terms'>;

/** The same of all jobs of one batch, read in one go. */
export interface SaveFacts {
  attempts: ReadonlyMap<string, SavingAttempt>;
  rooms: ReadonlyMap<string, SavingRoom>;
  sittings: ReadonlyMap<string, SavingSitting>;
}

const ATTEMPT = { state: 1, writer: 1, deadline: 1, pausedAt: 1, roomId: 1, sittingId: 1 } as const;
const ROOM = { state: 1, heldAt: 1, holds: 1, startedAt: 1 } as const;

const byId = <T extends { _id: string }>(list: readonly T[]): Map<string, T> =>
  new Map(list.map((one) => [one._id, one]));

/** Reads these fields of these documents by the driver itself: Mongoose adds a third to what a batch costs. */
function read<T>(
  model: typeof AttemptModel | typeof RoomModel,
  ids: readonly string[],
  projection: Readonly<Record<keyof Omit<T, '_id'>, 1>>,
): Promise<T[]> {
  const options = { projection, batchSize: ids.length + 1 };
  return model.collection.find<T & object>({ _id: { $in: ids as never } }, options).toArray();
}

/** Terms by sitting: they are copied from the template when it is planned and never change after. */
const sittings = new Map<string, SavingSitting>();

async function readSittings(ids: readonly string[]): Promise<Map<string, SavingSitting>> {
  const unknown = ids.filter((id) => !sittings.has(id));
  if (unknown.length > 0) {
    if (sittings.size >= 100) sittings.clear();
    const found = await SittingModel.find({ _id: { $in: ids } }, { terms: 1 }).lean();
    for (const sitting of found) sittings.set(sitting._id, sitting);
  }
  return byId(ids.flatMap((id) => sittings.get(id) ?? []));
}

/** What decides about saves of these attempts, as it is stored now. */
export async function readSaveFacts(attemptIds: readonly string[]): Promise<SaveFacts> {
  const attempts = await read<SavingAttempt>(AttemptModel, [...new Set(attemptIds)], ATTEMPT);
  const [rooms, known] = await Promise.all([
    read<SavingRoom>(RoomModel, [...new Set(attempts.map(({ roomId }) => roomId))], ROOM),
    readSittings([...new Set(attempts.map(({ sittingId }) => sittingId))]),
  ]);
  return { attempts: byId(attempts), rooms: byId(rooms), sittings: known };
}
