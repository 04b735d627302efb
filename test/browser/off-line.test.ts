import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../scripts/lab/chromium.ts';
import { makeLabCertificate } from '../../scripts/lab-certificate/folder.ts';
import { readNames } from '../../scripts/lab-certificate/names.ts';
import { readConfig } from '../../src/config.ts';
import { endSessions } from '../../src/platform/auth/sessions.ts';
import { axe, builtPages, openWindow, type Person } from '../support/browser.ts';
import { answerByMouse, goTo, type Numbered } from '../support/candidate-page.ts';
import {
  cachedAddresses,
  keptInBrowser,
  RestartableSitting,
  setClockForward,
  workerActive,
} from '../support/off-line.ts';
import { until } from '../support/sitting.ts';

describe('browser: reloads while the server is down, over https', function () {
  this.timeout(120_000);
  const exam = new RestartableSitting();
  let browser: Browser;
  let person: Person;
  let questions: Numbered[];
  let url: string;
  /** What the candidate has answered, by item. */
  const given = new Map<string, unknown>();

  const numberOf = (type: string): Numbered => questions.find(({ item }) => item.type === type)!;
  const answer = async (type: string): Promise<void> => {
    const { number, item } = numberOf(type);
    await goTo(person.page, number);
    given.set(item.itemId, await answerByMouse(person.page, item));
  };
  const cell = (number: number) =>
    person.page.getByRole('navigation', { name: '答题卡' }).getByText(String(number), { exact: true });
  const isAnswered = async (number: number): Promise<boolean> =>
    /已答/.test((await cell(number).getAttribute('aria-label')) ?? '');

  before(async () => {
    await makeLabCertificate(exam.dataDir, readNames(['exam.lab'], []), Date.now());
    const { tls } = readConfig({ dataDir: exam.dataDir }, { HTTPS: '1' });
    await exam.begin({ webDir: builtPages(), tls });
    ({ url } = exam.app);
    questions = await exam.questions();
    // As a computer that trusts the lab's authority: Chromium's own list cannot be written without a user's profile.
    const { publicKey } = new X509Certificate(readFileSync(tls!.certificate));
    const spki = createHash('sha256')
      .update(publicKey.export({ format: 'der', type: 'spki' }))
      .digest('base64');
    browser = await launchChromium(`--ignore-certificate-errors-spki-list=${spki}`);
    person = await openWindow(browser, url, { client: exam.candidate });
    await person.open('/exam');
    await person.page.getByRole('heading', { name: /^第 1 题/ }).waitFor();
  });
  after(async () => {
    await browser.close();
    await exam.end();
  });
  // Each step stands on those before it: after a failure the others would only wait in vain.
  beforeEach(function () {
    if (this.currentTest?.parent?.tests.some(({ state }) => state === 'failed') === true) this.skip();
  });

  it('keeps the page and its assets, and nothing of the interface', async () => {
    await workerActive(person.page);
    const { caches: count, paths } = await cachedAddresses(person.page);
    expect(count).to.equal(1);
    expect(paths).to.include('/exam');
    expect(paths.filter((path) => /^\/assets\/.+\.(js|css)$/.test(path))).to.have.length.above(2);
    expect(paths.filter((path) => path !== '/exam' && !path.startsWith('/assets/'))).to.deep.equal([]);
  });

  it('comes back to the same question, answers and marks, and to a running clock', async () => {
    const { page } = person;
    await answer('single');
    await answer('true-false');
    await page.keyboard.press('m');
    await until(async () => (await exam.stored()).size === given.size);
    await exam.goDown();
    await page.reload();
    const { number } = numberOf('true-false');
    await page.getByRole('heading', { name: new RegExp(`^第 ${number} 题`) }).waitFor();
    await page.getByRole('button', { name: '标记', pressed: true }).waitFor();
    await until(() => page.getByRole('radio').first().isChecked());
    await until(() => isAnswered(numberOf('single').number));
    await page
      .getByRole('timer')
      .filter({ hasText: /^01:2\d:\d\d$/ })
      .waitFor();
    expect(await axe(page)).to.deep.equal([]);
  });

  it('takes further answers, also over another reload', async () => {
    const { page } = person;
    await answer('numeric');
    await page.getByText('已存在本机，1 题等待上传').waitFor();
    await page.reload();
    const { number } = numberOf('numeric');
    await page.getByRole('heading', { name: new RegExp(`^第 ${number} 题`) }).waitFor();
    await until(async () => (await page.getByRole('article').getByRole('textbox').inputValue()) === '12.50');
  });

  it('ends nothing by a clock that was set forward meanwhile, and offers the answer file', async () => {
    const { page } = person;
    await setClockForward(page, 3 * 3_600_000);
    await page.reload();
    await page.getByRole('timer').filter({ hasText: '00:00:00' }).waitFor();
    await answer('multiple');
    await page.getByRole('button', { name: '交卷', exact: true }).click();
    await page
      .getByRole('dialog')
      .getByText(/^[0-9A-F]{4}-[0-9A-F]{4}$/)
      .waitFor();
    await page.getByRole('button', { name: '返回作答' }).click();
  });

  it('sends them when the server is back', async () => {
    await exam.comeBack();
    await person.page.getByRole('status').filter({ hasText: '考试服务器已保存' }).waitFor();
    expect(await exam.stored()).to.deep.equal(given);
    expect(await keptInBrowser(person.page)).to.deep.equal([{ state: 'answering', paper: true }]);
  });

  it('asks for a sign-in once the server says that the session has ended, and forgets the paper', async () => {
    const { page } = person;
    await exam.goDown();
    await page.reload();
    await page.getByRole('article').waitFor();
    await exam.comeBack();
    await endSessions(exam.app.ctx, { attemptId: exam.candidate.attemptId });
    await page.getByRole('heading', { name: '考生签到' }).waitFor();
    await until(async () => (await keptInBrowser(page)).length === 0);
  });
});
