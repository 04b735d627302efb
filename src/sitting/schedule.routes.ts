import { defineRoute, everything, Reply, type Route } from '../platform/http/route.ts';
import { PageQuery } from '../shared/paging.ts';
import { createExam, enrol, listEnrolments, listExams, readExam } from './exams.service.ts';
import { exportAnswers } from './export.service.ts';
import { preflight, publishSitting } from './preflight.service.ts';
import { listSeating, seatSitting } from './seating.service.ts';
import * as contract from './sitting.contract.ts';
import { createSitting, listSittings, readSitting, setRoster } from './sittings.service.ts';

const planners = {
  access: ['exam-officer'],
  scope: everything('exam officers plan all examinations'),
} as const;
const readers = {
  access: ['exam-officer', 'chief-invigilator', 'certificate-officer', 'auditor'],
  scope: everything('officers see all examinations'),
} as const;

const exams: Route[] = [
  defineRoute({
    ...planners,
    id: 'sitting.exams.create',
    method: 'POST',
    path: '/api/exams',
    body: contract.ExamBody,
    handle: async (ctx, { actor, body }) => Reply.created(await createExam(ctx, actor, body)),
  }),
  defineRoute({
    ...readers,
    id: 'sitting.exams.list',
    method: 'GET',
    path: '/api/exams',
    query: PageQuery,
    handle: (_ctx, { query }) => listExams(query),
  }),
  defineRoute({
    ...readers,
    id: 'sitting.exams.read',
    method: 'GET',
    path: '/api/exams/:examId',
    params: contract.ExamParams,
    handle: (_ctx, { params }) => readExam(params.examId),
  }),
  defineRoute({
    ...planners,
    id: 'sitting.enrolments.create',
    method: 'POST',
    path: '/api/exams/:examId/enrolments',
    params: contract.ExamParams,
    body: contract.EnrolmentsBody,
    handle: async (ctx, { actor, params, body }) =>
      Reply.created({ items: await enrol(ctx, actor, params.examId, body) }),
  }),
  defineRoute({
    ...readers,
    id: 'sitting.enrolments.list',
    method: 'GET',
    path: '/api/exams/:examId/enrolments',
    params: contract.ExamParams,
    query: PageQuery,
    handle: (_ctx, { params, query }) => listEnrolments(params.examId, query),
  }),
];

const sittings: Route[] = [
  defineRoute({
    ...planners,
    id: 'sitting.sittings.create',
    method: 'POST',
    path: '/api/sittings',
    body: contract.SittingBody,
    handle: async (ctx, { actor, body }) => Reply.created(await createSitting(ctx, actor, body)),
  }),
  defineRoute({
    ...readers,
    id: 'sitting.sittings.list',
    method: 'GET',
    path: '/api/sittings',
    query: contract.SittingsQuery,
    handle: (_ctx, { query }) => listSittings(query),
  }),
  defineRoute({
    ...readers,
    id: 'sitting.sittings.read',
    method: 'GET',
    path: '/api/sittings/:sittingId',
    params: contract.SittingParams,
    handle: (_ctx, { params }) => readSitting(params.sittingId),
  }),
  defineRoute({
    ...planners,
    id: 'sitting.rooms.roster',
    method: 'PUT',
    path: '/api/rooms/:roomId/roster',
    params: contract.RoomParams,
    body: contract.RosterBody,
    handle: (ctx, { actor, params, body }) => setRoster(ctx, actor, params.roomId, body.staff),
  }),
  defineRoute({
    ...planners,
    id: 'sitting.seating.create',
    method: 'POST',
    path: '/api/sittings/:sittingId/seating',
    params: contract.SittingParams,
    body: contract.SeatingBody,
    handle: (ctx, { actor, params, body }) => seatSitting(ctx, actor, params.sittingId, body),
  }),
  defineRoute({
    ...readers,
    id: 'sitting.seating.list',
    method: 'GET',
    path: '/api/sittings/:sittingId/seating',
    params: contract.SittingParams,
    query: PageQuery,
    handle: (_ctx, { params, query }) => listSeating(params.sittingId, query),
  }),
  defineRoute({
    ...planners,
    id: 'sitting.sittings.preflight',
    method: 'GET',
    path: '/api/sittings/:sittingId/preflight',
    params: contract.SittingParams,
    handle: (ctx, { params }) => preflight(ctx, params.sittingId),
  }),
  defineRoute({
    ...planners,
    id: 'sitting.sittings.publish',
    method: 'POST',
    path: '/api/sittings/:sittingId/publication',
    params: contract.SittingParams,
    handle: (ctx, { actor, params }) => publishSitting(ctx, actor, params.sittingId),
  }),
  defineRoute({
    id: 'sitting.answers.export',
    method: 'GET',
    path: '/api/sittings/:sittingId/answers',
    access: ['exam-officer', 'auditor'],
    scope: everything('officers and auditors check the receipts of all attempts; no keys, no marks'),
    params: contract.SittingParams,
    query: PageQuery,
    handle: (_ctx, { params, query }) => exportAnswers(params.sittingId, query),
  }),
];

/** What officers plan with. */
export const scheduleRoutes: readonly Route[] = [...exams, ...sittings];
