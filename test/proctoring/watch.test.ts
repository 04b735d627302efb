import { expect } from 'chai';
import { AuditEntryModel } from '../../src/platform/audit/audit.model.ts';
import type { StaffingView } from '../../src/proctoring/proctoring.views.contract.ts';
import { RoomModel } from '../../src/sitting/room.model.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { consoleOf, enter, fallSilent, heard, keepPresent, listen } from '../support/proctoring.ts';
import { answering, planSitting, startRoom, until, type TestSitting } from '../support/sitting.ts';

describe('proctoring: watching over staffing', () => {
  let app: TestApp;
  let sitting: TestSitting;
  let one: Client;
  let two: Client;
  let chief: Client;

  before(async () => {
    app = await startTestApp();
    sitting = await planSitting(app, 3);
    [one, two] = sitting.staff as [Client, Client];
    chief = await app.signInAs('chief-invigilator');
    await enter(sitting, one, two);
    await keepPresent();
    await one.post(`/api/rooms/${sitting.roomId}/open`).expect(200);
  });
  after(() => app.close());
  beforeEach(keepPresent);

  const room = () => RoomModel.findById(sitting.roomId).lean();

  it('raises the alarm in the room and at the duty office when a console falls silent, and clears it when it is back', async () => {
    const inRoom = await listen(one, sitting);
    const duty = await chief.socket();
    await duty.timeout(5000).emitWithAck('proctoring.duty.join', {});
    const broken = ({ verdict, breachSince }: StaffingView): boolean =>
      !verdict.ok && breachSince !== undefined;
    const alarms = [inRoom, duty].map((socket) => heard<StaffingView>(socket, 'room.staffing', broken));
    await fallSilent(two);
    for (const alarm of await Promise.all(alarms)) {
      expect(alarm.verdict).to.include({
        ok: false,
        code: 'proctoring.too-few-invigilators',
        needed: 2,
        present: 1,
      });
      expect((alarm.holdsAt ?? 0) - (alarm.breachSince ?? 0)).to.equal(
        (await consoleOf(one, sitting)).sitting.graceSeconds * 1000,
      );
    }
    const [worst] = (await chief.get('/api/duty?trouble=true').expect(200)).body.items;
    expect(worst).to.include({ roomId: sitting.roomId });
    const cleared = heard<StaffingView>(
      duty,
      'room.staffing',
      ({ breachSince }) => breachSince === undefined,
    );
    await enter(sitting, two);
    expect((await cleared).verdict.ok).to.equal(true);
    expect((await room())?.state).to.equal('admitting');
    expect((await chief.get('/api/duty?trouble=true').expect(200)).body.items).to.deep.equal([]);
  });

  it('does not start a room while its staffing fails', async () => {
    await two.post(`/api/rooms/${sitting.roomId}/presence/leave`).expect(200);
    expect((await room())?.breachSince).to.be.a('number');
    app.clock.advance(sitting.startsAt - app.clock.now() + 1);
    // The grace has run out with the jump: the watch holds the room, which it does after the start was refused or instead of it.
    await until(async () => (await room())?.state === 'held');
    expect((await room())?.startedAt).to.equal(undefined);
  });

  it('lets a held room go on by a named command with a reason, and only once staffing holds', async () => {
    const path = `/api/rooms/${sitting.roomId}/resume`;
    expect((await one.post(path, { reason: '人员到齐' }).expect(409)).body.code).to.equal(
      'proctoring.too-few-invigilators',
    );
    await enter(sitting, two);
    expect((await room())?.breachSince).to.equal(undefined);
    expect((await room())?.state, 'it goes on when somebody says so').to.equal('held');
    const noReason = await one.post(path, { reason: '  ' }).expect(400);
    expect(noReason.body).to.include({ code: 'proctoring.reason-needed', field: '/reason' });
    await (await app.signInAs('invigilator')).post(path, { reason: '人员到齐' }).expect(404);
    expect((await one.post(path, { reason: '人员到齐' }).expect(200)).body.state).to.equal('admitting');
    await startRoom(app, sitting);
  });

  it('holds a running room after the grace, and credits the time to everyone in the ledger', async () => {
    const person = sitting.people[0]!;
    await answering(app, sitting, person);
    const before = (await consoleOf(one, sitting)).seats.find((seat) => seat.attemptId === person.attemptId)!;
    await fallSilent(two);
    await until(async () => (await room())?.breachSince !== undefined);
    expect((await room())?.state, 'within the grace it goes on').to.equal('running');
    app.clock.advance(121_000);
    await until(async () => (await room())?.state === 'held');
    app.clock.advance(10 * 60_000);
    await enter(sitting, two);
    await one.post(`/api/rooms/${sitting.roomId}/resume`, { reason: '监考员回到考场' }).expect(200);
    const view = await consoleOf(one, sitting);
    const credit = view.ledger.find(({ kind }) => kind === 'pause-credit')!;
    expect(credit).to.include({ scope: 'room', scopeId: sitting.roomId, byName: 'system' });
    expect(credit.minutes).to.be.within(10, 12);
    const after = view.seats.find((seat) => seat.attemptId === person.attemptId)!;
    expect((after.deadline ?? 0) - (before.deadline ?? 0)).to.equal(Math.round(credit.minutes * 60_000));
  });

  it('leaves the whole story in the log and in the audit', async () => {
    const { body } = await one.get(`/api/rooms/${sitting.roomId}/staffing?limit=200`).expect(200);
    const changes = (body.items as { change: string }[]).map(({ change }) => change);
    expect(changes).to.deep.equal([
      'entered',
      'entered',
      'opened',
      'lapsed',
      'breach',
      'entered',
      'restored',
      'left',
      'breach',
      'held',
      'entered',
      'restored',
      'resumed',
      'lapsed',
      'breach',
      'held',
      'entered',
      'restored',
      'resumed',
    ]);
    const actions = (await AuditEntryModel.find({ subject: `room:${sitting.roomId}` }).lean()).map(
      (e) => e.action,
    );
    for (const action of [
      'proctoring.staffing.breach',
      'proctoring.staffing.restored',
      'proctoring.presence.lapsed',
      'sitting.room.hold',
      'sitting.room.resume',
    ]) {
      expect(actions).to.include(action);
    }
    expect((await app.ctx.audit.verify()).fault).to.equal(undefined);
  });
});
