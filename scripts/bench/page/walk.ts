import type { Page } from 'playwright-core';
import type { LabExam, LabTicket } from '../../lab/exam.ts';

/** What is looked for on the exam's page. */
export const QUESTION = 'article.question h1';

const FIELDS = [
  ['#room', 'roomCode'],
  ['#seat', 'seat'],
  ['#admission', 'admissionNumber'],
  ['#tail', 'idTail'],
] as const;

/** From the sign-in to the first question, as a candidate goes: ticket, "this is me", admission, paper, start. */
export async function walkToFirstQuestion(
  page: Page,
  url: string,
  ticket: LabTicket,
  exam: LabExam,
): Promise<void> {
  await page.goto(`${url}/exam`);
  for (const [field, key] of FIELDS) await page.fill(field, String(ticket[key]));
  await page.click('form .primary');
  await page.click('.identity .primary');
  await page.waitForSelector('.waiting');
  await exam.admitAll();
  await page.waitForSelector('.countdown .steps li.ok:nth-child(2)');
  await exam.start();
  await page.waitForSelector(QUESTION);
}

/** Clicks on options, on the next question, on the card and on the mark, in turn. */
export async function clickAbout(page: Page, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await page.click(`.card-parts [data-number="${(round % 10) + 1}"]`);
    await page.click('.option:nth-of-type(2) label');
    await page.click('.question-tools button:first-child');
    await page.click('.foot > button:last-child');
    await page.click('.option:nth-of-type(1) label');
  }
}

/** Comes to the first question that is answered by typing. */
export async function goToTypedQuestion(page: Page): Promise<void> {
  const firsts = page.locator('.card-parts .cells button:first-child');
  for (let part = 0; part < (await firsts.count()); part += 1) {
    await firsts.nth(part).click();
    if ((await page.locator('.numeric input').count()) > 0) return;
  }
  throw new Error('no question on this paper is answered by typing');
}
