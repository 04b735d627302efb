import type { AnswerInput, SaveAnswer } from '../../src/sitting/attempt.contract.ts';
import { pause } from '../lab/side-by-side.ts';
import type { HistoryEvent } from './history.ts';
import { outside, SPEED, type Computer } from './walk-surroundings.ts';

/** Chances, 0 to 1, of what happens to a request on its way; drawn anew for each stretch of a walk. */
export interface Weather {
  lostRequest: number;
  lostAck: number;
  /** Comes a second time, later. */
  doubled: number;
  /** The client is told that it failed; it arrives all the same, later. */
  ghost: number;
  /** Longest wait on the way, ms. */
  delayMs: number;
}
export const FAIR: Weather = { lostRequest: 0, lostAck: 0, doubled: 0, ghost: 0, delayMs: 0 };

/** A page gives up on a silent line after this time, ms (its own patience, hurried). */
const PATIENCE_MS = 8_000 / SPEED;
/** Ghosts and doubles arrive within this time, ms. */
const STRAY_MS = 250;

let operations = 0;

/** What a walk's requests have in common. */
export interface LineFacts {
  url: string;
  chance(): number;
  history: HistoryEvent[];
  /** Told of each answer that a page has been told counts. */
  acknowledged(itemId: string, value: unknown): void;
  /** Requests that are still on their way although nobody waits for them. */
  strays: Set<Promise<unknown>>;
}

/** The line between one computer and the server, for one session. */
export class WalkLine {
  weather: Weather = FAIR;
  readonly #facts: LineFacts;
  readonly #computer: Computer;
  readonly #cookie: string;
  readonly #network: typeof fetch;

  /** `network`: how a request really goes out. */
  constructor(facts: LineFacts, computer: Computer, cookie: string, network: typeof fetch) {
    this.#facts = facts;
    this.#computer = computer;
    this.#cookie = cookie;
    this.#network = network;
  }

  /** A request of a page: as fetch, and as bad as the weather. */
  async fetch(path: string, init: RequestInit): Promise<Response> {
    const { chance } = this.#facts;
    const answers = path.endsWith('/answers') && init.method === 'PUT' ? answersIn(init) : [];
    const settle = this.#begin(path, answers);
    if (this.#computer.line !== 'up') return settle(await this.#dead(this.#computer.line));
    const { lostRequest, lostAck, doubled, ghost, delayMs } = this.weather;
    const roll = { lost: chance(), ghost: chance(), doubled: chance(), ack: chance() };
    await pause(chance() * delayMs);
    if (roll.lost < lostRequest) return settle(undefined);
    if (roll.doubled < doubled) this.#stray(path, init);
    if (roll.ghost < ghost) {
      this.#stray(path, init);
      return settle(undefined);
    }
    const response = await this.#send(path, init);
    await pause((chance() * delayMs) / 4);
    return settle(roll.ack < lostAck ? undefined : response);
  }

  /** Nothing comes back: at once from a cut line, after the page's patience from a silent one. */
  async #dead(line: 'cut' | 'silent'): Promise<undefined> {
    await pause(line === 'cut' ? 1 : PATIENCE_MS);
    return undefined;
  }

  #stray(path: string, init: RequestInit): void {
    const sent = pause(this.#facts.chance() * STRAY_MS)
      .then(() => this.#send(path, init))
      .catch(() => undefined);
    this.#facts.strays.add(sent);
    void sent.finally(() => this.#facts.strays.delete(sent));
  }

  #send(path: string, { method, body }: RequestInit): Promise<Response> {
    const headers = { cookie: this.#cookie, 'content-type': 'application/json' };
    return outside(() =>
      this.#network(`${this.#facts.url}${path}`, {
        method: method ?? 'GET',
        headers,
        ...(body === undefined ? {} : { body }),
      }),
    );
  }

  /** Logs what is asked; the returned function logs what the page is told, and tells it. */
  #begin(
    path: string,
    answers: readonly AnswerInput[],
  ): (response: Response | undefined) => Promise<Response> {
    const { history, acknowledged } = this.#facts;
    const attemptId = path.split('/')[3] ?? '';
    const ops = answers.map(({ itemId, seq, value }) => {
      const op = ++operations;
      history.push({ type: 'invoke', op, attemptId, itemId, seq, value });
      return op;
    });
    return async (response) => {
      if (response === undefined) {
        for (const op of ops) history.push({ type: 'info', op });
        throw new TypeError('fetch failed');
      }
      const saved =
        response.ok && ops.length > 0 ? ((await response.clone().json()) as SaveAnswer) : undefined;
      ops.forEach((op, i) => {
        const receipt = saved?.receipts[i];
        if (receipt === undefined) {
          // A refusal that asks to come again may have been too late to stop the write.
          history.push({ type: response.status < 500 ? 'fail' : 'info', op });
          return;
        }
        history.push({ type: 'ok', op, stored: receipt.stored, counts: receipt.counts });
        if (receipt.counts) acknowledged(receipt.itemId, answers[i]?.value);
      });
      return response;
    };
  }
}

const answersIn = ({ body }: RequestInit): AnswerInput[] =>
  typeof body === 'string' ? (JSON.parse(body) as { answers: AnswerInput[] }).answers : [];
