import type { AnswerInput, AnswerReceipt, SaveAnswer } from '../../sitting/attempt.contract.ts';
import { PAGE_PROTOCOL } from '../../sitting/page-protocol.contract.ts';
import { ApiError, api } from '../lib/api.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';

/** What the page says about saving. `waiting` counts answers that the server has not acknowledged. */
export type SaveState =
  | { kind: 'nothing-yet' }
  | { kind: 'saved'; at: number }
  | { kind: 'saving'; waiting: number }
  /** On this computer's disk only. */
  | { kind: 'waiting'; waiting: number }
  /** Neither at the server nor on this computer's disk, which refused some of them. */
  | { kind: 'not-kept'; waiting: number }
  | { kind: 'refused'; waiting: number; error: ApiError }
  /** The server was upgraded: this page must be reloaded, and what waits is sent then. */
  | { kind: 'outdated'; waiting: number };

/** What happens to the sender that the page must know of. */
export interface SenderEvents {
  state(state: SaveState): void;
  /** An answer stands otherwise than this page had it: another tab's later change was on the disk. */
  replaced(): void;
  /** Another page writes now. */
  overtaken(): void;
  /** The server took answers as evidence only: they came after the end. */
  late(): void;
}

/** An answer of this page. */
type Entry = Pick<OutboxEntry, 'seq' | 'value' | 'changedAt'>;

/** Longest wait before a text answer goes out, ms. */
const TYPING_MS = 300;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 5_000;
/** A request without an answer for this long is given up and sent again, ms: a half-open line answers never. */
const PATIENCE_MS = 8_000;
/** Answers in one request. */
const BATCH = 100;
/** Refusals under which the server keeps the answers as evidence: sending them again would bring nothing new. */
const KEPT_AS_EVIDENCE = ['sitting.time-over', 'sitting.attempt-ended'];

/**
 * Sends what the outbox holds until the server has acknowledged it. Never waits for a socket; retries with jitter; sends
 * only while it holds a fence (`resume`), and stops when another page has overtaken it.
 */
export class AnswerSender {
  readonly #attemptId: string;
  readonly #outbox: Pick<Outbox, 'put' | 'acknowledge'>;
  readonly #events: SenderEvents;
  readonly #now: () => number | undefined;
  /** The newest answer of each item that this page knows of. */
  readonly #entries = new Map<string, Entry>();
  readonly #unsent = new Set<string>();
  /** Items that were changed in this page: they are meant, whatever the server has. */
  readonly #changedHere = new Set<string>();
  /** Items on their way to the disk: what the disk held before is older. */
  readonly #keeping = new Map<string, number>();
  /** Unsent items that this computer's disk has not taken. */
  readonly #unkept = new Set<string>();
  /** Answers the server cannot take as they are; they wait for the next change and hold nobody up. */
  readonly #misfits = new Set<string>();
  /** What the server said of the latest of them. */
  #misfitRefusal: ApiError | undefined;
  #fence: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;
  #failures = 0;
  #savedAt: number | undefined;
  #outdated = false;
  #stopped = false;

  /** `now`: the server's time as the page reckons it, ms. */
  constructor(
    attemptId: string,
    outbox: Pick<Outbox, 'put' | 'acknowledge'>,
    events: SenderEvents,
    now: () => number | undefined = () => undefined,
  ) {
    this.#attemptId = attemptId;
    this.#outbox = outbox;
    this.#events = events;
    this.#now = now;
  }

  /** The newest answers by item id, for showing and for the answer file. */
  get entries(): ReadonlyMap<string, Readonly<Entry>> {
    return this.#entries;
  }

  /** How many answers the server has not acknowledged. */
  get waiting(): number {
    return this.#unsent.size;
  }

