import { expect } from 'chai';
import type { Socket } from 'socket.io-client';
import type { SeatView, TimeChanged } from '../../src/sitting/attempt.contract.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { moveAttempt } from '../../src/sitting/attempts.service.ts';
import { handOver, moveSeat, refuseIdentity } from '../../src/sitting/seat-changes.service.ts';
import { acknowledgeLedger } from '../../src/sitting/ledger-ack.service.ts';
import { appendLedger, ledgerOfRoom } from '../../src/sitting/ledger.service.ts';
import { moveRoom } from '../../src/sitting/rooms.service.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  answering,
  openRoom,
  planSitting,
  signInAtSeat,
  startRoom,
  until,
  type PageClient,
  type TestSitting,
} from '../support/sitting.ts';
import { theoryTemplate } from '../support/templates.ts';

const MINUTE = 60_000;
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no refusal',
    (error: unknown) => error,
  );

/** Collects what a socket hears of one event. */
function hear<T>(socket: Socket, event: string): T[] {
  const heard: T[] = [];
  socket.on(event, (payload: T) => heard.push(payload));
  return heard;
}

describe('sitting: time, places and the line', () => {
  let app: TestApp;
  let sitting: TestSitting;
  let client: PageClient;
  let attemptId: string;
  const view = async () => (await client.get(`/api/attempts/${attemptId}`).expect(200)).body;
  const give = (minutes: number, scope: 'candidate' | 'room' | 'sitting' = 'candidate') =>
    appendLedger(app.ctx, {
      sittingId: sitting.sittingId,
      scope,
      scopeId: { candidate: attemptId, room: sitting.roomId, sitting: sitting.sittingId }[scope],
      minutes,
      kind: minutes < 0 ? 'correction' : 'incident',
      reason: 'test',
      by: 'test',
    });

  before(async () => {
    app = await startTestApp();
    sitting = await planSitting(app, 3);
    attemptId = sitting.people[0]!.attemptId;
    await openRoom(app, sitting);
    await startRoom(app, sitting);
    client = await answering(app, sitting, sitting.people[0]!);
  });
  after(() => app.close());

  it('moves the deadline by the ledger alone, and tells the page at once', async () => {
    const socket = await client.socket();
    const heard = hear<TimeChanged>(socket, 'time.changed');
    const before = await view();
    await give(5);
    await give(3, 'room');
    await give(2, 'sitting');
    const after = await view();
    expect(after.deadline - before.deadline).to.equal(10 * MINUTE);
    expect(after.version).to.be.above(before.version);
    expect(after.ledger.map((line: { minutes: number }) => line.minutes)).to.deep.equal([5, 3, 2]);
    await until(() => Promise.resolve(heard.length === 3));
    expect(heard.at(-1)?.deadline).to.equal(after.deadline);
    const other = await AttemptModel.findById(sitting.people[1]?.attemptId).lean();
    expect((other?.deadline ?? 0) - before.deadline).to.equal(5 * MINUTE);
    socket.disconnect();
  });

  it('takes back what was given too much, and never of the paper’s own time (11.3)', async () => {
    const before = await view();
    await give(-4);
    expect((await view()).deadline).to.equal(before.deadline - 4 * MINUTE);
    expect(await failure(give(-7))).to.deep.include({ code: 'sitting.time-below-minimum' });
    // The others of the room were given less, so less can be taken from all.
    expect(await failure(give(-6, 'room'))).to.deep.include({ code: 'sitting.time-below-minimum' });
    expect((await view()).deadline).to.equal(before.deadline - 4 * MINUTE);
  });

  it('counts each reading of a change once, and only by whom it concerns', async () => {
    const [entry] = await ledgerOfRoom(sitting.roomId);
    expect(await acknowledgeLedger(app.ctx, attemptId, entry?._id ?? '')).to.equal(true);
    expect(await acknowledgeLedger(app.ctx, attemptId, entry?._id ?? '')).to.equal(false);
    expect(
      await failure(acknowledgeLedger(app.ctx, sitting.people[1]!.attemptId, entry?._id ?? '')),
    ).to.include({ code: 'platform.not-found' });
    expect((await view()).ledger[0].acknowledged).to.equal(true);
  });

  it('stops one clock during a pause and gives exactly that time back, across the deadline too', async () => {
    const before = await view();
    await moveAttempt(app.ctx, { attemptId, command: 'pause', by: 'test', reason: 'power' });
    app.clock.advance(120 * MINUTE);
    const paused = await view();
    expect(paused).to.include({ state: 'paused', clockStopped: true });
    expect(before.remainingMs - paused.remainingMs).to.be.below(5_000);
    expect((await client.save([{ itemId: 'A1.1-001', seq: 1, value: 'A' }]).expect(409)).body.code).to.equal(
      'sitting.paused',
    );
    await moveAttempt(app.ctx, { attemptId, command: 'resume', by: 'test' });
    const after = await view();
    expect(after.state).to.equal('answering');
    expect(before.remainingMs - after.remainingMs).to.be.within(0, 10_000);
    expect(after.ledger.at(-1)).to.include({ kind: 'pause-credit' });
    await client.save([{ itemId: 'A1.1-001', seq: 1, value: 'A' }]).expect(200);
  });

  it('shows the line coming and going at the consoles', async () => {
    const seats: SeatView[] = [];
    const publish = app.ctx.live.publish.bind(app.ctx.live);
    app.ctx.live.publish = (channel, event, payload) => {
      if (channel === `staff:${sitting.roomId}` && event === 'seat.changed') seats.push(payload as SeatView);
      publish(channel, event, payload);
    };
    const [one, two] = [await client.socket(), await client.socket()];
    await until(() => Promise.resolve(seats.some((seat) => seat.line.connected)));
    one.disconnect();
    two.disconnect();
    await until(async () => (await AttemptModel.findById(attemptId).lean())?.line.connected === false);
    expect(seats.at(-1)).to.deep.include({
      attemptId,
      line: { connected: false, at: seats.at(-1)?.line.at },
    });
    app.ctx.live.publish = publish;
  });

  it('raises and lowers a hand', async () => {
    const raised = await client.post(`/api/attempts/${attemptId}/hand`, { raised: true }).expect(200);
    expect(raised.body.handRaised).to.equal(true);
    const lowered = await client.post(`/api/attempts/${attemptId}/hand`, { raised: false }).expect(200);
    expect(lowered.body.handRaised).to.equal(false);
  });

  it('moves a candidate to a free seat only', async () => {
    const taken = sitting.people[1]!.seat;
    expect(await failure(moveSeat(app.ctx, { attemptId, seat: taken, by: 'test' }))).to.include({
      code: 'sitting.seat-taken',
    });
    expect(await failure(moveSeat(app.ctx, { attemptId, seat: 99, by: 'test' }))).to.include({
      code: 'sitting.no-such-seat',
    });
    expect(await moveSeat(app.ctx, { attemptId, seat: 5, by: 'test' })).to.include({ seat: 5 });
  });

  it('hands the writing over, raising the fence', async () => {
    const before = await AttemptModel.findById(attemptId).lean();
    const after = await handOver(app.ctx, { attemptId, by: 'test' });
    expect(after.writer?.fence).to.equal((before?.writer?.fence ?? 0) + 1);
    expect((await view()).writer.mine).to.equal(false);
  });

  it('freezes a held room whose template pauses clocks, and credits the hold to all', async () => {
    const before = await view();
    await moveRoom(app.ctx, { roomId: sitting.roomId, command: 'hold', by: 'test' });
    app.clock.advance(30 * MINUTE);
    const held = await view();
    expect(held.room.state).to.equal('held');
    const { holdClocks } = theoryTemplate('junior');
    expect(held.clockStopped).to.equal(holdClocks === 'pause');
    await moveRoom(app.ctx, { roomId: sitting.roomId, command: 'resume', by: 'test' });
    const after = await view();
    const lost = before.remainingMs - after.remainingMs;
    if (holdClocks === 'pause') expect(lost).to.be.within(0, 10_000);
    else expect(lost).to.be.within(30 * MINUTE, 30 * MINUTE + 10_000);
  });

  it('asks a room to be finished before it is collected', async () => {
    expect(
      await failure(moveRoom(app.ctx, { roomId: sitting.roomId, command: 'collect', by: 'test' })),
    ).to.include({ code: 'sitting.attempt-not-ended' });
  });

  it('ends an attempt for a reason, with a receipt of what was answered', async () => {
    await moveAttempt(app.ctx, { attemptId, command: 'terminate', by: 'test', reason: 'misconduct' });
    await until(async () => (await AttemptModel.findById(attemptId).lean())?.receipt !== undefined);
    expect(await view()).to.include({ state: 'terminated', answered: 1 });
    expect((await client.handIn().expect(409)).body.code).to.equal('sitting.attempt-ended');
  });
});

