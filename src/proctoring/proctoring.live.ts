import { defineEvent, type LiveEvent } from '../platform/live/event.ts';
import { everything } from '../platform/http/route.ts';
import { ROOM_ROLES, rosterScope, staffOf, viewScope } from './access.ts';
import { renewPresence } from './presence.service.ts';
import { EmptyBody, RenewEventBody, RoomEventBody } from './proctoring.contract.ts';

/** What a console sends by socket. */
export const proctoringEvents: readonly LiveEvent[] = [
  defineEvent({
    id: 'proctoring.presence.renew',
    access: ROOM_ROLES,
    scope: rosterScope,
    body: RenewEventBody,
    async handle(ctx, socket, { roomId, enter = false }) {
      await socket.join(`staff:${roomId}`);
      return renewPresence(ctx, staffOf(socket.actor), roomId, enter);
    },
  }),
  defineEvent({
    id: 'proctoring.console.join',
    access: [...ROOM_ROLES, 'exam-officer'],
    scope: viewScope('exam-officer'),
    body: RoomEventBody,
    async handle(ctx, socket, { roomId }) {
      await socket.join(`staff:${roomId}`);
      return { now: ctx.clock.now() };
    },
  }),
  defineEvent({
    id: 'proctoring.console.leave',
    access: [...ROOM_ROLES, 'exam-officer'],
    scope: viewScope('exam-officer'),
    body: RoomEventBody,
    async handle(ctx, socket, { roomId }) {
      await socket.leave(`staff:${roomId}`);
      return { now: ctx.clock.now() };
    },
  }),
  defineEvent({
    id: 'proctoring.duty.join',
    access: ['chief-invigilator', 'exam-officer'],
    scope: everything('the duty office oversees all rooms'),
    body: EmptyBody,
    async handle(ctx, socket) {
      await socket.join('duty');
      return { now: ctx.clock.now() };
    },
  }),
];
