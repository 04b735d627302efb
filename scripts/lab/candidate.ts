import { randomBytes } from 'node:crypto';
import type { CandidateForm, CandidateItem } from '../../src/assembly/form.contract.ts';
import {
  PAGE_PROTOCOL,
  type AttemptView,
  type HandInReceipt,
  type PaperKey,
  type SaveAnswer,
  type SealedPaper,
  type StoredWork,
  type WriterAnswer,
} from '../../src/sitting/attempt.contract.ts';
import type { LabTicket } from './exam.ts';
import type { HistoryLog } from './history.ts';
import { LabHttp, LineLost, Refused } from './http.ts';
import { LivePage } from './live-page.ts';
import { openPaper } from './sealed-paper.ts';
import { pause } from './side-by-side.ts';
import { itemsOf } from './values.ts';

/** An answer as it is sent. */
export interface LabAnswer {
  itemId: string;
  seq: number;
  value: unknown;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8_000;

/** One candidate's computer: its page's calls over the public interface, with a connection and a cookie of its own. */
export class LabCandidate {
  readonly ticket: LabTicket;
  readonly http: LabHttp;
  readonly #url: string;
  readonly #log: HistoryLog;
  readonly #seqs = new Map<string, number>();
  #sealed: SealedPaper | undefined;
  #page: LivePage | undefined;
  /** The writer's number; 0 until `claim`. */
  fence = 0;
  /** Known once the paper is open, in this candidate's order. */
  items: CandidateItem[] = [];

  constructor(url: string, ticket: LabTicket, options: { log?: HistoryLog; timeoutMs?: number } = {}) {
    this.#url = url;
    this.ticket = ticket;
    this.#log = options.log ?? (() => undefined);
    this.http = new LabHttp(url, options.timeoutMs);
  }

  get path(): string {
    return `/api/attempts/${this.ticket.attemptId}`;
  }

  /** Signs in at the seat; at most 20 times a minute. */
  async signIn(): Promise<void> {
    const { admissionNumber, idTail, roomCode, seat } = this.ticket;
    await this.http.post('/api/exam/sign-in', { admissionNumber, idTail, roomCode, seat });
  }

  /** "This is me." */
  async confirm(): Promise<void> {
    await this.http.post(`${this.path}/identity`, { confirmed: true });
  }

  /** Signs in, confirms and claims the writing. */
  async arrive(): Promise<void> {
    await this.signIn();
    await this.confirm();
    await this.claim();
  }

  /** This page becomes the writer; earlier pages of the attempt are not any more. */
  async claim(): Promise<void> {
    const page = { protocol: PAGE_PROTOCOL, pageId: randomBytes(12).toString('base64url') };
    this.fence = (await this.http.post<WriterAnswer>(`${this.path}/writer`, page)).fence;
  }

  /** Takes the sealed paper, after the admission. */
  async receivePaper(): Promise<void> {
    this.#sealed = await this.http.get<SealedPaper>(`${this.path}/paper`);
  }

  /** Starts in a running room and opens the paper with the key that comes with it. */
  async start(): Promise<CandidateForm> {
    const key = await this.http.post<PaperKey>(`${this.path}/start`);
    return this.open(key);
  }

  /** Opens the sealed paper. */
  open(key: PaperKey): CandidateForm {
    if (this.#sealed === undefined) throw new Error('the paper has not been received');
    const form = openPaper(this.#sealed, key);
    this.items = itemsOf(form);
    return form;
  }

  /** The seq of the next change of an item. */
  nextSeq(itemId: string): number {
    const seq = (this.#seqs.get(itemId) ?? 0) + 1;
    this.#seqs.set(itemId, seq);
    return seq;
  }

  /** Sends answers once, as they are. @throws LineLost, Refused */
  async send(answers: readonly LabAnswer[]): Promise<SaveAnswer> {
    const { attemptId } = this.ticket;
    for (const { itemId, seq, value } of answers)
      this.#log({ type: 'invoke', attemptId, itemId, seq, value, at: performance.now() });
    try {
      const body = { protocol: PAGE_PROTOCOL, fence: this.fence, answers };
      const saved = await this.http.put<SaveAnswer>(`${this.path}/answers`, body);
      for (const { itemId, seq, counts, stored } of saved.receipts)
        this.#log({
          type: 'ok',
          attemptId,
          itemId,
          seq,
          counts,
          stored,
          digest: saved.digest,
          at: performance.now(),
        });
      return saved;
    } catch (error) {
      for (const { itemId, seq } of answers) {
        const what = { attemptId, itemId, seq, at: performance.now() };
        if (error instanceof Refused)
          this.#log({ type: 'fail', ...what, status: error.status, code: error.code });
        else this.#log({ type: 'info', ...what, reason: (error as Error).message });
      }
      throw error;
    }
  }

  /** Changes an answer and sends it once. */
  save(itemId: string, value: unknown): Promise<SaveAnswer> {
    return this.send([{ itemId, seq: this.nextSeq(itemId), value }]);
  }

  /**
   * Changes an answer and sends it until it is acknowledged, as the page's outbox does: lost lines, 429 and 5xx are tried
   * again with jitter, the server's own wish first. Returns undefined when `over` says to give up.
   * @throws Refused for what waiting cannot cure
   */
  async saveSurely(
    itemId: string,
    value: unknown,
    over: () => boolean = () => false,
  ): Promise<SaveAnswer | undefined> {
    const answer = { itemId, seq: this.nextSeq(itemId), value };
    for (let failures = 0; !over(); failures += 1) {
      try {
        return await this.send([answer]);
      } catch (error) {
        if (!isPassing(error)) throw error;
        await pause(retryDelay(error, failures));
      }
    }
    return undefined;
  }

  handIn(): Promise<HandInReceipt> {
    return this.http.post<HandInReceipt>(`${this.path}/hand-in`, {
      protocol: PAGE_PROTOCOL,
      fence: this.fence,
    });
  }

  view(): Promise<AttemptView> {
    return this.http.get<AttemptView>(this.path);
  }

  /** What the server has stored. */
  stored(): Promise<StoredWork> {
    return this.http.get<StoredWork>(`${this.path}/answers`);
  }

  /** Opens the page's live socket, with the page's own asking for its state; over restarts of the server. */
  async connect(): Promise<void> {
    this.#page = await LivePage.open(this.#url, this.http, this.path);
  }

  get connected(): boolean {
    return this.#page?.connected === true;
  }

  /** Closes the page. */
  async close(): Promise<void> {
    this.#page?.close();
    await this.http.close();
  }
}

/** Whether it is worth trying again: a lost line, an overloaded or restarting server. */
export const isPassing = (error: unknown): error is LineLost | Refused =>
  error instanceof LineLost || (error instanceof Refused && (error.status >= 500 || error.status === 429));

/** Doubling, with jitter; after what the server asks for. */
export function retryDelay(error: LineLost | Refused, failures: number): number {
  const asked = error instanceof Refused ? (error.retryAfter ?? 0) * 1000 : 0;
  return (
    asked + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10)) * (0.5 + Math.random())
  );
}
