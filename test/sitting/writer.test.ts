import { expect } from 'chai';
import { PAGE_PROTOCOL, type PageMemory } from '../../src/sitting/attempt.contract.ts';
import { AnswerHistoryModel } from '../../src/sitting/answer.model.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { ATTEMPT_STATES, hasEnded } from '../../src/sitting/attempt.rules.ts';
import { handOver } from '../../src/sitting/seat-changes.service.ts';
import { isWriter, judgeClaim } from '../../src/sitting/writer.rules.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  answering,
  asPage,
  openRoom,
  planSitting,
  signInAtSeat,
  startRoom,
  type SeatedPerson,
  type TestSitting,
} from '../support/sitting.ts';

const one = (seq: number, value: unknown = 'A') => [{ itemId: 'A1.1-001', seq, value }];

describe('sitting: who may write, by rule', () => {
  it('lets the holder’s own pages claim in every state, and anybody while nobody has held it', () => {
    for (const state of ATTEMPT_STATES) {
      for (const holder of [undefined, 'me']) {
        const verdict = judgeClaim({ state, holder, sessionId: 'me', signingIn: false });
        expect(verdict, `${state} ${holder}`).to.deep.equal({ ok: true });
      }
    }
  });

  it('lets another session claim only before the admission, and after the end', () => {
    for (const state of ATTEMPT_STATES) {
      const may = state === 'expected' || hasEnded(state);
      for (const signingIn of [true, false]) {
        const verdict = judgeClaim({ state, holder: 'other', sessionId: 'me', signingIn });
        expect(verdict, state).to.deep.equal(
          may ? { ok: true } : { ok: false, code: 'sitting.second-sign-in' },
        );
      }
    }
  });

  it('gives what staff have released to the next sign-in, not to a page that was open before', () => {
    for (const state of ATTEMPT_STATES) {
      const claim = (signingIn: boolean) => judgeClaim({ state, holder: '', sessionId: 'me', signingIn }).ok;
      expect(claim(true), state).to.equal(true);
      expect(claim(false), state).to.equal(state === 'expected' || hasEnded(state));
    }
  });

  it('knows the writer by session and fence, both', () => {
    const writer = { sessionId: 'me', fence: 3 };
    expect(isWriter(writer, { sessionId: 'me', fence: 3 })).to.equal(true);
    for (const request of [
      { sessionId: 'me', fence: 2 },
      { sessionId: 'me', fence: 4 },
      { sessionId: 'me', fence: undefined },
      { sessionId: 'other', fence: 3 },
    ])
      expect(isWriter(writer, request)).to.equal(false);
    expect(isWriter(undefined, { sessionId: 'me', fence: 1 })).to.equal(false);
  });
});

