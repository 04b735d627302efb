import { createCipheriv } from 'node:crypto';
import { candidateForm } from '../assembly/forms.service.ts';
import type { CandidateForm } from '../assembly/form.contract.ts';
import { batchedById } from '../platform/batched-read.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { AttemptView, PaperKey, PaperOrder, SealedPaper } from './attempt.contract.ts';
import type { Attempt } from './attempt.model.ts';
import { judgeAttempt } from './attempt.rules.ts';
import { viewAttempt } from './attempt-view.service.ts';
import { loadAttempt, moveAttempt, type AttemptFacts } from './attempts.service.ts';
import { PaperKeyModel } from './paper-key.model.ts';
import { PaperOrderModel } from './paper-order.model.ts';
import { judgePaperKey, orderForm, paperOrder } from './paper.rules.ts';

// Forms are frozen, so what was read once stays true; a lab has a handful of them.
const forms = new Map<string, CandidateForm>();

/** A frozen form, from memory after the first time. */
export async function selectForm(formId: string): Promise<CandidateForm> {
  const known = forms.get(formId);
  if (known !== undefined) return known;
  const form = await candidateForm(formId);
  if (forms.size >= 100) forms.clear();
  forms.set(formId, form);
  return form;
}

/**
 * The candidate's paper, in their own order, sealed with their own key. The first time makes a checked-in attempt ready.
 * @throws AppError sitting.not-admitted, sitting.attempt-ended, sitting.room-not-open
 */
export async function receivePaper(ctx: Ctx, attemptId: string): Promise<SealedPaper> {
  const known = await loadAttempt(attemptId);
  const { attempt, room } = known;
  const verdict = judgeAttempt(attempt.state, 'receive-paper', room.state);
  if (!verdict.ok) throw new AppError(verdict.code);
  const form = await selectForm(attempt.formId);
  const [order, key] = await Promise.all([deliveredOrder(attempt, form), paperKey(ctx, attemptId)]);
  const sealed = seal(ctx, orderForm(form, order), key);
  if (attempt.state === 'checked-in')
    await moveAttempt(ctx, {
      attemptId,
      command: 'receive-paper',
      by: `candidate:${attempt.candidateId}`,
      known,
    });
  return sealed;
}

const readOrder = batchedById(PaperOrderModel);
const readKey = batchedById(PaperKeyModel);

/** The order in which an attempt's paper was delivered; undefined before that. */
export const orderOf = async (attemptId: string): Promise<PaperOrder | undefined> =>
  (await readOrder(attemptId))?.order;

/** The order as it was delivered before, else the seed's, which is recorded. */
async function deliveredOrder(attempt: Attempt, form: CandidateForm): Promise<PaperOrder> {
  const delivered = await orderOf(attempt._id);
  if (delivered !== undefined) return delivered;
  const order = paperOrder(form, attempt.seed);
  await PaperOrderModel.updateOne({ _id: attempt._id }, { $setOnInsert: { order } }, { upsert: true });
  return order;
}

/** AES-256-GCM with the tag at the end, as the page's own cipher has it; Node's takes a hundredth of its time. */
function seal(ctx: Ctx, content: CandidateForm, key: Uint8Array): SealedPaper {
  const nonce = ctx.random.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const pieces = [cipher.update(JSON.stringify(content), 'utf8'), cipher.final(), cipher.getAuthTag()];
  return {
    algorithm: 'A256GCM',
    nonce: nonce.toString('base64'),
    ciphertext: Buffer.concat(pieces).toString('base64'),
  };
}

async function paperKey(ctx: Ctx, attemptId: string): Promise<Uint8Array> {
  const known = await readKey(attemptId);
  if (known !== null) return Buffer.from(known.key, 'base64');
  const fresh = ctx.random.bytes(32).toString('base64');
  const record = await PaperKeyModel.findOneAndUpdate(
    { _id: attemptId },
    { $setOnInsert: { key: fresh } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  return Buffer.from(record.key, 'base64');
}

/**
 * The key that opens the paper, for the writer's browser alone: a second sign-in has the sealed paper and waits.
 * @throws AppError sitting.paper-sealed before the start, sitting.second-sign-in, and the table's reasons
 */
export async function releasePaperKey(ctx: Ctx, attemptId: string, sessionId: string): Promise<PaperKey> {
  return keyFor(ctx, await loadAttempt(attemptId), sessionId);
}

async function keyFor(ctx: Ctx, { attempt, room }: AttemptFacts, sessionId: string): Promise<PaperKey> {
  requireHolder(attempt, sessionId);
  const verdict = judgePaperKey(attempt.state, room.state);
  if (!verdict.ok) throw new AppError(verdict.code);
  const key = Buffer.from(await paperKey(ctx, attempt._id)).toString('base64');
  return { key, startedAt: room.startedAt ?? ctx.clock.now() };
}

function requireHolder({ writer }: Attempt, sessionId: string): void {
  if (writer?.sessionId !== sessionId) throw new AppError('sitting.second-sign-in');
}

/** Starts an attempt in a running room and gives the key, and the attempt as it is then; again, if asked again. */
export async function startAttempt(
  ctx: Ctx,
  attemptId: string,
  sessionId: string,
): Promise<PaperKey & { attempt: AttemptView }> {
  const known = await loadAttempt(attemptId);
  requireHolder(known.attempt, sessionId);
  const by = `candidate:${known.attempt.candidateId}`;
  const attempt =
    known.attempt.state === 'answering'
      ? known.attempt
      : await moveAttempt(ctx, { attemptId, command: 'start', by, known });
  const facts = { ...known, attempt };
  const [key, view] = await Promise.all([
    keyFor(ctx, facts, sessionId),
    viewAttempt(ctx, attemptId, sessionId, facts),
  ]);
  return { ...key, attempt: view };
}
