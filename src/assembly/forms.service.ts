import { sha256 } from '../platform/audit/audit.service.ts';
import { actorName, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Level } from '../shared/levels.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import type { Conformance, FormView } from './assembly.contract.ts';
import { judgeConformance } from './conformance.rules.ts';
import type { CandidateForm, FormKey, KeyedForm } from './form.contract.ts';
import { FormKeyModel, FormModel, type FormRecord } from './form.model.ts';
import type { FrozenForm } from './freeze.rules.ts';
import { selectTemplate } from './templates.service.ts';

/** SHA-256 over the canonical JSON of a form's paper and keys, hex. */
export const digestOf = ({ paper, keys }: FrozenForm): string => sha256(canonicalJson({ paper, keys }));

async function findForm(formId: string): Promise<FormRecord> {
  const record = await FormModel.findById(formId).lean<FormRecord>();
  if (record === null) throw new AppError('assembly.unknown-form');
  return record;
}

/** A form as candidates may see it after the start: no keys. @throws AppError assembly.unknown-form */
export async function candidateForm(formId: string): Promise<CandidateForm> {
  return (await findForm(formId)).paper;
}

/**
 * HAZARD: a form with its keys, checked against the digest it was frozen with. Called by marking, and here by the
 * audited route for exam officers; never on the way to a candidate.
 * @throws AppError assembly.unknown-form, assembly.form-altered
 */
export async function unsafeLoadKeyedForm(formId: string): Promise<KeyedForm> {
  const [record, keyRecord] = await Promise.all([findForm(formId), FormKeyModel.findById(formId).lean()]);
  const keys = keyRecord?.keys ?? [];
  if (digestOf({ paper: record.paper, keys }) !== record.digest)
    throw new AppError('assembly.form-altered', { params: { formId } });
  return {
    form: record.paper,
    keys: new Map(keys.map(({ itemId, key }) => [itemId, key])),
    digest: record.digest,
  };
}

/** The keys of a form for an exam officer; each reading is recorded before it is answered. */
export async function showFormKeys(
  ctx: Ctx,
  actor: Actor,
  formId: string,
): Promise<{ formId: string; digest: string; keys: { itemId: string; key: FormKey }[] }> {
  const { keys, digest } = await unsafeLoadKeyedForm(formId);
  await ctx.audit.record({
    actor: actorName(actor),
    action: 'assembly.form.read-keys',
    subject: `form:${formId}`,
  });
  return { formId, digest, keys: [...keys].map(([itemId, key]) => ({ itemId, key })) };
}

/** Forms, newest first. */
export async function listForms({
  templateCode,
  level,
  offset = 0,
  limit = 50,
}: PageQuery & { templateCode?: string | undefined; level?: Level | undefined }): Promise<Page<FormView>> {
  const filter = {
    ...(templateCode === undefined ? {} : { templateCode }),
    ...(level === undefined ? {} : { level }),
  };
  const [records, total] = await Promise.all([
    FormModel.find(filter, { paper: 0, chosen: 0 })
      .sort({ at: -1, label: 1 })
      .skip(offset)
      .limit(limit)
      .lean(),
    FormModel.countDocuments(filter),
  ]);
  return { items: records.map(viewForm), total, offset, limit };
}

/** One form for the office, without keys. @throws AppError assembly.unknown-form */
export async function showForm(formId: string): Promise<{ view: FormView; form: CandidateForm }> {
  const record = await findForm(formId);
  return { view: viewForm(record), form: record.paper };
}

/** The conformance report of a form and those made together with it, counted from the frozen papers. @throws AppError assembly.unknown-form */
export async function conformanceOf(formId: string): Promise<Conformance> {
  const { batchId, templateCode, templateVersion } = await findForm(formId);
  const template = await selectTemplate(templateCode, templateVersion);
  if (template.kind === 'review') throw new AppError('assembly.no-forms-of-review');
  const batch = await FormModel.find({ batchId }).sort({ label: 1 }).lean<FormRecord[]>();
  return judgeConformance(template, batch);
}

export function viewForm(record: Omit<FormRecord, 'paper' | 'chosen'>): FormView {
  const { _id, templateCode, templateVersion, kind, level, label, title, batchId, seed, digest, items, at } =
    record;
  return {
    formId: _id,
    templateCode,
    templateVersion,
    kind,
    level,
    label,
    title,
    batchId,
    seed,
    digest,
    items,
    at,
  };
}