describe('sitting: one writer', () => {
  let app: TestApp;
  let sitting: TestSitting;
  const person = (i: number): SeatedPerson => sitting.people[i]!;
  const pathOf = (i: number): string => `/api/attempts/${person(i).attemptId}`;

  before(async () => {
    app = await startTestApp();
    sitting = await planSitting(app, 7);
    await openRoom(app, sitting);
    await startRoom(app, sitting);
  });
  after(() => app.close());

  it('the newest page of one browser writes; the older one is refused and what it sent is evidence', async () => {
    const first = await answering(app, sitting, person(0));
    await first.save(one(1)).expect(200);
    const second = await asPage(first, person(0).attemptId);
    expect(second.fence).to.be.above(first.fence);
    expect((await first.save(one(2)).expect(409)).body.code).to.equal('sitting.not-the-writer');
    expect((await first.handIn().expect(409)).body.code).to.equal('sitting.not-the-writer');
    await second.save(one(2, 'B')).expect(200);
    const kept = await AnswerHistoryModel.find({ attemptId: person(0).attemptId }).lean();
    expect(kept.map(({ seq, value, reason }) => ({ seq, value, reason }))).to.deep.equal([
      { seq: 2, value: 'A', reason: 'not-writer' },
    ]);
  });

  it('a second sign-in waits, shows at the console, has no key, and writes after the hand-over', async () => {
    const { attemptId } = person(1);
    const first = await answering(app, sitting, person(1));
    await first.save(one(1)).expect(200);
    const second = await signInAtSeat(app, sitting, person(1));
    const claim = { protocol: PAGE_PROTOCOL, pageId: 'second-computer' };
    const refused = await second.post(`${pathOf(1)}/writer`, claim).expect(409);
    expect(refused.body.code).to.equal('sitting.second-sign-in');
    expect((await second.get(`${pathOf(1)}/paper-key`).expect(409)).body.code).to.equal(
      'sitting.second-sign-in',
    );
    expect((await second.get(pathOf(1))).body.writer.mine).to.equal(false);
    await first.save(one(2)).expect(200);
    expect(await AttemptModel.findById(attemptId).lean()).to.have.nested.property('secondSignIn.at');
    await handOver(app.ctx, { attemptId, by: 'test' });
    expect((await second.get(pathOf(1))).body.writer.mine).to.equal(true);
    const page = await asPage(second, attemptId);
    await second.get(`${pathOf(1)}/paper-key`).expect(200);
    expect((await page.get(`${pathOf(1)}/answers`)).body.items[0]).to.include({ seq: 2, value: 'A' });
    expect((await first.save(one(3)).expect(409)).body.code).to.equal('sitting.not-the-writer');
    expect((await first.get(pathOf(1))).body.writer.mine).to.equal(false);
    await page.save(one(3, 'C')).expect(200);
    expect((await AttemptModel.findById(attemptId).lean())?.secondSignIn).to.equal(undefined);
  });

  it('before the admission the newest sign-in has the seat', async () => {
    const first = await signInAtSeat(app, sitting, person(2));
    const second = await signInAtSeat(app, sitting, person(2));
    await asPage(second, person(2).attemptId);
    expect((await first.get(pathOf(2))).body.writer.mine).to.equal(false);
  });

  it('claims that race leave exactly one writer, and every save of it counts', async () => {
    const first = await answering(app, sitting, person(3));
    const pages = await Promise.all(Array.from({ length: 8 }, () => asPage(first, person(3).attemptId)));
    expect(new Set(pages.map(({ fence }) => fence)).size).to.equal(pages.length);
    const saves = await Promise.all(pages.map((page, i) => page.save(one(1, 'ABCD'[i % 4]))));
    const accepted = saves.filter(({ status }) => status === 200);
    expect(accepted).to.have.length(1);
    expect(accepted[0]?.body.receipts[0]).to.include({ seq: 1, stored: 1, counts: true });
  });

  it('says to the writer when another answer than its own is the stored one', async () => {
    const page = await answering(app, sitting, person(4));
    await page.save(one(5, 'B')).expect(200);
    const { body } = await page.save(one(3, 'C')).expect(200);
    expect(body.receipts[0]).to.include({ seq: 3, stored: 5, counts: false });
    const again = await page.save(one(5, 'B')).expect(200);
    expect(again.body.receipts[0]).to.include({ seq: 5, stored: 5, counts: true });
    const other = await page.save(one(5, 'D')).expect(200);
    expect(other.body.receipts[0]).to.include({ seq: 5, stored: 5, counts: false });
  });

  it('tells a page from before an upgrade to reload, and takes nothing from it', async () => {
    const page = await answering(app, sitting, person(5));
    const old = { answers: one(1) };
    for (const answer of [
      await page.put(`${pathOf(5)}/answers`, old),
      await page.put(`${pathOf(5)}/answers`, { ...old, protocol: PAGE_PROTOCOL - 1, fence: page.fence }),
      await page.post(`${pathOf(5)}/hand-in`),
      await page.post(`${pathOf(5)}/writer`, { pageId: 'an-old-page' }),
    ]) {
      expect(answer.status).to.equal(409);
      expect(answer.body.code).to.equal('sitting.page-outdated');
    }
    expect((await page.get(`${pathOf(5)}/answers`)).body.items).to.deep.equal([]);
  });

  it('remembers place and marks for the next computer, of the newest page only', async () => {
    const page = await asPage(await signInAgain(5), person(5).attemptId);
    const memory: PageMemory = {
      current: 'A1.1-002',
      marked: ['A1.1-001'],
      seen: ['A1.1-001', 'A1.1-002'],
      struck: [{ itemId: 'A1.1-002', ids: ['B'] }],
      notes: [{ itemId: 'A1.1-001', text: '再看 🙂' }],
      scratch: '12 × 7',
    };
    const path = `${pathOf(5)}/memory`;
    await page.put(path, { fence: page.fence, memory }).expect(200);
    expect((await page.get(`${pathOf(5)}/answers`)).body.memory).to.deep.equal(memory);
    const newer = await asPage(page, person(5).attemptId);
    const late = await page.put(path, { fence: page.fence, memory: { ...memory, scratch: 'x' } }).expect(409);
    expect(late.body.code).to.equal('sitting.not-the-writer');
    expect((await newer.get(`${pathOf(5)}/answers`)).body.memory.scratch).to.equal('12 × 7');
  });

  /** Another browser after a hand-over. */
  async function signInAgain(i: number) {
    const client = await signInAtSeat(app, sitting, person(i));
    await handOver(app.ctx, { attemptId: person(i).attemptId, by: 'test' });
    return client;
  }

  it('covers the screen of a candidate who has left, until the ID is given; the clock runs on', async () => {
    const page = await answering(app, sitting, person(6));
    const away = (body: object) => page.post(`${pathOf(6)}/away`, body);
    const before = (await page.get(pathOf(6))).body;
    const left = await away({ away: true }).expect(200);
    expect(left.body.awaySince).to.be.a('number');
    expect((await away({ away: true }).expect(200)).body.awaySince).to.equal(left.body.awaySince);
    expect((await away({ away: false, idTail: '9999' }).expect(409)).body).to.include({
      code: 'sitting.wrong-tail',
      field: '/idTail',
    });
    expect((await away({ away: false }).expect(409)).body.code).to.equal('sitting.wrong-tail');
    const back = await away({ away: false, idTail: person(6).idTail }).expect(200);
    expect(back.body).not.to.have.property('awaySince');
    expect(back.body.deadline).to.equal(before.deadline);
  });

  it('lets nobody leave a seat before the start', async () => {
    const client = await signInAtSeat(app, sitting, person(2));
    const answer = await client.post(`${pathOf(2)}/away`, { away: true }).expect(409);
    expect(answer.body.code).to.equal('sitting.not-started');
  });
});
