import { defineRoute, everything, Reply, type Route } from '../platform/http/route.ts';
import { PageQuery } from '../shared/paging.ts';
import { ANSWER_FILE_LIMIT } from '../sitting/answer-file.service.ts';
import { acknowledgeLedger } from '../sitting/ledger-ack.service.ts';
import { commandScope, ownAttempt, ROOM_ROLES, rosterScope, staffOf, viewScope } from './access.ts';
import { bringAnswerFile } from './answer-files.service.ts';
import { closeRoom } from './closing.service.ts';
import { giveCommand } from './commands.service.ts';
import { readConsole } from './console.service.ts';
import { decideIncident, incidentsOfRoom, reportIncident } from './incidents.service.ts';
import { decideLateAnswers, viewLateAnswers } from './late-answers.service.ts';
import { acknowledgeMessage, messagesOfAttempt, messagesOfRoom } from './messages.service.ts';
import { holdRoom, openRoom, resumeRoom } from './opening.service.ts';
import { leaveRoom, renewPresence } from './presence.service.ts';
import * as contract from './proctoring.contract.ts';
import { readRecord, staffingLog } from './record.service.ts';
import { confirmCommand, withdrawCommand } from './requests.service.ts';
import { dutyRooms, myRooms } from './rooms-list.service.ts';

const looking: Route[] = [
  defineRoute({
    id: 'proctoring.rooms.mine',
    method: 'GET',
    path: '/api/rooms',
    access: ROOM_ROLES,
    scope: everything('lists only the rooms whose roster the person is on'),
    query: PageQuery,
    handle: (ctx, { actor, query }) => myRooms(ctx, staffOf(actor), query),
  }),
  defineRoute({
    id: 'proctoring.duty',
    method: 'GET',
    path: '/api/duty',
    access: ['chief-invigilator', 'exam-officer'],
    scope: everything('the duty office oversees all rooms'),
    query: contract.DutyQuery,
    handle: (_ctx, { query }) => dutyRooms(query),
  }),
  defineRoute({
    id: 'proctoring.console',
    method: 'GET',
    path: '/api/rooms/:roomId/console',
    access: [...ROOM_ROLES, 'exam-officer'],
    scope: viewScope('exam-officer'),
    params: contract.RoomParams,
    handle: (ctx, { actor, params }) => readConsole(ctx, staffOf(actor), params.roomId),
  }),
  defineRoute({
    id: 'proctoring.record',
    method: 'GET',
    path: '/api/rooms/:roomId/record',
    access: [...ROOM_ROLES, 'exam-officer', 'auditor'],
    scope: viewScope('exam-officer', 'auditor'),
    params: contract.RoomParams,
    handle: (ctx, { params }) => readRecord(ctx, params.roomId),
  }),
  defineRoute({
    id: 'proctoring.staffing',
    method: 'GET',
    path: '/api/rooms/:roomId/staffing',
    access: [...ROOM_ROLES, 'exam-officer', 'auditor'],
    scope: viewScope('exam-officer', 'auditor'),
    params: contract.RoomParams,
    query: PageQuery,
    handle: (_ctx, { params, query }) => staffingLog(params.roomId, query),
  }),
];

const rooms: Route[] = [
  defineRoute({
    id: 'proctoring.presence',
    method: 'POST',
    path: '/api/rooms/:roomId/presence',
    access: ROOM_ROLES,
    scope: rosterScope,
    params: contract.RoomParams,
    body: contract.RenewBody,
    handle: (ctx, { actor, params, body }) =>
      renewPresence(ctx, staffOf(actor), params.roomId, body.enter ?? false),
  }),
  defineRoute({
    id: 'proctoring.presence.leave',
    method: 'POST',
    path: '/api/rooms/:roomId/presence/leave',
    access: ROOM_ROLES,
    scope: rosterScope,
    params: contract.RoomParams,
    handle: (ctx, { actor, params }) => leaveRoom(ctx, staffOf(actor), params.roomId),
  }),
  defineRoute({
    id: 'proctoring.room.open',
    method: 'POST',
    path: '/api/rooms/:roomId/open',
    access: ROOM_ROLES,
    scope: commandScope,
    params: contract.RoomParams,
    handle: (ctx, { actor, params }) => openRoom(ctx, staffOf(actor), params.roomId),
  }),
  defineRoute({
    id: 'proctoring.room.hold',
    method: 'POST',
    path: '/api/rooms/:roomId/hold',
    access: ROOM_ROLES,
    scope: commandScope,
    params: contract.RoomParams,
    body: contract.HoldBody,
    handle: (ctx, { actor, params, body }) => holdRoom(ctx, staffOf(actor), params.roomId, body.reason),
  }),
  defineRoute({
    id: 'proctoring.room.resume',
    method: 'POST',
    path: '/api/rooms/:roomId/resume',
    access: ROOM_ROLES,
    scope: commandScope,
    params: contract.RoomParams,
    body: contract.HoldBody,
    handle: (ctx, { actor, params, body }) => resumeRoom(ctx, staffOf(actor), params.roomId, body.reason),
  }),
  defineRoute({
    id: 'proctoring.room.close',
    method: 'POST',
    path: '/api/rooms/:roomId/close',
    access: ROOM_ROLES,
    scope: commandScope,
    params: contract.RoomParams,
    body: contract.CloseBody,
    handle: (ctx, { actor, params, body }) => closeRoom(ctx, staffOf(actor), params.roomId, body.remarks),
  }),
];

