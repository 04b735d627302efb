import { expect } from 'chai';
import supertest from 'supertest';
import { importTemplate } from '../../src/assembly/templates.service.ts';
import type { IssueAnswer } from '../../src/certificate/certificate.contract.ts';
import { minimalPdf } from '../../src/demo/minimal-pdf.ts';
import { bankFiles, readJson } from '../../src/demo/prepare.ts';
import { ANONYMOUS } from '../../src/platform/auth/actor.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { EnrolmentModel } from '../../src/sitting/enrolment.model.ts';
import { ExamModel } from '../../src/sitting/exam.model.ts';
import { passedExam } from '../certificate/exam.ts';
import { axe, startBrowserApp, type BrowserApp, type Person } from '../support/browser.ts';
import type { Client } from '../support/app.ts';
import { planSitting, prepareExam } from '../support/sitting.ts';
import { reviewTemplate, skillTemplate, theoryTemplate } from '../support/templates.ts';

const LANGS = ['zh', 'en'] as const;
const OFFICE_PAGES = [
  'bank',
  'assembly',
  'sittings',
  'rooms',
  'marking',
  'review',
  'results',
  'certificates',
  'people',
] as const;

describe('browser: every page loads without an error and axe finds nothing', function () {
  this.timeout(120_000);
  let app: BrowserApp;
  before(async () => {
    app = await startBrowserApp();
  });
  after(() => app.close());

  const clean = async ({ page, errors }: Person, where: string): Promise<void> => {
    expect(await axe(page), `axe: ${where}`).to.deep.equal([]);
    expect(errors, `console: ${where}`).to.deep.equal([]);
  };

  for (const lang of LANGS) {
    it(`home, with a door for each kind of user (${lang})`, async () => {
      const person = await app.person({ lang });
      await person.open('/');
      await person.page.getByRole('heading', { level: 1 }).waitFor();
      const doors = await person.page
        .getByRole('link')
        .evaluateAll((links) => links.map((a) => a.getAttribute('href')));
      expect(doors).to.deep.equal(['/exam', '/room', '/score', '/office', '/verify']);
      expect(await person.page.evaluate(() => document.documentElement.lang)).to.equal(
        lang === 'zh' ? 'zh-CN' : 'en',
      );
      await clean(person, `home, ${lang}`);
      await person.page.getByRole('button', { name: lang === 'zh' ? 'English' : '中文' }).click();
      await person.page
        .getByText(lang === 'zh' ? 'Exam office' : '证书查验')
        .first()
        .waitFor();
    });
  }

  describe('verify', () => {
    let number: string;
    before(async () => {
      const exam = await passedExam(app, [{ name: '钱学文', passed: true }]);
      await exam.release();
      const officer = await app.signInAs('certificate-officer');
      const { body } = await officer
        .post('/api/certificates', { enrolmentIds: exam.enrolmentIds })
        .expect(200);
      const [outcome] = (body as IssueAnswer).outcomes;
      number = outcome?.ok === true ? outcome.certificate.number : '';
    });

    for (const lang of LANGS) {
      it(`confirms a certificate by number and name, and says what it cannot find (${lang})`, async () => {
        const person = await app.person({ lang });
        const { page } = person;
        await person.open('/verify');
        await page.getByLabel(lang === 'zh' ? '证书编号' : 'Certificate number').fill(number);
        await clean(person, `verify, ${lang}`);
        await page.getByLabel(lang === 'zh' ? '持证人姓名' : 'Holder’s name').fill('钱学文');
        const check = page.getByRole('button', { name: lang === 'zh' ? '查验' : 'Check', exact: true });
        await check.click();
        await page.getByText(lang === 'zh' ? '真实有效' : 'Genuine and in force').waitFor();
        await clean(person, `verify: genuine, ${lang}`);
        await page.getByLabel(lang === 'zh' ? '持证人姓名' : 'Holder’s name').fill('别人');
        await check.click();
        await page.getByRole('status').filter({ hasText: '■' }).waitFor();
        // The browser itself notes each 404 in its console.
        expect(person.errors.splice(0).join()).to.match(/404/);
        await clean(person, `verify: not found, ${lang}`);
      });
    }
  });

  describe('score', () => {
    let examiner: Client;
    let roomCode: string;
    let member: Client;
    let chair: Client;
    const criteria = skillTemplate('junior').parts.flatMap((part) =>
      part.kind === 'on-site' ? part.criteria : [],
    );

    before(async () => {
      const sitting = await planSitting(app, 2, { part: 'skill' });
      examiner = sitting.staff[0]!;
      await AttemptModel.updateMany(
        { sittingId: sitting.sittingId },
        { $set: { startedAt: app.clock.now(), state: 'answering' } },
      );
      roomCode = (await examiner.get('/api/marking/rooms').expect(200)).body.items[0].roomCode;
      ({ member, chair } = await scheduleDefence(app));
    });

    for (const lang of LANGS) {
      it(`an examiner’s rooms and sheet (${lang})`, async () => {
        const person = await app.person({ lang, client: examiner });
        const { page } = person;
        await person.open('/score');
        const card = page.getByRole('link').filter({ hasText: roomCode });
        await card.waitFor();
        await clean(person, `examiner’s rooms, ${lang}`);
        await card.click();
        for (const { title, points } of criteria)
          await page.getByLabel(title[lang], { exact: true }).fill(String(points - 0.5));
        const total = criteria.reduce((sum, { points }) => sum + points - 0.5, 0);
        await page.getByText(`${total.toFixed(1)} / 40`).waitFor();
        await page
          .getByRole('status')
          .filter({ hasText: lang === 'zh' ? '已保存' : 'Saved' })
          .waitFor();
        await clean(person, `sheet, ${lang}`);
        await page.getByLabel(criteria[0]!.title[lang], { exact: true }).fill('99');
        await page.getByText(lang === 'zh' ? '应在 0 到' : 'From 0 to').waitFor();
        await clean(person, `sheet with a score off the scale, ${lang}`);
      });
    }

    it('a defence before its start, in English', async () => {
      const person = await app.person({ lang: 'en', client: member });
      await openDefence(person);
      await person.page.getByText('You can score once the defence has started.').waitFor();
      await clean(person, 'defence scheduled, en');
    });

    it('a defence while it runs, started and scored by the chair', async () => {
      const person = await app.person({ client: chair });
      const { page } = person;
      await openDefence(person);
      await clean(person, 'defence scheduled, zh');
      await page.getByRole('button', { name: '开始答辩' }).click();
      await page.getByRole('timer').waitFor();
      await page.getByText('不少于 15 分钟（11.3）').waitFor();
      const [criterion] = reviewTemplate().criteria;
      await page.getByLabel(criterion!.title.zh, { exact: true }).fill('1.5');
      await page.getByRole('status').filter({ hasText: '已保存' }).waitFor();
      await page.getByLabel('记录一个问题').fill('请说明选品依据。');
      await page.getByRole('button', { name: '添加' }).click();
      await page.getByText('请说明选品依据。').waitFor();
      await clean(person, 'defence running, zh');
    });

    const openDefence = async (person: Person): Promise<void> => {
      await person.open('/score');
      await person.page.getByRole('link').first().click();
      await person.page.getByText('work.pdf').waitFor();
    };
  });

  describe('office', () => {
    let everybody: Client;
    before(async () => {
      everybody = await app.signInAs(
        'administrator',
        'exam-officer',
        'item-reviewer',
        'certificate-officer',
        'chief-invigilator',
        'auditor',
      );
      const [bank = ''] = bankFiles('junior');
      await everybody.post('/api/bank/imports', readJson<object>(bank)).expect(200);
      await everybody.post('/api/assembly/templates', theoryTemplate('junior')).expect(201);
    });

    it('asks who it is, and shows a page for those who have none here', async () => {
      const person = await app.person();
      await person.open('/office');
      await person.page.getByLabel('用户名').waitFor();
      await clean(person, 'office sign-in');
      const invigilator = await app.person({ client: await app.signInAs('invigilator') });
      await invigilator.open('/office');
      await invigilator.page.getByRole('link', { name: '监考页' }).waitFor();
      await clean(invigilator, 'office for an invigilator');
    });

    for (const lang of LANGS) {
      it(`its home and its menu (${lang})`, async () => {
        const person = await app.person({ lang, client: everybody });
        await person.open('/office');
        await person.page.getByRole('heading', { level: 1 }).waitFor();
        const menu = person.page.getByRole('navigation');
        const links = await menu
          .getByRole('link')
          .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
        expect(links).to.deep.equal(OFFICE_PAGES.map((key) => `#/${key}`));
        await loaded(person);
        await clean(person, `office home, ${lang}`);
      });
    }

    it('each of its pages', async () => {
      const person = await app.person({ client: everybody });
      for (const key of OFFICE_PAGES) {
        await person.open(`/office#/${key}`);
        await person.page.getByRole('heading', { level: 1 }).waitFor();
        await loaded(person);
        await clean(person, `office: ${key}`);
      }
    });

    /** Nothing is being loaded any more. */
    const loaded = async ({ page }: Person): Promise<void> => {
      await page.waitForLoadState('networkidle');
      await page.waitForFunction(() => document.querySelector('.ant-spin-spinning') === null);
    };
  });
});

