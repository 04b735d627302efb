import { expect } from 'chai';
import type { CommandView, ConsoleSeat } from '../../src/proctoring/proctoring.views.contract.ts';
import { AnswerHistoryModel } from '../../src/sitting/answer.model.ts';
import type { AttemptView, SeatView, StoredWork } from '../../src/sitting/attempt.contract.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { collect } from '../support/late.ts';
import { command, consoleOf, enter, heard, keepPresent, listen } from '../support/proctoring.ts';
import {
  answering,
  asPage,
  planSitting,
  signInAtSeat,
  startRoom,
  type PageClient,
  type SeatedPerson,
  type TestSitting,
} from '../support/sitting.ts';
import { PAGE_PROTOCOL } from '../../src/sitting/page-protocol.contract.ts';

describe('proctoring: a second sign-in, a hand-over, another seat, a seat left', () => {
  let app: TestApp;
  let sitting: TestSitting;
  let invigilator: Client;

  before(async () => {
    app = await startTestApp();
    sitting = await planSitting(app, 4);
    const [one, two] = sitting.staff as [Client, Client];
    invigilator = one;
    await enter(sitting, one, two);
    await keepPresent();
    await one.post(`/api/rooms/${sitting.roomId}/open`).expect(200);
    await startRoom(app, sitting);
  });
  after(() => app.close());
  beforeEach(keepPresent);

  const person = (i: number): SeatedPerson => sitting.people[i]!;
  const seatOf = async (i: number): Promise<ConsoleSeat> =>
    (await consoleOf(invigilator, sitting)).seats.find(({ attemptId }) => attemptId === person(i).attemptId)!;
  const viewOf = async (client: Client, i: number): Promise<AttemptView> =>
    (await client.get(`/api/attempts/${person(i).attemptId}`).expect(200)).body as AttemptView;
  const workOf = async (client: Client, i: number): Promise<StoredWork> =>
    (await client.get(`/api/attempts/${person(i).attemptId}/answers`).expect(200)).body as StoredWork;
  const give = (name: string, i: number, args: object = {}): Promise<CommandView> =>
    command(invigilator, sitting, { command: name, attemptIds: [person(i).attemptId], args });
  const codes = ({ results }: CommandView): (string | undefined)[] =>
    results.map((result) => (result.ok ? undefined : result.problem.code));
  const askToWrite = (client: Client, attemptId: string) =>
    client.post(`/api/attempts/${attemptId}/writer`, { protocol: PAGE_PROTOCOL, pageId: 'page-of-a-test' });
  const start = async (i: number): Promise<PageClient> => {
    const page = await answering(app, sitting, person(i));
    await page.save([{ itemId: 'A1.1-001', seq: 1, value: 'A' }]).expect(200);
    return page;
  };

  it('waits at the second computer until the invigilator hands over; then that one writes on, and the first only shows', async () => {
    const first = await start(0);
    const { attemptId } = person(0);
    const console = await listen(invigilator, sitting);
    const told = heard<SeatView>(console, 'seat.changed', (seat) => seat.secondSignIn !== undefined);
    const second = await signInAtSeat(app, sitting, person(0));
    expect((await told).secondSignIn?.address).to.match(/127\.0\.0\.1/);
    expect((await askToWrite(second, attemptId).expect(409)).body.code).to.equal('sitting.second-sign-in');
    await second.get(`/api/attempts/${attemptId}/paper-key`).expect(409);
    const seat = await seatOf(0);
    expect(seat.troubles).to.include('second-sign-in');
    expect(seat.secondSignIn?.at).to.equal((await told).secondSignIn?.at);
    // The one who writes is not disturbed.
    await first.save([{ itemId: 'A1.1-003', seq: 1, value: true }]).expect(200);

    const heardOfIt = heard(await second.socket(), 'attempt.changed');
    expect(codes(await give('hand-over', 0))).to.deep.equal([undefined]);
    await heardOfIt;
    expect((await viewOf(second, 0)).writer.mine).to.equal(true);
    const secondPage = await asPage(second, attemptId);
    expect((await workOf(second, 0)).items.map(({ itemId, value }) => [itemId, value])).to.deep.equal([
      ['A1.1-001', 'A'],
      ['A1.1-003', true],
    ]);
    await secondPage.save([{ itemId: 'A1.1-001', seq: 2, value: 'B' }]).expect(200);
    const refused = await first.save([{ itemId: 'A1.1-001', seq: 9, value: 'C' }]).expect(409);
    expect(refused.body.code).to.equal('sitting.not-the-writer');
    expect((await viewOf(first, 0)).writer.mine).to.equal(false);
    expect(await AnswerHistoryModel.countDocuments({ attemptId, reason: 'not-writer', seq: 9 })).to.equal(1);
    expect((await seatOf(0)).secondSignIn).to.equal(undefined);
  });

  it('offers the first computer’s answer for a decision at the end', async () => {
    const { attemptId } = person(0);
    await collect(app, attemptId);
    expect((await seatOf(0)).late).to.include({ items: 1 });
  });

  it('shows a page that asks for the writing again, and lets the invigilator give it back', async () => {
    const first = await start(1);
    const second = await signInAtSeat(app, sitting, person(1));
    await give('hand-over', 1);
    await asPage(second, person(1).attemptId);
    await askToWrite(first, person(1).attemptId).expect(409);
    const asked = (await seatOf(1)).secondSignIn;
    expect(asked?.address).to.match(/127\.0\.0\.1/);
    await askToWrite(first, person(1).attemptId).expect(409);
    expect((await seatOf(1)).secondSignIn).to.deep.equal(asked);
    await give('hand-over', 1);
    const page = await asPage(first, person(1).attemptId);
    await page.save([{ itemId: 'A1.1-001', seq: 5, value: 'D' }]).expect(200);
    expect((await viewOf(second, 1)).writer.mine).to.equal(false);
  });

  it('turns a second sign-in away: its session ends, and whoever writes goes on', async () => {
    const { attemptId } = person(1);
    const stranger = await signInAtSeat(app, sitting, person(1));
    const fence = (await viewOf(stranger, 1)).writer.fence;
    expect(codes(await give('refuse-sign-in', 1, { reason: '他人登录' }))).to.deep.equal([undefined]);
    await stranger.get(`/api/attempts/${attemptId}`).expect(401);
    const seat = await seatOf(1);
    expect(seat.secondSignIn).to.equal(undefined);
    expect(seat.troubles).not.to.include('second-sign-in');
    expect(codes(await give('refuse-sign-in', 1))).to.deep.equal(['sitting.no-second-sign-in']);
    const again = await signInAtSeat(app, sitting, person(1));
    expect((await viewOf(again, 1)).writer.fence).to.equal(fence);
    await give('refuse-sign-in', 1);
  });

  it('moves to another seat: the next sign-in there writes without a second step, and has every answer', async () => {
    const old = await start(2);
    const { attemptId, admissionNumber, idTail } = person(2);
    await old.save([{ itemId: 'A1.1-002', seq: 1, value: ['A', 'B'] }]).expect(200);
    const ticket = { admissionNumber, idTail, roomId: sitting.roomId };
    const wrong = await app.anonymous.post('/api/exam/sign-in', { ...ticket, seat: 6 }).expect(409);
    expect(wrong.body.code).to.equal('sitting.wrong-seat');

    expect(codes(await give('move-seat', 2, { seat: 6 }))).to.deep.equal([undefined]);
    // The old computer has lost the writing and does not take it back by a reload.
    expect((await viewOf(old, 2)).writer.mine).to.equal(false);
    expect((await old.save([{ itemId: 'A1.1-002', seq: 2, value: ['C'] }]).expect(409)).body.code).to.equal(
      'sitting.not-the-writer',
    );
    await app.anonymous.post('/api/exam/sign-in', { ...ticket, seat: person(2).seat }).expect(409);
    const signedIn = await app.anonymous.post('/api/exam/sign-in', { ...ticket, seat: 6 }).expect(200);
    const moved = app.clientOf(signedIn.headers['set-cookie'], person(2).candidateId);
    const view = await viewOf(moved, 2);
    expect([view.writer.mine, view.seat, view.state]).to.deep.equal([true, 6, 'answering']);
    await moved.get(`/api/attempts/${attemptId}/paper-key`).expect(200);
    const page = await asPage(moved, attemptId);
    expect((await workOf(moved, 2)).items).to.have.length(2);
    await page.save([{ itemId: 'A1.1-002', seq: 2, value: ['A'] }]).expect(200);
    await askToWrite(old, attemptId).expect(409);
    expect((await seatOf(2)).seat).to.equal(6);
  });

  it('keeps the writing where the seat stays the same', async () => {
    const page = await start(3);
    await give('move-seat', 3, { seat: person(3).seat });
    await page.save([{ itemId: 'A1.1-001', seq: 2, value: 'B' }]).expect(200);
  });

  it('shows who has left the seat and since when, until the candidate is back', async () => {
    const own = `/api/attempts/${person(3).attemptId}`;
    const client = await app.candidateOf(person(3));
    const console = await listen(invigilator, sitting);
    const told = heard<SeatView>(console, 'seat.changed', (seat) => seat.awaySince !== undefined);
    await client.post(`${own}/away`, { away: true }).expect(200);
    expect((await told).attemptId).to.equal(person(3).attemptId);
    expect((await seatOf(3)).troubles).to.include('seat-left');
    const wrong = await client.post(`${own}/away`, { away: false, idTail: 'zzzz' }).expect(409);
    expect(wrong.body.code).to.equal('sitting.wrong-tail');
    await client.post(`${own}/away`, { away: false, idTail: person(3).idTail }).expect(200);
    expect((await seatOf(3)).troubles).not.to.include('seat-left');
  });

  it('has every step in the audit', async () => {
    expect((await app.ctx.audit.verify()).fault).to.equal(undefined);
  });
});
