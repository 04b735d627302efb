import { staffOf, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { defineRoute, everything, type Route, type Scope } from '../platform/http/route.ts';
import { AttemptModel } from '../sitting/attempt.model.ts';
import { RoomModel, type Room } from '../sitting/room.model.ts';
import * as contract from './marking.contract.ts';
import { markingProgress, markSitting } from './marking.service.ts';
import {
  adjudicate,
  disclosedSheets,
  examinerRooms,
  roomSheets,
  saveSheet,
  sealSheet,
  waitingAdjudications,
} from './sheets.service.ts';

const worksIn = async (roomId: string | undefined, actor: Actor): Promise<boolean> => {
  if (roomId === undefined || actor.kind !== 'staff') return false;
  const room = await RoomModel.findById(roomId).lean<Room>();
  return room?.staff.some((member) => member.accountId === actor.accountId) ?? false;
};

/** An examiner reaches only rooms they are on the roster of. */
const ownRoom: Scope<{ roomId: string }> = {
  kind: 'own',
  name: 'an examiner reaches only their own rooms',
  allows: (_ctx: Ctx, actor, params) => worksIn(params.roomId, actor),
};

/** Chiefs and officers oversee every room; an examiner only their own. */
const ownAttempt: Scope<{ attemptId: string }> = {
  kind: 'own',
  name: 'an examiner reaches only candidates of their own rooms',
  async allows(_ctx, actor, params) {
    const attempt = await AttemptModel.findById(params.attemptId).lean();
    if (attempt === null) return false;
    if (actor.roles.some((role) => role === 'chief-invigilator' || role === 'exam-officer')) return true;
    return worksIn(attempt.roomId, actor);
  },
};

/** Whoever adjudicates comes from outside the room. */
const anyAttempt: Scope<{ attemptId: string }> = {
  kind: 'own',
  name: 'an adjudicator reaches any candidate who was judged',
  allows: async (_ctx, _actor, params) => (await AttemptModel.exists({ _id: params.attemptId })) !== null,
};

export const markingRoutes: readonly Route[] = [
  defineRoute({
    id: 'marking.sitting.mark',
    method: 'POST',
    path: '/api/sittings/:sittingId/marking',
    access: ['exam-officer'],
    scope: everything('officers run the marking of all sittings'),
    params: contract.SittingParams,
    handle: (ctx, { actor, params }) => markSitting(ctx, actor, params.sittingId),
  }),
  defineRoute({
    id: 'marking.sitting.progress',
    method: 'GET',
    path: '/api/sittings/:sittingId/marking',
    access: ['exam-officer', 'chief-invigilator'],
    scope: everything('counts of every sitting, without marks'),
    params: contract.SittingParams,
    handle: (_ctx, { params }) => markingProgress(params.sittingId),
  }),
  defineRoute({
    id: 'marking.adjudications.list',
    method: 'GET',
    path: '/api/sittings/:sittingId/adjudications',
    access: ['exam-officer', 'chief-invigilator'],
    scope: everything('seats that wait for an adjudication, without scores'),
    params: contract.SittingParams,
    handle: async (_ctx, { params }) => ({ items: await waitingAdjudications(params.sittingId) }),
  }),
  defineRoute({
    id: 'marking.rooms.mine',
    method: 'GET',
    path: '/api/marking/rooms',
    access: ['examiner'],
    scope: everything('lists only the rooms of the examiner who asks'),
    handle: async (_ctx, { actor }) => ({ items: await examinerRooms(staffOf(actor).accountId) }),
  }),
  defineRoute({
    id: 'marking.sheets.list',
    method: 'GET',
    path: '/api/rooms/:roomId/sheets',
    access: ['examiner'],
    scope: ownRoom,
    params: contract.RoomParams,
    handle: (_ctx, { actor, params }) => roomSheets(staffOf(actor), params.roomId),
  }),
  defineRoute({
    id: 'marking.sheets.save',
    method: 'PUT',
    path: '/api/attempts/:attemptId/sheet',
    access: ['examiner'],
    scope: ownAttempt,
    params: contract.AttemptParams,
    body: contract.SheetBody,
    handle: (ctx, { actor, params, body }) => saveSheet(ctx, staffOf(actor), params.attemptId, body),
  }),
  defineRoute({
    id: 'marking.sheets.seal',
    method: 'POST',
    path: '/api/attempts/:attemptId/sheet/seal',
    access: ['examiner'],
    scope: ownAttempt,
    params: contract.AttemptParams,
    handle: (ctx, { actor, params }) => sealSheet(ctx, staffOf(actor), params.attemptId),
  }),
  defineRoute({
    id: 'marking.sheets.disclosed',
    method: 'GET',
    path: '/api/attempts/:attemptId/sheets',
    access: ['examiner', 'chief-invigilator', 'exam-officer'],
    scope: ownAttempt,
    params: contract.AttemptParams,
    handle: (_ctx, { actor, params }) => disclosedSheets(staffOf(actor), params.attemptId),
  }),
  defineRoute({
    id: 'marking.adjudicate',
    method: 'POST',
    path: '/api/attempts/:attemptId/adjudication',
    access: ['examiner', 'chief-invigilator'],
    scope: anyAttempt,
    params: contract.AttemptParams,
    body: contract.AdjudicationBody,
    handle: (ctx, { actor, params, body }) => adjudicate(ctx, staffOf(actor), params.attemptId, body),
  }),
];
