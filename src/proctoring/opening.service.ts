import { actorName, type StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Room } from '../sitting/room.model.ts';
import { announceRoom, moveRoom } from '../sitting/rooms.service.ts';
import type { Sitting } from '../sitting/sitting.model.ts';
import { openingRefusals, type OpeningRefusal } from './opening.rules.ts';
import type { StaffingChange, StaffingView } from './proctoring.views.contract.ts';
import {
  judgeRoom,
  loadStaffing,
  logStaffing,
  publishStaffing,
  viewStaffing,
  type RoomStaffing,
} from './staffing.service.ts';

/** Tries on staff coming and going at the very moment of an opening. */
const TRIES = 6;

/** Why a room may not open now; empty when it may. */
export function refusalsNow(ctx: Ctx, { room, sitting, verdict }: RoomStaffing): OpeningRefusal[] {
  return openingRefusals({
    now: ctx.clock.now(),
    startsAt: sitting.startsAt,
    minutes: sitting.minutes,
    admissionMinutes: ctx.config.admissionMinutes,
    sitting: sitting.state,
    room: room.state,
    staffing: verdict,
  });
}

/**
 * Opens a room for admission (clause 11.2). Those present are counted and the room opened in one transaction, on the
 * presence version that was counted: whoever leaves at the same moment makes one of the two come second.
 * @throws AppError with the first reason why it may not open
 */
export async function openRoom(ctx: Ctx, actor: StaffActor, roomId: string): Promise<StaffingView> {
  try {
    return await changeRoom(
      ctx,
      roomId,
      'open',
      'opened',
      actor,
      (staffing) => refusalsNow(ctx, staffing)[0],
    );
  } catch (error) {
    if (error instanceof AppError) {
      const facts = { code: error.code, ...error.details.params };
      await ctx.audit.record({
        actor: actorName(actor),
        action: 'proctoring.room.open.refused',
        subject: `room:${roomId}`,
        facts,
      });
    }
    throw error;
  }
}

/** Holds a room by hand: no admissions, no starts. @throws AppError with the room's reason */
export function holdRoom(ctx: Ctx, actor: StaffActor, roomId: string, reason: string): Promise<StaffingView> {
  return changeRoom(ctx, roomId, 'hold', 'held', actor, () => undefined, needReason(reason));
}

/** Lets a held room go on; not while its staffing fails (11.2). A pause of the clocks is credited in the ledger. */
export function resumeRoom(
  ctx: Ctx,
  actor: StaffActor,
  roomId: string,
  reason: string,
): Promise<StaffingView> {
  return changeRoom(ctx, roomId, 'resume', 'resumed', actor, staffingRefusal, needReason(reason));
}

function needReason(reason: string): string {
  if (reason.trim().length < 2) throw new AppError('proctoring.reason-needed', { field: '/reason' });
  return reason.trim();
}

function staffingRefusal({ verdict }: RoomStaffing): OpeningRefusal | undefined {
  if (verdict.ok) return undefined;
  const { code, needed, present, candidates } = verdict;
  return { code, params: { needed, present, candidates } };
}

async function changeRoom(
  ctx: Ctx,
  roomId: string,
  command: 'open' | 'hold' | 'resume',
  change: StaffingChange,
  actor: StaffActor,
  refusal: (staffing: RoomStaffing) => OpeningRefusal | undefined,
  reason?: string,
): Promise<StaffingView> {
  for (let left = TRIES; ; left -= 1) {
    try {
      const room = await ctx.transact(async (session) => {
        const staffing = await loadStaffing(roomId, session);
        const refused = refusal(staffing);
        if (refused !== undefined) throw new AppError(refused.code, { params: refused.params });
        const where = { presenceVersion: staffing.room.presenceVersion };
        const move = { roomId, command, by: actorName(actor), where };
        const moved = await moveRoom(ctx, reason === undefined ? move : { ...move, reason }, session);
        await logStaffing(ctx, staffing, { change, at: ctx.clock.now() }, session);
        return moved;
      });
      await announceRoom(ctx, room);
      const after = await loadStaffing(roomId);
      publishStaffing(ctx, after);
      return viewStaffing(after, ctx.clock.now());
    } catch (error) {
      const clash = error instanceof AppError && error.code === 'platform.conflict';
      if (!clash || left <= 1) throw error;
    }
  }
}

/** Asked each second before a room starts: it does not start while its staffing fails (11.2). */
export async function startGate(_ctx: Ctx, room: Room, sitting: Sitting): Promise<AppError | undefined> {
  const refused = staffingRefusal(await judgeRoom(room, sitting));
  return refused === undefined ? undefined : new AppError(refused.code, { params: refused.params });
}
