import { expect } from 'chai';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { axe, startBrowserApp, type BrowserApp, type Person } from '../support/browser.ts';
import {
  answerByKeys,
  answerByMouse,
  CANDIDATE_WORDS,
  checkIn,
  confirmHandIn,
  goTo,
  questionsOf,
  storedAnswers,
  type Numbered,
} from '../support/candidate-page.ts';
import { act, admit, chooseSeat, ROOM_WORDS, signInByForm } from '../support/console-page.ts';
import { publishRealSitting, ROOM_STAFF, type RealSitting, type Ticket } from '../support/real-sitting.ts';
import { until } from '../support/sitting.ts';

const TYPES = ['single', 'multiple', 'true-false', 'numeric', 'ordering', 'matching'] as const;
const [ONE, TWO] = ROOM_STAFF;

describe('browser: a sitting of one room, through the pages', function () {
  this.timeout(120_000);
  let app: BrowserApp;
  let sitting: RealSitting;
  /** Two invigilators and two candidates: one of each in Chinese, one of each in English. */
  let invigilator: Person;
  let second: Person;
  let candidate: Person;
  let other: Person;
  let mine: Ticket;
  let theirs: Ticket;
  let questions: Numbered[];
  /** What the candidate has answered, by item. */
  const given = new Map<string, unknown>();

  const clean = async ({ page }: Person, where: string): Promise<void> => {
    expect(await axe(page), `axe: ${where}`).to.deep.equal([]);
  };
  /** The server has exactly what was given, and the page says so. */
  const allSaved = async (): Promise<void> => {
    const { page } = candidate;
    await page.getByRole('status').filter({ hasText: '考试服务器已保存' }).waitFor();
    expect(await storedAnswers(page, app.url, mine.attemptId)).to.deep.equal(given);
  };
  const ofType = (type: (typeof TYPES)[number]): Numbered[] =>
    questions.filter(({ item }) => item.type === type);

  before(async () => {
    app = await startBrowserApp();
    sitting = await publishRealSitting(app, 6);
    [mine, theirs] = sitting.tickets as [Ticket, Ticket];
    invigilator = await app.person();
    second = await app.person({ lang: 'en' });
    candidate = await app.person();
    other = await app.person({ lang: 'en' });
  });
  after(() => app.close());
  // Each step stands on those before it: after a failure the others would only wait in vain.
  beforeEach(function () {
    if (this.currentTest?.parent?.tests.some(({ state }) => state === 'failed') === true) this.skip();
  });

  it('signs the staff in through the form and shows them their room', async () => {
    for (const [person, login, lang] of [
      [invigilator, ONE, 'zh'],
      [second, TWO, 'en'],
    ] as const) {
      await person.open('/room');
      await person.page.getByLabel(ROOM_WORDS[lang].name, { exact: true }).waitFor();
      await clean(person, `staff sign-in, ${lang}`);
      await signInByForm(person.page, login, lang);
      const card = person.page.getByRole('link').filter({ hasText: '三号机房' });
      await card.waitFor();
      await clean(person, `rooms list, ${lang}`);
      await card.click();
      await person.page.getByRole('listbox').waitFor();
      await clean(person, `room console, ${lang}`);
    }
  });

  it('does not open the room while one of two is present, and says why; opens it when both are', async () => {
    const open = invigilator.page.getByRole('button', { name: ROOM_WORDS.zh.open, exact: true });
    await invigilator.page.getByRole('button', { name: ROOM_WORDS.zh.here }).click();
    await invigilator.page.getByRole('button', { name: '交接离岗' }).waitFor();
    await invigilator.page.getByRole('status').filter({ hasText: '11.2' }).waitFor();
    expect(await open.getAttribute('aria-disabled')).to.equal('true');
    expect(await open.getAttribute('aria-describedby')).to.be.a('string');
    const why = await invigilator.page.getByRole('note').filter({ hasText: '11.2' }).first().innerText();
    expect(why).to.match(/2/);
    await second.page.getByRole('button', { name: ROOM_WORDS.en.here }).click();
    await invigilator.page.getByRole('status').filter({ hasText: '2/2' }).waitFor();
    await invigilator.page.getByRole('note').filter({ hasText: '11.2' }).waitFor({ state: 'detached' });
    await open.click();
    await open.waitFor({ state: 'detached' });
    await second.page.getByText('Admitting').waitFor();
  });

  it('checks candidates in by their tickets, lets them confirm who they are, and admits them', async () => {
    for (const [person, ticket, lang, staff] of [
      [candidate, mine, 'zh', invigilator],
      [other, theirs, 'en', second],
    ] as const) {
      await person.open('/exam');
      await person.page.getByLabel(CANDIDATE_WORDS[lang].admission, { exact: true }).waitFor();
      await clean(person, `check-in, ${lang}`);
      await checkIn(person.page, ticket, lang);
      const me = person.page.getByRole('button', { name: CANDIDATE_WORDS[lang].itIsMe });
      await me.waitFor();
      expect(await person.page.getByRole('main').innerText()).to.include(ticket.name);
      await clean(person, `identity, ${lang}`);
      await me.click();
      await person.page.getByRole('timer').waitFor();
      await clean(person, `waiting, ${lang}`);
      await admit(staff.page, ticket, lang);
      await clean(staff, `seat panel, ${lang}`);
      await person.page
        .getByText(lang === 'zh' ? '试卷已加密下载到本机' : 'The sealed paper is on')
        .waitFor();
    }
  });

  it('opens the paper by itself when the clock reaches the start', async () => {
    expect(await candidate.page.getByRole('article').count()).to.equal(0);
    app.clock.advance(sitting.startsAt - app.clock.now() + 1);
    await candidate.page.getByRole('heading', { name: /^第 1 题/ }).waitFor();
    await other.page.getByRole('heading', { name: /^Question 1(?!\d)/ }).waitFor();
    questions = await questionsOf(candidate.page, app.url, mine.attemptId);
    expect(questions).to.have.length(40);
    const shown = await candidate.page.getByRole('article').innerText();
    const first = questions[0]!.item;
    expect(shown).to.include(first.type === 'scenario' ? '' : first.stem.zh);
  });

  for (const type of TYPES) {
    it(`saves answers to ${type} questions, by mouse and by keys`, async () => {
      const { page } = candidate;
      const [first, next] = ofType(type);
      await goTo(page, first!.number);
      given.set(first!.item.itemId, await answerByMouse(page, first!.item));
      await clean(candidate, `${type} question, zh`);
      if (next === undefined) {
        // One question of its kind: cleared, and answered again with the keyboard.
        await page.getByRole('button', { name: '清除' }).click();
        given.set(first!.item.itemId, await answerByKeys(page, first!.item));
      } else {
        if (type === 'numeric') await goTo(page, next.number);
        else await page.keyboard.press('ArrowRight');
        await page.getByRole('heading', { name: new RegExp(`^第 ${next.number} 题`) }).waitFor();
        given.set(next.item.itemId, await answerByKeys(page, next.item));
      }
      await until(async () => {
        const stored = await storedAnswers(page, app.url, mine.attemptId);
        return JSON.stringify([...stored].sort()) === JSON.stringify([...given].sort());
      });
      await allSaved();
    });
  }

  it('comes back after a reload to the same question, the same answers and the same marks', async () => {
    const { page } = candidate;
    const [, marked] = ofType('multiple');
    await goTo(page, marked!.number);
    await page.keyboard.press('m');
    await page.getByRole('button', { name: '标记', pressed: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: new RegExp(`^第 ${marked!.number} 题`) }).waitFor();
    await page.getByRole('button', { name: '标记', pressed: true }).waitFor();
    const checked = await page
      .getByRole('checkbox')
      .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked));
    expect(checked.slice(0, 4)).to.deep.equal([true, false, false, true]);
    const card = page.getByRole('navigation', { name: '答题卡' });
    expect(await card.getByRole('button', { name: /已答/ }).count()).to.equal(given.size);
    expect(await card.getByRole('button', { name: /已标记/ }).count()).to.equal(1);
    await goTo(page, ofType('numeric')[1]!.number);
    expect(await page.getByRole('article').getByRole('textbox').inputValue()).to.equal('1250');
    await allSaved();
  });

  it('keeps answers on the computer while the line is cut, and sends them when it is back', async () => {
    const { page, context } = candidate;
    const [, , third, fourth] = ofType('single');
    await context.setOffline(true);
    await goTo(page, third!.number);
    given.set(third!.item.itemId, await answerByMouse(page, third!.item));
    await goTo(page, fourth!.number);
    given.set(fourth!.item.itemId, await answerByKeys(page, fourth!.item));
    await page.getByText('已存在本机，2 题等待上传').waitFor();
    await page.getByText('连接中断。您的答案已安全保存在这台电脑上').waitFor();
    const { size } = await storedAnswers(page, app.url, mine.attemptId);
    expect(size).to.equal(given.size - 2);
    await context.setOffline(false);
    await page.getByText('题等待上传').waitFor({ state: 'detached' });
    await allSaved();
  });

  it('brings added time and a message to the candidate, and counts who has read them', async () => {
    const before = await AttemptModel.findById(mine.attemptId).lean();
    const { page } = invigilator;
    await chooseSeat(page, mine);
    await act(page, 'add-time');
    await page.getByLabel('原因（写入考场记录）').fill('设备故障');
    await page.getByRole('dialog').getByRole('button', { name: '加时', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const added = candidate.page.getByText('您的考试时间增加了 5 分钟。');
    await added.waitFor();
    await candidate.page.getByRole('button', { name: '知道了' }).click();
    await added.waitFor({ state: 'detached' });
    await page.getByText('已确认 1/1').waitFor();
    const after = await AttemptModel.findById(mine.attemptId).lean();
    expect((after?.deadline ?? 0) - (before?.deadline ?? 0)).to.equal(5 * 60_000);
    await act(page, 'message');
    await page.getByLabel('内容').fill('请保持安静。');
    await page.getByRole('dialog').getByRole('button', { name: '发送', exact: true }).click();
    const message = candidate.page.getByText('请保持安静。');
    await message.waitFor();
    await candidate.page.getByRole('button', { name: '知道了' }).click();
    await message.waitFor({ state: 'detached' });
    await page.getByText('已读 1/1').waitFor();
  });

  it('pauses and resumes a candidate', async () => {
    await act(invigilator.page, 'pause');
    await candidate.page.getByRole('heading', { name: '您的考试已暂停' }).waitFor();
    expect(await candidate.page.getByRole('article').count()).to.equal(0);
    await clean(candidate, 'paused, zh');
    await act(invigilator.page, 'resume');
    await candidate.page.getByRole('article').waitFor();
    await allSaved();
  });

  it('hands in with two confirmations; the receipt shows the digest that the server keeps', async () => {
    const { page } = candidate;
    await page.getByRole('button', { name: '交卷', exact: true }).click();
    await page.getByText('开考 30 分钟后才能交卷').waitFor();
    expect(await page.getByRole('button', { name: '继续交卷' }).isDisabled()).to.equal(true);
    await clean(candidate, 'hand-in dialog too early, zh');
    app.clock.advance(31 * 60_000);
    // The page asks for the time again, as it does by itself each ten seconds.
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.getByText('开考 30 分钟后才能交卷').waitFor({ state: 'detached' });
    await page.getByRole('dialog').getByText(`已答 ${given.size}/40 题`).waitFor();
    await clean(candidate, 'hand-in dialog, zh');
    await confirmHandIn(page);
    await page.getByRole('heading', { name: '已交卷' }).waitFor();
    await clean(candidate, 'receipt, zh');
    const attempt = await AttemptModel.findById(mine.attemptId).lean();
    expect(attempt?.state).to.equal('handed-in');
    const words = (await page.getByRole('main').innerText()).replaceAll(' ', '');
    expect(attempt?.receipt?.digest).to.match(/^[0-9a-f]{64}$/);
    expect(words).to.include(attempt?.receipt?.digest);
    expect(words).to.include(`${given.size}/40`);
    expect(await storedAnswers(page, app.url, mine.attemptId)).to.deep.equal(given);
  });

  it('shows the seat as handed in', async () => {
    const seat = invigilator.page.getByRole('option').filter({ hasText: mine.name });
    await seat.filter({ hasText: '已交卷' }).waitFor();
    await clean(invigilator, 'room console while running, zh');
    await clean(second, 'room console while running, en');
  });

  it('is clean in English too: each kind of question, handing in, the receipt', async () => {
    const { page } = other;
    const own = await questionsOf(page, app.url, theirs.attemptId);
    for (const type of TYPES) {
      const question = own.find(({ item }) => item.type === type);
      await goTo(page, question!.number, 'en');
      await answerByMouse(page, question!.item);
      await clean(other, `${type} question, en`);
    }
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.getByRole('status').filter({ hasText: 'Saved at the exam server' }).waitFor();
    await page.getByRole('button', { name: 'Hand in', exact: true }).click();
    await page.getByText(`${TYPES.length} of 40 answered`).waitFor();
    await clean(other, 'hand-in dialog, en');
    await confirmHandIn(page, 'en');
    await page.getByRole('heading', { name: 'Handed in' }).waitFor();
    await clean(other, 'receipt, en');
  });

  it('leaves no error in any console but those of the cut line', () => {
    const lineCut = /ERR_INTERNET_DISCONNECTED/;
    for (const { errors } of [invigilator, second, candidate, other]) {
      expect(errors.filter((error) => !lineCut.test(error))).to.deep.equal([]);
    }
  });
});
