import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Route } from 'playwright-core';
import { launchChromium } from '../../scripts/lab/chromium.ts';
import { builtPages, openWindow, type Person } from '../support/browser.ts';
import { answerByMouse, goTo, type Numbered } from '../support/candidate-page.ts';
import { cachedAddresses, RestartableSitting, workerActive } from '../support/off-line.ts';
import { until } from '../support/sitting.ts';

/** Makes what a page sends look like that of a page from before an upgrade. */
const asOldPage = async (route: Route): Promise<void> => {
  const body = route.request().postDataJSON() as object;
  await route.continue({ postData: JSON.stringify({ ...body, protocol: 1 }) });
};

describe('browser: an upgrade in the middle of an exam', function () {
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
  const allStored = (): Promise<void> => until(async () => (await exam.stored()).size === given.size);

  before(async () => {
    cpSync(builtPages(), webDir, { recursive: true });
    await exam.begin({ webDir });
    questions = await exam.questions();
    browser = await launchChromium();
    person = await openWindow(browser, exam.app.url, { client: exam.candidate });
    await person.open('/exam');
    await person.page.getByRole('heading', { name: /^第 1 题/ }).waitFor();
    await workerActive(person.page);
  });
  after(async () => {
    await browser.close();
    await exam.end();
    rmSync(webDir, { recursive: true });
  });

  it('tells a page of an older protocol to reload; what it held arrives after that', async () => {
    const { page, context } = person;
    await answer('single');
    await allStored();
    await context.route(/\/api\/attempts\/[^/]+\/(answers|writer)$/, (route) =>
      route.request().method() === 'GET' ? route.continue() : asOldPage(route),
    );
    await answer('true-false');
    await page.getByText('考试系统已更新，请刷新页面后继续').waitFor();
    // It goes on taking answers: nobody is made to wait for the reload.
    await answer('multiple');
    expect((await exam.stored()).size).to.equal(1);
    await context.unroute(/\/api\/attempts\/[^/]+\/(answers|writer)$/);
    await page.getByRole('button', { name: '刷新页面' }).click();
    await page.getByText('考试系统已更新').waitFor({ state: 'detached' });
    await page.getByRole('status').filter({ hasText: '考试服务器已保存' }).waitFor();
    await allStored();
    expect(await exam.stored()).to.deep.equal(given);
  });

  it('takes the new page at the next load, keeps it, and throws the old one away', async () => {
    const { page } = person;
    const mark = '<meta name="generator" content="the next build">';
    const html = join(webDir, 'candidate.html');
    writeFileSync(html, readFileSync(html, 'utf8').replace('</head>', `${mark}</head>`));
    await page.reload();
    expect(await page.content()).to.include(mark);
    await until(async () => (await cachedAddresses(page)).caches === 1);
    await exam.goDown();
    await page.reload();
    await page.getByRole('article').waitFor();
    expect(await page.content()).to.include(mark);
    await exam.comeBack();
    await page.getByText('题等待上传').waitFor({ state: 'detached' });
  });

  it('asks browsers to look for a newer page and worker at each load, and keeps hashed assets', async () => {
    const { candidate, app } = exam;
    for (const path of ['/exam', '/exam-worker.js'])
      expect((await candidate.get(path).expect(200)).headers['cache-control'], path).to.equal('no-cache');
    expect(app.url).to.match(/^http:/);
    expect((await candidate.get('/exam-worker.js')).headers['content-type']).to.match(/javascript/);
  });
});
