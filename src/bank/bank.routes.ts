import { defineRoute, everything, type Route } from '../platform/http/route.ts';
import { STAFF_ROLES } from '../shared/roles.ts';
import * as contract from './bank.contract.ts';
import { importBankFile } from './import.service.ts';
import { coverage, listItems, moveItem, selectItem } from './items.service.ts';
import { importScenario, listScenarios, showScenario } from './scenarios.service.ts';
import { loadSyllabus } from './syllabus.ts';

const READERS = ['item-author', 'item-reviewer', 'exam-officer', 'auditor'] as const;
const SCENARIO_READERS = ['item-author', 'item-reviewer', 'exam-officer', 'examiner'] as const;
const bank = everything('the bank is one for all institutions, and its staff work on all of it');

const items: Route[] = [
  defineRoute({
    id: 'bank.imports.create',
    method: 'POST',
    path: '/api/bank/imports',
    access: ['item-author', 'item-reviewer', 'exam-officer'],
    scope: bank,
    query: contract.ImportQuery,
    body: contract.ImportBody,
    maxBodyBytes: 8 * 1024 * 1024,
    handle: (ctx, { actor, query, body }) => importBankFile(ctx, actor, body, query),
  }),
  defineRoute({
    id: 'bank.items.list',
    method: 'GET',
    path: '/api/bank/items',
    access: READERS,
    scope: bank,
    query: contract.ItemsQuery,
    handle: (_ctx, { query }) => listItems(query),
  }),
  defineRoute({
    id: 'bank.items.show',
    method: 'GET',
    path: '/api/bank/items/:itemId',
    access: READERS,
    scope: bank,
    params: contract.ItemParams,
    handle: (_ctx, { actor, params }) => selectItem(actor, params.itemId),
  }),
  defineRoute({
    id: 'bank.items.command',
    method: 'POST',
    path: '/api/bank/items/:itemId/commands',
    access: ['item-author', 'item-reviewer'],
    scope: bank,
    params: contract.ItemParams,
    body: contract.ItemCommandBody,
    handle: (ctx, { actor, params, body }) => moveItem(ctx, actor, params.itemId, body),
  }),
  defineRoute({
    id: 'bank.coverage',
    method: 'GET',
    path: '/api/bank/coverage',
    access: READERS,
    scope: bank,
    query: contract.LevelQuery,
    handle: (_ctx, { query }) => coverage(query.level),
  }),
  defineRoute({
    id: 'bank.syllabus',
    method: 'GET',
    path: '/api/bank/syllabus',
    access: STAFF_ROLES,
    scope: everything('the syllabus is a public document'),
    handle: () => Promise.resolve(loadSyllabus()),
  }),
];

const scenarios: Route[] = [
  defineRoute({
    id: 'bank.scenarios.import',
    method: 'POST',
    path: '/api/bank/scenarios',
    access: ['item-reviewer', 'exam-officer'],
    scope: bank,
    query: contract.ImportQuery,
    body: contract.ScenarioBody,
    maxBodyBytes: 2 * 1024 * 1024,
    handle: (ctx, { actor, query, body }) => importScenario(ctx, actor, body, query),
  }),
  defineRoute({
    id: 'bank.scenarios.list',
    method: 'GET',
    path: '/api/bank/scenarios',
    access: SCENARIO_READERS,
    scope: bank,
    query: contract.ScenariosQuery,
    handle: (_ctx, { query }) => listScenarios(query),
  }),
  defineRoute({
    id: 'bank.scenarios.show',
    method: 'GET',
    path: '/api/bank/scenarios/:scenarioId',
    access: SCENARIO_READERS,
    scope: bank,
    params: contract.ScenarioParams,
    handle: (_ctx, { actor, params }) => showScenario(actor, params.scenarioId),
  }),
];

export const bankRoutes: readonly Route[] = [...items, ...scenarios];