/** A defence with a lawful panel and materials, in an examination of its own. */
async function scheduleDefence(app: BrowserApp): Promise<{ member: Client; chair: Client }> {
  const { officer, examId } = await prepareExam(app, 1);
  const template = reviewTemplate();
  await importTemplate(app.ctx, ANONYMOUS, { ...template, minutes: 15 });
  await ExamModel.updateOne(
    { _id: examId },
    { $set: { level: 'senior', 'templates.review': template.code } },
  );
  const members = await Promise.all([1, 2, 3].map(() => app.signInAs('panel-member')));
  const enrolment = await EnrolmentModel.findOne({ examId }).lean();
  const pool = members.map(({ id }) => id);
  const body = { enrolmentId: enrolment?._id, startsAt: app.clock.now(), pool, members: 3 };
  const { body: defence } = await officer.post(`/api/exams/${examId}/defences`, body).expect(201);
  await supertest(app.url)
    .post(`/api/defences/${defence.id}/materials?name=work.pdf`)
    .set('cookie', officer.cookie)
    .set('content-type', 'application/pdf')
    .send(minimalPdf(['work']))
    .expect(201);
  const [first, second] = (defence.panel as { accountId: string }[]).map(({ accountId }) =>
    members.find(({ id }) => id === accountId)!,
  );
  return { chair: first!, member: second! };
}
