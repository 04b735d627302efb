import { staffOf } from '../platform/auth/actor.ts';
import { readFile } from '../platform/files/files.ts';
import { defineRoute, everything, Reply, type Route, type Scope } from '../platform/http/route.ts';
import { AppError } from '../shared/errors/index.ts';
import { PageQuery } from '../shared/paging.ts';
import { disclosedBallots, finaliseDefence, saveBallot, sealBallot } from './ballots.service.ts';
import { DefenceModel } from './defence.model.ts';
import { addQuestion, closeDefence, recuseMember, replaceMember, startDefence } from './defence.service.ts';
import { selectDefence, viewDefence } from './defence.view.ts';
import * as contract from './review.contract.ts';
import {
  addMaterial,
  listDefences,
  MATERIAL_LIMIT,
  myDefences,
  scheduleDefence,
} from './schedule.service.ts';

/** Officers reach every defence; a member only those they sit on. */
const ownDefence: Scope<{ defenceId: string }> = {
  kind: 'own',
  name: 'a panel member reaches only defences they sit on',
  async allows(_ctx, actor, params) {
    const defence = await DefenceModel.findById(params.defenceId).lean();
    if (defence === null || actor.kind !== 'staff') return false;
    return actor.roles.includes('exam-officer') || defence.members.includes(actor.accountId);
  },
};

const office: Route[] = [
  defineRoute({
    id: 'review.defences.schedule',
    method: 'POST',
    path: '/api/exams/:examId/defences',
    access: ['exam-officer'],
    scope: everything('officers schedule all defences'),
    params: contract.ExamParams,
    body: contract.DefenceBody,
    handle: async (ctx, { actor, params, body }) =>
      Reply.created(await scheduleDefence(ctx, staffOf(actor), params.examId, body)),
  }),
  defineRoute({
    id: 'review.defences.list',
    method: 'GET',
    path: '/api/exams/:examId/defences',
    access: ['exam-officer', 'auditor'],
    scope: everything('officers oversee all defences'),
    params: contract.ExamParams,
    query: PageQuery,
    handle: (_ctx, { params, query }) => listDefences(params.examId, query),
  }),
  defineRoute({
    id: 'review.materials.add',
    method: 'POST',
    path: '/api/defences/:defenceId/materials',
    access: ['exam-officer'],
    scope: ownDefence,
    params: contract.DefenceParams,
    query: contract.MaterialQuery,
    upload: { maxBytes: MATERIAL_LIMIT },
    handle: async (ctx, { actor, params, query, body }) => {
      const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      return Reply.created(await addMaterial(ctx, staffOf(actor), params.defenceId, query.name, bytes));
    },
  }),
  defineRoute({
    id: 'review.panel.replace',
    method: 'POST',
    path: '/api/defences/:defenceId/replacement',
    access: ['exam-officer'],
    scope: ownDefence,
    params: contract.DefenceParams,
    handle: (ctx, { actor, params }) => replaceMember(ctx, staffOf(actor), params.defenceId),
  }),
];

const panel: Route[] = [
  defineRoute({
    id: 'review.defences.mine',
    method: 'GET',
    path: '/api/review/defences',
    access: ['panel-member'],
    scope: everything('lists only the defences of the member who asks'),
    handle: async (_ctx, { actor }) => ({ items: await myDefences(staffOf(actor).accountId) }),
  }),
  defineRoute({
    id: 'review.defences.show',
    method: 'GET',
    path: '/api/defences/:defenceId',
    access: ['panel-member', 'exam-officer'],
    scope: ownDefence,
    params: contract.DefenceParams,
    handle: async (ctx, { actor, params }) =>
      viewDefence(ctx, staffOf(actor), await selectDefence(params.defenceId)),
  }),
  defineRoute({
    id: 'review.materials.show',
    method: 'GET',
    path: '/api/defences/:defenceId/materials/:fileId',
    access: ['panel-member', 'exam-officer'],
    scope: ownDefence,
    params: contract.MaterialParams,
    async handle(_ctx, { params }) {
      const { files } = await selectDefence(params.defenceId);
      if (!files.some((file) => file.fileId === params.fileId)) throw new AppError('platform.not-found');
      const file = await readFile(params.fileId);
      return Reply.file(file.bytes, file.type, file.name, true);
    },
  }),
  defineRoute({
    id: 'review.panel.recuse',
    method: 'POST',
    path: '/api/defences/:defenceId/recusal',
    access: ['panel-member'],
    scope: ownDefence,
    params: contract.DefenceParams,
    body: contract.RecusalBody,
    handle: (ctx, { actor, params, body }) =>
      recuseMember(ctx, staffOf(actor), params.defenceId, body.reason),
  }),
  defineRoute({
    id: 'review.defences.start',
    method: 'POST',
    path: '/api/defences/:defenceId/start',
    access: ['panel-member'],
    scope: ownDefence,
    params: contract.DefenceParams,
    handle: (ctx, { actor, params }) => startDefence(ctx, staffOf(actor), params.defenceId),
  }),
  defineRoute({
    id: 'review.questions.add',
    method: 'POST',
    path: '/api/defences/:defenceId/questions',
    access: ['panel-member'],
    scope: ownDefence,
    params: contract.DefenceParams,
    body: contract.QuestionBody,
    handle: (ctx, { actor, params, body }) => addQuestion(ctx, staffOf(actor), params.defenceId, body.text),
  }),
  defineRoute({
    id: 'review.defences.close',
    method: 'POST',
    path: '/api/defences/:defenceId/close',
    access: ['panel-member'],
    scope: ownDefence,
    params: contract.DefenceParams,
    handle: (ctx, { actor, params }) => closeDefence(ctx, staffOf(actor), params.defenceId),
  }),
];

const ballots: Route[] = [
  defineRoute({
    id: 'review.ballots.save',
    method: 'PUT',
    path: '/api/defences/:defenceId/ballot',
    access: ['panel-member'],
    scope: ownDefence,
    params: contract.DefenceParams,
    body: contract.BallotBody,
    handle: (ctx, { actor, params, body }) => saveBallot(ctx, staffOf(actor), params.defenceId, body),
  }),
  defineRoute({
    id: 'review.ballots.seal',
    method: 'POST',
    path: '/api/defences/:defenceId/ballot/seal',
    access: ['panel-member'],
    scope: ownDefence,
    params: contract.DefenceParams,
    handle: (ctx, { actor, params }) => sealBallot(ctx, staffOf(actor), params.defenceId),
  }),
  defineRoute({
    id: 'review.ballots.disclosed',
    method: 'GET',
    path: '/api/defences/:defenceId/ballots',
    access: ['panel-member'],
    scope: ownDefence,
    params: contract.DefenceParams,
    handle: (_ctx, { actor, params }) => disclosedBallots(staffOf(actor), params.defenceId),
  }),
  defineRoute({
    id: 'review.defences.finalise',
    method: 'POST',
    path: '/api/defences/:defenceId/result',
    access: ['panel-member'],
    scope: ownDefence,
    params: contract.DefenceParams,
    body: contract.NoteBody,
    handle: (ctx, { actor, params, body }) =>
      finaliseDefence(ctx, staffOf(actor), params.defenceId, body.note),
  }),
];

export const reviewRoutes: readonly Route[] = [...office, ...panel, ...ballots];
