import { createHash } from 'node:crypto';
import { expect } from 'chai';
import supertest from 'supertest';
import type {
  CertificateView,
  IssueAnswer,
  VerifyAnswer,
} from '../../src/certificate/certificate.contract.ts';
import { CertificateModel, CounterModel } from '../../src/certificate/certificate.model.ts';
import { completeAbandoned } from '../../src/certificate/issue.service.ts';
import { AuditEntryModel } from '../../src/platform/audit/audit.model.ts';
import { FileModel } from '../../src/platform/files/file.model.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { passedExam, type PassedExam } from './exam.ts';
import { samplePhoto } from './sample.ts';

const binary = (test: supertest.Test): supertest.Test =>
  test.buffer(true).parse((response, done) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => {
      done(null, Buffer.concat(chunks));
    });
  });

describe('certificate: from a released result to public verification', () => {
  let app: TestApp;
  let officer: Client;
  let exam: PassedExam;
  const certificates: CertificateView[] = [];
  const issue = async (enrolmentIds: string[], client = officer): Promise<IssueAnswer> =>
    (await client.post('/api/certificates', { enrolmentIds }).expect(200)).body as IssueAnswer;
  const verify = (body: object): supertest.Test => app.anonymous.post('/api/verify', body);
  const dropped = async (bytes: Buffer): Promise<VerifyAnswer> =>
    (
      await supertest(app.url)
        .post('/api/verify/file')
        .set('content-type', 'application/pdf')
        .send(bytes)
        .expect(200)
    ).body as VerifyAnswer;
  const pdfOf = async (certificate: CertificateView): Promise<Buffer> =>
    (await binary(officer.get(`/api/certificates/${certificate.id}/pdf`)).expect(200)).body as Buffer;

  before(async () => {
    app = await startTestApp();
    officer = await app.signInAs('certificate-officer');
    exam = await passedExam(app, [
      { name: '欧阳晓明', passed: true, photo: samplePhoto(false) },
      { name: '王芳', passed: true },
      { name: '赵强', passed: false },
      { name: '王\u{2a6d6}', passed: true },
      { name: '阿卜杜勒·艾山', passed: true },
    ]);
  });
  after(() => app.close());

  it('refuses before the release, and says so', async () => {
    const { outcomes, issued } = await issue([exam.enrolmentIds[0]!]);
    expect(issued).to.equal(0);
    expect(outcomes[0]).to.include({ ok: false, code: 'results.not-released' });
    expect(await CertificateModel.countDocuments({})).to.equal(0);
  });

  it('issues to those who passed, numbers without gaps, and refuses the others in words', async () => {
    await exam.release();
    const { outcomes, issued, refused } = await issue(exam.enrolmentIds);
    expect([issued, refused]).to.deep.equal([3, 2]);
    expect(outcomes.map((o) => (o.ok ? 'ok' : o.code))).to.deep.equal([
      'ok',
      'ok',
      'certificate.not-passed',
      'certificate.undrawable-name',
      'ok',
    ]);
    for (const outcome of outcomes) if (outcome.ok) certificates.push(outcome.certificate);
    expect(certificates.map(({ number }) => number).sort()).to.deep.equal([
      'KCJ2026000001',
      'KCJ2026000002',
      'KCJ2026000003',
    ]);
    expect(certificates.every(({ state }) => state === 'issued')).to.equal(true);
    const rare = outcomes[3];
    expect(rare?.ok === false && rare.zh)
      .to.contain('\u{2a6d6}')
      .and.to.contain('U+2A6D6');
  });

  it('answers a repeated issue with the certificate there is', async () => {
    const again = await issue([exam.enrolmentIds[0]!]);
    expect(again.outcomes[0]?.ok === true && again.outcomes[0].certificate).to.deep.equal(certificates[0]);
    expect(await CertificateModel.countDocuments({})).to.equal(3);
    expect((await CounterModel.findById('KCJ2026######').lean())?.last).to.equal(3);
  });

  it('gives the signed file to officers and auditors, and lists by number', async () => {
    const bytes = await pdfOf(certificates[0]!);
    expect(bytes.subarray(0, 5).toString()).to.equal('%PDF-');
    const auditor = await app.signInAs('auditor');
    await auditor.get(`/api/certificates/${certificates[0]!.id}/pdf`).expect(200);
    const { body } = await officer
      .get(`/api/certificates?q=kcj2026&examId=${exam.examId}&limit=2`)
      .expect(200);
    expect(body).to.include({ total: 3, limit: 2 });
    expect((body.items as CertificateView[]).map(({ number }) => number)).to.deep.equal([
      'KCJ2026000001',
      'KCJ2026000002',
    ]);
  });

  it('verifies by number and name, with every field as issued and the photo', async () => {
    const first = certificates[0]!;
    const answer = (await verify({ number: ` ${first.number.toLowerCase()}`, name: '欧阳 晓明' }).expect(200))
      .body as VerifyAnswer;
    expect(answer.overall).to.equal('good');
    expect(Object.values(answer.verdicts).map(({ code }) => code)).to.deep.equal([
      'signature.valid',
      'issuer.known',
      'status.in-force',
      'record.matches',
    ]);
    expect(answer.record).to.deep.include({
      number: first.number,
      occupation: { zh: '跨境电商师', en: 'Cross-border e-commerce specialist' },
      direction: '--',
      parts: [
        { part: 'theory', mark: '86.5' },
        { part: 'skill', mark: '91.0' },
      ],
    });
    expect(answer.record?.holder.name).to.equal('欧阳晓明');
    expect(answer.record?.holder.idMasked).to.match(/^\*{14}\d{4}$/);
    expect(answer.record?.level.grade.zh).to.equal('五级/初级工');
    const photo = Buffer.from(answer.photo?.base64 ?? '', 'base64');
    expect(createHash('sha256').update(photo).digest('hex')).to.equal(answer.record?.holder.photoDigest);
    expect(JSON.stringify(answer)).not.to.contain('33010219900101');
  });

  it('verifies by the check code of the QR code', async () => {
    const stored = await CertificateModel.findById(certificates[1]!.id).lean();
    const code = stored?.record.checkCode ?? '';
    await verify({ number: stored?.number, code: code.toUpperCase() }).expect(200);
    await verify({ number: stored?.number, code: '0000000000' }).expect(404);
  });

  it('answers an unknown number and a wrong name with the same bytes', async () => {
    const unknown = await verify({ number: 'KCJ2026999999', name: '欧阳晓明' }).expect(404);
    const wrong = await verify({ number: certificates[0]!.number, name: '王芳' }).expect(404);
    expect(unknown.text).to.equal(wrong.text);
    expect(unknown.body.code).to.equal('certificate.not-verified');
  });

  it('verifies by the file, dropped on the page', async () => {
    const answer = await dropped(await pdfOf(certificates[0]!));
    expect(answer.overall).to.equal('good');
    expect(answer.record?.holder.name).to.equal('欧阳晓明');
  });

  it('opens nothing for an altered, foreign or empty file', async () => {
    const bytes = await pdfOf(certificates[0]!);
    const altered = Buffer.from(bytes);
    altered[600] = (altered[600] ?? 0) ^ 1;
    const answers = [
      await dropped(altered),
      await dropped(Buffer.concat([bytes, Buffer.from(' ')])),
      await dropped(Buffer.alloc(0)),
    ];
    for (const answer of answers) {
      expect(answer.overall).to.equal('bad');
      expect(answer).not.to.have.any.keys('record', 'photo', 'fileDigest');
    }
  });

  it('notices a record changed in the register', async () => {
    const { id, number } = certificates[1]!;
    const before = await CertificateModel.findById(id).lean();
    await CertificateModel.updateOne(
      { _id: id },
      { $set: { 'record.parts': [{ part: 'theory', mark: '99.9' }] } },
    );
    const answer = (await verify({ number, name: '王芳' }).expect(200)).body as VerifyAnswer;
    expect(answer.overall).to.equal('bad');
    expect(answer.verdicts.record.code).to.equal('record.other-file');
    await CertificateModel.updateOne({ _id: id }, { $set: { record: before?.record } });
  });

  it('refuses a file of more than 2 MB and a body of the wrong shape', async () => {
    const big = await supertest(app.url)
      .post('/api/verify/file')
      .set('content-type', 'application/pdf')
      .send(Buffer.alloc(2_200_000));
    expect(big.body.code).to.equal('platform.body-too-large');
    for (const body of [
      { number: 'KCJ2026000001' },
      { number: 'K', name: 'x', extra: 1 },
      { number: { $gt: '' }, name: 'x' },
    ]) {
      expect((await officer.post('/api/verify', body)).body.code).to.equal('platform.invalid-body');
    }
  });

  it('publishes the authority for whoever verifies off line', async () => {
    const { body } = await binary(app.anonymous.get('/api/verify/ca.pem')).expect(200);
    expect(String(body)).to.match(/^-----BEGIN CERTIFICATE-----/);
  });

  it('revokes by two persons, shows it with its day, and keeps the number', async () => {
    const { id, number } = certificates[0]!;
    const path = `/api/certificates/${id}/revocation`;
    const second = await app.signInAs('certificate-officer');
    const body = { reason: 'misconduct', note: '替考，经复核属实' };
    expect((await second.post(`${path}/confirmation`)).body.code).to.equal(
      'certificate.no-revocation-request',
    );
    await officer.post(path, body).expect(200);
    expect((await second.post(path, body)).body.code).to.equal('certificate.revocation-pending');
    expect((await officer.post(`${path}/confirmation`)).body.code).to.equal('certificate.same-person');
    expect(((await verify({ number, name: '欧阳晓明' })).body as VerifyAnswer).overall).to.equal('good');
    await second.delete(path).expect(200);
    await officer.post(path, body).expect(200);
    const { body: revoked } = await second.post(`${path}/confirmation`).expect(200);
    expect(revoked).to.deep.include({ state: 'revoked', number });
    expect((await second.delete(path)).body.code).to.equal('certificate.already-revoked');
    const answer = (await verify({ number, name: '欧阳晓明' }).expect(200)).body as VerifyAnswer;
    expect(answer.verdicts.status).to.include({ code: 'status.revoked', state: 'bad' });
    expect(answer.verdicts.status.zh).to.match(/已于 \d{4}-\d\d-\d\d 撤销/);
    expect(answer.record?.holder.name).to.equal('欧阳晓明');
    expect(JSON.stringify(answer)).not.to.contain('替考');
    expect((await dropped(await pdfOf(revoked as CertificateView))).verdicts.status.code).to.equal(
      'status.revoked',
    );
    const again = await issue([exam.enrolmentIds[0]!]);
    expect(again.outcomes[0]?.ok === true && again.outcomes[0].certificate.state).to.equal('revoked');
  });

  it('leaves an audit entry for each decision', async () => {
    const entries = await AuditEntryModel.find({ subject: `certificate:${certificates[0]!.id}` })
      .sort({ seq: 1 })
      .lean();
    expect(entries.map(({ action }) => action)).to.deep.equal([
      'certificate.reserve',
      'certificate.issue',
      'certificate.request-revocation',
      'certificate.withdraw-revocation',
      'certificate.request-revocation',
      'certificate.confirm-revocation',
    ]);
    expect((await app.ctx.audit.verify()).fault).to.equal(undefined);
  });

  it('limits how fast numbers can be tried', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 25; i += 1)
      statuses.push((await verify({ number: 'KCJ2026000001', name: `猜${i}` })).status);
    expect(statuses.at(-1)).to.equal(429);
  });

  it('numbers by the template that an officer sets', async () => {
    const path = `/api/certificates/numbering/${exam.institutionId}`;
    const bad = await officer.put(path, { template: 'KC{serial:6}' }).expect(400);
    expect(bad.body).to.include({ code: 'certificate.bad-template', field: '/template' });
    const set = await officer.put(path, { template: 'S004433000012{year2}{grade}{serial:6}' }).expect(200);
    expect(set.body.sample).to.equal('S004433000012263000001');
    expect((await officer.get(path).expect(200)).body).to.deep.equal(set.body);
    await officer.put('/api/certificates/numbering/nowhere', { template: 'KC{year}{serial:6}' }).expect(404);
    const next = await passedExam(app, [{ name: '钱七', passed: true }], exam.institutionId);
    await next.release();
    const { outcomes } = await issue(next.enrolmentIds);
    expect(outcomes[0]?.ok === true && outcomes[0].certificate.number).to.equal('S004433000012265000001');
  });
});

