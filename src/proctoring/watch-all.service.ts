import type { Ctx } from '../platform/context.ts';
import { RoomModel } from '../sitting/room.model.ts';
import { endStalePresences } from './presence.service.ts';
import { watchRoom } from './watch.service.ts';

/** One second's look at everything: presences whose lease has run out, then every room that is open or in breach. */
export async function watchAll(ctx: Ctx): Promise<void> {
  const touched = new Set(await endStalePresences(ctx));
  const open = await RoomModel.find(
    { $or: [{ state: { $in: ['admitting', 'running', 'held'] } }, { breachSince: { $gt: 0 } }] },
    { _id: 1 },
  ).lean();
  const rooms = new Set([...touched, ...open.map(({ _id }) => _id)]);
  for (const roomId of rooms) await watchRoom(ctx, roomId, touched.has(roomId));
}