const commands: Route[] = [
  defineRoute({
    id: 'proctoring.commands.give',
    method: 'POST',
    path: '/api/rooms/:roomId/commands',
    access: ROOM_ROLES,
    scope: commandScope,
    params: contract.RoomParams,
    body: contract.CommandBody,
    handle: (ctx, { actor, params, body }) => giveCommand(ctx, staffOf(actor), params.roomId, body),
  }),
  defineRoute({
    id: 'proctoring.commands.confirm',
    method: 'POST',
    path: '/api/rooms/:roomId/commands/:commandId/confirmation',
    access: ROOM_ROLES,
    scope: commandScope,
    params: contract.RequestParams,
    handle: (ctx, { actor, params }) => confirmCommand(ctx, staffOf(actor), params.roomId, params.commandId),
  }),
  defineRoute({
    id: 'proctoring.commands.withdraw',
    method: 'POST',
    path: '/api/rooms/:roomId/commands/:commandId/withdrawal',
    access: ROOM_ROLES,
    scope: commandScope,
    params: contract.RequestParams,
    handle: (ctx, { actor, params }) => withdrawCommand(ctx, staffOf(actor), params.roomId, params.commandId),
  }),
  defineRoute({
    id: 'proctoring.messages',
    method: 'GET',
    path: '/api/rooms/:roomId/messages',
    access: [...ROOM_ROLES, 'exam-officer'],
    scope: viewScope('exam-officer'),
    params: contract.RoomParams,
    query: PageQuery,
    handle: (_ctx, { params, query }) => messagesOfRoom(params.roomId, query),
  }),
  defineRoute({
    id: 'proctoring.incidents.report',
    method: 'POST',
    path: '/api/rooms/:roomId/incidents',
    access: ROOM_ROLES,
    scope: commandScope,
    params: contract.RoomParams,
    body: contract.IncidentBody,
    handle: async (ctx, { actor, params, body }) =>
      Reply.created(await reportIncident(ctx, staffOf(actor), params.roomId, body)),
  }),
  defineRoute({
    id: 'proctoring.incidents',
    method: 'GET',
    path: '/api/rooms/:roomId/incidents',
    access: [...ROOM_ROLES, 'exam-officer', 'auditor'],
    scope: viewScope('exam-officer', 'auditor'),
    params: contract.RoomParams,
    query: PageQuery,
    handle: (_ctx, { params, query }) => incidentsOfRoom(params.roomId, query),
  }),
  defineRoute({
    id: 'proctoring.incidents.decide',
    method: 'POST',
    path: '/api/rooms/:roomId/incidents/:incidentId/decision',
    access: ROOM_ROLES,
    scope: commandScope,
    params: contract.IncidentParams,
    body: contract.DecisionBody,
    handle: (ctx, { actor, params, body }) => decideIncident(ctx, staffOf(actor), { ...params, ...body }),
  }),
];

const late: Route[] = [
  defineRoute({
    id: 'proctoring.late-answers',
    method: 'GET',
    path: '/api/rooms/:roomId/late-answers/:attemptId',
    access: [...ROOM_ROLES, 'exam-officer'],
    scope: viewScope('exam-officer'),
    params: contract.RoomAttemptParams,
    handle: (_ctx, { params }) => viewLateAnswers(params.roomId, params.attemptId),
  }),
  defineRoute({
    id: 'proctoring.late-answers.decide',
    method: 'POST',
    path: '/api/rooms/:roomId/late-answers/decision',
    access: ROOM_ROLES,
    scope: commandScope,
    params: contract.RoomParams,
    body: contract.LateDecisionBody,
    handle: (ctx, { actor, params, body }) => decideLateAnswers(ctx, staffOf(actor), params.roomId, body),
  }),
  defineRoute({
    id: 'proctoring.answer-files',
    method: 'POST',
    path: '/api/rooms/:roomId/answer-files',
    access: ROOM_ROLES,
    scope: commandScope,
    params: contract.RoomParams,
    upload: { maxBytes: ANSWER_FILE_LIMIT },
    handle: (ctx, { actor, params, body }) =>
      bringAnswerFile(ctx, staffOf(actor), params.roomId, Buffer.isBuffer(body) ? body : Buffer.alloc(0)),
  }),
];

const candidates: Route[] = [
  defineRoute({
    id: 'proctoring.attempt.messages',
    method: 'GET',
    path: '/api/attempts/:attemptId/messages',
    access: ['candidate'],
    scope: ownAttempt,
    params: contract.AttemptParams,
    query: PageQuery,
    handle: (_ctx, { params, query }) => messagesOfAttempt(params.attemptId, query),
  }),
  defineRoute({
    id: 'proctoring.attempt.messages.ack',
    method: 'POST',
    path: '/api/attempts/:attemptId/messages/:messageId/ack',
    access: ['candidate'],
    scope: ownAttempt,
    params: contract.MessageParams,
    handle: async (ctx, { params }) => ({
      acknowledged: true,
      first: await acknowledgeMessage(ctx, params.attemptId, params.messageId),
    }),
  }),
  defineRoute({
    id: 'proctoring.attempt.ledger.ack',
    method: 'POST',
    path: '/api/attempts/:attemptId/ledger/:entryId/ack',
    access: ['candidate'],
    scope: ownAttempt,
    params: contract.EntryParams,
    handle: async (ctx, { params }) => ({
      acknowledged: true,
      first: await acknowledgeLedger(ctx, params.attemptId, params.entryId),
    }),
  }),
];

export const proctoringRoutes: readonly Route[] = [...looking, ...rooms, ...commands, ...late, ...candidates];
