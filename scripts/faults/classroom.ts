import { performance } from 'node:perf_hooks';
import type { CandidateForm } from '../../src/assembly/form.contract.ts';
import { FormModel } from '../../src/assembly/form.model.ts';
import { AnswerModel } from '../../src/sitting/answer.model.ts';
import { PAGE_PROTOCOL, type SaveAnswer, type WriterAnswer } from '../../src/sitting/attempt.contract.ts';
import type { Config } from '../../src/config.ts';
import { startTestApp, type TestApp } from '../../test/support/app.ts';
import {
  answering,
  openRoom,
  planSitting,
  signInAtSeat,
  startRoom,
  type SeatedPerson,
  type TestSitting,
} from '../../test/support/sitting.ts';
import { checkHistory, type HistoryEvent, type HistoryReport } from './history.ts';
import { sideBySide } from '../lab/side-by-side.ts';

/** The items of the small paper that faults are answered on, and an answer to each that tells its number. */
export const ITEMS = ['A1.1-001', 'A1.1-002', 'A1.1-003', 'A1.1-004', 'A1.1-005', 'A1.1-006'] as const;
export type ItemId = (typeof ITEMS)[number];

/** An answer that fits the item; of the numeric one the value tells `n`, of the others its remainder. */
export function valueOf(itemId: ItemId, n: number): unknown {
  const turned = (letters: string): string[] =>
    [...letters].map((_, i) => letters[(i + n) % letters.length] ?? '');
  switch (itemId) {
    case 'A1.1-001':
      return 'ABCD'[n % 4];
    case 'A1.1-002':
      return turned('ABCDE').slice(0, 1 + (n % 4));
    case 'A1.1-003':
      return n % 2 === 0;
    case 'A1.1-004':
      return String(n);
    case 'A1.1-005':
      return turned('ABCD');
    case 'A1.1-006':
      return { 1: 'ABCD'[n % 4], 2: 'ABCD'[(n + 1) % 4] };
  }
}

/** What a request came to. `status` 0: no answer. */
export interface Outcome<T = unknown> {
  status: number;
  body: T;
  headers: Headers;
  /** ms */
  took: number;
}

/** Numbers the operations of all histories of this process. */
let operations = 0;

/** One page at a seat, on the wire: what it sends and what it is told goes into the history. */
export class WirePage {
  readonly attemptId: string;
  readonly url: string;
  cookie: string;
  fence: number | undefined;
  readonly #history: HistoryEvent[];

  constructor(url: string, attemptId: string, cookie: string, history: HistoryEvent[]) {
    this.url = url;
    this.attemptId = attemptId;
    this.cookie = cookie;
    this.#history = history;
  }