describe('certificate: many at once, and crashes', () => {
  let app: TestApp;
  let officer: Client;
  before(async () => {
    app = await startTestApp();
    officer = await app.signInAs('certificate-officer');
  });
  after(() => app.close());

  it('gives 60 enrolments, each asked for three times at once, 60 numbers without gap', async () => {
    const exam = await passedExam(
      app,
      Array.from({ length: 60 }, (_, i) => ({ name: `考生${i}`, passed: true })),
    );
    await exam.release();
    const batches = [0, 15, 30, 45].map((from) => exam.enrolmentIds.slice(from, from + 15));
    const answers = await Promise.all(
      [...batches, ...batches, ...batches].map(
        async (enrolmentIds) =>
          (await officer.post('/api/certificates', { enrolmentIds }).expect(200)).body as IssueAnswer,
      ),
    );
    expect(answers.every(({ issued }) => issued === 15)).to.equal(true);
    const all = await CertificateModel.find({}).sort({ number: 1 }).lean();
    expect(all.map(({ number }) => number)).to.deep.equal(
      Array.from({ length: 60 }, (_, i) => `KCJ2026${String(i + 1).padStart(6, '0')}`),
    );
    expect(await FileModel.countDocuments({ type: 'application/pdf' })).to.equal(60);
  });

  it('completes a certificate whose server died before signing, under the same number', async () => {
    const exam = await passedExam(app, [
      { name: '孙八', passed: true },
      { name: '周九', passed: true },
    ]);
    await exam.release();
    const [first, second] = exam.enrolmentIds as [string, string];
    await officer.post('/api/certificates', { enrolmentIds: exam.enrolmentIds }).expect(200);
    // What the store holds between the two transactions.
    const unsigned = { $set: { state: 'pending' }, $unset: { fileId: 1, fileDigest: 1, issuedAt: 1 } };
    await CertificateModel.updateMany({ enrolmentId: { $in: [first, second] } }, unsigned);
    const before = await CertificateModel.findOne({ enrolmentId: first }).lean();
    const pending = await app.anonymous
      .post('/api/verify', { number: before?.number, name: '孙八' })
      .expect(404);
    expect(pending.body.code).to.equal('certificate.not-verified');
    expect((await officer.get(`/api/certificates/${before?._id}/pdf`).expect(409)).body.code).to.equal(
      'certificate.not-issued',
    );

    const { outcomes } = (await officer.post('/api/certificates', { enrolmentIds: [first] }).expect(200))
      .body as IssueAnswer;
    expect(outcomes[0]?.ok === true && outcomes[0].certificate).to.include({
      number: before?.number,
      state: 'issued',
    });

    app.clock.advance(60_000);
    await completeAbandoned(app.ctx);
    const after = await CertificateModel.findOne({ enrolmentId: second }).lean();
    expect(after?.state).to.equal('issued');
    const numbers = await CertificateModel.distinct('number');
    expect(numbers).to.have.length(62);
  });
});
