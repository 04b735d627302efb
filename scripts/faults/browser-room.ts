import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { AnswerModel } from '../../src/sitting/answer.model.ts';
import { moveAttempt } from '../../src/sitting/attempts.service.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { RoomModel } from '../../src/sitting/room.model.ts';
import { startTestApp, type TestApp } from '../../test/support/app.ts';
import { CANDIDATE_WORDS, checkIn, goTo, questionsOf } from '../../test/support/candidate-page.ts';
import {
  openRoom,
  planSitting,
  startRoom,
  until,
  type SeatedPerson,
  type TestSitting,
} from '../../test/support/sitting.ts';

/** The item that is typed into. */
const NUMERIC = 'A1.1-004';

/** A running room on an application inside this process, for real browsers. */
export class BrowserRoom {
  readonly app: TestApp;
  readonly sitting: TestSitting;
  readonly #code: string;

  private constructor(app: TestApp, sitting: TestSitting, code: string) {
    this.app = app;
    this.sitting = sitting;
    this.#code = code;
  }

  static async open(candidates: number): Promise<BrowserRoom> {
    const app = await startTestApp({ webDir: resolve('dist/web') });
    const sitting = await planSitting(app, candidates);
    await openRoom(app, sitting);
    await startRoom(app, sitting);
    const room = await RoomModel.findById(sitting.roomId).lean();
    return new BrowserRoom(app, sitting, room?.code ?? '');
  }

  get address(): string {
    return `${this.app.url}/exam`;
  }

  person(index: number): SeatedPerson {
    const person = this.sitting.people[index];
    if (person === undefined) throw new Error(`nobody at ${index}`);
    return person;
  }

  /** Fills in the ticket of a person on a fresh page. */
  async checkIn(page: Page, person: SeatedPerson): Promise<void> {
    await page.getByLabel(CANDIDATE_WORDS.zh.admission, { exact: true }).waitFor();
    await checkIn(page, { ...person, roomCode: this.#code });
  }

  /** From the ticket to the first question. */
  async begin(page: Page, person: SeatedPerson): Promise<void> {
    await this.checkIn(page, person);
    await page.getByRole('button', { name: CANDIDATE_WORDS.zh.itIsMe }).click();
    await page.getByRole('timer').waitFor();
    await moveAttempt(this.app.ctx, { attemptId: person.attemptId, command: 'admit', by: 'faults' });
    await page.getByRole('article').waitFor();
  }

  /** Goes to the question that takes a number. */
  async toNumber(page: Page, person: SeatedPerson): Promise<void> {
    const questions = await questionsOf(page, this.app.url, person.attemptId);
    const number = questions.find(({ item }) => item.itemId === NUMERIC)?.number ?? 0;
    await goTo(page, number);
    await box(page).waitFor();
  }

  /** What the server has of the typed number. */
  async stored(person: SeatedPerson): Promise<string> {
    const answer = await AnswerModel.findOne({ attemptId: person.attemptId, itemId: NUMERIC }).lean();
    return typeof answer?.value === 'string' ? answer.value : '';
  }

  /** The invigilator sees the second sign-in and gives it the writing. */
  async handOver(person: SeatedPerson): Promise<void> {
    await until(
      async () => (await AttemptModel.findById(person.attemptId).lean())?.secondSignIn !== undefined,
    );
    const [invigilator] = this.sitting.staff;
    const body = { command: 'hand-over', attemptIds: [person.attemptId] };
    await invigilator?.post(`/api/rooms/${this.sitting.roomId}/commands`, body).expect(200);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

/** Where a number is typed. */
export const box = (page: Page) => page.getByRole('article').getByRole('textbox').first();
