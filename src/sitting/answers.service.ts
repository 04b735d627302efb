import { createHash } from 'node:crypto';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { saveBatch, type SaveJob } from './answer-batch.ts';
import { answersOf } from './answer-store.ts';
import type { Answer } from './answer.model.ts';
import { answersText, isAnswered } from './answer-text.rules.ts';
import { answerShapes, findAnswerFault, type AnswerShape } from './answer.rules.ts';
import type { AnswerInput, SaveAnswer } from './attempt.contract.ts';
import { AttemptModel } from './attempt.model.ts';
import { BatchWriter } from './batch-writer.ts';
import { selectForm } from './paper.service.ts';
import { TallyCache } from './tally.ts';

/** Answers of one batch, and those that may wait, are bounded: memory does not grow when the disk is slow. */
const BATCH = {
  windowMs: 3,
  capacity: 10_000,
  batchWeight: 1_000,
  weigh: (job: SaveJob) => job.answers.length,
};

interface Saver {
  writer: BatchWriter<SaveJob, SaveAnswer>;
  tallies: TallyCache;
}

const savers = new WeakMap<Ctx, Saver>();
function saverOf(ctx: Ctx): Saver {
  let saver = savers.get(ctx);
  if (saver === undefined) {
    const tallies = new TallyCache();
    saver = { tallies, writer: new BatchWriter((jobs) => saveBatch(ctx, tallies, jobs), BATCH) };
    savers.set(ctx, saver);
  }
  return saver;
}

type Shapes = ReadonlyMap<string, AnswerShape>;

/** Shapes by form, which is frozen. */
const shapesByForm = new Map<string, Shapes>();
/** Forms by attempt: fixed at the seating. */
const formByAttempt = new Map<string, string>();

/** The shapes of an attempt's items, if this process has met it before. */
const knownShapes = (attemptId: string): Shapes | undefined =>
  shapesByForm.get(formByAttempt.get(attemptId) ?? '');

/** The same, read where they are not known. @throws AppError platform.not-found */
async function readShapes(attemptId: string): Promise<Shapes> {
  const attempt = await AttemptModel.findById(attemptId, { formId: 1 }).lean();
  if (attempt === null) throw new AppError('platform.not-found');
  const { formId } = attempt;
  const shapes = shapesByForm.get(formId) ?? answerShapes((await selectForm(formId)).parts);
  if (shapesByForm.size >= 100) shapesByForm.clear();
  shapesByForm.set(formId, shapes);
  if (formByAttempt.size >= 20_000) formByAttempt.clear();
  formByAttempt.set(attemptId, formId);
  return shapes;
}

/** An answer that does not fit its item, by its place in the list. */
interface Misfit {
  index: number;
  itemId: string;
  message: string;
}

const misfitsIn = (shapes: Shapes, answers: readonly AnswerInput[]): Misfit[] =>
  answers.flatMap(({ itemId, value }, index) => {
    const message = findAnswerFault(value, shapes.get(itemId));
    return message === undefined ? [] : [{ index, itemId, message }];
  });

/** The answers that do not fit their item, by their place in the list. */
export const findMisfits = async (attemptId: string, answers: readonly AnswerInput[]): Promise<Misfit[]> =>
  misfitsIn(knownShapes(attemptId) ?? (await readShapes(attemptId)), answers);

/** Refuses a request with an answer that does not fit its item; names every such answer. */
function refuseMisfits(shapes: Shapes, answers: readonly AnswerInput[]): void {
  const issues = misfitsIn(shapes, answers).map(({ index, itemId, message }) => ({
    path: `/answers/${index}`,
    message: `${itemId}: ${message}`,
    code: 'sitting.wrong-answer',
  }));
  const [first] = issues;
  if (first !== undefined)
    throw new AppError('sitting.wrong-answer', {
      field: `${first.path}/value`,
      params: { detail: first.message },
      issues,
    });
}

/**
 * Saves answers; resolves when they are on disk. Idempotent: the same request again has the same outcome. A lower seq is
 * acknowledged and kept as history.
 * @throws AppError sitting.wrong-answer, sitting.not-the-writer, sitting.time-over, sitting.attempt-ended, platform.overloaded …
 */
export async function saveAnswers(ctx: Ctx, job: SaveJob): Promise<SaveAnswer> {
  refuseMisfits(knownShapes(job.attemptId) ?? (await readShapes(job.attemptId)), job.answers);
  const saved = saverOf(ctx).writer.submit(job);
  if (saved === undefined) throw new AppError('platform.overloaded');
  return saved;
}

/** Resolves when every save taken in so far is on disk or refused; before an end is digested. */
export const savesSettled = (ctx: Ctx): Promise<void> => saverOf(ctx).writer.settled();

/** What a receipt says of all answers of an attempt. */
export interface AnswersDigest {
  /** SHA-256 (hex) over `answersText`. */
  digest: string;
  answered: number;
  /** Server ms; missing when nothing is stored. */
  lastSaveAt?: number;
}

/** Digest and count of these answers. */
export function digestOf(
  answers: readonly Pick<Answer, 'itemId' | 'seq' | 'value' | 'savedAt'>[],
): AnswersDigest {
  const times = answers.map((answer) => answer.savedAt);
  return {
    digest: createHash('sha256').update(answersText(answers)).digest('hex'),
    answered: answers.filter((answer) => isAnswered(answer.value)).length,
    ...(times.length === 0 ? {} : { lastSaveAt: Math.max(...times) }),
  };
}

/** Forgets the copy in memory: what is stored was changed otherwise than by a save. */
export const forgetAnswers = (ctx: Ctx, attemptId: string): void => {
  saverOf(ctx).tallies.forget(attemptId);
};

/** Digest and count of what is stored, read from the collection; forgets the copy in memory. */
export async function digestAnswers(ctx: Ctx, attemptId: string): Promise<AnswersDigest> {
  forgetAnswers(ctx, attemptId);
  return digestOf(await answersOf(attemptId));
}