describe('sitting: who comes in', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.close());

  it('turns away whoever comes after the late entry, and calls the invigilator for “not me”', async () => {
    const sitting = await planSitting(app, 3);
    await openRoom(app, sitting);
    const [first, second] = sitting.people as [TestSitting['people'][0], TestSitting['people'][0]];
    const client = await signInAtSeat(app, sitting, first);
    await client.post(`/api/attempts/${first.attemptId}/identity`, { confirmed: false }).expect(200);
    expect((await AttemptModel.findById(first.attemptId).lean())?.hand?.reason).to.equal('not-me');
    await refuseIdentity(app.ctx, { attemptId: first.attemptId, by: 'test', reason: 'another person' });
    await client.get(`/api/attempts/${first.attemptId}`).expect(401);
    expect(await AttemptModel.findById(first.attemptId).lean()).not.to.have.any.keys(
      'arrivedAt',
      'hand',
      'writer',
    );
    await startRoom(app, sitting);
    app.clock.advance(31 * MINUTE);
    const { admissionNumber, idTail } = second;
    const late = await app.anonymous.post('/api/exam/sign-in', { admissionNumber, idTail });
    expect(late.status).to.equal(409);
    expect(['sitting.too-late', 'sitting.room-collected']).to.include(late.body.code);
  });

  it('limits guesses at one admission number', async () => {
    let last = 0;
    for (let i = 0; i < 25 && last !== 429; i += 1) {
      last = (
        await app.anonymous.post('/api/exam/sign-in', { admissionNumber: 'GUESS', idTail: String(1000 + i) })
      ).status;
    }
    expect(last).to.equal(429);
    await app.anonymous.post('/api/exam/sign-in', { admissionNumber: 'OTHER', idTail: '0000' }).expect(401);
  });
});
