import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { AuditEntryModel } from '../../src/platform/audit/audit.model.ts';
import type {
  LateAnswersView,
  LateDecisionView,
  RoomRecord,
  RoomRow,
} from '../../src/proctoring/proctoring.views.contract.ts';
import { answersText } from '../../src/sitting/answer-text.rules.ts';
import { AnswerHistoryModel, AnswerModel } from '../../src/sitting/answer.model.ts';
import type { AttemptView, SeatView } from '../../src/sitting/attempt.contract.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { moveAttempt } from '../../src/sitting/attempts.service.ts';
import { SittingModel } from '../../src/sitting/sitting.model.ts';
import { selectSitting } from '../../src/sitting/sittings.service.ts';
import { orderOf } from '../../src/sitting/paper.service.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { collect } from '../support/late.ts';
import { consoleOf, enter, heard, keepPresent, listen } from '../support/proctoring.ts';
import {
  answering,
  asPage,
  planSitting,
  startRoom,
  until,
  type PageClient,
  type TestSitting,
} from '../support/sitting.ts';

const PEOPLE = 5;

describe('proctoring: late answers and the chief invigilator’s decision', () => {
  let app: TestApp;
  let sitting: TestSitting;
  let invigilator: Client;
  let chief: Client;
  const pages: PageClient[] = [];

  before(async () => {
    app = await startTestApp();
    sitting = await planSitting(app, PEOPLE);
    const [one, two] = sitting.staff as [Client, Client];
    invigilator = one;
    chief = await app.signInAs('chief-invigilator');
    await enter(sitting, one, two);
    await keepPresent();
    await one.post(`/api/rooms/${sitting.roomId}/open`).expect(200);
    await startRoom(app, sitting);
    for (const person of sitting.people) {
      const page = await answering(app, sitting, person);
      await page.save([{ itemId: 'A1.1-001', seq: 1, value: 'A' }]).expect(200);
      pages.push(page);
    }
  });
  after(() => app.close());
  beforeEach(keepPresent);

  const idOf = (i: number): string => sitting.people[i]?.attemptId ?? '';
  const attemptOf = async (i: number) => (await AttemptModel.findById(idOf(i)).lean())!;
  const seatOf = async (i: number) =>
    (await consoleOf(invigilator, sitting)).seats.find(({ attemptId }) => attemptId === idOf(i))!;
  const lateOf = async (i: number, by = invigilator): Promise<LateAnswersView> =>
    (await by.get(`/api/rooms/${sitting.roomId}/late-answers/${idOf(i)}`).expect(200))
      .body as LateAnswersView;
  const decide = (body: object, by = chief) =>
    by.post(`/api/rooms/${sitting.roomId}/late-answers/decision`, { reason: '断网', ...body });
  const late = (i: number, itemId: string, seq: number, value: unknown, changedAt?: number) =>
    pages[i]!.save([{ itemId, seq, value, ...(changedAt === undefined ? {} : { changedAt }) }]).expect(409);

  it('keeps what comes after the end, shows it at the seat at once, and never its content', async () => {
    await collect(app, idOf(0));
    const console = await listen(invigilator, sitting);
    const told = heard<SeatView>(console, 'seat.changed', (seat) => seat.late?.items === 2);
    const page = heard(await pages[0]!.socket(), 'attempt.changed');
    const claimed = app.clock.now() - 5_000;
    expect((await late(0, 'A1.1-003', 1, true, claimed)).body.code).to.equal('sitting.time-over');
    await late(0, 'A1.1-001', 7, 'C');
    await late(0, 'A1.1-001', 8, 'D');
    expect(await told).to.include({ attemptId: idOf(0), state: 'collected' });
    await page;
    expect((await seatOf(0)).troubles).to.deep.equal(['late-answers']);
    const view = await lateOf(0);
    const rows = [...view.rows].sort((one, other) => (one.itemId < other.itemId ? -1 : 1));
    expect(rows.map(({ itemId, seq, storedSeq, reason }) => [itemId, seq, storedSeq, reason])).to.deep.equal([
      ['A1.1-001', 8, 1, 'late'],
      ['A1.1-003', 1, undefined, 'late'],
    ]);
    expect(rows[1]).to.include({ claimedAt: claimed });
    const order = (await orderOf(idOf(0)))!.parts.flat();
    expect(rows.map(({ number }) => order[(number ?? 0) - 1])).to.deep.equal(['A1.1-001', 'A1.1-003']);
    const numbers = view.rows.map(({ number }) => number ?? 0);
    expect(numbers).to.deep.equal([...numbers].sort((one, other) => one - other));
    expect(JSON.stringify(view)).not.to.include('value');
    const own = (await pages[0]!.get(`/api/attempts/${idOf(0)}`).expect(200)).body as AttemptView;
    expect(own.late).to.include({ items: 2 });
    expect((await consoleOf(chief, sitting)).counts.late).to.equal(1);
  });

  it('is for a chief, with a reason, once, and for those who have late answers', async () => {
    const wanted = { attemptIds: [idOf(0)], accept: true };
    expect((await decide(wanted, invigilator).expect(409)).body.code).to.equal('proctoring.chief-needed');
    for (const reason of ['', ' ', ' x ']) {
      const refused = await decide({ ...wanted, reason }).expect(400);
      expect(refused.body, reason).to.include({ code: 'proctoring.reason-needed', field: '/reason' });
    }
    const bodies = [
      { ...wanted, accept: 'yes' },
      { ...wanted, attemptIds: [] },
      { accept: true },
      { ...wanted, value: 'D' },
    ];
    for (const body of bodies)
      expect((await decide(body).expect(400)).body.code).to.equal('platform.invalid-body');
    const other = await planSitting(app, 1);
    await decide({ ...wanted, attemptIds: [other.people[0]!.attemptId] }).expect(404);
    await invigilator
      .get(`/api/rooms/${sitting.roomId}/late-answers/${other.people[0]!.attemptId}`)
      .expect(404);
    await other.staff[0]!.get(`/api/rooms/${sitting.roomId}/late-answers/${idOf(0)}`).expect(404);
    const codes = await codesOf(decide({ attemptIds: [idOf(4)], accept: true }));
    expect(codes).to.deep.equal(['sitting.attempt-not-ended']);
    expect((await attemptOf(0)).late).not.to.have.property('decision');
    expect(await AnswerModel.findById(`${idOf(0)}:A1.1-001`).lean()).to.include({ seq: 1, value: 'A' });
  });

  it('accepted: the newest of each item counts, the receipt is sealed anew and keeps the earlier one', async () => {
    const before = (await attemptOf(0)).receipt!;
    const console = await listen(invigilator, sitting);
    const told = heard<SeatView>(console, 'seat.changed', (seat) => seat.late?.decision !== undefined);
    const page = heard(await pages[0]!.socket(), 'attempt.changed');
    const body = { attemptIds: [idOf(0)], accept: true, requestId: 'request-late-1' };
    const { body: decision } = (await decide(body).expect(200)) as { body: LateDecisionView };
    expect(decision).to.deep.include({ accepted: true, reason: '断网' });
    const stored = await AnswerModel.find({ attemptId: idOf(0) })
      .sort({ itemId: 1 })
      .lean();
    expect(stored.map(({ itemId, seq, value }) => [itemId, seq, value])).to.deep.equal([
      ['A1.1-001', 8, 'D'],
      ['A1.1-003', 1, true],
    ]);
    const digest = createHash('sha256').update(answersText(stored)).digest('hex');
    const [result] = decision.results;
    expect(result).to.include({ ok: true, items: 2, digestBefore: before.digest, digestAfter: digest });
    const { receipt, progress, late: shown } = await attemptOf(0);
    expect(receipt).to.include({ digest, answered: 2, at: before.at, state: 'collected' });
    expect(receipt?.previous?.map((one) => [one.digest, one.answered])).to.deep.equal([[before.digest, 1]]);
    expect(progress).to.include({ digest, answered: 2 });
    expect(shown?.decision?.accepted).to.equal(true);
    expect((await told).attemptId).to.equal(idOf(0));
    await page;
    expect((await seatOf(0)).troubles).to.deep.equal([]);
    expect((await decide(body).expect(200)).body).to.deep.equal(decision);
    expect(await codesOf(decide({ attemptIds: [idOf(0)], accept: false }))).to.deep.equal([
      'sitting.no-late-answers',
    ]);
    expect((await attemptOf(0)).receipt).to.deep.equal(receipt);
  });

  it('shows what another page wrote once the attempt has ended; refused, it stays evidence and nothing changes', async () => {
    const second = await asPage(pages[1]!, idOf(1));
    expect((await late(1, 'A1.1-002', 1, ['A', 'C'])).body.code).to.equal('sitting.not-the-writer');
    expect((await attemptOf(1)).late).to.equal(undefined);
    await second.save([{ itemId: 'A1.1-001', seq: 2, value: 'B' }]).expect(200);
    await collect(app, idOf(1));
    expect((await seatOf(1)).late).to.include({ items: 1 });
    const { receipt } = await attemptOf(1);
    const { body } = await decide({ attemptIds: [idOf(1)], accept: false }).expect(200);
    expect(body.results[0]).to.include({ ok: true, items: 1, digestAfter: receipt?.digest });
    expect((await attemptOf(1)).receipt).to.deep.equal(receipt);
    expect(await AnswerModel.exists({ _id: `${idOf(1)}:A1.1-002` })).to.equal(null);
    const kept = await AnswerHistoryModel.find({ attemptId: idOf(1), reason: 'not-writer' }).lean();
    expect(kept.map(({ value, decided }) => [value, decided?.accepted])).to.deep.equal([[['A', 'C'], false]]);
    // The same answer again is the same evidence; it does not wait anew.
    await late(1, 'A1.1-002', 1, ['A', 'C']);
    expect((await attemptOf(1)).late?.decision?.accepted).to.equal(false);
  });

  it('decides only what had come when the chief looked; what comes after waits for another decision', async () => {
    app.clock.advance(1_000);
    await late(1, 'A1.1-003', 4, false);
    const upTo = (await lateOf(1)).rows[0]!.arrivedAt;
    app.clock.advance(1_000);
    await late(1, 'A1.1-004', 4, '12.5');
    expect((await attemptOf(1)).late).to.include({ items: 2 });
    const { body } = await decide({ attemptIds: [idOf(1)], accept: true, upTo }).expect(200);
    expect(body.results[0]).to.include({ ok: true, items: 1 });
    expect((await lateOf(1)).rows.map(({ itemId }) => itemId)).to.deep.equal(['A1.1-004']);
    expect((await seatOf(1)).late).not.to.have.property('decision');
    await decide({ attemptIds: [idOf(1)], accept: true }).expect(200);
    expect((await attemptOf(1)).receipt?.previous).to.have.length(2);
    const values = await AnswerModel.find({ attemptId: idOf(1) })
      .sort({ itemId: 1 })
      .lean();
    expect(values.map(({ value }) => value)).to.deep.equal(['B', false, '12.5']);
  });

  it('decides a whole room at once, seat by seat', async () => {
    await collect(app, idOf(2));
    const end = { attemptId: idOf(3), command: 'terminate', by: 'test', reason: '停电' } as const;
    await moveAttempt(app.ctx, end);
    for (const i of [2, 3]) await late(i, 'A1.1-005', 1, ['B', 'A', 'C', 'D']);
    await until(async () => (await attemptOf(3)).receipt !== undefined);
    const duty = (await chief.get('/api/duty?trouble=true').expect(200)).body.items as RoomRow[];
    expect(duty.find(({ roomId }) => roomId === sitting.roomId)?.counts.late).to.equal(2);
    const { body } = (await decide({ attemptIds: 'all', accept: true }).expect(200)) as {
      body: LateDecisionView;
    };
    expect(body.results.map(({ attemptId, ok }) => [attemptId, ok])).to.have.deep.members([
      [idOf(2), true],
      [idOf(3), true],
    ]);
    for (const i of [2, 3]) {
      const { digest, answered } = (await attemptOf(i)).receipt!;
      const stored = await AnswerModel.find({ attemptId: idOf(i) }).lean();
      expect(digest).to.equal(createHash('sha256').update(answersText(stored)).digest('hex'));
      expect(answered).to.equal(2);
    }
    expect((await decide({ attemptIds: 'all', accept: true }).expect(409)).body.code).to.equal(
      'sitting.no-late-answers',
    );
  });

  it('comes too late once the attempt is marked', async () => {
    await collect(app, idOf(4));
    await late(4, 'A1.1-003', 1, true);
    await AttemptModel.updateOne({ _id: idOf(4) }, { $set: { state: 'marked' } });
    expect(await codesOf(decide({ attemptIds: [idOf(4)], accept: true }))).to.deep.equal([
      'sitting.already-marked',
    ]);
    await AttemptModel.updateOne({ _id: idOf(4) }, { $set: { state: 'collected' } });
  });

  it('stands in the room record with its reason, and in the audit with both digests', async () => {
    const { body } = await invigilator.get(`/api/rooms/${sitting.roomId}/record`).expect(200);
    const { lateDecisions } = body as RoomRecord;
    const decided = lateDecisions.flatMap(({ accepted, reason, results }) =>
      results.flatMap((result) => (result.ok ? [[accepted, reason, result.items]] : [])),
    );
    expect(decided).to.deep.equal([
      [true, '断网', 2],
      [false, '断网', 1],
      [true, '断网', 1],
      [true, '断网', 1],
      [true, '断网', 1],
      [true, '断网', 1],
    ]);
    const entries = await AuditEntryModel.find({ subject: `attempt:${idOf(0)}` }).lean();
    const entry = entries.find(({ action }) => action === 'sitting.late-answers.accept');
    expect(entry?.actor).to.equal(`account:${chief.id}`);
    const { receipt } = await attemptOf(0);
    expect(entry?.facts).to.deep.include({
      reason: '断网',
      digestBefore: receipt?.previous?.[0]?.digest,
      digestAfter: receipt?.digest,
    });
    expect((await app.ctx.audit.verify()).fault).to.equal(undefined);
  });

  it('stays in sight of the duty office after the room was collected, until it is decided', async () => {
    await until(async () => (await selectSitting(sitting.sittingId)).state === 'collected');
    const shown = async (): Promise<boolean> =>
      ((await chief.get('/api/duty').expect(200)).body.items as RoomRow[]).some(
        ({ roomId }) => roomId === sitting.roomId,
      );
    expect(await shown()).to.equal(true);
    await decide({ attemptIds: 'all', accept: false }).expect(200);
    expect(await shown()).to.equal(false);
  });

  it('is not marked on answers that changed while they were read', async () => {
    const mark = () => sitting.officer.post(`/api/sittings/${sitting.sittingId}/marking`);
    // Without forms nothing is scored, which is not what is asked here.
    await SittingModel.updateOne({ _id: sitting.sittingId }, { $set: { formIds: [] } });
    const { late: decided } = await attemptOf(0);
    const soon = { ...decided, decision: { accepted: true, at: app.clock.now() + 10_000 } };
    await AttemptModel.updateOne({ _id: idOf(0) }, { $set: { late: soon } });
    expect((await mark().expect(409)).body.code).to.equal('platform.conflict');
    expect((await attemptOf(0)).state).to.equal('collected');
    app.clock.advance(20_000);
    await mark().expect(200);
    expect((await attemptOf(0)).state).to.equal('marked');
  });

  async function codesOf(request: ReturnType<typeof decide>): Promise<(string | undefined)[]> {
    const { results } = (await request.expect(200)).body as LateDecisionView;
    return results.map((result) => (result.ok ? undefined : result.problem.code));
  }
});
