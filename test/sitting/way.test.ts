import { expect } from 'chai';
import { gcm } from '@noble/ciphers/aes.js';
import type { CandidateForm } from '../../src/assembly/form.contract.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { orderOf } from '../../src/sitting/paper.service.ts';
import { moveAttempt } from '../../src/sitting/attempts.service.ts';
import { selectRoom, selectSitting } from '../../src/sitting/sittings.service.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import {
  answering,
  asPage,
  openRoom,
  planSitting,
  signInAtSeat,
  smallForm,
  startRoom,
  until,
  type PageClient,
  type TestSitting,
} from '../support/sitting.ts';

const bytes = (base64: string): Uint8Array => Buffer.from(base64, 'base64');

describe('sitting: the way of one candidate', () => {
  let app: TestApp;
  let sitting: TestSitting;
  let client: Client;
  let path: string;

  before(async () => {
    app = await startTestApp();
    sitting = await planSitting(app, 2);
    path = `/api/attempts/${sitting.people[0]?.attemptId}`;
  });
  after(() => app.close());

  it('lets nobody in before the room is open', async () => {
    const { admissionNumber, idTail } = sitting.people[0]!;
    const refused = await app.anonymous.post('/api/exam/sign-in', { admissionNumber, idTail }).expect(409);
    expect(refused.body.code).to.equal('sitting.room-not-open');
  });

  it('answers a wrong number, a wrong tail and an unknown person alike, and names the right seat only to the right person', async () => {
    await openRoom(app, sitting);
    const { admissionNumber, idTail, seat } = sitting.people[0]!;
    const wrongTail = await app.anonymous
      .post('/api/exam/sign-in', { admissionNumber, idTail: '9999' })
      .expect(401);
    const wrongNumber = await app.anonymous
      .post('/api/exam/sign-in', { admissionNumber: 'NOBODY', idTail })
      .expect(401);
    expect(wrongTail.body).to.deep.equal(wrongNumber.body);
    expect(wrongTail.body).to.include({ code: 'sitting.wrong-admission' });
    const wrongSeat = await app.anonymous
      .post('/api/exam/sign-in', { admissionNumber, idTail, seat: seat + 1 })
      .expect(409);
    expect(wrongSeat.body).to.include({ code: 'sitting.wrong-seat' });
    expect(wrongSeat.body.params).to.include({ seat });
    const blind = await app.anonymous
      .post('/api/exam/sign-in', { admissionNumber, idTail: '9999', seat: seat + 1 })
      .expect(401);
    expect(blind.body.code).to.equal('sitting.wrong-admission');
  });

  it('signs in, confirms, and gets no paper before admission', async () => {
    client = await signInAtSeat(app, sitting, sitting.people[0]!);
    const view = (await client.get(path).expect(200)).body;
    expect(view).to.include({ state: 'expected', identityConfirmed: false });
    expect(view.writer).to.deep.equal({ mine: true, fence: 1 });
    expect(view.candidate.name).to.equal(sitting.people[0]?.name);
    expect((await client.get(`${path}/paper`).expect(409)).body.code).to.equal('sitting.not-admitted');
    const early = await moveAttempt(app.ctx, {
      attemptId: sitting.people[0]!.attemptId,
      command: 'admit',
      by: 'test',
    }).catch((e: unknown) => e);
    expect(early).to.include({ code: 'sitting.identity-not-confirmed' });
    expect(
      (await client.post(`${path}/identity`, { confirmed: true }).expect(200)).body.identityConfirmed,
    ).to.equal(true);
  });

  it('receives the paper sealed, and no key before the start', async () => {
    await moveAttempt(app.ctx, { attemptId: sitting.people[0]!.attemptId, command: 'admit', by: 'test' });
    const sealed = (await client.get(`${path}/paper`).expect(200)).body;
    expect(sealed.algorithm).to.equal('A256GCM');
    expect(Buffer.from(sealed.ciphertext, 'base64').toString('latin1')).not.to.include('stem');
    expect((await client.get(path)).body.state).to.equal('ready');
    expect((await client.get(`${path}/paper-key`).expect(409)).body.code).to.equal('sitting.paper-sealed');
    expect((await client.post(`${path}/start`).expect(409)).body.code).to.equal('sitting.room-not-running');
    const page = await asPage(client, sitting.people[0]!.attemptId);
    const answers = [{ itemId: 'A1.1-001', seq: 1, value: 'B' }];
    expect((await page.save(answers).expect(409)).body.code).to.equal('sitting.not-started');
  });

  it('starts by itself at the hour; the key opens the paper, in this candidate’s recorded order', async () => {
    const sealed = (await client.get(`${path}/paper`).expect(200)).body;
    await startRoom(app, sitting);
    const { key } = (await client.post(`${path}/start`).expect(200)).body;
    expect((await client.get(`${path}/paper-key`).expect(200)).body.key).to.equal(key);
    const plain = gcm(bytes(key), bytes(sealed.nonce)).decrypt(bytes(sealed.ciphertext));
    const form = JSON.parse(Buffer.from(plain).toString('utf8')) as CandidateForm;
    const original = smallForm(form.formId, form.label, 'theory');
    const ids = (paper: CandidateForm): string[][] =>
      paper.parts.map((part) => part.items.map((item) => item.itemId));
    expect(ids(form).map((part) => [...part].sort())).to.deep.equal(
      ids(original).map((part) => [...part].sort()),
    );
    expect(ids(form)).to.deep.equal((await orderOf(sitting.people[0]?.attemptId ?? ''))?.parts);
    const view = (await client.get(path)).body;
    const room = await selectRoom(sitting.roomId);
    expect(view.deadline).to.equal((room.startedAt ?? 0) + 90 * 60_000);
    expect((await selectSitting(sitting.sittingId)).state).to.equal('running');
  });

  it('refuses to hand in too early, then gives one receipt however often it is asked', async () => {
    const page = await asPage(client, sitting.people[0]!.attemptId);
    await page
      .save([
        { itemId: 'A1.1-001', seq: 1, value: 'B' },
        { itemId: 'A1.1-003', seq: 1, value: false },
      ])
      .expect(200);
    expect((await page.handIn().expect(409)).body.code).to.equal('sitting.too-early-to-hand-in');
    app.clock.advance(31 * 60_000);
    const [one, two] = await Promise.all([page.handIn(), page.handIn()]);
    expect(one.status, JSON.stringify(one.body)).to.equal(200);
    expect(one.body).to.include({ state: 'handed-in', answered: 2, total: 6 });
    expect(two.body).to.deep.equal(one.body);
    expect((await page.handIn().expect(200)).body).to.deep.equal(one.body);
    expect((await client.get(path)).body.receipt).to.deep.equal(one.body);
    const late = await page.save([{ itemId: 'A1.1-001', seq: 2, value: 'C' }]).expect(409);
    expect(late.body.code).to.equal('sitting.attempt-ended');
    expect(
      (await client.get(`${path}/answers`)).body.items.map((a: { value: unknown }) => a.value),
    ).to.deep.equal(['B', false]);
  });

  it('collects whoever never came, then the room and the sitting', async () => {
    await until(async () => (await selectSitting(sitting.sittingId)).state === 'collected');
    const missing = await AttemptModel.findById(sitting.people[1]?.attemptId).lean();
    expect(missing).to.include({ state: 'collected', absent: true });
    expect((await selectRoom(sitting.roomId)).state).to.equal('collected');
  });
});

