import { isMovable } from '../platform/clock.ts';
import { SessionReply } from '../platform/http/mount.ts';
import { defineRoute, everything, Reply, type Route } from '../platform/http/route.ts';
import { AppError } from '../shared/errors/index.ts';
import { PageQuery } from '../shared/paging.ts';
import { createAccount, listAccounts, setRoles, signIn, signOut } from './accounts.service.ts';
import { candidatePhoto, importCandidates, listCandidates } from './candidates.service.ts';
import { approveInstitution, listInstitutions, saveInstitution } from './institutions.service.ts';
import * as contract from './people.contract.ts';

const accounts: Route[] = [
  defineRoute({
    id: 'people.sign-in',
    method: 'POST',
    path: '/api/sign-in',
    access: 'public',
    scope: everything('whoever knows a password may try it'),
    body: contract.SignInBody,
    perMinute: 20,
    limitBy: (body) => String((body as { login?: unknown } | undefined)?.login ?? '').slice(0, 60),
    async handle(ctx, { body, address }) {
      const { account, issued } = await signIn(ctx, { ...body, address });
      return new SessionReply({ id: account._id, name: account.name, roles: account.roles }, issued);
    },
  }),
  defineRoute({
    id: 'people.sign-out',
    method: 'POST',
    path: '/api/sign-out',
    access: 'public',
    scope: everything('ends only the session that asks'),
    async handle(ctx, { actor }) {
      await signOut(ctx, actor);
      return new SessionReply({}, undefined);
    },
  }),
  defineRoute({
    id: 'people.me',
    method: 'GET',
    path: '/api/me',
    access: 'public',
    scope: everything('tells a person who they are'),
    handle: (ctx, { actor }) =>
      Promise.resolve({
        kind: actor.kind,
        roles: [...actor.roles],
        now: ctx.clock.now(),
        demo: ctx.config.demo,
        ...(actor.kind === 'anonymous' ? {} : { name: actor.name }),
        ...(actor.kind === 'staff' ? { id: actor.accountId } : {}),
        ...(actor.kind === 'candidate' ? { id: actor.candidateId, attemptId: actor.attemptId } : {}),
      } satisfies contract.Me),
  }),
  defineRoute({
    id: 'people.accounts.create',
    method: 'POST',
    path: '/api/accounts',
    access: ['administrator'],
    scope: everything('administrators keep all accounts'),
    body: contract.AccountBody,
    handle: async (ctx, { actor, body }) => Reply.created(await createAccount(ctx, actor, body)),
  }),
  defineRoute({
    id: 'people.accounts.list',
    method: 'GET',
    path: '/api/accounts',
    access: ['administrator', 'exam-officer', 'chief-invigilator'],
    scope: everything('officers roster all staff'),
    query: contract.AccountsQuery,
    handle: (_ctx, { query }) => listAccounts(query),
  }),
  defineRoute({
    id: 'people.accounts.roles',
    method: 'PUT',
    path: '/api/accounts/:id/roles',
    access: ['administrator'],
    scope: everything('administrators keep all accounts'),
    params: contract.IdParams,
    body: contract.RolesBody,
    handle: (ctx, { actor, params, body }) => setRoles(ctx, actor, params.id, body.roles),
  }),
];

const institutions: Route[] = [
  defineRoute({
    id: 'people.institutions.list',
    method: 'GET',
    path: '/api/institutions',
    access: ['administrator', 'exam-officer', 'certificate-officer', 'auditor'],
    scope: everything('institutions are public bodies'),
    handle: async () => ({ items: await listInstitutions() }),
  }),
  defineRoute({
    id: 'people.institutions.save',
    method: 'POST',
    path: '/api/institutions',
    access: ['administrator', 'exam-officer'],
    scope: everything('officers record institutions'),
    body: contract.InstitutionBody,
    handle: async (ctx, { actor, body }) => Reply.created(await saveInstitution(ctx, actor, body)),
  }),
  defineRoute({
    id: 'people.institutions.approve',
    method: 'POST',
    path: '/api/institutions/:id/approval',
    access: ['administrator'],
    scope: everything('administrators approve institutions'),
    params: contract.IdParams,
    handle: (ctx, { actor, params }) => approveInstitution(ctx, actor, params.id),
  }),
];

const candidates: Route[] = [
  defineRoute({
    id: 'people.candidates.import',
    method: 'POST',
    path: '/api/candidates',
    access: ['exam-officer'],
    scope: everything('officers take candidates in'),
    body: contract.CandidatesBody,
    maxBodyBytes: 16 * 1024 * 1024,
    handle: async (ctx, { actor, body }) =>
      Reply.created({ items: await importCandidates(ctx, actor, body.candidates) }),
  }),
  defineRoute({
    id: 'people.candidates.list',
    method: 'GET',
    path: '/api/candidates',
    access: ['exam-officer', 'certificate-officer', 'auditor'],
    scope: everything('officers see all candidates'),
    query: PageQuery,
    handle: (_ctx, { query }) => listCandidates(query),
  }),
  defineRoute({
    id: 'people.candidates.photo',
    method: 'GET',
    path: '/api/candidates/:id/photo',
    access: ['candidate', 'invigilator', 'chief-invigilator', 'exam-officer', 'certificate-officer'],
    scope: {
      kind: 'own',
      name: 'a candidate sees only their own portrait',
      allows: (_ctx, actor, params) =>
        Promise.resolve(
          actor.kind === 'staff' || (actor.kind === 'candidate' && actor.candidateId === params.id),
        ),
    },
    params: contract.IdParams,
    async handle(_ctx, { params }) {
      const photo = await candidatePhoto(params.id);
      return Reply.file(photo.bytes, photo.type, photo.name, true);
    },
  }),
];

const demo: Route[] = [
  defineRoute({
    id: 'people.demo.clock',
    method: 'POST',
    path: '/api/demo/clock',
    access: ['administrator'],
    scope: everything('moves the clock of a demo server, refused on any other'),
    body: contract.AdvanceBody,
    async handle(ctx, { actor, body }) {
      if (!ctx.config.demo || !isMovable(ctx.clock)) throw new AppError('platform.demo-only');
      await ctx.audit.record({
        actor: actor.kind === 'staff' ? `account:${actor.accountId}` : 'public',
        action: 'people.demo.clock',
        subject: 'clock',
        facts: { minutes: body.minutes },
      });
      ctx.clock.advance(Math.round(body.minutes * 60_000));
      return { now: ctx.clock.now() };
    },
  }),
];

export const peopleRoutes: readonly Route[] = [...accounts, ...institutions, ...candidates, ...demo];
