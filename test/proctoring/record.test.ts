import { expect } from 'chai';
import type { RoomRecord } from '../../src/proctoring/proctoring.views.contract.ts';
import { PresenceModel } from '../../src/proctoring/presence.model.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { command, consoleOf, enter, heard, keepPresent, listen } from '../support/proctoring.ts';
import {
  answering,
  planSitting,
  signInAtSeat,
  startRoom,
  until,
  type TestSitting,
} from '../support/sitting.ts';

describe('proctoring: incidents, lists, close and record', () => {
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

  const at = (rest: string): string => `/api/rooms/${sitting.roomId}/${rest}`;
  const idOf = (i: number): string => sitting.people[i]?.attemptId ?? '';

  it('writes an incident down, lists it, and takes its decision once', async () => {
    const console = await listen(two, sitting);
    const told = heard<{ id: string }>(console, 'incident.changed');
    const body = {
      category: 'environment',
      kind: '停电',
      attemptIds: [idOf(0)],
      people: ['电工 张'],
      text: '照明断电 3 分钟',
    };
    const { body: incident } = await one.post(at('incidents'), body).expect(201);
    expect(incident).to.include({ category: 'environment', kind: '停电', text: '照明断电 3 分钟' });
    expect((await told).id).to.equal(incident.id);
    expect((await consoleOf(one, sitting)).counts.openIncidents).to.equal(1);
    const decide = (decision: string) => two.post(at(`incidents/${incident.id}/decision`), { decision });
    expect((await decide('  ').expect(400)).body).to.include({
      code: 'proctoring.text-needed',
      field: '/decision',
    });
    expect((await decide('加时 3 分钟').expect(200)).body).to.include({
      decision: '加时 3 分钟',
      decidedBy: two.id,
    });
    expect((await decide('改主意').expect(409)).body.code).to.equal('proctoring.incident-decided');
    await two.post(at('incidents/none/decision'), { decision: '好的' }).expect(404);
    expect((await consoleOf(one, sitting)).openIncidents).to.deep.equal([]);
    const list = (await sitting.officer.get(at('incidents')).expect(200)).body;
    expect(list).to.include({ total: 1, offset: 0, limit: 50 });
  });

  it('refuses an incident without text, of an unknown kind, from the future, or about somebody elsewhere', async () => {
    const good = { category: 'technical', kind: '死机', text: '屏幕黑' };
    const cases: [object, number, string][] = [
      [{ ...good, text: ' ' }, 400, 'proctoring.text-needed'],
      [{ ...good, category: 'weather' }, 400, 'platform.invalid-body'],
      [{ ...good, occurredAt: app.clock.now() + 3_600_000 }, 400, 'proctoring.incident-in-future'],
      [{ ...good, attemptIds: ['att_elsewhere'] }, 404, 'platform.not-found'],
      [{ ...good, decidedBy: 'me' }, 400, 'platform.invalid-body'],
    ];
    for (const [body, status, code] of cases) {
      const refused = await one.post(at('incidents'), body);
      expect(refused.status, JSON.stringify(body)).to.equal(status);
      expect(refused.body.code).to.equal(code);
    }
  });

  it('shows staff their own rooms, and the duty office all of them, by pages', async () => {
    const other = await planSitting(app, 2);
    const mine = (await one.get('/api/rooms').expect(200)).body;
    expect(mine.items.map((row: { roomId: string }) => row.roomId)).to.deep.equal([sitting.roomId]);
    expect(mine.items[0]).to.include({ duty: 'invigilator', state: 'admitting', part: 'theory' });
    expect(mine.items[0].counts).to.include({ expected: 3, arrived: 0 });
    const duty = (await sitting.officer.get('/api/duty?limit=1').expect(200)).body;
    expect(duty).to.include({ total: 2, limit: 1 });
    const all = (await chief.get('/api/duty').expect(200)).body.items as {
      roomId: string;
      verdict: { ok: boolean };
    }[];
    expect(all.map(({ roomId }) => roomId)).to.have.members([sitting.roomId, other.roomId]);
    expect(all.find(({ roomId }) => roomId === other.roomId)?.verdict.ok).to.equal(false);
    await one.get('/api/duty').expect(403);
    await sitting.officer.get('/api/duty?limit=5000').expect(400);
  });

  it('shows the console to an exam officer, who may not command, and to chiefs, who may', async () => {
    expect((await consoleOf(sitting.officer, sitting)).me).to.deep.equal({
      chief: false,
      commands: false,
      present: false,
    });
    expect((await consoleOf(chief, sitting)).me).to.deep.equal({
      chief: true,
      commands: true,
      present: false,
    });
    expect((await consoleOf(one, sitting)).me).to.deep.equal({
      duty: 'invigilator',
      chief: false,
      commands: true,
      present: true,
    });
    await sitting.officer.post(at('commands'), { command: 'pause', attemptIds: 'all' }).expect(403);
  });

  it('holds a room by hand and lets it go on', async () => {
    expect((await one.post(at('hold'), { reason: '' }).expect(400)).body.code).to.equal(
      'proctoring.reason-needed',
    );
    expect((await one.post(at('hold'), { reason: '消防演习' }).expect(200)).body.state).to.equal('held');
    const person = sitting.people[0]!;
    const candidate = await signInAtSeat(app, sitting, person);
    await candidate.post(`/api/attempts/${person.attemptId}/identity`, { confirmed: true }).expect(200);
    const refused = await command(one, sitting, { command: 'admit', attemptIds: [person.attemptId] });
    expect(refused.results[0]).to.deep.include({ ok: false });
    await two.post(at('resume'), { reason: '演习结束' }).expect(200);
  });

  it('does not close while somebody works or may still come', async () => {
    expect((await one.post(at('close')).expect(409)).body.code).to.equal('sitting.room-not-running');
    await startRoom(app, sitting);
    await answering(app, sitting, sitting.people[0]!);
    const working = await one.post(at('close')).expect(409);
    expect(working.body).to.include({ code: 'proctoring.still-working' });
    expect(working.body.params).to.deep.equal({ count: 1 });
    const end = {
      command: 'terminate',
      attemptIds: [idOf(0)],
      args: { reason: '身体不适', confirmSeats: [sitting.people[0]?.seat] },
    };
    await command(chief, sitting, end);
    expect((await one.post(at('close')).expect(409)).body.code).to.equal('proctoring.late-entry-open');
  });

  it('closes after the last may come, with the absent named; both sign, each once', async () => {
    app.clock.advance(61 * 60_000);
    const { body: first } = await one.post(at('close'), { remarks: ' 一切正常 ' }).expect(200);
    await one.post(at('close'), { remarks: '再签一次' }).expect(200);
    const { body: record } = (await two.post(at('close')).expect(200)) as { body: RoomRecord };
    expect(first.final).to.equal(true);
    expect(record.signatures.map(({ accountId, remarks }) => [accountId, remarks])).to.deep.equal([
      [one.id, '一切正常'],
      [two.id, undefined],
    ]);
    expect(record.attendance.map(({ state, absent }) => `${state} ${String(absent)}`).sort()).to.deep.equal([
      'collected true',
      'collected true',
      'terminated false',
    ]);
    expect(record.times.openedAt).to.be.below(record.times.startedAt ?? 0);
    expect(record.times.startedAt).to.be.below(record.times.collectedAt ?? 0);
    expect(
      await AttemptModel.countDocuments({ roomId: sitting.roomId, receipt: { $exists: false } }),
    ).to.equal(0);
    expect(record.incidents).to.have.length(1);
    expect(record.staffing.map(({ change }) => change)).to.include.members([
      'entered',
      'opened',
      'held',
      'resumed',
    ]);
  });

  it('keeps nobody present in a collected room, and the record open to auditors alone beside its staff and officers', async () => {
    await until(async () => !(await PresenceModel.exists({ roomId: sitting.roomId, present: true })));
    expect((await one.post(at('presence')).expect(409)).body.code).to.equal('sitting.room-collected');
    const auditor = await app.signInAs('auditor');
    await auditor.get(at('record')).expect(200);
    await auditor.get(at('console')).expect(403);
    await (await app.signInAs('invigilator')).get(at('record')).expect(404);
    const candidate = await app.candidateOf(sitting.people[0]!);
    await candidate.get(at('record')).expect(403);
  });
});