  /** Another page of the same browser, or of another with its own cookie. */
  twin(cookie = this.cookie): WirePage {
    return new WirePage(this.url, this.attemptId, cookie, this.#history);
  }

  async call<T>(method: string, path: string, body?: unknown, limitMs = 30_000): Promise<Outcome<T>> {
    const since = performance.now();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    try {
      const response = await fetch(`${this.url}${path}`, {
        method,
        headers: { cookie: this.cookie, 'content-type': 'application/json' },
        ...(text === undefined ? {} : { body: text }),
        signal: AbortSignal.timeout(limitMs),
      });
      const renewed = response.headers.getSetCookie()[0]?.split(';')[0];
      if (renewed !== undefined) this.cookie = renewed;
      const answer = (await response.json()) as T;
      return {
        status: response.status,
        body: answer,
        headers: response.headers,
        took: performance.now() - since,
      };
    } catch {
      return { status: 0, body: undefined as T, headers: new Headers(), took: performance.now() - since };
    }
  }

  /** Calls an address of the page's own attempt. */
  own<T>(method: string, path: string, body?: unknown): Promise<Outcome<T>> {
    return this.call<T>(method, `/api/attempts/${this.attemptId}${path}`, body);
  }

  async claim(): Promise<Outcome<WriterAnswer>> {
    const body = { protocol: PAGE_PROTOCOL, pageId: `page-${String(Math.random()).slice(2, 18)}` };
    const claimed = await this.own<WriterAnswer>('POST', '/writer', body);
    if (claimed.status === 200) this.fence = claimed.body.fence;
    return claimed;
  }

  async save(
    answers: readonly { itemId: string; seq: number; value: unknown }[],
  ): Promise<Outcome<SaveAnswer>> {
    const ops = answers.map((answer) => {
      const op = ++operations;
      this.#history.push({ type: 'invoke', op, attemptId: this.attemptId, ...answer });
      return op;
    });
    const saved = await this.own<SaveAnswer>('PUT', '/answers', {
      protocol: PAGE_PROTOCOL,
      fence: this.fence,
      answers,
    });
    ops.forEach((op, i) => {
      const receipt = saved.status === 200 ? saved.body.receipts[i] : undefined;
      if (receipt !== undefined)
        this.#history.push({ type: 'ok', op, stored: receipt.stored, counts: receipt.counts });
      else this.#history.push({ type: saved.status >= 400 && saved.status < 500 ? 'fail' : 'info', op });
    });
    return saved;
  }

  handIn<T>(): Promise<Outcome<T>> {
    return this.own<T>('POST', '/hand-in', { protocol: PAGE_PROTOCOL, fence: this.fence });
  }
}

/** Rooms full of candidates who answer, on an application inside this process. */
export interface Classroom {
  app: TestApp;
  sittings: TestSitting[];
  pages: WirePage[];
  /** Who sits at a page. */
  personOf(page: WirePage): { person: SeatedPerson; sitting: TestSitting };
  history: HistoryEvent[];
  /** A second sign-in of the page's person, at another computer. */
  signInAgain(page: WirePage): Promise<WirePage>;
  /** Holds the stored answers against the history. */
  check(): Promise<HistoryReport>;
  close(): Promise<void>;
}

/**
 * Plans, opens and starts rooms, signs everybody in and lets them start; each page is its attempt's writer. `paper` gives
 * another paper than the small one.
 */
export async function openClassroom(
  size: { candidates: number; rooms: number; paper?: (formId: string) => CandidateForm },
  config: Partial<Config> = {},
): Promise<Classroom> {
  const app = await startTestApp(config);
  const history: HistoryEvent[] = [];
  const sittings: TestSitting[] = [];
  const perRoom = Math.ceil(size.candidates / size.rooms);
  for (let left = size.candidates; left > 0; left -= perRoom)
    sittings.push(await planSitting(app, Math.min(left, perRoom)));
  const { paper } = size;
  if (paper !== undefined)
    for (const { _id } of await FormModel.find({}, { _id: 1 }).lean())
      await FormModel.collection.updateOne({ _id: _id as never }, { $set: { paper: paper(_id) } });
  for (const sitting of sittings) await openRoom(app, sitting);
  for (const sitting of sittings) await startRoom(app, sitting);
  const seats = sittings.flatMap((sitting) => sitting.people.map((person) => ({ sitting, person })));
  const places = new Map<string, (typeof seats)[number]>();
  const pages: WirePage[] = [];
  await sideBySide(seats, 8, async (seat, index) => {
    const client = await answering(app, seat.sitting, seat.person);
    const page = new WirePage(app.url, seat.person.attemptId, client.cookie, history);
    await page.claim();
    places.set(page.attemptId, seat);
    pages[index] = page;
  });
  const personOf = (page: WirePage) => {
    const seat = places.get(page.attemptId);
    if (seat === undefined) throw new Error(`nobody sits at ${page.attemptId}`);
    return seat;
  };
  return {
    app,
    sittings,
    pages,
    personOf,
    history,
    async signInAgain(page) {
      const { sitting, person } = personOf(page);
      return page.twin((await signInAtSeat(app, sitting, person)).cookie);
    },
    async check() {
      return checkHistory(history, await AnswerModel.find({}).lean());
    },
    close: () => app.close(),
  };
}