  /** Items whose newest answer the server has not acknowledged. */
  get unsent(): readonly string[] {
    return [...this.#unsent];
  }

  /** Takes in what is on this computer's disk: after a reload, or when another tab left something behind. */
  absorb(local: readonly Omit<OutboxEntry, 'attemptId'>[]): void {
    for (const { itemId, sent, seq, value, changedAt } of local) {
      if (seq <= (this.#entries.get(itemId)?.seq ?? 0) || this.#keeping.has(itemId)) continue;
      // Field by field: a row of the disk has more than an answer on its way may have.
      this.#entries.set(itemId, { seq, value, ...(changedAt === undefined ? {} : { changedAt }) });
      if (sent) this.#unsent.delete(itemId);
      else this.#unsent.add(itemId);
    }
    this.#report();
    this.#schedule(0);
  }

  /**
   * Takes in what the server has. The higher seq of each item stands; but what was given on this computer after the server's
   * was saved is meant, so it goes above. What this computer marked as sent and the server lacks (it was restored) is sent
   * again.
   */
  merge(known: readonly { itemId: string; seq: number; value: unknown; savedAt: number }[]): void {
    const atServer = new Map(known.map((answer) => [answer.itemId, answer]));
    for (const { itemId, seq, value, savedAt } of known) {
      this.#savedAt = Math.max(this.#savedAt ?? 0, savedAt);
      const own = this.#entries.get(itemId);
      if (own !== undefined && own.seq > seq) continue;
      const later = this.#isLater(itemId, savedAt);
      if (later && this.#unsent.has(itemId)) {
        this.#renumber(itemId, seq + 1);
      } else {
        this.#entries.set(itemId, { seq, value });
        this.#unsent.delete(itemId);
      }
    }
    for (const [itemId, { seq }] of this.#entries)
      if (seq > (atServer.get(itemId)?.seq ?? 0)) this.#unsent.add(itemId);
    this.#report();
    this.#schedule(0);
  }

  /**
   * Whether this computer's answer was given after the server saved its own, though under a lower seq: the page had not heard
   * of that one. Before a server has told the time, what was changed in this page is taken to be later.
   */
  #isLater(itemId: string, savedAt: number): boolean {
    const changedAt = this.#entries.get(itemId)?.changedAt;
    return changedAt === undefined ? this.#changedHere.has(itemId) : changedAt > savedAt;
  }

  /** This page is the writer: what waits goes out under this fence. */
  resume(fence: number): void {
    this.#fence = fence;
    this.#failures = 0;
    this.#report();
    this.#schedule(0);
  }

  /** This page is not the writer (any more): nothing goes out. */
  suspend(): void {
    this.#fence = undefined;
    clearTimeout(this.#timer);
    this.#report();
  }

  /** A changed answer: to this computer's disk and to the server. Resolves when the disk has it or has refused it. */
  async change(itemId: string, value: unknown, typing = false): Promise<void> {
    const before = this.#entries.get(itemId);
    const seq = (before?.seq ?? 0) + 1;
    const changedAt = this.#timeOfChange(before?.changedAt);
    this.#entries.set(itemId, { seq, value, ...(changedAt === undefined ? {} : { changedAt }) });
    this.#unsent.add(itemId);
    this.#changedHere.add(itemId);
    this.#misfits.delete(itemId);
    this.#report();
    this.#schedule(typing ? TYPING_MS : 0);
    await this.#keep(itemId);
  }

  /**
   * The reckoned time is corrected now and then, also backwards; a page's later change must not look like the earlier one,
   * or the disk would hold on to that.
   */
  #timeOfChange(before: number | undefined): number | undefined {
    const now = this.#now();
    return now === undefined || before === undefined ? now : Math.max(now, before + 1);
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

  /** Writes an item's newest answer to the disk, and takes over what stands there: another seq, or another tab's later change. */
  async #keep(itemId: string): Promise<void> {
    const entry = this.#entries.get(itemId);
    if (entry === undefined) return;
    this.#keeping.set(itemId, (this.#keeping.get(itemId) ?? 0) + 1);
    try {
      const standing = await this.#outbox.put({ itemId, ...entry });
      this.#unkept.delete(itemId);
      const same = standing.seq === entry.seq && standing.changedAt === entry.changedAt;
      if (!same && this.#entries.get(itemId) === entry) {
        this.#entries.set(itemId, standing);
        if (standing.changedAt !== entry.changedAt) this.#events.replaced();
        this.#unsent.add(itemId);
        this.#schedule(0);
      }
    } catch {
      if (this.#unsent.has(itemId)) this.#unkept.add(itemId);
    }
    const left = (this.#keeping.get(itemId) ?? 1) - 1;
    if (left === 0) this.#keeping.delete(itemId);
    else this.#keeping.set(itemId, left);
    this.#report();
  }

  #renumber(itemId: string, seq: number): void {
    const entry = this.#entries.get(itemId);
    if (entry === undefined) return;
    this.#entries.set(itemId, { ...entry, seq });
    this.#unsent.add(itemId);
    void this.#keep(itemId);
  }

  #schedule(ms: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), ms);
  }

  #report(error: ApiError | undefined = this.#misfits.size > 0 ? this.#misfitRefusal : undefined): void {
    const waiting = this.#unsent.size;
    const tell = (state: SaveState): void => {
      this.#events.state(state);
    };
    if (this.#outdated) tell({ kind: 'outdated', waiting });
    else if (error?.problem !== undefined && error.status < 500 && error.status !== 429)
      tell({ kind: 'refused', waiting, error });
    else if (waiting > 0 && this.#unkept.size > 0) tell({ kind: 'not-kept', waiting });
    else if (waiting > 0) tell({ kind: this.#failures > 0 ? 'waiting' : 'saving', waiting });
    else if (this.#savedAt === undefined) tell({ kind: 'nothing-yet' });
    else tell({ kind: 'saved', at: this.#savedAt });
  }

  /** What can go out: everything unsent but the misfits. */
  #sendable(): AnswerInput[] {
    return [...this.#unsent].flatMap((itemId) => {
      const entry = this.#entries.get(itemId);
      return entry === undefined || this.#misfits.has(itemId) ? [] : [{ itemId, ...entry }];
    });
  }

  async #send(): Promise<void> {
    const answers = this.#sendable().slice(0, BATCH);
    const fence = this.#fence;
    if (this.#sending || this.#stopped || this.#outdated || fence === undefined || answers.length === 0)
      return;
    this.#sending = true;
    let error: unknown;
    try {
      const saved = await api.put<SaveAnswer>(
        `/api/attempts/${this.#attemptId}/answers`,
        { protocol: PAGE_PROTOCOL, fence, answers },
        AbortSignal.timeout(PATIENCE_MS),
      );
      this.#failures = 0;
      this.#acknowledge(saved.receipts);
    } catch (refusal) {
      error = refusal;
      this.#failures += 1;
      this.#heed(refusal, answers);
    }
    this.#sending = false;
    this.#report(error instanceof ApiError ? error : undefined);
    // A resume during the request may have brought another fence: then at once.
    if (error === undefined || this.#fence !== fence) {
      if (this.#sendable().length > 0) this.#schedule(0);
    } else this.#schedule(this.#retryDelay(error));
    for (const itemId of this.#unkept) void this.#keep(itemId);
  }

  #acknowledge(receipts: readonly AnswerReceipt[]): void {
    for (const { itemId, seq, stored, counts, savedAt } of receipts) {
      this.#savedAt = Math.max(this.#savedAt ?? 0, savedAt);
      if (this.#entries.get(itemId)?.seq !== seq) continue;
      // Another answer is stored there; this page is the writer and means its own, so it goes above.
      if (!counts) this.#renumber(itemId, Math.max(stored, seq) + 1);
      else this.#settle(itemId);
    }
  }

  #settle(itemId: string): void {
    this.#unsent.delete(itemId);
    this.#unkept.delete(itemId);
    // A mark for the next load; if it is not written, the answer is sent once more and acknowledged again.
    const entry = this.#entries.get(itemId);
    if (entry !== undefined) this.#outbox.acknowledge(itemId, entry).catch(() => undefined);
  }

  /** What a refusal means beyond "try again". */
  #heed(error: unknown, answers: readonly AnswerInput[]): void {
    if (!(error instanceof ApiError)) return;
    const code = error.problem?.code ?? '';
    if (code === 'sitting.page-outdated') this.#outdated = true;
    if (code === 'sitting.not-the-writer') {
      this.#fence = undefined;
      this.#events.overtaken();
    }
    if (KEPT_AS_EVIDENCE.includes(code)) {
      for (const { itemId, seq } of answers) if (this.#entries.get(itemId)?.seq === seq) this.#settle(itemId);
      this.#events.late();
    }
    if (code === 'sitting.wrong-answer') this.#setMisfitsAside(error, answers);
  }

  #setMisfitsAside(error: ApiError, answers: readonly AnswerInput[]): void {
    this.#misfitRefusal = error;
    for (const { path } of error.problem?.issues ?? []) {
      const misfit = answers[Number(path.split('/')[2])];
      // Changed while it was on its way: the new answer has not been judged yet.
      if (misfit !== undefined && this.#entries.get(misfit.itemId)?.seq === misfit.seq)
        this.#misfits.add(misfit.itemId);
    }
  }

  /** Doubling, with jitter, so that a lab does not come back as one wave; the server's own wish comes first. */
  #retryDelay(error: unknown): number {
    const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
    const backoff = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.#failures - 1, 10));
    return asked + backoff * (0.5 + Math.random());
  }
}
