import type { CandidateForm, CandidateItem, FormPart } from '../assembly/form.contract.ts';
import { shuffled } from '../shared/seeded.ts';
import { judgeAttempt, type AttemptRefusal, type AttemptState } from './attempt.rules.ts';
import type { PaperOrder } from './attempt.contract.ts';
import type { RoomState } from './room.rules.ts';

/**
 * The order of one candidate's paper: parts as in the form, bank items within their part and options within their item by
 * the seed. Computer tasks keep their order, since one may build on another.
 */
export function paperOrder(form: CandidateForm, seed: string): PaperOrder {
  const options: PaperOrder['options'] = [];
  const parts = form.parts.map((part) => {
    for (const item of part.items) {
      if (!('options' in item)) continue;
      const ids = item.options.map(({ id }) => id);
      options.push({ itemId: item.itemId, ids: shuffled(ids, `${seed}:${item.itemId}`) });
    }
    const ids = part.items.map(({ itemId }) => itemId);
    return part.kind === 'items' ? shuffled(ids, `${seed}:${part.id}`) : ids;
  });
  return { parts, options };
}

const inOrder = <T>(values: readonly T[], ids: readonly string[], idOf: (value: T) => string): T[] => {
  const byId = new Map(values.map((value) => [idOf(value), value]));
  return ids.flatMap((id) => byId.get(id) ?? []);
};

function orderItem(item: CandidateItem, order: PaperOrder): CandidateItem {
  const ids = order.options.find(({ itemId }) => itemId === item.itemId)?.ids;
  if (!('options' in item) || ids === undefined) return item;
  return { ...item, options: inOrder(item.options, ids, ({ id }) => id) };
}

/** The form in a recorded order; nothing is added, nothing left out. */
export function orderForm(form: CandidateForm, order: PaperOrder): CandidateForm {
  const parts = form.parts.map((part, i): FormPart => {
    if (part.kind === 'on-site') return part;
    const items = inOrder(part.items, order.parts[i] ?? [], ({ itemId }) => itemId);
    return { ...part, items: items.map((item) => orderItem(item, order)) };
  });
  return { ...form, parts };
}

/** Whether the key of the sealed paper may leave the server: not before the candidate's own start is possible. */
export function judgePaperKey(
  state: AttemptState,
  room: RoomState,
): { ok: true } | { ok: false; code: AttemptRefusal | 'sitting.paper-sealed' } {
  if (state === 'answering' || state === 'paused') return { ok: true };
  const verdict = judgeAttempt(state, 'start', room);
  if (verdict.ok) return { ok: true };
  return {
    ok: false,
    code: verdict.code === 'sitting.room-not-running' ? 'sitting.paper-sealed' : verdict.code,
  };
}
