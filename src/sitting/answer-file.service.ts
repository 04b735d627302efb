import { createDecipheriv } from 'node:crypto';
import type { TSchema } from '@sinclair/typebox';
import type { Ctx } from '../platform/context.ts';
import { validate } from '../platform/http/validate.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Text } from '../shared/text.ts';
import { answerCode, answerText } from './answer-text.rules.ts';
import { answersOf, keepHistory } from './answer-store.ts';
import { digestOf, findMisfits } from './answers.service.ts';
import { AnswerFile, AnswerFileContent, type AnswerInput } from './attempt.contract.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import { lateAnswersOf, noteLate } from './late-answers.service.ts';
import { PaperKeyModel } from './paper-key.model.ts';

/** Largest answer file, bytes. */
export const ANSWER_FILE_LIMIT = 1024 * 1024;
const TAG_BYTES = 16;
const NONCE_BYTES = 12;

/** What may be wrong with a file, in words for the person who brought it. */
const FAULTS = {
  notAFile: { zh: '不是答案文件', en: 'it is not an answer file' },
  otherRoom: { zh: '不属于本考场的考生', en: 'it is of no candidate of this room' },
  notStarted: { zh: '该考生尚未领取试卷', en: 'its candidate has not received a paper' },
  unreadable: { zh: '内容不完整或被改动', en: 'its content is not whole, or was changed' },
  misfit: { zh: '试题 {item} 的答案与试卷不符', en: 'the answer to {item} does not fit the paper' },
} as const satisfies Readonly<Record<string, Text>>;

/** An answer file taken in. */
export interface TakenFile {
  attempt: Attempt;
  /** Code of the file's answers, as the candidate's page shows it. */
  code: string;
  /** When the page says the file was made, server ms. */
  at: number;
  answers: number;
  /** How many answers were not known before. */
  news: number;
  /** How many are newer than what is stored. */
  late: number;
}

function refuse(fault: keyof typeof FAULTS, item = ''): never {
  const { zh, en } = FAULTS[fault];
  throw new AppError('sitting.wrong-answer-file', {
    params: { why: zh.replace('{item}', item), detail: en.replace('{item}', item) },
  });
}

/**
 * Takes in the file of a computer that had no line: its answers are kept as evidence, and wait for the chief invigilator's
 * decision once the attempt has ended. The same file again changes nothing.
 * @throws AppError sitting.wrong-answer-file
 */
export async function takeAnswerFile(ctx: Ctx, roomId: string, bytes: Uint8Array): Promise<TakenFile> {
  const file = parse(AnswerFile, Buffer.from(bytes).toString('utf8'), 'notAFile');
  const attempt = await AttemptModel.findOne({ _id: file.attemptId, roomId }).lean();
  if (attempt === null) refuse('otherRoom');
  const { at, answers } = parse(AnswerFileContent, await open(file), 'unreadable');
  const [misfit] = await findMisfits(attempt._id, answers);
  if (misfit !== undefined) refuse('misfit', misfit.itemId);
  const news = await keep(ctx, attempt._id, answers);
  await noteLate(ctx, [attempt._id]);
  const { waiting } = await lateAnswersOf(attempt._id);
  const brought = new Set(answers.map(({ itemId, seq }) => `${itemId}:${seq}`));
  return {
    attempt,
    code: answerCode(digestOf(answers.map((answer) => ({ ...answer, savedAt: at }))).digest),
    at,
    answers: answers.length,
    news,
    late: waiting.filter(({ itemId, seq }) => brought.has(`${itemId}:${seq}`)).length,
  };
}

function parse<T>(schema: TSchema & { static: T }, text: string, fault: keyof typeof FAULTS): T {
  try {
    const value: unknown = JSON.parse(text);
    validate(schema, value);
    return value as T;
  } catch {
    return refuse(fault);
  }
}

/** The text sealed in a file: AES-256-GCM under the attempt's paper key, the tag at the end. */
async function open({ attemptId, nonce, ciphertext }: AnswerFile): Promise<string> {
  const record = await PaperKeyModel.findById(attemptId).lean();
  if (record === null) return refuse('notStarted');
  const iv = Buffer.from(nonce, 'base64');
  const sealed = Buffer.from(ciphertext, 'base64');
  if (iv.length !== NONCE_BYTES || sealed.length < TAG_BYTES) return refuse('unreadable');
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(record.key, 'base64'), iv, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(`answers:${attemptId}`));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    return refuse('unreadable');
  }
}

/** Keeps what is not stored already. The limit of evidence is not for files: staff bring them, nobody fills the disk with them. */
async function keep(ctx: Ctx, attemptId: string, answers: readonly AnswerInput[]): Promise<number> {
  const stored = new Set((await answersOf(attemptId)).map(answerText));
  const unknown = answers.filter((answer) => !stored.has(answerText(answer)));
  if (unknown.length === 0) return 0;
  const savedAt = ctx.clock.now();
  // Noted first: an attempt that ends meanwhile looks for evidence where there is any.
  await AttemptModel.updateOne({ _id: attemptId }, { $max: { evidence: 1 } });
  return keepHistory(
    unknown.map(({ itemId, seq, value, changedAt }) => ({
      attemptId,
      itemId,
      seq,
      value,
      savedAt,
      ...(changedAt === undefined ? {} : { claimedAt: changedAt }),
    })),
    'file',
  );
}
