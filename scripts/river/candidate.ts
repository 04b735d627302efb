import { Caller } from '../../src/demo/caller.ts';
import {
  PAGE_PROTOCOL,
  type AttemptView,
  type HandInReceipt,
  type PaperKey,
  type SaveAnswer,
  type SealedPaper,
  type StoredAnswer,
  type WriterAnswer,
} from '../../src/sitting/attempt.contract.ts';
import { openPaper, type Learnt } from './right-answers.ts';

/** Whom a seat belongs to. */
export interface Ticket {
  roomCode: string;
  seat: number;
  admissionNumber: string;
  idTail: string;
}

/** One of the river's candidates at a lab computer. */
export class RiverCandidate {
  readonly caller: Caller;
  readonly #ticket: Ticket;
  readonly #skill: number;
  #attemptId = '';
  #sealed: SealedPaper | undefined;
  #pass: { protocol: number; fence: number } | undefined;
  /** Items whose latest answer the server has acknowledged. */
  readonly acknowledged = new Set<string>();

  constructor(url: string, ticket: Ticket, skill: number) {
    this.caller = new Caller(url);
    this.#ticket = ticket;
    this.#skill = skill;
  }

  get attemptId(): string {
    return this.#attemptId;
  }

  /** Signs in at the seat and says "this is me". */
  async arrive(): Promise<void> {
    const { roomCode, seat, admissionNumber, idTail } = this.#ticket;
    const { attemptId } = await this.caller.post<{ attemptId: string }>('/api/exam/sign-in', {
      roomCode,
      seat,
      admissionNumber,
      idTail,
    });
    this.#attemptId = attemptId;
    await this.caller.post(`${this.#path}/identity`, { confirmed: true });
  }

  /** Takes the sealed paper, after admission. */
  async receive(): Promise<void> {
    this.#sealed = await this.caller.get<SealedPaper>(`${this.#path}/paper`);
  }

  /** Starts, opens the paper and answers everything in batches of ten; some change their mind once. */
  async work(learnt: Learnt): Promise<void> {
    const key = await this.caller.post<PaperKey>(`${this.#path}/start`);
    const { fence } = await this.caller.post<WriterAnswer>(`${this.#path}/writer`, {
      protocol: PAGE_PROTOCOL,
      pageId: `river-${this.#attemptId}`,
    });
    this.#pass = { protocol: PAGE_PROTOCOL, fence };
    if (this.#sealed === undefined) throw new Error('no paper');
    const items = openPaper(this.#sealed, key).parts.flatMap((part) => part.items);
    const answers = items
      .map((item) => ({
        itemId: item.itemId,
        seq: 1,
        value: learnt.answer(item, this.#skill, this.#ticket.admissionNumber),
      }))
      .filter((answer) => answer.value !== undefined);
    for (let at = 0; at < answers.length; at += 10) await this.#save(answers.slice(at, at + 10));
    const again = answers.filter((_, index) => index % 9 === 0).map((answer) => ({ ...answer, seq: 2 }));
    await this.#save(again);
  }

  async #save(answers: { itemId: string; seq: number; value: unknown }[]): Promise<void> {
    if (answers.length === 0) return;
    const { receipts } = await this.caller.put<SaveAnswer>(`${this.#path}/answers`, {
      ...this.#pass,
      answers,
    });
    for (const receipt of receipts) this.acknowledged.add(receipt.itemId);
  }

  handIn(): Promise<HandInReceipt> {
    return this.caller.post<HandInReceipt>(`${this.#path}/hand-in`, this.#pass);
  }

  view(): Promise<AttemptView> {
    return this.caller.get<AttemptView>(this.#path);
  }

  /** How many answers the server has stored. */
  async stored(): Promise<number> {
    return (await this.caller.get<{ items: StoredAnswer[] }>(`${this.#path}/answers`)).items.length;
  }

  get #path(): string {
    return `/api/attempts/${this.#attemptId}`;
  }
}
