import { expect } from 'chai';
import type { Socket } from 'socket.io-client';
import { machineNow } from '../../src/proctoring/machine-time.ts';
import { PresenceModel, StaffingLogModel } from '../../src/proctoring/presence.model.ts';
import type { StaffingView } from '../../src/proctoring/proctoring.views.contract.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { planSitting, until, type TestSitting } from '../support/sitting.ts';

interface Ack {
  ok: boolean;
  result?: Record<string, unknown>;
  problem?: { code: string; params?: Record<string, unknown> };
}
const send = (socket: Socket, event: string, body: object): Promise<Ack> =>
  socket.timeout(5000).emitWithAck(event, body) as Promise<Ack>;
const renew = (socket: Socket, roomId: string, enter = false): Promise<Ack> =>
  send(socket, 'proctoring.presence.renew', enter ? { roomId, enter } : { roomId });

describe('proctoring: presence', () => {
  let app: TestApp;
  let sitting: TestSitting;
  let one: Client;
  let two: Client;

  before(async () => {
    app = await startTestApp();
    sitting = await planSitting(app, 3);
    [one, two] = sitting.staff as [Client, Client];
  });
  after(() => app.close());
  // However slow the machine, nobody's lease runs out between two tests.
  beforeEach(() =>
    PresenceModel.updateMany({ present: true }, { $set: { until: machineNow() + 3_600_000 } }),
  );

  const staffing = async (): Promise<StaffingView> =>
    (await sitting.officer.get(`/api/rooms/${sitting.roomId}/console`).expect(200)).body.staffing;
  const presentIds = async (): Promise<string[]> => (await staffing()).present.map((p) => p.accountId);

  it('counts a person whose console renews, and two consoles of one person once', async () => {
    const [first, second] = [await one.socket(), await one.socket()];
    const acks = await Promise.all([renew(first, sitting.roomId), renew(second, sitting.roomId)]);
    expect(acks.map(({ ok }) => ok)).to.deep.equal([true, true]);
    expect(acks[0]?.result).to.include({
      roomId: sitting.roomId,
      duty: 'invigilator',
      renewMs: 3000,
      leaseMs: 10_000,
    });
    expect(await presentIds()).to.deep.equal([one.id]);
    expect((await staffing()).verdict).to.include({ ok: false, needed: 2, present: 1, candidates: 3 });
    const log = await StaffingLogModel.find({ roomId: sitting.roomId }).lean();
    expect(log.map(({ change }) => change)).to.deep.equal(['entered']);
  });

  it('counts by HTTP as well', async () => {
    await two.post(`/api/rooms/${sitting.roomId}/presence`).expect(200);
    expect(await presentIds()).to.have.members([one.id, two.id]);
    expect((await staffing()).verdict).to.include({ ok: true, present: 2 });
  });

  it('ends at once when the person leaves, and is not brought back by a console left running', async () => {
    const forgotten = await two.socket();
    await renew(forgotten, sitting.roomId);
    const left = await two.post(`/api/rooms/${sitting.roomId}/presence/leave`).expect(200);
    expect(left.body.verdict).to.include({ ok: false, present: 1 });
    const ack = await renew(forgotten, sitting.roomId);
    expect(ack.problem?.code).to.equal('proctoring.left-the-room');
    expect(await presentIds()).to.deep.equal([one.id]);
    await two.post(`/api/rooms/${sitting.roomId}/presence/leave`).expect(200);
    expect((await renew(forgotten, sitting.roomId, true)).ok).to.equal(true);
    expect(await presentIds()).to.have.members([one.id, two.id]);
  });

  it('ends when the lease runs out, written down at the moment it did', async () => {
    const watcher = await sitting.officer.socket();
    await send(watcher, 'proctoring.console.join', { roomId: sitting.roomId });
    const told = new Promise<StaffingView>((resolve) => watcher.once('room.staffing', resolve));
    const before = await StaffingLogModel.countDocuments({ roomId: sitting.roomId });
    // As if two's console had fallen silent: the lease is not renewed, and lies in the past.
    await PresenceModel.updateOne({ _id: two.id }, { $set: { until: machineNow() - 60_000 } });
    expect((await told).present.map((p) => p.accountId)).to.deep.equal([one.id]);
    const entries = await StaffingLogModel.find({ roomId: sitting.roomId }).sort({ seq: 1, step: 1 }).lean();
    expect(entries).to.have.length(before + 1);
    expect(entries.at(-1)).to.include({
      change: 'lapsed',
      accountId: two.id,
      present: 1,
      needed: 2,
      ok: false,
    });
    const ack = await renew(await two.socket(), sitting.roomId);
    expect(ack.ok, 'a console whose line is back goes on by itself').to.equal(true);
  });

  it('knows a person in one place at a time', async () => {
    const other = await planSitting(app, 2);
    const roster = [one, two].map(({ id }) => ({ accountId: id, duty: 'invigilator' }));
    await other.officer.put(`/api/rooms/${other.roomId}/roster`, { staff: roster }).expect(200);
    const refused = await one.post(`/api/rooms/${other.roomId}/presence`).expect(409);
    expect(refused.body.code).to.equal('proctoring.present-elsewhere');
    expect(refused.body.zh).to.match(/考场（R/);
    await one.post(`/api/rooms/${other.roomId}/presence`, { enter: true }).expect(200);
    expect(await presentIds()).to.deep.equal([two.id]);
    const last = await StaffingLogModel.findOne({ roomId: sitting.roomId })
      .sort({ seq: -1, step: -1 })
      .lean();
    expect(last).to.include({ change: 'moved', accountId: one.id });
    await one.post(`/api/rooms/${sitting.roomId}/presence`, { enter: true }).expect(200);
    expect(await presentIds()).to.have.members([one.id, two.id]);
  });

  it('keeps every change in order, so that each second can be told again', async () => {
    const { body } = await sitting.officer.get(`/api/rooms/${sitting.roomId}/staffing?limit=200`).expect(200);
    const here = new Set<string>();
    let seq = 0;
    for (const entry of body.items as { seq: number; change: string; accountId: string; present: number }[]) {
      expect(entry.seq).to.equal((seq += 1));
      if (entry.change === 'entered') here.add(entry.accountId);
      else here.delete(entry.accountId);
      expect(entry.present, `${entry.seq} ${entry.change}`).to.equal(here.size);
    }
    expect([...here]).to.have.members(await presentIds());
  });

  it('is not there for a stranger, not even for a chief who is not on the roster', async () => {
    for (const role of ['invigilator', 'chief-invigilator', 'examiner'] as const) {
      const stranger = await app.signInAs(role);
      const refused = await stranger.post(`/api/rooms/${sitting.roomId}/presence`).expect(404);
      expect(refused.body).to.deep.equal((await stranger.post('/api/rooms/none/presence').expect(404)).body);
      const ack = await renew(await stranger.socket(), sitting.roomId);
      expect(ack.problem?.code).to.equal('platform.not-found');
    }
    const candidate = await app.candidateOf(sitting.people[0]!);
    expect((await renew(await candidate.socket(), sitting.roomId)).problem?.code).to.equal(
      'platform.forbidden',
    );
  });

  it('does not follow the demo clock: a jump of hours sends nobody home', async () => {
    const silent = sitting.staff[2]!;
    await silent.post(`/api/rooms/${sitting.roomId}/presence`).expect(200);
    await PresenceModel.updateOne({ _id: silent.id }, { $set: { until: machineNow() - 1 } });
    app.clock.advance(2 * 3_600_000);
    // The one whose lease has really run out shows that the watch has looked since the jump.
    await until(async () => (await PresenceModel.findById(silent.id).lean())?.present === false);
    expect(await presentIds()).to.have.members([one.id, two.id]);
  });
});
