import { expect } from 'chai';
import supertest from 'supertest';
import { importTemplate } from '../../src/assembly/templates.service.ts';
import { minimalPdf } from '../../src/demo/minimal-pdf.ts';
import { ANONYMOUS } from '../../src/platform/auth/actor.ts';
import { EnrolmentModel } from '../../src/sitting/enrolment.model.ts';
import { ExamModel } from '../../src/sitting/exam.model.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { prepareExam } from '../support/sitting.ts';
import { reviewTemplate } from '../support/templates.ts';

const template = { ...reviewTemplate(), minutes: 15 };
const scores = (off: number): Record<string, string> =>
  Object.fromEntries(
    template.criteria.map(({ id, points }, index) => [id, String(index === 0 ? points - off : points)]),
  );

describe('review: a defence', () => {
  let app: TestApp;
  let officer: Client;
  let examId: string;
  let enrolmentIds: string[];
  const members = new Map<string, Client>();

  const schedule = async (
    enrolmentId: string,
    size: number,
  ): Promise<{ id: string; panel: { accountId: string }[] }> => {
    const body = { enrolmentId, startsAt: app.clock.now(), pool: [...members.keys()], members: size };
    return (await officer.post(`/api/exams/${examId}/defences`, body).expect(201)).body;
  };
  const upload = (defenceId: string, bytes: Buffer) =>
    supertest(app.url)
      .post(`/api/defences/${defenceId}/materials?name=materials.pdf`)
      .set('cookie', officer.cookie)
      .set('content-type', 'application/pdf')
      .send(bytes);
  const member = (accountId: string | undefined): Client => members.get(accountId ?? '') as Client;

  before(async () => {
    app = await startTestApp();
    const exam = await prepareExam(app, 3);
    ({ officer, examId } = exam);
    await importTemplate(app.ctx, ANONYMOUS, template);
    await ExamModel.updateOne(
      { _id: examId },
      { $set: { level: 'senior', 'templates.review': template.code } },
    );
    enrolmentIds = (await EnrolmentModel.find({ examId }).sort({ admissionNumber: 1 }).lean()).map(
      (e) => e._id,
    );
    for (let i = 0; i < 6; i += 1) {
      const client = await app.signInAs('panel-member');
      members.set(client.id, client);
    }
  });
  after(() => app.close());

  it('refuses an even panel, a pool too small, and a second defence of one candidate', async () => {
    const body = { enrolmentId: enrolmentIds[0], startsAt: 0, pool: [...members.keys()], members: 4 };
    expect((await officer.post(`/api/exams/${examId}/defences`, body).expect(409)).body).to.include({
      code: 'review.panel-even',
      clause: '11.2',
    });
    const few = { ...body, members: 5, pool: [...members.keys()].slice(0, 4) };
    expect((await officer.post(`/api/exams/${examId}/defences`, few).expect(409)).body).to.deep.include({
      code: 'review.pool-too-small',
    });
    await schedule(enrolmentIds[0] ?? '', 3);
    await officer.post(`/api/exams/${examId}/defences`, { ...body, members: 3 }).expect(409);
  });

  it('runs from a lawful panel to a final score, and not before its 15 minutes', async () => {
    const { id, panel } = await schedule(enrolmentIds[1] ?? '', 5);
    const path = `/api/defences/${id}`;
    const chair = member(panel[0]?.accountId);
    const leaving = member(panel[4]?.accountId);
    expect((await chair.post(`${path}/start`).expect(409)).body.code).to.equal('review.no-materials');
    await upload(id, minimalPdf(['work'])).expect(201);
    await leaving.post(`${path}/recusal`, { reason: 'relative' }).expect(200);
    expect((await chair.post(`${path}/start`).expect(409)).body).to.include({
      code: 'review.panel-even',
      clause: '11.2',
    });
    await leaving.get(path).expect(404);
    await officer.post(`${path}/replacement`).expect(200);
    const acting = ((await chair.get(path).expect(200)).body.panel as { accountId: string }[]).map((p) =>
      member(p.accountId),
    );
    await (acting[1] as Client).post(`${path}/start`).expect(403);
    await chair.post(`${path}/start`).expect(200);
    app.clock.advance(14 * 60_000);
    expect((await chair.post(`${path}/close`).expect(409)).body).to.include({
      code: 'review.too-early',
      clause: '11.3',
    });
    await (acting[1] as Client).put(`${path}/ballot`, { scores: scores(1) }).expect(200);
    expect((await (acting[1] as Client).post(`${path}/ballot/seal`).expect(409)).body.code).to.equal(
      'review.wrong-state',
    );
    app.clock.advance(61_000);
    await chair.post(`${path}/close`).expect(200);
    for (const [index, client] of acting.entries()) {
      await client.put(`${path}/ballot`, { scores: scores(index) }).expect(200);
      if (index < 4) await client.post(`${path}/ballot/seal`).expect(200);
    }
    expect((await chair.get(`${path}/ballots`).expect(409)).body.code).to.equal('review.ballots-open');
    expect((await chair.post(`${path}/result`, {}).expect(409)).body.code).to.equal('review.ballots-open');
    await (acting[4] as Client).post(`${path}/ballot/seal`).expect(200);
    expect(
      (await (acting[4] as Client).put(`${path}/ballot`, { scores: scores(0) }).expect(409)).body.code,
    ).to.equal('review.ballot-sealed');
    const { body } = await chair.get(`${path}/ballots`).expect(200);
    expect(body.ballots).to.have.length(5);
    expect((await chair.post(`${path}/result`, {}).expect(200)).body.state).to.equal('final');
  });

  it('takes only PDF and pictures as materials, and shows them to the panel alone', async () => {
    const { id, panel } = await schedule(enrolmentIds[2] ?? '', 3);
    await upload(id, Buffer.from('MZ an executable')).expect(400);
    const { body } = await upload(id, minimalPdf(['work'])).expect(201);
    const file = `/api/defences/${id}/materials/${(body.files as { fileId: string }[])[0]?.fileId ?? ''}`;
    await member(panel[0]?.accountId).get(file).expect(200);
    const outsider = [...members.keys()].find((key) => !panel.some((p) => p.accountId === key));
    await member(outsider).get(file).expect(404);
  });
});
