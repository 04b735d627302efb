import { expect } from 'chai';
import { AuditEntryModel } from '../../src/platform/audit/audit.model.ts';
import { RoomModel } from '../../src/sitting/room.model.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { consoleOf, enter, keepPresent } from '../support/proctoring.ts';
import { planSitting, type TestSitting } from '../support/sitting.ts';

describe('proctoring: opening a room (11.2)', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.close());
  beforeEach(keepPresent);

  const open = (client: Client, { roomId }: TestSitting) => client.post(`/api/rooms/${roomId}/open`);
  const trio = ({ staff }: TestSitting) => staff as [Client, Client, Client];

  it('refuses one invigilator, naming clause and numbers, and opens with two; the refusal is on record', async () => {
    const sitting = await planSitting(app, 3);
    const [one, two] = trio(sitting);
    await enter(sitting, one);
    const refused = await open(one, sitting).expect(409);
    expect(refused.body).to.include({ code: 'proctoring.too-few-invigilators', clause: '11.2' });
    expect(refused.body.params).to.deep.equal({ needed: 2, present: 1, candidates: 3 });
    expect(refused.body.zh).to.match(/需要 2 名，现有 1 名/);
    expect((await consoleOf(one, sitting)).opening.map(({ code }) => code)).to.deep.equal([
      'proctoring.too-few-invigilators',
    ]);
    await enter(sitting, two);
    const opened = await open(one, sitting).expect(200);
    expect(opened.body).to.include({ state: 'admitting' });
    expect((await open(two, sitting).expect(409)).body.code).to.equal('sitting.room-already-open');
    const actions = (
      await AuditEntryModel.find({ subject: `room:${sitting.roomId}` })
        .sort({ seq: 1 })
        .lean()
    ).map((e) => e.action);
    expect(actions).to.include('proctoring.room.open.refused').and.include('sitting.room.open');
  });

  it('refuses 2 invigilators for 31 candidates and opens with 3', async () => {
    const sitting = await planSitting(app, 31);
    const [one, two, three] = trio(sitting);
    await enter(sitting, one, two);
    const refused = await open(one, sitting).expect(409);
    expect(refused.body.params).to.deep.equal({ needed: 3, present: 2, candidates: 31 });
    await enter(sitting, three);
    await open(one, sitting).expect(200);
  });

  it('refuses 2 and 4 examiners of a skill room and opens with 3; an invigilator does not count', async () => {
    const sitting = await planSitting(app, 4, { part: 'skill' });
    const [one, two, three] = trio(sitting);
    const [four, watcher] = [await app.signInAs('examiner'), await app.signInAs('invigilator')];
    const duties = [one, two, three, four].map(({ id }) => ({ accountId: id, duty: 'examiner' }));
    const roster = { staff: [...duties, { accountId: watcher.id, duty: 'invigilator' }] };
    await sitting.officer.put(`/api/rooms/${sitting.roomId}/roster`, roster).expect(200);
    await enter(sitting, one, two, watcher);
    expect((await open(one, sitting).expect(409)).body).to.include({
      code: 'proctoring.too-few-examiners',
      clause: '11.2',
    });
    await enter(sitting, three, four);
    const even = await open(one, sitting).expect(409);
    expect(even.body).to.include({ code: 'proctoring.even-examiners' });
    expect(even.body.params).to.include({ present: 4 });
    await four.post(`/api/rooms/${sitting.roomId}/presence/leave`).expect(200);
    await open(watcher, sitting).expect(200);
  });

  it('counts only those who are still on the roster', async () => {
    const sitting = await planSitting(app, 2);
    const [one, two, three] = trio(sitting);
    await enter(sitting, one, two);
    const staff = [one, three].map(({ id }) => ({ accountId: id, duty: 'invigilator' }));
    await sitting.officer.put(`/api/rooms/${sitting.roomId}/roster`, { staff }).expect(200);
    const refused = await open(one, sitting).expect(409);
    expect(refused.body.params).to.include({ present: 1 });
    await two.get(`/api/rooms/${sitting.roomId}/console`).expect(404);
  });

  it('opens from an hour before the start on, and no earlier', async () => {
    const sitting = await planSitting(app, 2, { startsIn: 75 });
    const [one, two] = trio(sitting);
    await enter(sitting, one, two);
    const early = await open(one, sitting).expect(409);
    expect(early.body).to.include({ code: 'proctoring.too-early-to-open' });
    expect(early.body.params.wait).to.be.within(14, 15);
    app.clock.advance(15 * 60_000);
    await open(one, sitting).expect(200);
  });

  it('is for the room’s own staff and for chiefs; to others the room is not there', async () => {
    const sitting = await planSitting(app, 2);
    const [one, two] = trio(sitting);
    await enter(sitting, one, two);
    for (const role of ['invigilator', 'examiner'] as const) {
      await open(await app.signInAs(role), sitting).expect(404);
    }
    for (const role of ['exam-officer', 'auditor', 'administrator', 'panel-member'] as const) {
      await open(await app.signInAs(role), sitting).expect(403);
    }
    await open(await app.signInAs('chief-invigilator'), sitting).expect(200);
  });

  it('opens unlawfully in none of 60 races between openings and an invigilator who leaves', async () => {
    const sitting = await planSitting(app, 2);
    const [one, two] = trio(sitting);
    const subject = `room:${sitting.roomId}`;
    const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    const outcomes = new Set<number>();
    for (let round = 0; round < 60; round += 1) {
      const reset = { $set: { state: 'closed' }, $unset: { openedAt: 1, breachSince: 1 } } as const;
      await RoomModel.updateOne({ _id: sitting.roomId }, reset);
      await enter(sitting, one, two);
      await keepPresent();
      const head = await AuditEntryModel.findOne({}).sort({ seq: -1 }).lean();
      const leave = () => two.post(`/api/rooms/${sitting.roomId}/presence/leave`).expect(200);
      const openBoth = () => Promise.all([open(one, sitting), open(two, sitting)]);
      // Once clearly before and once clearly after two who open at once, and else in the midst of them.
      let answers: Awaited<ReturnType<typeof openBoth>>;
      if (round === 0) answers = await leave().then(openBoth);
      else if (round === 1) {
        answers = await openBoth();
        await leave();
      } else {
        [answers] = await Promise.all([later(round % 12).then(openBoth), later(6).then(leave)]);
      }
      const opened = answers.filter(({ status }) => status === 200).length;
      // The audit is one chain, written in the same transactions: its order is the order in which things happened.
      const chain = await AuditEntryModel.find({ subject, seq: { $gt: head?.seq ?? 0 } })
        .sort({ seq: 1 })
        .lean();
      const actions = chain.map(({ action }) => action);
      expect(actions.filter((action) => action === 'sitting.room.open').length)
        .to.equal(opened)
        .and.be.at.most(1);
      if (opened === 1) {
        const order = actions.indexOf('sitting.room.open') - actions.indexOf('proctoring.presence.left');
        expect(order, `round ${round}: ${actions.join(' ')}`).to.be.below(0);
      }
      outcomes.add(opened);
    }
    expect([...outcomes].sort(), 'both ways of ending came up').to.deep.equal([0, 1]);
  });
});
