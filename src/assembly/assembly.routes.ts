import { defineRoute, everything, Reply, type Route } from '../platform/http/route.ts';
import * as contract from './assembly.contract.ts';
import { assembleForms, judgeFeasibility } from './assemble.service.ts';
import { conformanceOf, listForms, showForm, showFormKeys } from './forms.service.ts';
import { importTemplate, listTemplates, showTemplate } from './templates.service.ts';

const TEMPLATE_READERS = ['exam-officer', 'item-reviewer', 'chief-invigilator', 'auditor'] as const;
const office = everything('templates and forms belong to the examining body, not to one person');

const templates: Route[] = [
  defineRoute({
    id: 'assembly.templates.import',
    method: 'POST',
    path: '/api/assembly/templates',
    access: ['exam-officer'],
    scope: office,
    query: contract.TemplateQuery,
    body: contract.TemplateBody,
    maxBodyBytes: 512 * 1024,
    handle: async (ctx, { actor, query, body }) =>
      Reply.created(await importTemplate(ctx, actor, body, query)),
  }),
  defineRoute({
    id: 'assembly.templates.list',
    method: 'GET',
    path: '/api/assembly/templates',
    access: TEMPLATE_READERS,
    scope: office,
    query: contract.TemplatesQuery,
    handle: (_ctx, { query }) => listTemplates(query),
  }),
  defineRoute({
    id: 'assembly.templates.show',
    method: 'GET',
    path: '/api/assembly/templates/:code',
    access: TEMPLATE_READERS,
    scope: office,
    params: contract.CodeParams,
    handle: (_ctx, { params }) => showTemplate(params.code),
  }),
  defineRoute({
    id: 'assembly.templates.feasibility',
    method: 'GET',
    path: '/api/assembly/templates/:code/feasibility',
    access: ['exam-officer', 'item-reviewer'],
    scope: office,
    params: contract.CodeParams,
    query: contract.FeasibilityQuery,
    perMinute: 60,
    handle: (ctx, { params, query }) => judgeFeasibility(ctx, params.code, query.forms),
  }),
];

const forms: Route[] = [
  defineRoute({
    id: 'assembly.forms.make',
    method: 'POST',
    path: '/api/assembly/templates/:code/forms',
    access: ['exam-officer'],
    scope: office,
    params: contract.CodeParams,
    body: contract.AssembleBody,
    perMinute: 60,
    handle: async (ctx, { actor, params, body }) =>
      Reply.created(await assembleForms(ctx, actor, params.code, body)),
  }),
  defineRoute({
    id: 'assembly.forms.list',
    method: 'GET',
    path: '/api/assembly/forms',
    access: ['exam-officer', 'chief-invigilator', 'auditor'],
    scope: office,
    query: contract.FormsQuery,
    handle: (_ctx, { query }) => listForms(query),
  }),
  defineRoute({
    id: 'assembly.forms.show',
    method: 'GET',
    path: '/api/assembly/forms/:formId',
    access: ['exam-officer', 'auditor'],
    scope: office,
    params: contract.FormParams,
    handle: (_ctx, { params }) => showForm(params.formId),
  }),
  defineRoute({
    id: 'assembly.forms.keys',
    method: 'GET',
    path: '/api/assembly/forms/:formId/keys',
    access: ['exam-officer'],
    scope: everything('an exam officer may check any paper against its keys; each reading is in the audit'),
    params: contract.FormParams,
    handle: (ctx, { actor, params }) => showFormKeys(ctx, actor, params.formId),
  }),
  defineRoute({
    id: 'assembly.forms.conformance',
    method: 'GET',
    path: '/api/assembly/forms/:formId/conformance',
    access: ['exam-officer', 'auditor'],
    scope: office,
    params: contract.FormParams,
    handle: (_ctx, { params }) => conformanceOf(params.formId),
  }),
];

export const assemblyRoutes: readonly Route[] = [...templates, ...forms];
