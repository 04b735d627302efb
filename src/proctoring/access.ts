import type { Actor, StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import type { Scope } from '../platform/http/route.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Role } from '../shared/roles.ts';
import { RoomModel, type Room } from '../sitting/room.model.ts';
import type { Duty } from '../sitting/staffing.rules.ts';

/** Roles that work in rooms. */
export const ROOM_ROLES = ['invigilator', 'chief-invigilator', 'examiner'] as const satisfies readonly Role[];

/** The staff member behind a request; routes of this stage let in nobody else. @throws AppError platform.forbidden */
export function staffOf(actor: Actor): StaffActor {
  if (actor.kind !== 'staff') throw new AppError('platform.forbidden');
  return actor;
}

/** A person's duty in a room, by its roster. */
export const dutyIn = (room: Pick<Room, 'staff'>, accountId: string): Duty | undefined =>
  room.staff.find((member) => member.accountId === accountId)?.duty;

/** Whether a person acts as chief in a room: by role everywhere, by duty in their own. */
export const isChief = (room: Pick<Room, 'staff'>, actor: StaffActor): boolean =>
  actor.roles.includes('chief-invigilator') || dutyIn(room, actor.accountId) === 'chief-invigilator';

/** Whether a person may give commands in a room: its own staff and every chief, in a role that works in rooms. */
export const mayCommand = (room: Pick<Room, 'staff'>, actor: StaffActor): boolean =>
  isChief(room, actor) ||
  (dutyIn(room, actor.accountId) !== undefined &&
    actor.roles.some((role) => (ROOM_ROLES as readonly Role[]).includes(role)));

type RoomScope = Scope<{ roomId: string }>;

function scoped(name: string, allows: (room: Room, actor: StaffActor) => boolean): RoomScope {
  return {
    kind: 'own',
    name,
    async allows(_ctx: Ctx, actor: Actor, { roomId }: { roomId: string }) {
      if (actor.kind !== 'staff' || typeof roomId !== 'string') return false;
      const room = await RoomModel.findById(roomId).lean();
      return room !== null && allows(room, actor);
    },
  };
}

/** Those on the room's roster: whose presence counts there. */
export const rosterScope: RoomScope = scoped(
  'the rooms whose roster the person is on',
  (room, actor) => dutyIn(room, actor.accountId) !== undefined,
);

/** Those who may give commands in the room. */
export const commandScope: RoomScope = scoped('the rooms the person is in charge of', mayCommand);

/** The same, and those of further roles who only look. */
export const viewScope = (...lookers: readonly Role[]): RoomScope =>
  scoped(
    `the rooms the person is in charge of; all for ${lookers.join(', ')}`,
    (room, actor) => mayCommand(room, actor) || actor.roles.some((role) => lookers.includes(role)),
  );

/** A candidate's own attempt. */
export const ownAttempt: Scope<{ attemptId: string }> = {
  kind: 'own',
  name: 'the candidate’s own attempt',
  allows: (_ctx, actor, { attemptId }) =>
    Promise.resolve(actor.kind === 'candidate' && actor.attemptId === attemptId),
};
