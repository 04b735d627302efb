import { gcm } from '@noble/ciphers/aes.js';
import { candidateForm } from '../assembly/forms.service.ts';
import type { CandidateForm } from '../assembly/form.contract.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { PaperKey, PaperOrder, SealedPaper } from './attempt.contract.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import { judgeAttempt } from './attempt.rules.ts';
import { loadAttempt, moveAttempt } from './attempts.service.ts';
import { PaperKeyModel } from './paper-key.model.ts';
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
  const { attempt, room } = await loadAttempt(attemptId);
  const verdict = judgeAttempt(attempt.state, 'receive-paper', room.state);
  if (!verdict.ok) throw new AppError(verdict.code);
  const form = await selectForm(attempt.formId);
  const order = attempt.order ?? (await recordOrder(attempt, form));
  const sealed = seal(ctx, orderForm(form, order), await paperKey(ctx, attemptId));
  if (attempt.state === 'checked-in')
    await moveAttempt(ctx, { attemptId, command: 'receive-paper', by: `candidate:${attempt.candidateId}` });
  return sealed;
}

async function recordOrder(attempt: Attempt, form: CandidateForm): Promise<PaperOrder> {
  const order = paperOrder(form, attempt.seed);
  await AttemptModel.updateOne({ _id: attempt._id }, { $set: { order } });
  return order;
}

function seal(ctx: Ctx, content: CandidateForm, key: Uint8Array): SealedPaper {
  const nonce = ctx.random.bytes(12);
  const ciphertext = gcm(key, nonce).encrypt(new TextEncoder().encode(JSON.stringify(content)));
  return {
    algorithm: 'A256GCM',
    nonce: nonce.toString('base64'),
    ciphertext: Buffer.from(ciphertext).toString('base64'),
  };
}

async function paperKey(ctx: Ctx, attemptId: string): Promise<Uint8Array> {
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
  const { attempt, room } = await loadAttempt(attemptId);
  requireHolder(attempt, sessionId);
  const verdict = judgePaperKey(attempt.state, room.state);
  if (!verdict.ok) throw new AppError(verdict.code);
  const key = Buffer.from(await paperKey(ctx, attemptId)).toString('base64');
  return { key, startedAt: room.startedAt ?? ctx.clock.now() };
}

function requireHolder({ writer }: Attempt, sessionId: string): void {
  if (writer?.sessionId !== sessionId) throw new AppError('sitting.second-sign-in');
}

/** Starts an attempt in a running room and gives the key with it; again, if asked again. */
export async function startAttempt(ctx: Ctx, attemptId: string, sessionId: string): Promise<PaperKey> {
  const { attempt } = await loadAttempt(attemptId);
  requireHolder(attempt, sessionId);
  if (attempt.state !== 'answering')
    await moveAttempt(ctx, { attemptId, command: 'start', by: `candidate:${attempt.candidateId}` });
  return releasePaperKey(ctx, attemptId, sessionId);
}
