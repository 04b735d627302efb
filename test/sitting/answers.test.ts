import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import supertest from 'supertest';
import { answersText } from '../../src/sitting/answer-text.rules.ts';
import { AnswerHistoryModel, AnswerModel } from '../../src/sitting/answer.model.ts';
import type { SeatsProgress } from '../../src/sitting/attempt.contract.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { startProgress } from '../../src/sitting/progress.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  answering,
  openRoom,
  planSitting,
  startRoom,
  until,
  type PageClient,
  type TestSitting,
} from '../support/sitting.ts';

describe('sitting: answers', () => {
  let app: TestApp;
  let sitting: TestSitting;
  let client: PageClient;
  let path: string;
  let attemptId: string;
  const put = (answers: unknown[]) => client.save(answers);

  before(async () => {
    app = await startTestApp({ lab: true });
    sitting = await planSitting(app, 8);
    await openRoom(app, sitting);
    await startRoom(app, sitting);
    attemptId = sitting.people[0]!.attemptId;
    path = `/api/attempts/${attemptId}`;
    client = await answering(app, sitting, sitting.people[0]!);
  });
  after(() => app.close());

  it('acknowledges what is stored, with seq, time and a digest that anyone can work out', async () => {
    const answers = [
      { itemId: 'A1.1-001', seq: 1, value: 'B' },
      { itemId: 'A1.1-002', seq: 1, value: ['A', 'C'] },
      { itemId: 'A1.1-006', seq: 1, value: { 1: 'C' } },
    ];
    const { body } = await put(answers).expect(200);
    expect(body.receipts.map((r: { seq: number; stored: number }) => [r.seq, r.stored])).to.deep.equal([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(body.answered).to.equal(3);
    const stored = await AnswerModel.find({ attemptId }).lean();
    expect(stored).to.have.length(3);
    expect(body.digest).to.equal(createHash('sha256').update(answersText(answers)).digest('hex'));
    const { body: read } = await client.get(`${path}/answers`).expect(200);
    expect(
      read.items.map(({ itemId, seq, value }: { itemId: string; seq: number; value: unknown }) => ({
        itemId,
        seq,
        value,
      })),
    ).to.deep.equal(answers);
  });

  it('lets the higher seq win, acknowledges a lower one and keeps it as history, once', async () => {
    await put([{ itemId: 'A1.1-001', seq: 5, value: 'D' }]).expect(200);
    const { body } = await put([{ itemId: 'A1.1-001', seq: 3, value: 'A' }]).expect(200);
    expect(body.receipts[0]).to.include({ seq: 3, stored: 5 });
    await put([{ itemId: 'A1.1-001', seq: 3, value: 'A' }]).expect(200);
    expect(await AnswerModel.findById(`${attemptId}:A1.1-001`).lean()).to.include({ seq: 5, value: 'D' });
    expect(
      await AnswerHistoryModel.countDocuments({ attemptId, itemId: 'A1.1-001', reason: 'lower-seq' }),
    ).to.equal(1);
    // The same request again changes nothing and leaves no trace.
    const before = (await put([{ itemId: 'A1.1-001', seq: 5, value: 'D' }]).expect(200)).body.digest;
    const after = (await put([{ itemId: 'A1.1-001', seq: 5, value: 'D' }]).expect(200)).body.digest;
    expect(after).to.equal(before);
    expect(await AnswerHistoryModel.countDocuments({ attemptId })).to.equal(1);
  });

  it('takes an answer away with null', async () => {
    const { body } = await put([{ itemId: 'A1.1-002', seq: 2, value: null }]).expect(200);
    expect(body.answered).to.equal(2);
    expect((await AnswerModel.findById(`${attemptId}:A1.1-002`).lean())?.value).to.equal(null);
  });

  it('refuses a value that does not fit, names each, and saves nothing of the request', async () => {
    const { body } = await put([
      { itemId: 'A1.1-003', seq: 1, value: true },
      { itemId: 'A1.1-004', seq: 1, value: 12.5 },
      { itemId: 'B9.9-999', seq: 1, value: 'A' },
    ]).expect(400);
    expect(body).to.include({ code: 'sitting.wrong-answer', field: '/answers/1/value' });
    expect(body.issues.map((i: { path: string }) => i.path)).to.deep.equal(['/answers/1', '/answers/2']);
    expect(await AnswerModel.exists({ _id: `${attemptId}:A1.1-003` })).to.equal(null);
  });

  it('refuses operators, prototype names, unknown fields, too many answers and 5 MB', async () => {
    const raw = (body: string) =>
      supertest(app.url)
        .put(`${path}/answers`)
        .set('cookie', client.cookie)
        .set('content-type', 'application/json')
        .send(body);
    const one = (value: string): string => `{"answers":[{"itemId":"A1.1-001","seq":9,"value":${value}}]}`;
    expect((await raw(one('{"$gt":""}'))).body).to.include({
      code: 'platform.invalid-body',
      field: '/answers/0/value/$gt',
    });
    expect((await raw(one('{"__proto__":{"a":1}}'))).status).to.equal(400);
    expect(
      (await raw(`{"answers":[{"itemId":"A1.1-001","seq":9,"value":"A","savedAt":1}]}`)).body.field,
    ).to.equal('/answers/0/savedAt');
    expect((await raw(one(`"${'x'.repeat(5_000_000)}"`))).body.code).to.equal('platform.body-too-large');
    const many = Array.from({ length: 201 }, () => ({ itemId: 'A1.1-001', seq: 9, value: 'A' }));
    expect((await put(many)).status).to.equal(400);
    expect((await put([{ itemId: { $ne: '' }, seq: 9, value: 'A' }])).status).to.equal(400);
    for (const seq of [0, -1, 1.5, 1e12, '3'])
      expect((await put([{ itemId: 'A1.1-001', seq, value: 'A' }])).status, String(seq)).to.equal(400);
    expect(await AnswerModel.findById(`${attemptId}:A1.1-001`).lean()).to.include({ seq: 5, value: 'D' });
  });

  it('hides another person’s attempt as if it were not there', async () => {
    const other = `/api/attempts/${sitting.people[1]!.attemptId}`;
    const missing = await client.get('/api/attempts/att_nothing').expect(404);
    for (const answer of [
      await client.get(other),
      await client.get(`${other}/answers`),
      await client.get(`${other}/paper-key`),
      await client.put(`${other}/answers`, { answers: [{ itemId: 'A1.1-001', seq: 1, value: 'A' }] }),
      await client.post(`${other}/hand-in`),
    ]) {
      expect(answer.status).to.equal(404);
      expect(answer.body).to.deep.equal(missing.body);
    }
  });

  it('equals the model under many saves at once, doubled, reordered and out of order', async () => {
    const people = await Promise.all(
      sitting.people
        .slice(3, 6)
        .map(async (person) => ({ person, client: await answering(app, sitting, person) })),
    );
    const save = fc.record({
      who: fc.nat(people.length - 1),
      answers: fc.array(
        fc.record({
          itemId: fc.constantFrom('A1.1-001', 'A1.1-003', 'A1.1-004'),
          seq: fc.integer({ min: 1, max: 30 }),
        }),
        { minLength: 1, maxLength: 5 },
      ),
    });
    // The value follows from item and seq, as from one writer's own counter.
    const valueOf = (itemId: string, seq: number): unknown =>
      itemId === 'A1.1-001' ? 'ABCD'[seq % 4] : itemId === 'A1.1-003' ? seq % 2 === 0 : String(seq);
    const highest = new Map<string, number>();
    for (const walk of fc.sample(fc.array(save, { minLength: 20, maxLength: 40 }), {
      numRuns: 5,
      seed: 42,
    })) {
      const sent = [...walk, ...walk.slice(0, 5)];
      const responses = await Promise.all(
        sent.map(({ who, answers }) => {
          const target = people[who]!;
          return target.client.save(answers.map((a) => ({ ...a, value: valueOf(a.itemId, a.seq) })));
        }),
      );
      for (const [i, { who, answers }] of sent.entries()) {
        expect(responses[i]?.status, JSON.stringify(responses[i]?.body)).to.equal(200);
        for (const { itemId, seq } of answers) {
          const key = `${people[who]!.person.attemptId}:${itemId}`;
          highest.set(key, Math.max(seq, highest.get(key) ?? 0));
        }
      }
      for (const [key, seq] of highest) {
        const stored = await AnswerModel.findById(key).lean();
        expect(stored).to.deep.include({ seq, value: valueOf(stored?.itemId ?? '', seq) });
      }
    }
    for (const { person, client: own } of people) {
      const { body } = await own.get(`/api/attempts/${person.attemptId}/answers`);
      const last = await own.save([{ itemId: 'A1.1-001', seq: 1, value: 'B' }]);
      expect(last.body.digest).to.equal(createHash('sha256').update(answersText(body.items)).digest('hex'));
    }
  });

  it('acknowledges nothing while the store refuses, says when to come again, and goes on after', async () => {
    const fail = (mode: 'alwaysOn' | 'off') =>
      AnswerModel.db
        .getClient()
        .db('admin')
        .command({
          configureFailPoint: 'failCommand',
          mode,
          data: { failCommands: ['update'], errorCode: 14_031 },
        });
    await fail('alwaysOn');
    try {
      const refused = await put([{ itemId: 'A1.1-003', seq: 7, value: true }]).expect(503);
      expect(refused.body.code).to.equal('platform.overloaded');
      expect(refused.headers['retry-after']).to.equal('2');
      expect(refused.headers['content-type']).to.match(/problem\+json/);
    } finally {
      await fail('off');
    }
    expect(await AnswerModel.exists({ _id: `${attemptId}:A1.1-003` })).to.equal(null);
    const { body } = await put([{ itemId: 'A1.1-003', seq: 7, value: true }]).expect(200);
    expect(body.receipts[0]).to.include({ seq: 7, stored: 7 });
    await put([{ itemId: 'A1.1-003', seq: 8, value: null }]).expect(200);
  });

  it('shows progress at once, tells the consoles within a moment, and has it in the attempt soon', async () => {
    const told: SeatsProgress[] = [];
    const publish = app.ctx.live.publish.bind(app.ctx.live);
    app.ctx.live.publish = (channel, event, payload) => {
      if (channel === `staff:${sitting.roomId}` && event === 'seats.progress')
        told.push(payload as SeatsProgress);
      publish(channel, event, payload);
    };
    const { body } = await put([{ itemId: 'A1.1-003', seq: 9, value: false }]).expect(200);
    expect((await client.get(path).expect(200)).body).to.include({ answered: 3, total: 6 });
    await until(() =>
      Promise.resolve(told.some(({ seats }) => seats.some((seat) => seat.digest === body.digest))),
    );
    app.ctx.live.publish = publish;
    await startProgress(app.ctx).stop();
    expect((await AttemptModel.findById(attemptId).lean())?.progress).to.include({
      answered: 3,
      digest: body.digest,
    });
  });
});
