import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { FormModel } from '../../src/assembly/form.model.ts';
import type { Scenario } from '../../src/bank/scenario.contract.ts';
import { readJson } from '../../src/demo/prepare.ts';
import { problemOf } from '../../src/shared/errors/index.ts';
import type { AnswerFile } from '../../src/sitting/attempt.contract.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { MemoryModel } from '../../src/sitting/memory.model.ts';
import { moveAttempt } from '../../src/sitting/attempts.service.ts';
import { MessageModel } from '../../src/proctoring/message.model.ts';
import { sendMessage } from '../../src/proctoring/messages.service.ts';
import { moveRoom } from '../../src/sitting/rooms.service.ts';
import { handOver } from '../../src/sitting/seat-changes.service.ts';
import { selectRoom } from '../../src/sitting/sittings.service.ts';
import { answerCode } from '../../src/sitting/answer-text.rules.ts';
import { axe, startBrowserApp, type BrowserApp, type Person } from '../support/browser.ts';
import { checkIn, goTo, questionsOf, storedAnswers } from '../support/candidate-page.ts';
import type { Ticket } from '../support/real-sitting.ts';
import {
  answering,
  openRoom,
  planSitting,
  startRoom,
  until,
  type SeatedPerson,
  type TestSitting,
} from '../support/sitting.ts';

const clean = async ({ page }: Person, where: string): Promise<void> => {
  expect(await axe(page), `axe: ${where}`).to.deep.equal([]);
};
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name });

/** What is on a person's ticket. */
const ticketOf = (person: SeatedPerson, roomCode: string): Ticket => ({ ...person, roomCode });