describe('sitting: the deadline', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.close());

  it('collects after the grace, keeps late answers as evidence, and honours the accommodation', async () => {
    const sitting = await planSitting(app, 2, { accommodation: 20 });
    await openRoom(app, sitting);
    await startRoom(app, sitting);
    const granted = sitting.people[0]!;
    const usual = sitting.people[1]!;
    const [first, second] = [await answering(app, sitting, granted), await answering(app, sitting, usual)];
    const save = (page: PageClient, seq: number) => page.save([{ itemId: 'A1.1-001', seq, value: 'A' }]);
    await save(second, 1).expect(200);
    app.clock.advance(90 * 60_000 + 5_000);
    // Within the grace an answer on its way still counts.
    await save(second, 2).expect(200);
    app.clock.advance(3 * 60_000);
    await until(async () => (await AttemptModel.findById(usual.attemptId).lean())?.receipt !== undefined);
    expect((await save(second, 3).expect(409)).body.code).to.equal('sitting.time-over');
    const collected = await AttemptModel.findById(usual.attemptId).lean();
    expect(collected?.receipt).to.include({ answered: 1 });
    expect(collected?.evidence).to.equal(1);
    // The other has twenty minutes more.
    await save(first, 1).expect(200);
    expect((await first.get(`/api/attempts/${granted.attemptId}`)).body.ledger[0]).to.include({
      minutes: 20,
      kind: 'accommodation',
    });
    app.clock.advance(20 * 60_000);
    await until(async () => (await selectSitting(sitting.sittingId)).state === 'collected');
  });
});
