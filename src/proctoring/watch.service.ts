import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { RoomModel } from '../sitting/room.model.ts';
import { announceRoom, moveRoom } from '../sitting/rooms.service.ts';
import { loadStaffing, logStaffing, publishStaffing, type RoomStaffing } from './staffing.service.ts';
import { judgeWatch } from './watch.rules.ts';

/**
 * Looks at one room's staffing and does what follows: raises the alarm, holds the room, clears the alarm. Safe to call by
 * many at once: each effect depends on the presence version that was judged, and what loses comes again in a second.
 * Consoles are told when there is something to tell, and always when `changed`: somebody has come or gone.
 */
export async function watchRoom(ctx: Ctx, roomId: string, changed: boolean): Promise<void> {
  const staffing = await loadStaffing(roomId);
  const { room, sitting, verdict } = staffing;
  const watch = judgeWatch({
    room: room.state,
    ok: verdict.ok,
    breachSince: room.breachSince,
    now: ctx.clock.now(),
    graceMs: sitting.terms.graceSeconds * 1000,
  });
  if (watch === 'breach-begins') await markBreach(ctx, staffing, true);
  if (watch === 'breach-ends') await markBreach(ctx, staffing, false);
  if (watch === 'hold') await holdForStaffing(ctx, staffing);
  if (watch === 'nothing' && !changed) return;
  // A breach that goes on is told each second: a console that lost the first message has the next.
  const settled = watch === 'nothing' || watch === 'breach-goes-on';
  publishStaffing(ctx, settled ? staffing : await loadStaffing(roomId));
}

/** Begins or ends a breach, unless somebody has come or gone since it was judged. */
async function markBreach(ctx: Ctx, staffing: RoomStaffing, begins: boolean): Promise<void> {
  const { _id, presenceVersion } = staffing.room;
  const now = ctx.clock.now();
  await ctx.transact(async (session) => {
    const marked = await RoomModel.updateOne(
      { _id, presenceVersion, breachSince: begins ? null : { $ne: null } },
      begins ? { $set: { breachSince: now } } : { $unset: { breachSince: 1 } },
      { session },
    );
    if (marked.modifiedCount === 0) return;
    const change = begins ? 'breach' : 'restored';
    await logStaffing(ctx, staffing, { change, at: now }, session);
    const { needed, present, candidates } = staffing.verdict;
    await ctx.audit.append(
      {
        actor: 'system',
        action: `proctoring.staffing.${change}`,
        subject: `room:${_id}`,
        facts: { needed, present, candidates },
      },
      session,
    );
  });
}

/** Holds a room whose grace has run out. */
async function holdForStaffing(ctx: Ctx, staffing: RoomStaffing): Promise<void> {
  const { verdict, room } = staffing;
  if (verdict.ok) return;
  try {
    const held = await ctx.transact(async (session) => {
      const where = { presenceVersion: room.presenceVersion };
      const move = { roomId: room._id, command: 'hold', by: 'system', reason: verdict.code, where } as const;
      const moved = await moveRoom(ctx, move, session);
      await logStaffing(ctx, staffing, { change: 'held', at: ctx.clock.now() }, session);
      return moved;
    });
    await announceRoom(ctx, held);
  } catch (error) {
    // Somebody came, went or held it in this very moment: the next look judges anew.
    if (!(error instanceof AppError)) throw error;
  }
}
