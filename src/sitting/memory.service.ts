import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { answersOf } from './answer-store.ts';
import type { PageMemory, StoredWork } from './attempt.contract.ts';
import { AttemptModel } from './attempt.model.ts';
import { MemoryModel } from './memory.model.ts';
import { requireWriter } from './writer.service.ts';

/**
 * Keeps what the page remembers (place, marks, notes), so that another computer goes on there. The newest page wins.
 * @throws AppError sitting.not-the-writer
 */
export async function saveMemory(
  ctx: Ctx,
  input: { attemptId: string; sessionId: string; fence: number; memory: PageMemory },
): Promise<void> {
  const { attemptId: _id, fence } = input;
  const attempt = await AttemptModel.findById(_id, { writer: 1 }).lean();
  if (attempt === null) throw new AppError('platform.not-found');
  requireWriter(attempt, input);
  const change = { memory: JSON.stringify(input.memory), fence, savedAt: ctx.clock.now() };
  try {
    await MemoryModel.updateOne({ _id, fence: { $lte: fence } }, { $set: change }, { upsert: true });
  } catch (error) {
    // A newer page's is there: the upsert meets its id.
    if ((error as { code?: number }).code !== 11_000) throw error;
    throw new AppError('sitting.not-the-writer');
  }
}

/** An attempt's own answers and memory, for its candidate after a reload or at another computer. */
export async function readWork(attemptId: string): Promise<StoredWork> {
  const [answers, kept] = await Promise.all([answersOf(attemptId), MemoryModel.findById(attemptId).lean()]);
  return {
    items: answers.map(({ itemId, seq, value, savedAt }) => ({ itemId, seq, value, savedAt })),
    ...(kept === null ? {} : { memory: JSON.parse(kept.memory) as PageMemory }),
  };
}
