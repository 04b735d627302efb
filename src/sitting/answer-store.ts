import { createHash } from 'node:crypto';
import { canonicalJson } from '../shared/canonical-json.ts';
import {
  AnswerHistoryModel,
  AnswerModel,
  type Answer,
  type AnswerHistory,
  type HistoryReason,
} from './answer.model.ts';

const DUPLICATE_KEY = 11_000;
/** A write counts once it is in the journal of a majority. */
const DURABLE = { w: 'majority', j: true } as const;
/** Rounds in which a write that met another node's is tried again. */
const ROUNDS = 5;

export const answerId = (attemptId: string, itemId: string): string => `${attemptId}:${itemId}`;

/** Indexes of the writes that met an answer with the same or a higher seq; throws where a write failed for another reason. */
function overtaken(error: unknown): number[] {
  const { writeErrors } = error as {
    writeErrors?: { index: number; code?: number } | { index: number; code?: number }[];
  };
  const list = writeErrors === undefined ? [] : Array.isArray(writeErrors) ? writeErrors : [writeErrors];
  if (list.length === 0 || list.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  return list.map(({ index }) => index);
}

/**
 * Stores answers, at most one an item, in one bulk write; a higher seq wins. Returns what is stored where a higher (or the
 * same) seq was there before. The filter asks for a lower seq and upserts, so that meeting a higher one is a duplicate id.
 */
export async function storeAnswers(answers: readonly Answer[]): Promise<Map<string, Answer>> {
  const lost = new Map<string, Answer>();
  let pending = [...answers];
  for (let round = 0; pending.length > 0 && round < ROUNDS; round += 1) {
    const met = await tryStore(pending);
    if (met.length === 0) return lost;
    const stored = await AnswerModel.find({ _id: { $in: met.map(({ _id }) => _id) } }).lean();
    const byId = new Map(stored.map((answer) => [answer._id, answer]));
    pending = met.filter((answer) => {
      const there = byId.get(answer._id);
      if (there === undefined || there.seq < answer.seq) return true;
      lost.set(answer._id, there);
      return false;
    });
  }
  if (pending.length > 0) throw new Error('answers could not be stored');
  return lost;
}

async function tryStore(answers: readonly Answer[]): Promise<Answer[]> {
  try {
    await AnswerModel.bulkWrite(
      answers.map(({ _id, attemptId, itemId, seq, value, savedAt }) => ({
        updateOne: {
          filter: { _id, seq: { $lt: seq } },
          update: { $set: { seq, value, savedAt }, $setOnInsert: { attemptId, itemId } },
          upsert: true,
        },
      })),
      { ordered: false, writeConcern: DURABLE },
    );
    return [];
  } catch (error) {
    return overtaken(error).flatMap((index) => answers[index] ?? []);
  }
}

/** Keeps answers that do not count as evidence; the same one twice is kept once. */
export async function keepHistory(
  answers: readonly Omit<AnswerHistory, '_id' | 'reason'>[],
  reason: HistoryReason,
): Promise<void> {
  if (answers.length === 0) return;
  const entries = answers.map((answer): AnswerHistory => {
    const mark = createHash('sha256').update(canonicalJson(answer.value)).digest('hex').slice(0, 16);
    return { _id: `${answerId(answer.attemptId, answer.itemId)}:${answer.seq}:${mark}`, ...answer, reason };
  });
  await AnswerHistoryModel.bulkWrite(
    entries.map(({ _id, ...entry }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: entry }, upsert: true },
    })),
    { ordered: false, writeConcern: DURABLE },
  );
}

/** The stored answers of an attempt, by item id. */
export function answersOf(attemptId: string): Promise<Answer[]> {
  return AnswerModel.find({ attemptId }).sort({ itemId: 1 }).lean<Answer[]>();
}