describe('browser: the candidate’s page in every state', function () {
  this.timeout(60_000);
  let app: BrowserApp;
  let sitting: TestSitting;
  let roomCode: string;
  const person = (i: number): SeatedPerson => sitting.people[i]!;

  before(async () => {
    app = await startBrowserApp();
    sitting = await planSitting(app, 4);
    roomCode = (await selectRoom(sitting.roomId)).code;
    await openRoom(app, sitting);
  });
  after(() => app.close());
  // Later steps stand on the room's clock: after a failure they would only wait in vain.
  beforeEach(function () {
    if (this.currentTest?.parent?.tests.some(({ state }) => state === 'failed') === true) this.skip();
  });

  it('weighs no more than 110 kB gzipped, and carries neither the Socket.IO client nor TypeBox', () => {
    const { webDir } = app.ctx.config;
    const names = [
      ...readFileSync(join(webDir, 'candidate.html'), 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g),
    ].map(([, name = '']) => name);
    expect(names.filter((name) => name.endsWith('.js'))).not.to.have.length(0);
    const bytes = names.reduce((sum, name) => sum + readFileSync(join(webDir, `${name}.gz`)).length, 0);
    expect(bytes / 1000).to.be.at.most(110);
    const all = names.map((name) => readFileSync(join(webDir, name), 'utf8')).join('');
    expect(all).not.to.match(/TypeBox|TransformKind|reconnectionAttempts/);
  });

  it('checks the computer at the sign-in: window, storage, clock, line', async () => {
    const candidate = await app.person({ lang: 'en' });
    const { page, context } = candidate;
    // A browser that keeps nothing, and a computer whose clock is an hour ahead.
    await context.addInitScript(() => {
      indexedDB.open = () => {
        throw new DOMException('refused', 'SecurityError');
      };
      const now = Date.now.bind(Date);
      Date.now = () => now() + 3_600_000;
    });
    await page.setViewportSize({ width: 683, height: 384 });
    await candidate.open('/exam');
    for (const words of [
      'Window only 683×384',
      'Answers cannot be kept on this computer',
      'This clock is 60 min ahead',
      'Connected to the exam server',
    ])
      await page.getByText(words).waitFor();
    await clean(candidate, 'device check with trouble, en, magnified');
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Check in' }).click();
    await context.close();
  });

  it('calls the invigilator for "not me", and takes the word of who looks again', async () => {
    const candidate = await app.person();
    const { page } = candidate;
    await candidate.open('/exam');
    await checkIn(page, ticketOf(person(0), roomCode));
    await page.getByRole('button', { name: '不是我' }).click();
    await page.getByText('已通知监考员').waitFor();
    const told = await AttemptModel.findById(person(0).attemptId).lean();
    expect(told?.hand?.reason).to.equal('not-me');
    await clean(candidate, 'not me, zh');
    await page.getByRole('button', { name: '信息无误' }).click();
    await page.getByRole('timer').waitFor();
    await page.getByRole('button', { name: '放下手' }).click();
    await page.getByRole('button', { name: '举手' }).waitFor();
    await clean(candidate, 'waiting, zh');
    await page.context().close();
  });

  describe('once the room runs', () => {
    let candidate: Person;
    let mine: SeatedPerson;
    /** Numbers of the questions in this candidate's order. */
    let numbers: Record<'single' | 'multiple' | 'true-false', number>;
    before(async () => {
      await startRoom(app, sitting);
      mine = person(1);
      candidate = await app.person({ client: await answering(app, sitting, mine) });
      await candidate.open('/exam');
      await heading(candidate.page, /^第 1 题/).waitFor();
      const questions = await questionsOf(candidate.page, app.url, mine.attemptId);
      const numberOf = (type: string): number =>
        questions.find(({ item }) => item.type === type)?.number ?? 0;
      numbers = {
        single: numberOf('single'),
        multiple: numberOf('multiple'),
        'true-false': numberOf('true-false'),
      };
      await goTo(candidate.page, numbers.single);
    });

    const title = (type: keyof typeof numbers): RegExp => new RegExp(`^第 ${numbers[type]} 题`);

    it('keeps a note on a question, strikes options out by key, and shows both after a reload', async () => {
      const { page } = candidate;
      await page.keyboard.press('Shift+B');
      await page.getByRole('button', { name: '恢复 B' }).waitFor();
      await page.keyboard.press('n');
      await page.keyboard.type('再核对一次');
      await clean(candidate, 'note, zh');
      await page.reload();
      expect(await page.getByLabel('本题笔记').inputValue()).to.equal('再核对一次');
      await page.getByRole('button', { name: '恢复 B' }).waitFor();
      const card = page.getByRole('navigation', { name: '答题卡' });
      expect(await card.getByRole('button', { name: /有笔记/ }).count()).to.equal(1);
    });

    it('tells all keys, and lets single ones be switched off', async () => {
      const { page } = candidate;
      await heading(page, title('single')).focus();
      await page.keyboard.press('?');
      const dialog = page.getByRole('dialog', { name: '按键' });
      await dialog.waitFor();
      await clean(candidate, 'keys, zh');
      await dialog.getByRole('checkbox').uncheck();
      await page.keyboard.press('Escape');
      await page.keyboard.press('a');
      expect(await page.getByRole('radio').first().isChecked()).to.equal(false);
      await page.getByRole('button', { name: /按键/ }).click();
      await dialog.getByRole('checkbox').check();
      await dialog.getByRole('button', { name: '关闭' }).click();
      await page.keyboard.press('a');
      expect(await page.getByRole('radio').first().isChecked()).to.equal(true);
    });

    it('magnifies the question and computes, by keys alone', async () => {
      const { page } = candidate;
      await page.keyboard.press('+');
      await page.getByText('125%').waitFor();
      await page.keyboard.press('0');
      await page.getByRole('button', { name: '计算器' }).click();
      await page.keyboard.type('12*3.5=');
      await page.getByRole('status', { name: '结果' }).filter({ hasText: '42' }).waitFor();
      await clean(candidate, 'calculator, zh');
      await page.keyboard.press('Escape');
      await page.getByRole('status', { name: '结果' }).waitFor({ state: 'detached' });
    });

    it('turns the card into a drawer on a narrow window', async () => {
      const { page } = candidate;
      await page.setViewportSize({ width: 390, height: 844 });
      const card = page.getByRole('navigation', { name: '答题卡' });
      await card.waitFor({ state: 'detached' });
      await clean(candidate, 'narrow, zh');
      await page.getByRole('button', { name: '答题卡' }).click();
      await clean(candidate, 'drawer, zh');
      await page.keyboard.press('Escape');
      await card.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: '答题卡' }).click();
      await goTo(page, numbers.multiple);
      await card.waitFor({ state: 'detached' });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.be.at.most(390);
      await page.setViewportSize({ width: 1366, height: 768 });
      await card.waitFor();
    });

    it('covers the screen while the candidate is away, over a reload too, until the right tail is given', async () => {
      const { page } = candidate;
      await page.getByRole('button', { name: '离座' }).click();
      await page.getByRole('dialog').waitFor();
      await clean(candidate, 'leave dialog, zh');
      await page.getByRole('button', { name: '遮住屏幕，离座' }).click();
      await page.getByText('计时继续，剩余时间').waitFor();
      expect(await page.getByRole('article').count()).to.equal(0);
      await page.reload();
      await page.getByText('计时继续，剩余时间').waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await clean(candidate, 'away, zh');
      await page.getByLabel('证件号后四位').fill('ZZZZ');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      await clean(candidate, 'away with a wrong tail, zh');
      await page.getByLabel('证件号后四位').fill(mine.idTail);
      await page.keyboard.press('Enter');
      await heading(page, title('multiple')).waitFor();
    });

    it('lets one of two windows write, and the other take it back', async () => {
      const second: Page = await candidate.context.newPage();
      await second.goto(`${app.url}/exam`);
      await heading(second, title('multiple')).waitFor();
      await candidate.page.getByText('您正在这台电脑的另一个窗口作答').waitFor();
      await clean(candidate, 'other window, zh');
      expect(await candidate.page.getByRole('checkbox').first().isDisabled()).to.equal(true);
      await candidate.page.getByRole('button', { name: '在此作答' }).click();
      await second.getByText('您正在这台电脑的另一个窗口作答').waitFor();
      await candidate.page.getByRole('checkbox').first().check();
      await until(async () => (await storedAnswers(candidate.page, app.url, mine.attemptId)).has('A1.1-002'));
      await second.close();
    });

    it('waits calmly at a second computer, and goes on there by itself after the hand-over', async () => {
      const other = await app.person({ lang: 'en' });
      await other.open('/exam');
      await checkIn(other.page, ticketOf(mine, roomCode), 'en');
      await heading(other.page, 'This attempt is being answered at another computer').waitFor();
      await clean(other, 'second sign-in, en');
      // What the first computer remembered goes to the server a moment after it was last changed.
      await until(async () => {
        const kept = await MemoryModel.findById(mine.attemptId).lean();
        return kept?.memory.includes('"current":"A1.1-002"') === true;
      });
      await handOver(app.ctx, { attemptId: mine.attemptId, by: 'test' });
      await heading(other.page, new RegExp(`^Question ${numbers.multiple}(?!\\d)`)).waitFor();
      expect(await other.page.getByRole('checkbox').first().isChecked()).to.equal(true);
      await heading(candidate.page, '考试已移到另一台电脑').waitFor();
      await clean(candidate, 'computer that was left, zh');
      await candidate.context.close();
      candidate = other;
    });

    it('stands still while the candidate is paused or the room is held, and shows messages meanwhile', async () => {
      const { page } = candidate;
      await moveAttempt(app.ctx, { attemptId: mine.attemptId, command: 'pause', by: 'test' });
      await heading(page, 'Your exam is paused').waitFor();
      await page.getByText('Your clock is stopped and you lose no time.').waitFor();
      expect(await page.getByRole('button', { name: 'Hand in' }).isDisabled()).to.equal(true);
      const room = await selectRoom(sitting.roomId);
      const by = { accountId: 'acc_test', name: 'Test' };
      const message = { attemptIds: [mine.attemptId], toAll: false, text: 'The printer is being mended.' };
      const { id } = await sendMessage(app.ctx, by, room, message);
      const shown = page.getByText('The printer is being mended.');
      await shown.waitFor();
      await clean(candidate, 'paused with a message, en');
      await page.getByRole('button', { name: 'Read', exact: true }).click();
      await shown.waitFor({ state: 'detached' });
      await until(async () => (await MessageModel.findById(id).lean())?.acknowledgedBy.length === 1);
      await moveAttempt(app.ctx, { attemptId: mine.attemptId, command: 'resume', by: 'test' });
      await page.getByRole('article').waitFor();
      await moveRoom(app.ctx, { roomId: sitting.roomId, command: 'hold', by: 'test' });
      await heading(page, 'This room is on hold').waitFor();
      await clean(candidate, 'held, en');
      await moveRoom(app.ctx, { roomId: sitting.roomId, command: 'resume', by: 'test' });
      await page.getByRole('article').waitFor();
    });

    it('says when the page is from before an upgrade, and keeps what was answered until it is reloaded', async () => {
      const { page } = candidate;
      const answers = `**/api/attempts/${mine.attemptId}/answers`;
      await page.route(answers, (route) =>
        route.request().method() === 'PUT'
          ? route.fulfill({
              status: 409,
              contentType: 'application/problem+json',
              body: JSON.stringify(problemOf('sitting.page-outdated')),
            })
          : route.continue(),
      );
      await goTo(page, numbers['true-false'], 'en');
      await page.getByRole('radio').first().check();
      await page.getByText('The exam system was updated.').waitFor();
      await clean(candidate, 'outdated, en');
      await page.unroute(answers);
      await page.getByRole('button', { name: 'Reload' }).click();
      await page.getByRole('status').filter({ hasText: 'Saved at the exam server' }).waitFor();
      expect((await storedAnswers(page, app.url, mine.attemptId)).get('A1.1-003')).to.equal(true);
    });

    it('warns before the end, and locks at the deadline without a line: code, file, and the decision later', async () => {
      const { page, context } = candidate;
      const attempt = await AttemptModel.findById(mine.attemptId).lean();
      app.clock.advance((attempt?.deadline ?? 0) - app.clock.now() - 4_000);
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
      await page.getByText('1 min left; the exam ends at').waitFor();
      await clean(candidate, 'warning, en');
      await context.setOffline(true);
      await page.getByRole('radio').nth(1).check();
      await heading(page, 'The time is over').waitFor();
      await page.getByText('Your answers are safe on this computer: do not leave.').waitFor();
      await clean(candidate, 'time over without a line, en');
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: /Save the answer file/ }).click();
      const file = await download;
      const code = await page.locator('.code b').innerText();
      expect(file.suggestedFilename()).to.equal(`kaochang-${mine.admissionNumber}-${code}.json`);
      const sealed = JSON.parse(readFileSync(await file.path(), 'utf8')) as AnswerFile;
      expect(sealed).to.include({ format: 'kaochang-answers', attemptId: mine.attemptId });
      // The grace passes too: what comes now is evidence.
      app.clock.advance(3 * 60_000);
      await until(async () => (await AttemptModel.findById(mine.attemptId).lean())?.state === 'collected');
      await context.setOffline(false);
      await heading(page, /your paper has been collected/).waitFor();
      await page.getByText('the chief invigilator decides').waitFor();
      const receipt = (await AttemptModel.findById(mine.attemptId).lean())?.receipt;
      expect(await page.locator('.receipt-code').innerText()).to.equal(answerCode(receipt?.digest ?? ''));
      expect(answerCode(receipt?.digest ?? '')).not.to.equal(code);
      await clean(candidate, 'collected with a late answer, en');
    });
  });

  it('shows material and task of a computer task in two panes with a divider for the keyboard', async () => {
    const skill = await planSitting(app, 1, { part: 'skill' });
    const {
      id: _id,
      level: _level,
      version,
      checks: _checks,
      ...scenario
    } = readJson<Scenario>('exam-templates/scenarios/junior-first-listing.json');
    const item = { itemId: 'S-1', version, points: 60, type: 'scenario', scenario };
    const part = { kind: 'computer', id: 'c', title: { zh: '操作', en: 'Tasks' }, points: 60, items: [item] };
    await FormModel.collection.updateMany({ 'paper.kind': 'skill' }, { $set: { 'paper.parts': [part] } });
    await openRoom(app, skill);
    await startRoom(app, skill);
    const candidate = await app.person({ client: await answering(app, skill, skill.people[0]!) });
    const { page } = candidate;
    await candidate.open('/exam');
    const divider = page.getByRole('separator');
    await divider.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await divider.getAttribute('aria-valuenow')).to.equal('49');
    await page.getByLabel(/发货重量/).fill('12.5');
    await page.getByText('请填写整数').waitFor();
    await page.getByLabel(/发货重量/).fill('650');
    await clean(candidate, 'computer task, zh');
    await page.getByRole('status').filter({ hasText: '考试服务器已保存' }).waitFor();
    const stored = await storedAnswers(page, app.url, skill.people[0]!.attemptId);
    expect(stored.get('S-1')).to.deep.include({ op: 'set', path: 'listing.weightGrams', value: 650 });
  });
});
