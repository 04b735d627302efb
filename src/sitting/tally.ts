import { hash } from 'node:crypto';
import { answerText, isAnswered, type DigestedAnswer } from './answer-text.rules.ts';
import { AnswerModel } from './answer.model.ts';

/** One stored answer in memory: its seq, its canonical JSON, and whether it counts as answered. */
interface Entry {
  seq: number;
  text: string;
  answered: boolean;
  savedAt: number;
}

/**
 * The stored answers of one attempt, as far as receipts need them. A copy: the collection has the last word. What a receipt
 * asks is kept up with each answer, since every save asks it.
 */
export class Tally {
  readonly #entries = new Map<string, Entry>();
  /** Item ids in code-unit order, and beside them the canonical JSON of their answers. */
  readonly #ids: string[] = [];
  readonly #texts: string[] = [];
  #answered = 0;
  #lastSaveAt: number | undefined;
  #digest: string | undefined;

  /** The stored answer's seq and time, if there is one. */
  stored(itemId: string): Readonly<Entry> | undefined {
    return this.#entries.get(itemId);
  }

  /** Takes in an answer that is on disk; `text` is its canonical JSON where that is known. */
  put(answer: DigestedAnswer & { savedAt: number }, text = answerText(answer)): void {
    const { itemId, seq, value, savedAt } = answer;
    const before = this.#entries.get(itemId);
    const answered = isAnswered(value);
    this.#entries.set(itemId, { seq, text, answered, savedAt });
    const at = this.#place(itemId);
    if (before === undefined) this.#ids.splice(at, 0, itemId);
    this.#texts.splice(at, before === undefined ? 0 : 1, text);
    this.#answered += Number(answered) - Number(before?.answered ?? false);
    this.#lastSaveAt = Math.max(this.#lastSaveAt ?? savedAt, savedAt);
    this.#digest = undefined;
  }

  /** Whether exactly the answer of this canonical JSON is the stored one. */
  isStored(itemId: string, text: string): boolean {
    return this.#entries.get(itemId)?.text === text;
  }

  get answered(): number {
    return this.#answered;
  }

  get lastSaveAt(): number | undefined {
    return this.#lastSaveAt;
  }

  /** SHA-256 (hex) over the canonical JSON of all stored answers: of `answersText`, whose pieces are here in order. */
  digest(): string {
    this.#digest ??= hash('sha256', `[${this.#texts.join(',')}]`);
    return this.#digest;
  }

  /** Where an item is in the order, or would be. */
  #place(itemId: string): number {
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ids[middle] ?? '') < itemId) low = middle + 1;
      else high = middle;
    }
    return low;
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
