import { expect } from 'chai';
import { CommandModel } from '../../src/proctoring/command.model.ts';
import type { CommandView, ConsoleSeat } from '../../src/proctoring/proctoring.views.contract.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { command, consoleOf, enter, heard, keepPresent, listen } from '../support/proctoring.ts';
import {
  answering,
  planSitting,
  signInAtSeat,
  startRoom,
  type SeatedPerson,
  type TestSitting,
} from '../support/sitting.ts';

describe('proctoring: commands', () => {
  let app: TestApp;
  let sitting: TestSitting;
  let one: Client;
  let two: Client;
  let chief: Client;
  let people: SeatedPerson[];

  before(async () => {
    app = await startTestApp();
    sitting = await planSitting(app, 5);
    people = sitting.people;
    [one, two] = sitting.staff as [Client, Client];
    chief = await app.signInAs('chief-invigilator');
    await enter(sitting, one, two);
    await keepPresent();
    await one.post(`/api/rooms/${sitting.roomId}/open`).expect(200);
  });
  after(() => app.close());
  beforeEach(keepPresent);

  const path = (): string => `/api/rooms/${sitting.roomId}/commands`;
  const give = (client: Client, body: object) => client.post(path(), body);
  const seatOf = async (i: number): Promise<ConsoleSeat> =>
    (await consoleOf(one, sitting)).seats.find(({ attemptId }) => attemptId === people[i]?.attemptId)!;
  const codes = ({ results }: CommandView): (string | undefined)[] =>
    results.map((result) => (result.ok ? undefined : result.problem.code));
  const idOf = (i: number): string => people[i]?.attemptId ?? '';

  it('admits who has come and has said who they are, and tells of each other one why not', async () => {
    const first = await signInAtSeat(app, sitting, people[0]!);
    await first.post(`/api/attempts/${idOf(0)}/identity`, { confirmed: true }).expect(200);
    await signInAtSeat(app, sitting, people[1]!);
    expect((await seatOf(0)).troubles).to.include('waits-for-admission');
    const attemptIds = [idOf(0), idOf(1), idOf(2)];
    const view = await command(one, sitting, { command: 'admit', attemptIds });
    const outcome = new Map(
      view.results.map((result) => [result.attemptId, result.ok ? 'ok' : result.problem.code]),
    );
    expect(attemptIds.map((id) => outcome.get(id))).to.deep.equal([
      'ok',
      'sitting.identity-not-confirmed',
      'sitting.not-arrived',
    ]);
    expect(view).to.include({ state: 'done', command: 'admit' });
    expect(await seatOf(0)).to.include({ state: 'checked-in' });
    const again = await command(two, sitting, { command: 'admit', attemptIds: [idOf(0)] });
    expect(codes(again)).to.deep.equal(['sitting.already-admitted']);
  });

  it('turns away who is not the same person: the seat is free again, their session ended, an incident written', async () => {
    const wrong = await signInAtSeat(app, sitting, people[2]!);
    await wrong.post(`/api/attempts/${idOf(2)}/identity`, { confirmed: true }).expect(200);
    const refused = await give(one, { command: 'refuse-identity', attemptIds: [idOf(2)] }).expect(400);
    expect(refused.body).to.include({ code: 'proctoring.reason-needed', field: '/args/reason' });
    const view = await command(one, sitting, {
      command: 'refuse-identity',
      attemptIds: [idOf(2)],
      args: { reason: '与照片不符' },
    });
    expect(codes(view)).to.deep.equal([undefined]);
    await wrong.get(`/api/attempts/${idOf(2)}`).expect(401);
    expect((await seatOf(2)).arrivedAt).to.equal(undefined);
    const { openIncidents } = await consoleOf(one, sitting);
    expect(openIncidents[0]).to.include({
      category: 'candidate',
      kind: 'identity-refused',
      text: '与照片不符',
    });
  });

  it('finds no candidate of another room, and takes no command from another room’s invigilator', async () => {
    const other = await planSitting(app, 2);
    const theirs = other.people[0]?.attemptId ?? '';
    await give(one, { command: 'message', attemptIds: [theirs], args: { text: '你好' } }).expect(404);
    const mixed = await command(one, sitting, {
      command: 'message',
      attemptIds: [theirs, idOf(0)],
      args: { text: '请出示证件' },
    });
    expect(mixed.results.find(({ attemptId }) => attemptId === theirs)).to.deep.include({ ok: false });
    await other.staff[0]!.post(path(), { command: 'pause', attemptIds: 'all' }).expect(404);
    await other.staff[0]!.get(`/api/rooms/${sitting.roomId}/console`).expect(404);
    await other.staff[0]!.post(`/api/rooms/${sitting.roomId}/incidents`, {
      category: 'staff',
      kind: 'x',
      text: 'x',
    }).expect(404);
    const socket = await other.staff[0]!.socket();
    const ack = (await socket
      .timeout(5000)
      .emitWithAck('proctoring.console.join', { roomId: sitting.roomId })) as { ok: boolean };
    expect(ack.ok).to.equal(false);
  });

  it('refuses negative, zero, endless and fractional minutes, an empty reason, and fields it does not know', async () => {
    for (const minutes of [-5, 0, 121, 1e12]) {
      const refused = await give(one, {
        command: 'add-time',
        attemptIds: [idOf(0)],
        args: { minutes, reason: '设备故障' },
      }).expect(400);
      expect(refused.body, String(minutes)).to.include({
        code: 'proctoring.minutes-out-of-range',
        field: '/args/minutes',
      });
      expect(refused.body.zh).to.match(/1 到 120/);
    }
    const bodies = [
      { command: 'add-time', attemptIds: [idOf(0)], args: { minutes: 1.5, reason: '设备故障' } },
      { command: 'add-time', attemptIds: [idOf(0)], args: { minutes: '5', reason: '设备故障' } },
      { command: 'explode', attemptIds: 'all' },
      { command: 'pause', attemptIds: [] },
      { command: 'pause', attemptIds: { $gt: '' } },
      { command: 'pause', attemptIds: 'all', roomId: 'x' },
    ];
    for (const body of bodies)
      expect((await give(one, body).expect(400)).body.code, JSON.stringify(body)).to.equal(
        'platform.invalid-body',
      );
    const empty = await give(one, {
      command: 'add-time',
      attemptIds: [idOf(0)],
      args: { minutes: 5, reason: ' ' },
    }).expect(400);
    expect(empty.body).to.include({ code: 'proctoring.reason-needed' });
    expect((await consoleOf(one, sitting)).ledger).to.deep.equal([]);
  });

  it('adds time to one, and does it once however often the console sends it', async () => {
    await startRoom(app, sitting);
    const candidate = await signInAtSeat(app, sitting, people[0]!);
    const before = (await candidate.get(`/api/attempts/${idOf(0)}`)).body.deadline;
    const socket = await candidate.socket();
    const told = heard<{ attemptId: string }>(socket, 'time.changed');
    const body = {
      command: 'add-time',
      attemptIds: [idOf(0)],
      args: { minutes: 5, reason: '设备故障' },
      requestId: 'request-0001',
    };
    const answers = await Promise.all([give(one, body), give(one, body), give(one, body)]);
    for (const { status, body: answer } of answers) {
      expect(
        status === 200 || answer.code === 'proctoring.command-under-way',
        JSON.stringify(answer),
      ).to.equal(true);
    }
    expect((await give(one, body).expect(200)).body).to.include({ state: 'done' });
    expect((await told).attemptId).to.equal(idOf(0));
    const { ledger } = await consoleOf(one, sitting);
    expect(ledger).to.have.length(1);
    expect(ledger[0]).to.include({
      minutes: 5,
      kind: 'incident',
      scope: 'candidate',
      acknowledged: 0,
      of: 1,
      reason: '设备故障',
    });
    expect((await candidate.get(`/api/attempts/${idOf(0)}`)).body.deadline).to.equal(before + 5 * 60_000);
    const console = await listen(one, sitting);
    const acknowledged = heard<{ entryId: string }>(console, 'ledger.acknowledged');
    const ack = `/api/attempts/${idOf(0)}/ledger/${ledger[0]?.id}/ack`;
    expect((await candidate.post(ack).expect(200)).body).to.deep.equal({ acknowledged: true, first: true });
    expect((await candidate.post(ack).expect(200)).body).to.include({ first: false });
    expect((await acknowledged).entryId).to.equal(ledger[0]?.id);
    expect((await consoleOf(one, sitting)).ledger[0]).to.include({ acknowledged: 1, of: 1 });
  });

  it('wants a second person above 15 minutes to one candidate, also when they are split', async () => {
    const socket = await listen(two, sitting);
    const asked = heard<CommandView>(socket, 'command.changed', ({ state }) => state === 'awaiting');
    const more = { command: 'add-time', attemptIds: [idOf(0)], args: { minutes: 11, reason: '继续故障' } };
    const request = await command(one, sitting, more);
    expect(request).to.include({ state: 'awaiting', needs: 'anybody-else' });
    expect((await asked).id).to.equal(request.id);
    expect((await consoleOf(two, sitting)).requests.map(({ id }) => id)).to.deep.equal([request.id]);
    expect((await consoleOf(one, sitting)).ledger).to.have.length(1);
    const confirm = (client: Client) => client.post(`${path()}/${request.id}/confirmation`);
    expect((await confirm(one).expect(409)).body.code).to.equal('proctoring.same-person');
    await confirm(await app.signInAs('invigilator')).expect(404);
    const [first, second] = await Promise.all([confirm(two), confirm(chief)]);
    expect([first.status, second.status].sort()).to.deep.equal([200, 409]);
    const { ledger, requests } = await consoleOf(one, sitting);
    expect(requests).to.deep.equal([]);
    expect(ledger.map(({ minutes }) => minutes)).to.deep.equal([5, 11]);
    // The other person has given nothing yet and may give a little alone.
    expect(await command(two, sitting, { ...more, args: { minutes: 2, reason: '补时' } })).to.include({
      state: 'done',
    });
  });

  it('lets no two halves given at the same moment slip through', async () => {
    const half = { command: 'add-time', attemptIds: [idOf(1)], args: { minutes: 10, reason: '同时' } };
    const views = await Promise.all([command(two, sitting, half), command(two, sitting, half)]);
    expect(views.filter(({ state }) => state === 'done').length).to.be.at.most(1);
    const waiting = views.filter(({ state }) => state === 'awaiting');
    expect(waiting.length).to.be.at.least(1);
    for (const { id } of waiting) {
      expect((await two.post(`${path()}/${id}/withdrawal`).expect(200)).body).to.include({
        state: 'withdrawn',
      });
      expect((await one.post(`${path()}/${id}/confirmation`).expect(409)).body.code).to.equal(
        'proctoring.request-settled',
      );
    }
  });

  it('forgets a request that nobody confirmed in ten minutes', async () => {
    const request = await command(one, sitting, {
      command: 'add-time',
      attemptIds: 'all',
      args: { minutes: 60, reason: '停电' },
    });
    app.clock.advance(10 * 60_000 + 1);
    expect((await two.post(`${path()}/${request.id}/confirmation`).expect(409)).body.code).to.equal(
      'proctoring.request-expired',
    );
    expect((await consoleOf(one, sitting)).requests).to.deep.equal([]);
  });

  it('pauses and resumes one, some and all; a pause is given back', async () => {
    const candidates = [await answering(app, sitting, people[3]!), await answering(app, sitting, people[4]!)];
    const some = await command(one, sitting, { command: 'pause', attemptIds: [idOf(3), idOf(2)] });
    expect(codes(some).filter((code) => code !== undefined)).to.deep.equal(['sitting.not-started']);
    const all = await command(one, sitting, { command: 'pause', attemptIds: 'all' });
    expect(all.results).to.deep.equal([{ attemptId: idOf(4), seat: people[4]?.seat, ok: true }]);
    expect((await candidates[1]!.get(`/api/attempts/${idOf(4)}`)).body).to.include({
      state: 'paused',
      clockStopped: true,
    });
    expect((await give(one, { command: 'pause', attemptIds: 'all' }).expect(409)).body.code).to.equal(
      'proctoring.nobody-there',
    );
    app.clock.advance(3 * 60_000);
    const resumed = await command(two, sitting, { command: 'resume', attemptIds: 'all' });
    expect(resumed.results.map(({ ok }) => ok)).to.deep.equal([true, true]);
    const credits = (await consoleOf(one, sitting)).ledger.filter(({ kind }) => kind === 'pause-credit');
    expect(credits).to.have.length(2);
    for (const { minutes } of credits) expect(minutes).to.be.within(3, 3.5);
  });

  it('sends a message that each candidate reads once, n of m', async () => {
    const candidates = await Promise.all([3, 4].map((i) => signInAtSeat(app, sitting, people[i]!)));
    const received = heard<{ id: string; text: string }>(await candidates[0]!.socket(), 'message.sent');
    const console = await listen(one, sitting);
    const view = await command(one, sitting, {
      command: 'message',
      attemptIds: 'all',
      args: { text: ' 还有 60 分钟 ' },
    });
    expect(view.results.every(({ ok }) => ok)).to.equal(true);
    expect((await received).text).to.equal('还有 60 分钟');
    const { id } = await received;
    const shown = (await consoleOf(one, sitting)).messages.find((message) => message.id === id)!;
    expect(shown).to.include({ acknowledged: 0, of: 5, toAll: true });
    const heardOnce: string[] = [];
    console.on('message.acknowledged', ({ attemptId }: { attemptId: string }) => heardOnce.push(attemptId));
    const ack = () => candidates[0]!.post(`/api/attempts/${idOf(3)}/messages/${id}/ack`);
    const storm = await Promise.all(Array.from({ length: 13 }, ack));
    expect(storm.filter(({ body }) => body.first === true)).to.have.length(1);
    expect(storm.every(({ status }) => status === 200)).to.equal(true);
    const last = heard<{ attemptId: string }>(
      console,
      'message.acknowledged',
      ({ attemptId }) => attemptId === idOf(4),
    );
    await candidates[1]!.post(`/api/attempts/${idOf(4)}/messages/${id}/ack`).expect(200);
    await last;
    expect(heardOnce).to.deep.equal([idOf(3), idOf(4)]);
    const after = (await consoleOf(one, sitting)).messages.find((message) => message.id === id)!;
    expect(after).to.include({ acknowledged: 2, of: 5 });
    expect(after.waitingFor).to.have.members([idOf(0), idOf(1), idOf(2)]);
    const own = (await candidates[0]!.get(`/api/attempts/${idOf(3)}/messages`).expect(200)).body;
    expect(own.items.at(-1)).to.include({ id, acknowledged: true });
    await candidates[0]!.get(`/api/attempts/${idOf(4)}/messages`).expect(404);
    await candidates[0]!.post(`/api/attempts/${idOf(4)}/messages/${id}/ack`).expect(404);
    await candidates[0]!.post(`/api/attempts/${idOf(3)}/messages/none/ack`).expect(404);
  });

  it('moves a candidate to a free seat, lowers a hand, hands a second sign-in over', async () => {
    const moved = await command(one, sitting, {
      command: 'move-seat',
      attemptIds: [idOf(3)],
      args: { seat: 7 },
    });
    expect(codes(moved)).to.deep.equal([undefined]);
    expect((await seatOf(3)).seat).to.equal(7);
    const taken = await command(one, sitting, {
      command: 'move-seat',
      attemptIds: [idOf(4)],
      args: { seat: 7 },
    });
    expect(codes(taken)).to.deep.equal(['sitting.seat-taken']);
    const other = await planSitting(app, 2);
    const elsewhere = {
      command: 'move-seat',
      attemptIds: [idOf(4)],
      args: { seat: 1, roomId: other.roomId },
    };
    expect((await give(one, elsewhere).expect(409)).body.code).to.equal('proctoring.chief-needed');
    await give(chief, elsewhere).expect(404);
    const candidate = await signInAtSeat(app, sitting, people[4]!);
    await candidate.post(`/api/attempts/${idOf(4)}/hand`, { raised: true }).expect(200);
    const { hands } = await consoleOf(one, sitting);
    expect(hands).to.deep.equal([idOf(4)]);
    expect(
      codes(await command(one, sitting, { command: 'lower-hand', attemptIds: [idOf(4)] })),
    ).to.deep.equal([undefined]);
    expect(
      codes(await command(one, sitting, { command: 'lower-hand', attemptIds: [idOf(4)] })),
    ).to.deep.equal(['proctoring.no-hand']);
    const fence = (await AttemptModel.findById(idOf(4)).lean())?.writer?.fence ?? 0;
    expect(codes(await command(one, sitting, { command: 'hand-over', attemptIds: [idOf(4)] }))).to.deep.equal(
      [undefined],
    );
    expect((await AttemptModel.findById(idOf(4)).lean())?.writer?.fence).to.be.above(fence);
  });

  it('ends an attempt by a chief’s word, with reason and the seat typed again', async () => {
    const { seat } = await seatOf(4);
    const end = (confirmSeats: number[], reason = '使用手机') => ({
      command: 'terminate',
      attemptIds: [idOf(4)],
      args: { reason, confirmSeats },
    });
    expect((await give(one, end([seat + 1])).expect(400)).body).to.include({
      code: 'proctoring.seats-not-confirmed',
    });
    expect((await give(one, end([seat], '')).expect(400)).body).to.include({
      code: 'proctoring.reason-needed',
    });
    const request = await command(one, sitting, end([seat]));
    expect(request).to.include({ state: 'awaiting', needs: 'chief' });
    expect(await seatOf(4)).to.include({ state: 'answering' });
    expect((await two.post(`${path()}/${request.id}/confirmation`).expect(409)).body.code).to.equal(
      'proctoring.chief-needed',
    );
    const ended = await chief.post(`${path()}/${request.id}/confirmation`).expect(200);
    expect(codes(ended.body)).to.deep.equal([undefined]);
    expect(await seatOf(4)).to.include({ state: 'terminated' });
    expect(codes(await command(one, sitting, { command: 'pause', attemptIds: [idOf(4)] }))).to.deep.equal([
      'sitting.attempt-ended',
    ]);
    const own = await seatOf(3);
    const direct = {
      command: 'terminate',
      attemptIds: [idOf(3)],
      args: { reason: '代考', confirmSeats: [own.seat] },
    };
    expect(codes(await command(chief, sitting, direct))).to.deep.equal([undefined]);
  });

  it('has every command in the store with its giver and in the audit', async () => {
    const stored = await CommandModel.find({ roomId: sitting.roomId }).lean();
    const { body } = await (
      await app.signInAs('auditor')
    )
      .get(`/api/rooms/${sitting.roomId}/record`)
      .expect(200);
    expect(body.commands).to.have.length(stored.length);
    expect((await app.ctx.audit.verify()).fault).to.equal(undefined);
  });
});
