import type { Actor, CandidateActor } from '../platform/auth/actor.ts';
import { SessionReply } from '../platform/http/mount.ts';
import { defineRoute, everything, Reply, type Route, type Scope } from '../platform/http/route.ts';
import { AppError, problemOf } from '../shared/errors/index.ts';
import { saveAnswers } from './answers.service.ts';
import { setAway } from './away.service.ts';
import { viewAttempt } from './attempt-view.service.ts';
import * as contract from './attempt.contract.ts';
import { moveAttempt, setHand } from './attempts.service.ts';
import { handIn } from './hand-in.service.ts';
import { readWork, saveMemory } from './memory.service.ts';
import { receivePaper, releasePaperKey, startAttempt } from './paper.service.ts';
import { signInCandidate } from './sign-in.service.ts';
import { claimWriting, requireCurrentPage } from './writer.service.ts';

const ownAttempt: Scope<{ attemptId: string }> = {
  kind: 'own',
  name: 'a candidate reaches only the attempt signed in to',
  allows: (_ctx, actor, params) =>
    Promise.resolve(actor.kind === 'candidate' && actor.attemptId === params.attemptId),
};
const own = { access: ['candidate'], scope: ownAttempt, params: contract.AttemptParams } as const;

/** The session behind a candidate's route; the gate lets nobody else in. */
function candidate(actor: Actor): CandidateActor {
  if (actor.kind !== 'candidate') throw new AppError('platform.not-found');
  return actor;
}

/** How long an overloaded server asks to wait, seconds. */
const RETRY_AFTER = '2';

const signIn = defineRoute({
  id: 'sitting.sign-in',
  method: 'POST',
  path: '/api/exam/sign-in',
  access: 'public',
  scope: everything('whoever holds an admission ticket may try it at a seat'),
  body: contract.ExamSignInBody,
  perMinute: 20,
  limitBy: (body) =>
    String((body as { admissionNumber?: unknown } | undefined)?.admissionNumber ?? '').slice(0, 40),
  async handle(ctx, { body, address }) {
    const { answer, issued } = await signInCandidate(ctx, { ...body, address });
    return new SessionReply(answer, issued);
  },
});

const attempt: Route[] = [
  defineRoute({
    ...own,
    id: 'sitting.attempt.read',
    method: 'GET',
    path: '/api/attempts/:attemptId',
    handle: (ctx, { actor, params }) => viewAttempt(ctx, params.attemptId, candidate(actor).sessionId),
  }),
  defineRoute({
    ...own,
    id: 'sitting.attempt.identity',
    method: 'POST',
    path: '/api/attempts/:attemptId/identity',
    body: contract.IdentityBody,
    async handle(ctx, { actor, params, body }) {
      const { candidateId, sessionId } = candidate(actor);
      if (body.confirmed)
        await moveAttempt(ctx, { ...params, command: 'confirm', by: `candidate:${candidateId}` });
      else await setHand(ctx, params.attemptId, 'not-me');
      return viewAttempt(ctx, params.attemptId, sessionId);
    },
  }),
  defineRoute({
    ...own,
    id: 'sitting.attempt.hand',
    method: 'POST',
    path: '/api/attempts/:attemptId/hand',
    body: contract.HandBody,
    async handle(ctx, { actor, params, body }) {
      await setHand(ctx, params.attemptId, body.raised ? 'question' : undefined);
      return viewAttempt(ctx, params.attemptId, candidate(actor).sessionId);
    },
  }),
  defineRoute({
    ...own,
    id: 'sitting.attempt.start',
    method: 'POST',
    path: '/api/attempts/:attemptId/start',
    handle: (ctx, { actor, params }) => startAttempt(ctx, params.attemptId, candidate(actor).sessionId),
  }),
  defineRoute({
    ...own,
    id: 'sitting.attempt.hand-in',
    method: 'POST',
    path: '/api/attempts/:attemptId/hand-in',
    body: contract.HandInBody,
    async handle(ctx, { actor, params, body }) {
      requireCurrentPage(body.protocol);
      return handIn(ctx, params.attemptId, { sessionId: candidate(actor).sessionId, fence: body.fence });
    },
  }),
  defineRoute({
    ...own,
    id: 'sitting.attempt.writer',
    method: 'POST',
    path: '/api/attempts/:attemptId/writer',
    body: contract.WriterBody,
    async handle(ctx, { actor, params, body, address }) {
      requireCurrentPage(body.protocol);
      return claimWriting(ctx, params.attemptId, { sessionId: candidate(actor).sessionId, address });
    },
  }),
  defineRoute({
    ...own,
    id: 'sitting.attempt.away',
    method: 'POST',
    path: '/api/attempts/:attemptId/away',
    body: contract.AwayBody,
    perMinute: 12,
    async handle(ctx, { actor, params, body }) {
      const { candidateId, sessionId } = candidate(actor);
      await setAway(ctx, { ...params, candidateId, ...body });
      return viewAttempt(ctx, params.attemptId, sessionId);
    },
  }),
];

const paper: Route[] = [
  defineRoute({
    ...own,
    id: 'sitting.paper.receive',
    method: 'GET',
    path: '/api/attempts/:attemptId/paper',
    handle: (ctx, { params }) => receivePaper(ctx, params.attemptId),
  }),
  defineRoute({
    ...own,
    id: 'sitting.paper.key',
    method: 'GET',
    path: '/api/attempts/:attemptId/paper-key',
    handle: (ctx, { actor, params }) => releasePaperKey(ctx, params.attemptId, candidate(actor).sessionId),
  }),
];

const answers: Route[] = [
  defineRoute({
    ...own,
    id: 'sitting.answers.save',
    method: 'PUT',
    path: '/api/attempts/:attemptId/answers',
    body: contract.AnswersBody,
    maxBodyBytes: 512 * 1024,
    async handle(ctx, { actor, params, body }) {
      requireCurrentPage(body.protocol);
      try {
        return await saveAnswers(ctx, {
          ...params,
          sessionId: candidate(actor).sessionId,
          fence: body.fence,
          answers: body.answers,
        });
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'platform.overloaded') throw error;
        return new Reply(503, problemOf(error.code), {
          'retry-after': RETRY_AFTER,
          'content-type': 'application/problem+json',
        });
      }
    },
  }),
  defineRoute({
    ...own,
    id: 'sitting.answers.read',
    method: 'GET',
    path: '/api/attempts/:attemptId/answers',
    handle: (_ctx, { params }) => readWork(params.attemptId),
  }),
  defineRoute({
    ...own,
    id: 'sitting.memory.save',
    method: 'PUT',
    path: '/api/attempts/:attemptId/memory',
    body: contract.MemoryBody,
    async handle(ctx, { actor, params, body }) {
      await saveMemory(ctx, { ...params, sessionId: candidate(actor).sessionId, ...body });
      return { saved: true };
    },
  }),
];

/** What candidates can ask for. */
export const attemptRoutes: readonly Route[] = [signIn, ...attempt, ...paper, ...answers];
