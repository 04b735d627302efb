import { expect } from 'chai';
import { answerCode } from '../../src/sitting/answer-text.rules.ts';
import { digestOf } from '../../src/sitting/answers.service.ts';
import { AnswerModel } from '../../src/sitting/answer.model.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { axe, startBrowserApp, type BrowserApp, type Person } from '../support/browser.ts';
import { collect, fileOf } from '../support/late.ts';
import {
  answering,
  asPage,
  openRoom,
  planSitting,
  signInAtSeat,
  startRoom,
  type PageClient,
  type SeatedPerson,
  type TestSitting,
} from '../support/sitting.ts';

describe('browser: the console hands over, brings answer files and decides late answers', function () {
  this.timeout(120_000);
  let app: BrowserApp;
  let sitting: TestSitting;
  let invigilator: Person;
  let chief: Person;
  const pages: PageClient[] = [];

  before(async () => {
    app = await startBrowserApp();
    sitting = await planSitting(app, 3);
    await openRoom(app, sitting);
    await startRoom(app, sitting);
    for (const person of sitting.people) {
      const page = await answering(app, sitting, person);
      await page.save([{ itemId: 'A1.1-001', seq: 1, value: 'A' }]).expect(200);
      pages.push(page);
    }
    invigilator = await app.person({ client: sitting.staff[0]! });
    chief = await app.person({ lang: 'en', client: await app.signInAs('chief-invigilator') });
    await invigilator.open(`/room#${sitting.roomId}`);
    await chief.open(`/room#${sitting.roomId}`);
  });
  after(() => app.close());

  const person = (i: number): SeatedPerson => sitting.people[i]!;
  const seat = ({ page }: Person, i: number) => page.getByRole('option').filter({ hasText: person(i).name });
  const clean = async ({ page }: Person, where: string): Promise<void> => {
    expect(await axe(page), `axe: ${where}`).to.deep.equal([]);
  };

  it('shows a second sign-in at once and hands the writing over by two clicks', async () => {
    const { page } = invigilator;
    const second = await signInAtSeat(app, sitting, person(0));
    await seat(invigilator, 0).filter({ hasText: '重复登录' }).click();
    await page.getByText('另一台电脑已登录').waitFor();
    await page.getByText('127.0.0.1，等待').waitFor();
    await clean(invigilator, 'second sign-in, zh');
    await page.getByRole('button', { name: '移交给它' }).click();
    await clean(invigilator, 'hand-over dialog, zh');
    await page.getByRole('dialog').getByRole('button', { name: '换机移交', exact: true }).click();
    await page.getByText('另一台电脑已登录').waitFor({ state: 'detached' });
    const writer = await asPage(second, person(0).attemptId);
    await writer.save([{ itemId: 'A1.1-001', seq: 2, value: 'B' }]).expect(200);
    await page.getByRole('button', { name: '取消选择' }).click();
  });

  it('takes an answer file by the picker and by a drop, shows its code, and says what is wrong with another', async () => {
    const { page } = invigilator;
    const { attemptId, name } = person(1);
    await collect(app, attemptId);
    const answers = [{ itemId: 'A1.1-003', seq: 1, value: true, changedAt: app.clock.now() }];
    const file = JSON.stringify(await fileOf(attemptId, answers, app.clock.now()));
    const { digest } = digestOf(answers.map((answer) => ({ ...answer, savedAt: 1 })));
    const chosen = { name: 'answers.json', mimeType: 'application/json', buffer: Buffer.from(file) };
    await page.locator('input[type=file]').setInputFiles(chosen);
    const outcomes = page.getByRole('list', { name: '已接收的答案文件' });
    await outcomes.getByText(answerCode(digest), { exact: true }).waitFor();
    await outcomes.getByText(name, { exact: true }).waitFor();
    await outcomes.getByText('1 题比服务器上的新，待主考决定').waitFor();
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['{}'], 'holiday.json'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    });
    await outcomes.getByText('不能接收此文件：不是答案文件').waitFor();
    await clean(invigilator, 'answer files, zh');
  });

  it('leaves the decision to the chief', async () => {
    const { page } = invigilator;
    await seat(invigilator, 1).filter({ hasText: '迟到答案' }).click();
    const button = page.getByRole('button', { name: '决定是否采用' });
    expect(await button.getAttribute('aria-disabled')).to.equal('true');
    await page.getByText('须主考决定', { exact: true }).waitFor();
    await clean(invigilator, 'late answers for an invigilator, zh');
  });

  it('lets the chief look at the times, give a reason and accept', async () => {
    const { page } = chief;
    const { attemptId } = person(1);
    const before = (await AttemptModel.findById(attemptId).lean())?.receipt;
    await seat(chief, 1).filter({ hasText: 'Late answers' }).click();
    await page.getByRole('button', { name: 'Decide', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('rowheader').filter({ hasText: 'A1.1-003' }).waitFor();
    await dialog.getByText('answer file', { exact: true }).waitFor();
    expect(await dialog.innerText()).not.to.match(/\btrue\b/);
    await clean(chief, 'decision on late answers, en');
    const decide = dialog.getByRole('button', { name: 'Decide', exact: true });
    expect(await decide.getAttribute('aria-disabled')).to.equal('true');
    await dialog.getByText('Choose whether they count').waitFor();
    await dialog.getByRole('radio', { name: /^Accept/ }).check();
    await dialog.getByText('Give a reason', { exact: true }).waitFor();
    await dialog.getByLabel('Reason (goes into the room record)').fill('Line lost at the end');
    await decide.click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Late answers accepted: 1 candidate, 1 question').waitFor();
    await page.getByText(/^Late answers accepted at .*: 1$/).waitFor();
    expect(await AnswerModel.findById(`${attemptId}:A1.1-003`).lean()).to.include({ value: true });
    const after = (await AttemptModel.findById(attemptId).lean())?.receipt;
    expect(after?.previous?.map(({ digest }) => digest)).to.deep.equal([before?.digest]);
    await page.getByRole('button', { name: 'Choose none' }).click();
  });

  it('decides for all at once, and has it in the room record', async () => {
    const { page } = chief;
    for (const i of [0, 2]) {
      await collect(app, person(i).attemptId);
      await pages[i]!.save([{ itemId: 'A1.1-004', seq: 3, value: '8' }]).expect(409);
    }
    await page.getByText('Candidates with late answers: 2').waitFor();
    await page.getByRole('button', { name: 'Decide for all' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('rowheader').count()).to.equal(2);
    await clean(chief, 'decision for several, en');
    await dialog.getByRole('radio', { name: /^Do not accept/ }).check();
    await dialog.getByLabel('Reason (goes into the room record)').fill('Given after the end');
    await dialog.getByRole('button', { name: 'Decide', exact: true }).click();
    await page.getByText('Late answers not accepted, kept as evidence: 2 candidates, 2 questions').waitFor();
    await chief.open(`/room#${sitting.roomId}/record`);
    await page.getByRole('heading', { name: 'Decisions on late answers' }).waitFor();
    expect(await page.getByRole('cell', { name: 'Given after the end' }).count()).to.equal(2);
    expect(await page.getByRole('cell', { name: 'Line lost at the end' }).count()).to.equal(1);
    await clean(chief, 'record with decisions, en');
  });

  it('leaves no error in the consoles but the file that was refused', () => {
    const refused = /400 \(Bad Request\).*answer-files/;
    for (const { errors } of [invigilator, chief])
      expect(errors.filter((error) => !refused.test(error))).to.deep.equal([]);
  });
});
