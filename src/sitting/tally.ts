import { createHash } from 'node:crypto';
import { answerText, isAnswered, joinAnswerTexts } from './answer-text.rules.ts';
import { AnswerModel } from './answer.model.ts';

/** One stored answer in memory: its seq, its canonical JSON, and whether it counts as answered. */
interface Entry {
  seq: number;
  text: string;
  answered: boolean;
  savedAt: number;
}

/** The stored answers of one attempt, as far as receipts need them. A copy: the collection has the last word. */
export class Tally {
  readonly #entries = new Map<string, Entry>();

  /** The stored answer's seq and time, if there is one. */
  stored(itemId: string): Readonly<Entry> | undefined {
    return this.#entries.get(itemId);
  }

  /** Takes in an answer that is on disk. */
  put(answer: { itemId: string; seq: number; value: unknown; savedAt: number }): void {
    const { itemId, seq, value, savedAt } = answer;
    this.#entries.set(itemId, {
      seq,
      text: answerText({ itemId, seq, value }),
      answered: isAnswered(value),
      savedAt,
    });
  }

  /** Whether exactly this answer is the stored one. */
  isStored({ itemId, seq, value }: { itemId: string; seq: number; value: unknown }): boolean {
    return this.#entries.get(itemId)?.text === answerText({ itemId, seq, value });
  }

  get answered(): number {
    return [...this.#entries.values()].filter((entry) => entry.answered).length;
  }

  get lastSaveAt(): number | undefined {
    return this.#entries.size === 0
      ? undefined
      : Math.max(...[...this.#entries.values()].map((entry) => entry.savedAt));
  }

  /** SHA-256 (hex) over the canonical JSON of all stored answers. */
  digest(): string {
    const text = joinAnswerTexts([...this.#entries].map(([itemId, entry]) => [itemId, entry.text] as const));
    return createHash('sha256').update(text).digest('hex');
  }
}

/** Reads the tallies of attempts from what is stored. */
export async function readTallies(attemptIds: readonly string[]): Promise<Map<string, Tally>> {
  const tallies = new Map(attemptIds.map((id) => [id, new Tally()]));
  const answers = await AnswerModel.find({ attemptId: { $in: attemptIds } }).lean();
  for (const answer of answers) tallies.get(answer.attemptId)?.put(answer);
  return tallies;
}

/** Attempts kept in memory at most; the longest unused goes first. */
const KEPT = 5_000;

/** Tallies of the attempts that save through this process. */
export class TallyCache {
  readonly #tallies = new Map<string, Tally>();

  /** The tallies of these attempts, read where they are not known. */
  async of(attemptIds: readonly string[]): Promise<Map<string, Tally>> {
    const unknown = attemptIds.filter((id) => !this.#tallies.has(id));
    const read = unknown.length === 0 ? new Map<string, Tally>() : await readTallies(unknown);
    const result = new Map<string, Tally>();
    for (const id of attemptIds) {
      const tally = this.#tallies.get(id) ?? read.get(id) ?? new Tally();
      this.#tallies.delete(id);
      this.#tallies.set(id, tally);
      result.set(id, tally);
    }
    for (const oldest of this.#tallies.keys()) {
      if (this.#tallies.size <= KEPT) break;
      this.#tallies.delete(oldest);
    }
    return result;
  }

  /** Forgets an attempt: it has ended, or another process may have written to it. */
  forget(attemptId: string): void {
    this.#tallies.delete(attemptId);
  }
}
