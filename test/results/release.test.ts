import { expect } from 'chai';
import { DefenceModel } from '../../src/review/defence.model.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { ExamModel } from '../../src/sitting/exam.model.ts';
import { EnrolmentModel } from '../../src/sitting/enrolment.model.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { planSitting, type TestSitting } from '../support/sitting.ts';

const LATER = 30 * 60_000;

describe('results: composition and release', () => {
  let app: TestApp;
  let sitting: TestSitting;
  let officer: Client;
  let second: Client;
  let path: string;

  before(async () => {
    app = await startTestApp();
    sitting = await planSitting(app, 2);
    officer = sitting.officer;
    second = await app.signInAs('exam-officer');
    path = `/api/exams/${sitting.examId}`;
  });
  after(() => app.close());

  it('names who is not complete, without a mark, and does not take a request then', async () => {
    await AttemptModel.updateOne(
      { _id: sitting.people[0]?.attemptId },
      { $set: { state: 'collected', startedAt: 1 } },
    );
    await AttemptModel.updateOne(
      { _id: sitting.people[1]?.attemptId },
      { $set: { state: 'collected', absent: true } },
    );
    const { body } = await officer.get(`${path}/readiness`).expect(200);
    expect(body).to.deep.include({ candidates: 2, complete: 1, released: false });
    expect(body.gaps).to.deep.equal([
      { admissionNumber: sitting.people[0]?.admissionNumber, missing: ['theory'] },
    ]);
    const refused = await officer.post(`${path}/release`, { releaseAt: app.clock.now() + LATER }).expect(409);
    expect(refused.body.code).to.equal('results.incomplete');
  });

  it('needs two persons and a time to come', async () => {
    await AttemptModel.updateOne({ _id: sitting.people[0]?.attemptId }, { $set: { absent: true } });
    expect((await officer.post(`${path}/release/approval`).expect(409)).body.code).to.equal(
      'results.no-request',
    );
    expect(
      (await officer.post(`${path}/release`, { releaseAt: app.clock.now() - 1000 }).expect(400)).body.code,
    ).to.equal('results.release-in-past');
    await officer.post(`${path}/release`, { releaseAt: app.clock.now() + LATER }).expect(200);
    expect((await officer.post(`${path}/release/approval`).expect(409)).body.code).to.equal(
      'results.same-person',
    );
    await second.post(`${path}/release/approval`).expect(200);
    expect(
      (await officer.post(`${path}/release`, { releaseAt: app.clock.now() + 1 }).expect(409)).body.code,
    ).to.equal('results.already-released');
  });

  it('shows nothing before the hour, on no route, and everything from it on', async () => {
    const [person] = sitting.people;
    const query = { admissionNumber: person?.admissionNumber ?? '', idTail: person?.idTail ?? '' };
    const readers = [officer, await app.signInAs('certificate-officer'), await app.signInAs('auditor')];
    for (const reader of readers) {
      expect((await reader.get(`${path}/results`).expect(409)).body.code).to.equal('results.not-released');
    }
    const early = await app.anonymous.post('/api/results/query', query).expect(404);
    app.clock.advance(LATER + 1000);
    for (const reader of readers) await reader.get(`${path}/results`).expect(200);
    const { body } = await app.anonymous.post('/api/results/query', query).expect(200);
    expect(body).to.deep.include({
      admissionNumber: query.admissionNumber,
      passed: false,
      missing: ['theory', 'skill'],
    });
    const wrong = await app.anonymous.post('/api/results/query', { ...query, idTail: 'ZZZZ' }).expect(404);
    expect(wrong.body).to.deep.equal(early.body);
  });

  it('does not count a review that was scheduled and not finished', async () => {
    const enrolment = await EnrolmentModel.findOne({ examId: sitting.examId }).lean();
    await ExamModel.updateOne({ _id: sitting.examId }, { $set: { 'templates.review': 'review-senior' } });
    await DefenceModel.create({
      _id: 'def_open',
      examId: sitting.examId,
      enrolmentId: enrolment?._id,
      candidateId: enrolment?.candidateId,
      admissionNumber: enrolment?.admissionNumber,
      templateCode: 'review-senior',
      startsAt: 0,
      pool: [],
      seed: 's',
      declared: [],
      excluded: [],
      members: [],
      reserve: [],
      recusals: [],
      files: [],
      questions: [],
      state: 'scheduled',
      version: 1,
    });
    const { body } = await officer.get(`${path}/readiness`).expect(200);
    expect(body.gaps[0].missing).to.deep.equal(['review']);
  });
});
