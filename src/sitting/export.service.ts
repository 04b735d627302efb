import { AppError } from '../shared/errors/index.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import { AnswerModel } from './answer.model.ts';
import type { AttemptExport } from './attempt.contract.ts';
import { AttemptModel } from './attempt.model.ts';
import { selectSitting } from './sittings.service.ts';

const COLLECTED = ['collected', 'marked', 'released', 'archived'];

/**
 * The answers of a collected sitting with their receipts, attempt by attempt: whoever has it can work out every digest again.
 * No keys and no marks. @throws AppError platform.not-found, sitting.not-collected
 */
export async function exportAnswers(
  sittingId: string,
  { offset = 0, limit = 50 }: PageQuery,
): Promise<Page<AttemptExport>> {
  const sitting = await selectSitting(sittingId);
  if (!COLLECTED.includes(sitting.state)) throw new AppError('sitting.not-collected');
  const [attempts, total] = await Promise.all([
    AttemptModel.find({ sittingId }).sort({ admissionNumber: 1 }).skip(offset).limit(limit).lean(),
    AttemptModel.countDocuments({ sittingId }),
  ]);
  const answers = await AnswerModel.find({ attemptId: { $in: attempts.map(({ _id }) => _id) } })
    .sort({ itemId: 1 })
    .lean();
  const items = attempts.map((attempt): AttemptExport => {
    const { _id: attemptId, admissionNumber, formId, state, receipt } = attempt;
    return {
      attemptId,
      admissionNumber,
      formId,
      state,
      ...(receipt === undefined ? {} : { receipt }),
      answers: answers
        .filter((answer) => answer.attemptId === attemptId)
        .map(({ itemId, seq, value, savedAt }) => ({ itemId, seq, value, savedAt })),
    };
  });
  return { items, total, offset, limit };
}
