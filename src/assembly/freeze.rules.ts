import type { ItemBody } from '../bank/item.contract.ts';
import type { CandidateScenario } from '../bank/scenario.contract.ts';
import type { CandidateForm, CandidateItem, FormKey, FormPart } from './form.contract.ts';

/** An item on its way into a form: what is shown and the key still side by side. */
export interface AssembledItem {
  itemId: string;
  version: number;
  points: number;
  body: ItemBody | { type: 'scenario'; scenario: CandidateScenario };
  key: FormKey;
}

/** A form on its way to be frozen. */
export interface AssembledForm {
  head: Omit<CandidateForm, 'parts'>;
  parts: (
    | (Omit<Extract<FormPart, { kind: 'items' | 'computer' }>, 'items'> & { items: AssembledItem[] })
    | Extract<FormPart, { kind: 'on-site' }>
  )[];
}

/** Paper and keys of a form, apart. */
export interface FrozenForm {
  paper: CandidateForm;
  keys: { itemId: string; key: FormKey }[];
}

/**
 * The one place where papers and keys part. Every field of the paper is named here, so that a secret added to an
 * item one day stays out of the paper by itself.
 */
export function freeze({ head, parts }: AssembledForm): FrozenForm {
  const { formId, templateCode, templateVersion, kind, level, label, title } = head;
  const { minutes, calculator, partialCredit } = head;
  const named = { formId, templateCode, templateVersion, kind, level, label, title };
  return {
    paper: { ...named, minutes, calculator, partialCredit, parts: parts.map(showPart) },
    keys: parts.flatMap((part) => part.items.map(({ itemId, key }) => ({ itemId, key }))),
  };
}

function showPart(part: AssembledForm['parts'][number]): FormPart {
  const { id, title, points } = part;
  if (part.kind === 'on-site') {
    return { kind: part.kind, id, title, points, task: part.task, criteria: part.criteria, items: [] };
  }
  return { kind: part.kind, id, title, points, items: part.items.map(showItem) };
}

function showItem({ itemId, version, points, body }: AssembledItem): CandidateItem {
  const head = { itemId, version, points };
  switch (body.type) {
    case 'single':
    case 'multiple':
    case 'ordering':
      return {
        ...head,
        type: body.type,
        stem: body.stem,
        options: body.options.map(({ id, text }) => ({ id, text })),
      };
    case 'true-false':
      return { ...head, type: body.type, stem: body.stem };
    case 'numeric':
      return { ...head, type: body.type, stem: body.stem, unit: body.unit };
    case 'matching': {
      const show = (list: typeof body.options) => list.map(({ id, text }) => ({ id, text }));
      return {
        ...head,
        type: body.type,
        stem: body.stem,
        prompts: show(body.prompts),
        options: show(body.options),
      };
    }
    case 'scenario': {
      const { title, brief, minutes, sheets, state, fields } = body.scenario;
      return { ...head, type: body.type, scenario: { title, brief, minutes, sheets, state, fields } };
    }
  }
}
