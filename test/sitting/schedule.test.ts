import { expect } from 'chai';
import { AccountModel } from '../../src/people/account.model.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { planSitting, prepareExam, roomBody } from '../support/sitting.ts';

describe('sitting: planning', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.close());

  it('makes admission numbers in a row, and refuses a number, a code or a person twice', async () => {
    const { officer, examId, code, institutionId } = await prepareExam(app, 3);
    const { body } = await officer.get(`/api/exams/${examId}/enrolments`).expect(200);
    expect(body.items.map((e: { admissionNumber: string }) => e.admissionNumber)).to.deep.equal(
      [1, 2, 3].map((n) => `E${code}000${n}`),
    );
    const again = await officer
      .post(`/api/exams/${examId}/enrolments`, { candidates: [{ candidateId: body.items[0].candidateId }] })
      .expect(409);
    expect(again.body.code).to.equal('sitting.already-enrolled');
    const { body: other } = await officer.post('/api/candidates', {
      candidates: [{ name: '另一人', idNumber: `X${code}1`, institutionId }],
    });
    const taken = { candidates: [{ candidateId: other.items[0].id, admissionNumber: `E${code}0001` }] };
    expect((await officer.post(`/api/exams/${examId}/enrolments`, taken).expect(409)).body.code).to.equal(
      'sitting.admission-number-taken',
    );
    const unknown = { candidates: [{ candidateId: 'cand_nobody' }] };
    expect((await officer.post(`/api/exams/${examId}/enrolments`, unknown).expect(404)).body.code).to.equal(
      'sitting.unknown-candidate',
    );
    const { body: exam } = await officer.get(`/api/exams/${examId}`).expect(200);
    const { id: _id, createdAt: _at, enrolled, ...fields } = exam;
    expect(enrolled).to.equal(3);
    expect((await officer.post('/api/exams', fields).expect(409)).body.code).to.equal('sitting.code-taken');
  });

  it('refuses a roster with a stranger, a wrong role or a person twice', async () => {
    const { officer, examId } = await prepareExam(app, 2);
    const invigilator = await app.signInAs('invigilator');
    const plan = (
      staff: { accountId: string; duty: string }[],
      other: { accountId: string; duty: string }[] = [],
    ) =>
      officer.post('/api/sittings', {
        examId,
        part: 'theory',
        formIds: ['f'],
        startsAt: app.clock.now() + 1000,
        rooms: [roomBody('R1', 2, staff), roomBody('R2', 2, other)],
      });
    expect((await plan([{ accountId: 'acc_nobody', duty: 'invigilator' }])).body.code).to.equal(
      'sitting.unknown-staff',
    );
    expect((await plan([{ accountId: invigilator.id, duty: 'chief-invigilator' }])).body.code).to.equal(
      'sitting.staff-wrong-role',
    );
    const one = { accountId: invigilator.id, duty: 'invigilator' };
    expect((await plan([one], [one])).body.code).to.equal('sitting.staff-twice');
  });

  it('lists before publication everything that is wrong, with its clause, and publishes nothing', async () => {
    const { officer, examId } = await prepareExam(app, 2);
    const invigilator = await app.signInAs('invigilator');
    await AccountModel.updateOne({ _id: invigilator.id }, { $set: { name: '考生1' } });
    const room = {
      ...roomBody('R1', 2, [{ accountId: invigilator.id, duty: 'invigilator' }]),
      equipment: { computers: 1, multimedia: true, audio: false, internet: true },
    };
    const { body: sitting } = await officer
      .post('/api/sittings', {
        examId,
        part: 'theory',
        formIds: ['form_unknown'],
        startsAt: app.clock.now() + 60_000,
        rooms: [room],
      })
      .expect(201);
    const seating = await officer.post(`/api/sittings/${sitting.id}/seating`).expect(404);
    expect(seating.body.code).to.equal('assembly.unknown-form');
    app.clock.advance(120_000);
    const { body: list } = await officer.get(`/api/sittings/${sitting.id}/preflight`).expect(200);
    const failing = list.checks.filter((c: { ok: boolean }) => !c.ok).map((c: { code: string }) => c.code);
    expect(list.ok).to.equal(false);
    expect(failing).to.deep.equal([
      'sitting.form-mismatch',
      'sitting.starts-in-the-past',
      'sitting.nobody-seated',
    ]);
    const refused = await officer.post(`/api/sittings/${sitting.id}/publication`).expect(409);
    expect(refused.body.issues).to.have.length(3);
    expect((await officer.get(`/api/sittings/${sitting.id}`)).body.state).to.equal('draft');
  });

  it('refuses a room short of staff, seats, equipment, or with its own staff among the candidates', async () => {
    const planned = await planSitting(app, 16);
    const { officer, examId } = planned;
    const invigilator = await app.signInAs('invigilator');
    await AccountModel.updateOne({ _id: invigilator.id }, { $set: { name: '考生1' } });
    const { body: read } = await officer.get(`/api/sittings/${planned.sittingId}`);
    const { body: enrolled } = await officer.get(`/api/exams/${examId}/enrolments`);
    // A second part of the same examination: everyone is free for it.
    const examiners = await Promise.all([1, 2, 3, 4].map(() => app.signInAs('examiner')));
    const room = {
      ...roomBody(
        'S1',
        16,
        examiners.map(({ id }) => ({ accountId: id, duty: 'examiner' })),
      ),
      equipment: { computers: 10, multimedia: true, audio: false, internet: true },
    };
    room.staff.push({ accountId: invigilator.id, duty: 'invigilator' });
    const { body: sitting } = await officer
      .post('/api/sittings', {
        examId,
        part: 'skill',
        formIds: read.formIds,
        startsAt: app.clock.now() + 60_000,
        rooms: [room],
      })
      .expect(201);
    await officer
      .post(`/api/sittings/${sitting.id}/seating`, {
        enrolmentIds: enrolled.items.map((e: { id: string }) => e.id),
      })
      .expect(200);
    const { body: list } = await officer.get(`/api/sittings/${sitting.id}/preflight`).expect(200);
    const failing = list.checks.filter((c: { ok: boolean }) => !c.ok);
    expect(failing.map((c: { code: string; clause?: string }) => [c.code, c.clause])).to.deep.equal([
      ['sitting.form-mismatch', undefined],
      ['sitting.too-few-seats', '5.2.2'],
      ['sitting.room-not-equipped', '5.2.2'],
      ['proctoring.even-examiners', '11.2'],
      ['sitting.staff-is-candidate', undefined],
    ]);
    for (const check of failing) expect(check.zh).to.match(/[\u4e00-\u9fff]/);
  });

  it('publishes nothing whose window is shorter than somebody’s own time', async () => {
    const planned = await planSitting(app, 2, { accommodation: 30, window: 119, publish: false });
    const { officer, sittingId } = planned;
    const { body } = await officer.get(`/api/sittings/${sittingId}/preflight`).expect(200);
    const window = body.checks.find((c: { check: string }) => c.check === 'window');
    expect(window).to.include({ ok: false, code: 'sitting.window-too-short' });
    expect(window.en).to.include('考生1').and.include('120').and.include('119');
    const refused = await officer.post(`/api/sittings/${sittingId}/publication`).expect(409);
    expect(refused.body.code).to.equal('sitting.window-too-short');
    const wide = await planSitting(app, 2, { accommodation: 30, window: 120 });
    expect((await wide.officer.get(`/api/sittings/${wide.sittingId}`)).body.state).to.equal('published');
  });

  it('seats nobody twice, gives neighbours different forms, and can be done anew until it is published', async () => {
    const planned = await planSitting(app, 12);
    const { officer, sittingId } = planned;
    const attempts = await AttemptModel.find({ sittingId }).sort({ seat: 1 }).lean();
    for (const [i, attempt] of attempts.entries()) {
      const beside = attempts[i + 1];
      if (beside !== undefined && (i + 1) % 6 !== 0) expect(beside.formId).not.to.equal(attempt.formId);
    }
    expect((await officer.post(`/api/sittings/${sittingId}/seating`).expect(409)).body.code).to.equal(
      'sitting.already-published',
    );
    expect((await officer.post(`/api/sittings/${sittingId}/publication`).expect(409)).body.code).to.equal(
      'sitting.already-published',
    );
    const { body: page } = await officer.get(`/api/sittings/${sittingId}/seating?limit=5`).expect(200);
    expect(page).to.include({ total: 12, limit: 5 });
    expect(page.items).to.have.length(5);
    // One seat, one attempt: the store itself refuses a second.
    const [first, second] = attempts;
    const clash = await AttemptModel.updateOne(
      { _id: first?._id },
      { $set: { seat: second?.seat ?? 0 } },
    ).catch((e: unknown) => e);
    expect(clash).to.include({ code: 11000 });
  });

  it('refuses more candidates than seats, naming both', async () => {
    const { officer, examId } = await prepareExam(app, 4);
    const { body: sitting } = await officer
      .post('/api/sittings', {
        examId,
        part: 'theory',
        formIds: ['f'],
        startsAt: app.clock.now() + 60_000,
        rooms: [roomBody('R1', 3, [])],
      })
      .expect(201);
    const refused = await officer.post(`/api/sittings/${sitting.id}/seating`).expect(409);
    expect(refused.body).to.include({ code: 'sitting.too-few-seats', clause: '5.2.2' });
    expect(refused.body.params).to.deep.equal({ needed: 4, present: 3 });
  });

  it('keeps a roster open to change until the room is', async () => {
    const { officer, roomId } = await planSitting(app, 2);
    const [a, b] = [await app.signInAs('invigilator'), await app.signInAs('chief-invigilator')];
    const staff = [
      { accountId: a.id, duty: 'invigilator' },
      { accountId: b.id, duty: 'chief-invigilator' },
    ];
    expect(
      (await officer.put(`/api/rooms/${roomId}/roster`, { staff }).expect(200)).body.staff,
    ).to.deep.equal(staff);
  });
});
