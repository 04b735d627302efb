import { createHash } from 'node:crypto';
import type { ClientSession } from 'mongoose';
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
/** Characters of answers in one command at most: with four bytes each still far from a command's limit. */
const PIECE_CHARACTERS = 2_000_000;
/** Rounds in which a write that met another node's is tried again. */
const ROUNDS = 5;

export const answerId = (attemptId: string, itemId: string): string => `${attemptId}:${itemId}`;

/** An answer with its canonical JSON (`answerText`), which is worked out once a save. */
export interface TextedAnswer {
  answer: Answer;
  text: string;
}

/** What the `update` command answers, as far as it matters here. */
interface UpdateReply {
  writeErrors?: { index: number; code: number; errmsg: string }[];
  writeConcernError?: { errmsg: string };
}

/**
 * Stores answers, at most one an item, in one bulk write; a higher seq wins. Returns what is stored where a higher (or the
 * same) seq was there before. The filter asks for a lower seq and upserts, so that meeting a higher one is a duplicate id.
 */
export async function storeAnswers(answers: readonly TextedAnswer[]): Promise<Map<string, Answer>> {
  const lost = new Map<string, Answer>();
  let pending = answers;
  for (let round = 0; pending.length > 0 && round < ROUNDS; round += 1) {
    const met: TextedAnswer[] = [];
    for (const piece of inPieces(pending)) met.push(...(await tryStore(piece)));
    if (met.length === 0) return lost;
    const stored = await AnswerModel.find({ _id: { $in: met.map(({ answer }) => answer._id) } }).lean();
    const byId = new Map(stored.map((answer) => [answer._id, answer]));
    pending = met.filter(({ answer }) => {
      const there = byId.get(answer._id);
      if (there === undefined || there.seq < answer.seq) return true;
      lost.set(answer._id, there);
      return false;
    });
  }
  if (pending.length > 0) throw new Error('answers could not be stored');
  return lost;
}

/** Answers in pieces that fit one command (a command's limit is 16 MB); nearly always in one. */
function inPieces(answers: readonly TextedAnswer[]): TextedAnswer[][] {
  const pieces: TextedAnswer[][] = [];
  let characters = Infinity;
  for (const answer of answers) {
    characters += answer.text.length;
    if (characters > PIECE_CHARACTERS) {
      pieces.push([]);
      characters = answer.text.length;
    }
    pieces.at(-1)?.push(answer);
  }
  return pieces;
}

/**
 * Writes answers by one command of the driver: Mongoose's and the driver's own bulk writes cost more than the rest of a save.
 * Returns those that met an answer with the same or a higher seq; throws where a write failed for another reason.
 */
async function tryStore(answers: readonly TextedAnswer[]): Promise<TextedAnswer[]> {
  const reply = (await AnswerModel.db.db?.command({
    update: AnswerModel.collection.collectionName,
    updates: answers.map(({ answer }) => ({ q: filterOf(answer), u: changeOf(answer), upsert: true })),
    ordered: false,
    writeConcern: DURABLE,
  })) as UpdateReply | undefined;
  if (reply === undefined) throw new Error('the database is not open');
  const { writeErrors = [], writeConcernError } = reply;
  if (writeConcernError !== undefined) throw new Error(writeConcernError.errmsg);
  const fault = writeErrors.find(({ code }) => code !== DUPLICATE_KEY);
  if (fault !== undefined) throw new Error(fault.errmsg);
  return writeErrors.flatMap(({ index }) => answers[index] ?? []);
}

const filterOf = ({ _id, seq }: Answer) => ({ _id, seq: { $lt: seq } });
const changeOf = ({ attemptId, itemId, seq, value, savedAt }: Answer) => ({
  $set: { seq, value, savedAt },
  $setOnInsert: { attemptId, itemId },
});

/** Stores answers as part of a decision, all or none. They must be newer than what the same transaction has read. */
export async function storeInTransaction(answers: readonly Answer[], session: ClientSession): Promise<void> {
  if (answers.length === 0) return;
  const writes = answers.map((answer) => ({
    updateOne: { filter: filterOf(answer), update: changeOf(answer), upsert: true },
  }));
  await AnswerModel.bulkWrite(writes, { session });
}

/** Keeps answers that do not count as evidence; the same one twice is kept once. Returns how many were news. */
export async function keepHistory(
  answers: readonly Omit<AnswerHistory, '_id' | 'reason'>[],
  reason: HistoryReason,
): Promise<number> {
  if (answers.length === 0) return 0;
  const entries = answers.map((answer): AnswerHistory => {
    const mark = createHash('sha256').update(canonicalJson(answer.value)).digest('hex').slice(0, 16);
    return { _id: `${answerId(answer.attemptId, answer.itemId)}:${answer.seq}:${mark}`, ...answer, reason };
  });
  const { upsertedCount } = await AnswerHistoryModel.bulkWrite(
    entries.map(({ _id, ...entry }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: entry }, upsert: true },
    })),
    { ordered: false, writeConcern: DURABLE },
  );
  return upsertedCount;
}

/** The stored answers of an attempt, by item id. */
export function answersOf(attemptId: string, session?: ClientSession): Promise<Answer[]> {
  return AnswerModel.find({ attemptId })
    .sort({ itemId: 1 })
    .session(session ?? null)
    .lean<Answer[]>();
}
