import type { QueryFilter } from 'mongoose';
import type { StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import { AttemptModel } from '../sitting/attempt.model.ts';
import { DECIDABLE_STATES } from '../sitting/late-answers.rules.ts';
import { RoomModel, type Room } from '../sitting/room.model.ts';
import { SittingModel, type Sitting } from '../sitting/sitting.model.ts';
import { dutyIn } from './access.ts';
import { countSeats } from './counts.rules.ts';
import { IncidentModel } from './incident.model.ts';
import type { RoomCounts, RoomRow } from './proctoring.views.contract.ts';
import { judgeRoom } from './staffing.service.ts';

const HOUR = 3_600_000;

/** The rooms a person is on the roster of, of sittings from 12 hours ago to 24 hours ahead. */
export async function myRooms(ctx: Ctx, actor: StaffActor, query: PageQuery): Promise<Page<RoomRow>> {
  const now = ctx.clock.now();
  const sittings = await SittingModel.find({
    state: { $ne: 'draft' },
    startsAt: { $gte: now - 12 * HOUR, $lte: now + 24 * HOUR },
  }).lean();
  const filter = { 'staff.accountId': actor.accountId };
  return pageOfRooms(sittings, filter, query, (room) => dutyIn(room, actor.accountId));
}

/**
 * All rooms of sittings that are published and not yet collected, those in trouble first; and rooms where late answers wait
 * for a decision, also after the collection.
 */
export async function dutyRooms(query: PageQuery & { trouble?: boolean }): Promise<Page<RoomRow>> {
  const sittings = await SittingModel.find({
    state: { $in: ['published', 'admitting', 'running', 'collected'] },
  }).lean();
  const ids = sittings.map(({ _id }) => _id);
  const late = await AttemptModel.distinct('roomId', {
    sittingId: { $in: ids },
    state: { $in: DECIDABLE_STATES },
    'late.items': { $gt: 0 },
    'late.decision': { $exists: false },
  });
  const open = sittings.filter(({ state }) => state !== 'collected').map(({ _id }) => _id);
  const filter: QueryFilter<Room> =
    query.trouble === true
      ? { $or: [{ breachSince: { $gt: 0 } }, { state: 'held' }, { _id: { $in: late } }] }
      : { $or: [{ sittingId: { $in: open } }, { _id: { $in: late } }] };
  return pageOfRooms(sittings, filter, query, () => undefined);
}

async function pageOfRooms(
  sittings: readonly Sitting[],
  filter: QueryFilter<Room>,
  { offset = 0, limit = 50, q }: PageQuery,
  dutyOf: (room: Room) => RoomRow['duty'],
): Promise<Page<RoomRow>> {
  const where: QueryFilter<Room> = {
    ...filter,
    sittingId: { $in: sittings.map(({ _id }) => _id) },
    ...(q === undefined ? {} : { code: { $gte: q, $lt: `${q}\uffff` } }),
  };
  const [rooms, total] = await Promise.all([
    // A room in breach has a time there, and comes before those that have none.
    RoomModel.find(where).sort({ breachSince: -1, code: 1, _id: 1 }).skip(offset).limit(limit).lean(),
    RoomModel.countDocuments(where),
  ]);
  const byId = new Map(sittings.map((sitting) => [sitting._id, sitting]));
  const counts = await countRooms(rooms.map(({ _id }) => _id));
  const items: RoomRow[] = [];
  for (const room of rooms) {
    const sitting = byId.get(room.sittingId);
    if (sitting === undefined) continue;
    items.push(await viewRow(room, sitting, counts(room._id), dutyOf(room)));
  }
  return { items, total, offset, limit };
}

async function viewRow(
  room: Room,
  sitting: Sitting,
  counts: RoomCounts,
  duty: RoomRow['duty'],
): Promise<RoomRow> {
  const { verdict } = await judgeRoom(room, sitting);
  return {
    roomId: room._id,
    code: room.code,
    name: room.name,
    sittingId: sitting._id,
    part: sitting.part,
    level: sitting.level,
    title: sitting.title,
    startsAt: sitting.startsAt,
    minutes: sitting.minutes,
    state: room.state,
    ...(room.startedAt === undefined ? {} : { startedAt: room.startedAt }),
    ...(duty === undefined ? {} : { duty }),
    verdict,
    ...(room.breachSince === undefined ? {} : { breachSince: room.breachSince }),
    counts,
  };
}

/** Heads of several rooms, in two reads. */
async function countRooms(roomIds: readonly string[]): Promise<(roomId: string) => RoomCounts> {
  const [attempts, incidents] = await Promise.all([
    AttemptModel.find(
      { roomId: { $in: [...roomIds] } },
      { roomId: 1, state: 1, arrivedAt: 1, line: 1, hand: 1, late: 1 },
    ).lean(),
    IncidentModel.find({ roomId: { $in: [...roomIds] }, decidedAt: null }, { roomId: 1 }).lean(),
  ]);
  return (roomId) =>
    countSeats(
      attempts
        .filter((attempt) => attempt.roomId === roomId)
        .map(({ state, arrivedAt, line, hand, late }) => ({
          state,
          arrived: arrivedAt !== undefined,
          connected: line.connected,
          handRaised: hand !== undefined,
          late,
        })),
      incidents.filter((incident) => incident.roomId === roomId).length,
    );
}
