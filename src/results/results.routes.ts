import { staffOf } from '../platform/auth/actor.ts';
import { defineRoute, everything, type Route } from '../platform/http/route.ts';
import { PageQuery } from '../shared/paging.ts';
import { readiness } from './composition.service.ts';
import { approveRelease, queryResult, releasedResults, requestRelease } from './results.service.ts';
import * as contract from './results.contract.ts';

export const resultsRoutes: readonly Route[] = [
  defineRoute({
    id: 'results.readiness',
    method: 'GET',
    path: '/api/exams/:examId/readiness',
    access: ['exam-officer', 'certificate-officer', 'auditor'],
    scope: everything('counts and gaps of every examination, without marks'),
    params: contract.ExamParams,
    handle: (ctx, { params }) => readiness(ctx, params.examId),
  }),
  defineRoute({
    id: 'results.release.request',
    method: 'POST',
    path: '/api/exams/:examId/release',
    access: ['exam-officer'],
    scope: everything('officers release the results of all examinations'),
    params: contract.ExamParams,
    body: contract.ReleaseBody,
    handle: (ctx, { actor, params, body }) =>
      requestRelease(ctx, staffOf(actor), params.examId, body.releaseAt),
  }),
  defineRoute({
    id: 'results.release.approve',
    method: 'POST',
    path: '/api/exams/:examId/release/approval',
    access: ['exam-officer'],
    scope: everything('a second officer approves; the rule refuses the one who asked'),
    params: contract.ExamParams,
    handle: (ctx, { actor, params }) => approveRelease(ctx, staffOf(actor), params.examId),
  }),
  defineRoute({
    id: 'results.list',
    method: 'GET',
    path: '/api/exams/:examId/results',
    access: ['exam-officer', 'certificate-officer', 'auditor'],
    scope: everything('officers see all results, after the release only'),
    params: contract.ExamParams,
    query: PageQuery,
    handle: (ctx, { params, query }) => releasedResults(ctx, params.examId, query),
  }),
  defineRoute({
    id: 'results.query',
    method: 'POST',
    path: '/api/results/query',
    access: 'public',
    scope: everything(
      'answers one person’s result to whoever knows number and ID tail, after the release only',
    ),
    body: contract.ResultQueryBody,
    perMinute: 20,
    limitBy: (body) =>
      String((body as { admissionNumber?: unknown } | undefined)?.admissionNumber ?? '').slice(0, 40),
    handle: (ctx, { body }) => queryResult(ctx, body),
  }),
];
