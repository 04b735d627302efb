import type { AnswerReceipt, SaveAnswer } from '../../sitting/attempt.contract.ts';
import { ApiError, api } from '../lib/api.ts';
import type { Outbox } from './outbox.ts';

/** What the page says about saving. `waiting` counts answers that are on this computer only. */
export type SaveState =
  | { kind: 'nothing-yet' }
  | { kind: 'saved'; at: number }
  | { kind: 'saving'; waiting: number }
  | { kind: 'waiting'; waiting: number }
  | { kind: 'refused'; waiting: number; error: ApiError };

/** Longest wait before a text answer goes out, ms. */
const TYPING_MS = 300;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8_000;
/** Answers in one request. */
const BATCH = 100;

/**
 * Sends what the outbox holds until the server has acknowledged it. Never waits for a socket;
 * retries with jitter; a refusal that cannot be cured by waiting stops it and is told.
 */
export class AnswerSender {
  readonly #attemptId: string;
  readonly #outbox: Outbox;
  readonly #tell: (state: SaveState) => void;
  readonly #unsent = new Map<string, { seq: number; value: unknown }>();
  readonly #seqs = new Map<string, number>();
  /** Answers the server cannot take as they are; they wait for the next change and hold nobody up. */
  readonly #misfits = new Set<string>();
  /** What the server said of the latest of them. */
  #misfitRefusal: ApiError | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;
  #failures = 0;
  #savedAt: number | undefined;
  #stopped = false;

  constructor(attemptId: string, outbox: Outbox, tell: (state: SaveState) => void) {
    this.#attemptId = attemptId;
    this.#outbox = outbox;
    this.#tell = tell;
  }

  /** Takes in what the server and this computer already know, and sends what the server lacks. */
  begin(
    known: readonly { itemId: string; seq: number; savedAt: number }[],
    local: readonly { itemId: string; seq: number; value: unknown; sent: boolean }[],
  ): void {
    const atServer = new Map(known.map((answer) => [answer.itemId, answer.seq]));
    for (const { itemId, seq, savedAt } of known) {
      this.#seqs.set(itemId, seq);
      this.#savedAt = Math.max(this.#savedAt ?? 0, savedAt);
    }
    for (const { itemId, seq, value } of local) {
      this.#seqs.set(itemId, Math.max(seq, this.#seqs.get(itemId) ?? 0));
      // Judged by what the server has, not by the mark on this disk: a mark can be older than a restored server.
      if (seq > (atServer.get(itemId) ?? 0)) this.#unsent.set(itemId, { seq, value });
    }
    this.#report();
    this.#schedule(0);
  }

  /** A changed answer: first to this computer's disk, then to the server. */
  async change(itemId: string, value: unknown, typing = false): Promise<void> {
    const seq = (this.#seqs.get(itemId) ?? 0) + 1;
    this.#seqs.set(itemId, seq);
    this.#unsent.set(itemId, { seq, value });
    this.#misfits.delete(itemId);
    this.#report();
    this.#schedule(typing ? TYPING_MS : 0);
    await this.#outbox.put({ itemId, seq, value, sent: false });
  }

  /** How many answers the server has not acknowledged. */
  get waiting(): number {
    return this.#unsent.size;
  }

  /** Tries again at once: the line is back, the page is looked at, hand-in was pressed. */
  nudge(): void {
    this.#failures = 0;
    this.#schedule(0);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(ms: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), ms);
  }

  #report(error: ApiError | undefined = this.#misfits.size > 0 ? this.#misfitRefusal : undefined): void {
    const waiting = this.#unsent.size;
    if (error?.problem !== undefined && error.status < 500 && error.status !== 429)
      this.#tell({ kind: 'refused', waiting, error });
    else if (waiting > 0)
      this.#tell(this.#failures > 0 ? { kind: 'waiting', waiting } : { kind: 'saving', waiting });
    else if (this.#savedAt === undefined) this.#tell({ kind: 'nothing-yet' });
    else this.#tell({ kind: 'saved', at: this.#savedAt });
  }

  /** What can go out: everything unsent but the misfits. */
  #sendable(): { itemId: string; seq: number; value: unknown }[] {
    return [...this.#unsent]
      .filter(([itemId]) => !this.#misfits.has(itemId))
      .map(([itemId, { seq, value }]) => ({ itemId, seq, value }));
  }

  async #send(): Promise<void> {
    const answers = this.#sendable().slice(0, BATCH);
    if (this.#sending || answers.length === 0 || this.#stopped) return;
    this.#sending = true;
    try {
      const { receipts } = await api.put<SaveAnswer>(`/api/attempts/${this.#attemptId}/answers`, { answers });
      this.#failures = 0;
      await this.#acknowledge(receipts);
      this.#sending = false;
      this.#report();
      if (this.#sendable().length > 0) this.#schedule(0);
    } catch (error) {
      this.#sending = false;
      this.#failures += 1;
      this.#setMisfitsAside(error, answers);
      this.#report(error instanceof ApiError ? error : undefined);
      this.#schedule(this.#retryDelay(error));
    }
  }

  #setMisfitsAside(error: unknown, answers: readonly { itemId: string; seq: number }[]): void {
    if (!(error instanceof ApiError) || error.problem?.code !== 'sitting.wrong-answer') return;
    this.#misfitRefusal = error;
    for (const { path } of error.problem.issues ?? []) {
      const misfit = answers[Number(path.split('/')[2])];
      // Changed while it was on its way: the new answer has not been judged yet.
      if (misfit !== undefined && this.#unsent.get(misfit.itemId)?.seq === misfit.seq)
        this.#misfits.add(misfit.itemId);
    }
  }

  async #acknowledge(receipts: readonly AnswerReceipt[]): Promise<void> {
    for (const { itemId, seq, savedAt } of receipts) {
      this.#savedAt = Math.max(this.#savedAt ?? 0, savedAt);
      if (this.#unsent.get(itemId)?.seq === seq) this.#unsent.delete(itemId);
      await this.#outbox.acknowledge(itemId, seq);
    }
  }

  /** Doubling, with jitter, so that a lab does not come back as one wave; the server's own wish comes first. */
  #retryDelay(error: unknown): number {
    const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
    const backoff = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.#failures - 1, 10));
    return asked + backoff * (0.5 + Math.random());
  }
}
