import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../scripts/lab/chromium.ts';
import { moveAttempt } from '../../src/sitting/attempts.service.ts';
import { builtPages, openWindow, type Person } from '../support/browser.ts';
import { answerByMouse, goTo, type Numbered } from '../support/candidate-page.ts';
import { keptInBrowser, RestartableSitting } from '../support/off-line.ts';
import { until } from '../support/sitting.ts';

/** What a lab computer calls the server; Chromium trusts 127.0.0.1 as if it were https, but no such name. */
const NAME = 'exam.lab';

describe('browser: a lab on plain http, by name', function () {
  this.timeout(120_000);
  const exam = new RestartableSitting();
  const webDir = mkdtempSync(join(tmpdir(), 'kaochang-pages-'));
  let browser: Browser;
  let person: Person;
  let questions: Numbered[];
  /** What the candidate has answered, by item. */
  const given = new Map<string, unknown>();

  const answer = async (type: string): Promise<void> => {
    const { number, item } = questions.find((one) => one.item.type === type)!;
    await goTo(person.page, number);
    given.set(item.itemId, await answerByMouse(person.page, item));
  };

  before(async () => {
    cpSync(builtPages(), webDir, { recursive: true });
    await exam.begin({ webDir });
    questions = await exam.questions();
    browser = await launchChromium(`--host-resolver-rules=MAP ${NAME} 127.0.0.1`);
    const url = `http://${NAME}:${new URL(exam.app.url).port}`;
    person = await openWindow(browser, url, { client: exam.candidate });
    await person.open('/exam');
  });
  after(async () => {
    await browser.close();
    await exam.end();
    rmSync(webDir, { recursive: true });
  });

  it('has neither service workers nor crypto.subtle, and opens the paper all the same', async () => {
    const { page } = person;
    await page.getByRole('heading', { name: /^第 1 题/ }).waitFor();
    const has = await page.evaluate(() => ({
      secure: isSecureContext,
      worker: 'serviceWorker' in navigator,
      subtle: 'subtle' in crypto,
    }));
    expect(has).to.deep.equal({ secure: false, worker: false, subtle: false });
    // Chromium remarks that a header for trustworthy addresses means nothing here.
    expect(person.errors.filter((error) => !error.includes('Cross-Origin-Opener-Policy'))).to.deep.equal([]);
  });

  it('saves answers, keeps them while the server is down, and sends them when it is back', async () => {
    const { page } = person;
    await answer('single');
    await until(async () => (await exam.stored()).size === 1);
    await exam.goDown();
    await answer('true-false');
    await answer('numeric');
    await page.getByText('已存在本机，2 题等待上传').waitFor();
    await exam.comeBack();
    await page.getByRole('status').filter({ hasText: '考试服务器已保存' }).waitFor();
    expect(await exam.stored()).to.deep.equal(given);
  });

  it('comes back after a reload with all that this computer and the server have', async () => {
    const { page } = person;
    await page.reload();
    const { number } = questions.find(({ item }) => item.type === 'numeric')!;
    await page.getByRole('heading', { name: new RegExp(`^第 ${number} 题`) }).waitFor();
    await until(async () => (await page.getByRole('article').getByRole('textbox').inputValue()) === '12.50');
    expect(await keptInBrowser(page)).to.deep.equal([{ state: 'answering', paper: true }]);
  });

  it('asks nothing of the build it came from once it is loaded: an upgrade takes that away', async () => {
    const { page } = person;
    const parts = await page.evaluate(
      () => JSON.parse(document.getElementById('later-parts')?.textContent ?? '[]') as string[],
    );
    expect(parts).to.have.length.above(2);
    await until(() =>
      page.evaluate(
        (all) => all.every((part) => performance.getEntriesByName(location.origin + part).length > 0),
        parts,
      ),
    );
    rmSync(join(webDir, 'assets'), { recursive: true });
    for (const part of parts.filter((name) => name.endsWith('.js')))
      expect(await page.evaluate(async (name) => typeof (await import(name)), part)).to.equal('object');
    await page.getByRole('button', { name: '计算器' }).click();
    await page.getByRole('button', { name: '草稿' }).click();
    await page.getByRole('button', { name: '交卷', exact: true }).click();
    await page.getByRole('dialog').getByText('开考 30 分钟后才能交卷').waitFor();
    expect(person.errors.filter((error) => /404|Failed to fetch/.test(error))).to.deep.equal([]);
  });

  it('forgets the paper and its key when the exam has ended', async () => {
    const { page } = person;
    const { attemptId } = exam.candidate;
    await moveAttempt(exam.app.ctx, { attemptId, command: 'terminate', by: 'test', reason: 'test' });
    await page.getByRole('heading', { name: '考试已被终止' }).waitFor();
    await until(async () => (await keptInBrowser(page)).every(({ paper }) => !paper));
    expect(await keptInBrowser(page)).to.deep.equal([{ state: 'terminated', paper: false }]);
  });
});
