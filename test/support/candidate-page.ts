import type { Page } from 'playwright-core';
import { openPaper } from '../../scripts/river/right-answers.ts';
import type { CandidateItem, CandidateForm } from '../../src/assembly/form.contract.ts';
import type { PaperKey, SealedPaper, StoredAnswer } from '../../src/sitting/attempt.contract.ts';
import type { Ticket } from './real-sitting.ts';

/** The words by which a candidate finds the controls, in both languages. */
export const CANDIDATE_WORDS = {
  zh: {
    room: '考场号',
    seat: '座位号',
    admission: '准考证号',
    tail: '证件号后四位',
    checkIn: '签到',
    itIsMe: '信息无误',
    handIn: '交卷',
    goOn: '继续交卷',
    final: '确定交卷',
    card: '答题卡',
  },
  en: {
    room: 'Room',
    seat: 'Seat',
    admission: 'Admission number',
    tail: 'Last four characters of your ID',
    checkIn: 'Check in',
    itIsMe: 'Yes, this is me',
    handIn: 'Hand in',
    goOn: 'Go on to hand in',
    final: 'Hand in now',
    card: 'Answer card',
  },
} as const;

type Lang = keyof typeof CANDIDATE_WORDS;

/** Fills in the ticket and sends it. */
export async function checkIn(page: Page, ticket: Ticket, lang: Lang = 'zh'): Promise<void> {
  const words = CANDIDATE_WORDS[lang];
  await page.getByLabel(words.room, { exact: true }).fill(ticket.roomCode);
  await page.getByLabel(words.seat, { exact: true }).fill(String(ticket.seat));
  await page.getByLabel(words.admission, { exact: true }).fill(ticket.admissionNumber);
  await page.getByLabel(words.tail, { exact: true }).fill(ticket.idTail);
  await page.getByRole('button', { name: words.checkIn, exact: true }).click();
}

/** The two confirmations of handing in, from the dialog on. */
export async function confirmHandIn(page: Page, lang: Lang = 'zh'): Promise<void> {
  const words = CANDIDATE_WORDS[lang];
  await page.getByRole('button', { name: words.goOn, exact: true }).click();
  await page.getByRole('button', { name: words.final, exact: true }).click();
}

/** A question as the candidate sees it: its number from 1, and its item in this candidate's order. */
export interface Numbered {
  number: number;
  item: CandidateItem;
}

/** The candidate's questions, opened as their page opens them. The attempt must have started. */
export async function questionsOf(page: Page, url: string, attemptId: string): Promise<Numbered[]> {
  const path = `${url}/api/attempts/${attemptId}`;
  const sealed = (await (await page.request.get(`${path}/paper`)).json()) as SealedPaper;
  const key = (await (await page.request.get(`${path}/paper-key`)).json()) as PaperKey;
  const form: CandidateForm = openPaper(sealed, key);
  return form.parts.flatMap((part) => part.items).map((item, index) => ({ number: index + 1, item }));
}

/** What the server has stored of an attempt, by item. */
export async function storedAnswers(
  page: Page,
  url: string,
  attemptId: string,
): Promise<Map<string, unknown>> {
  const answer = await page.request.get(`${url}/api/attempts/${attemptId}/answers`);
  const { items } = (await answer.json()) as { items: StoredAnswer[] };
  return new Map(items.map(({ itemId, value }) => [itemId, value]));
}

/** Goes to a question by the answer card. */
export async function goTo(page: Page, number: number, lang: Lang = 'zh'): Promise<void> {
  const card = page.getByRole('navigation', { name: CANDIDATE_WORDS[lang].card });
  await card.getByText(String(number), { exact: true }).click();
  const title = lang === 'zh' ? `第 ${number} 题` : `Question ${number}`;
  await page.getByRole('heading', { level: 1, name: new RegExp(`^${title}(?!\\d)`) }).waitFor();
}

const ids = (options: readonly { id: string }[]): string[] => options.map(({ id }) => id);

/** Answers the question that is shown with the mouse; returns what should be saved. */
export async function answerByMouse(page: Page, item: CandidateItem): Promise<unknown> {
  switch (item.type) {
    case 'single':
      await page.getByRole('radio').nth(1).check();
      return item.options[1]?.id;
    case 'multiple':
      await page.getByRole('checkbox').nth(0).check();
      await page.getByRole('checkbox').nth(2).check();
      return [item.options[0]?.id, item.options[2]?.id];
    case 'true-false':
      await page.getByRole('radio').nth(0).check();
      return true;
    case 'numeric':
      // As an input method leaves it: full-width figures.
      await page.getByRole('article').getByRole('textbox').fill('１２.50');
      return '12.50';
    case 'ordering': {
      await page.getByRole('button', { name: /(上移|Move up) B$/ }).click();
      const [first = '', second = '', ...rest] = ids(item.options);
      return [second, first, ...rest];
    }
    case 'matching': {
      const [first, second] = item.prompts;
      const [one = '', two = ''] = ids(item.options);
      await page.getByRole('combobox').nth(0).selectOption(two);
      await page.getByRole('combobox').nth(1).selectOption(one);
      return { [first?.id ?? '']: two, [second?.id ?? '']: one };
    }
    case 'scenario':
      throw new Error('no scenario in a theory test');
  }
}

/** Answers the question that is shown with the keyboard alone; returns what should be saved. */
export async function answerByKeys(page: Page, item: CandidateItem): Promise<unknown> {
  const { keyboard } = page;
  switch (item.type) {
    case 'single':
      await keyboard.press('c');
      return item.options[2]?.id;
    case 'multiple':
      for (const key of ['2', '4', '1', '2']) await keyboard.press(key);
      return [item.options[0]?.id, item.options[3]?.id];
    case 'true-false':
      await keyboard.press('b');
      return false;
    case 'numeric':
      await page.getByRole('article').getByRole('textbox').focus();
      await keyboard.type('1,250');
      return '1250';
    case 'ordering': {
      await page.getByRole('button', { name: /(下移|Move down) A$/ }).focus();
      await keyboard.press('Enter');
      const [first = '', second = '', ...rest] = ids(item.options);
      return [second, first, ...rest];
    }
    case 'matching':
      await page.getByRole('combobox').nth(2).focus();
      await keyboard.press('ArrowDown');
      return { [item.prompts[2]?.id ?? '']: item.options[0]?.id };
    case 'scenario':
      throw new Error('no scenario in a theory test');
  }
}
