import { expect } from 'chai';
import { sealAnswerFile } from '../../src/web/candidate/answer-file.ts';
import { AuditEntryModel } from '../../src/platform/audit/audit.model.ts';
import type { AnswerFileView } from '../../src/proctoring/proctoring.views.contract.ts';
import { AnswerHistoryModel, AnswerModel } from '../../src/sitting/answer.model.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { bring, collect, fileOf, keyOf, sealFile } from '../support/late.ts';
import {
  answering,
  openRoom,
  planSitting,
  startRoom,
  type PageClient,
  type TestSitting,
} from '../support/sitting.ts';

const HAN = /\p{Script=Han}/u;

describe('proctoring: answer files of computers without a line', () => {
  let app: TestApp;
  let sitting: TestSitting;
  let invigilator: Client;
  let page: PageClient;

  before(async () => {
    app = await startTestApp();
    sitting = await planSitting(app, 3);
    invigilator = sitting.staff[0]!;
    await openRoom(app, sitting);
    await startRoom(app, sitting);
    page = await answering(app, sitting, sitting.people[0]!);
    await page.save([{ itemId: 'A1.1-001', seq: 2, value: 'A' }]).expect(200);
    await answering(app, sitting, sitting.people[1]!);
  });
  after(() => app.close());

  function idOf(i: number): string {
    return sitting.people[i]?.attemptId ?? '';
  }
  const take = async (file: object): Promise<AnswerFileView> =>
    (await bring(app, invigilator, sitting.roomId, file).expect(200)).body as AnswerFileView;
  const evidenceOf = (attemptId: string) =>
    AnswerHistoryModel.find({ attemptId, reason: 'file' }).sort({ itemId: 1 }).lean();

  it('opens what the candidate’s page has sealed, and answers with the code on its screen', async () => {
    const answers = [
      { itemId: 'A1.1-001', seq: 2, value: 'A', changedAt: 1_000 },
      { itemId: 'A1.1-003', seq: 1, value: true, changedAt: 2_000 },
    ];
    const key = (await keyOf(idOf(0))).toString('base64');
    const file = sealAnswerFile({ attemptId: idOf(0), key, at: 3_000, answers });
    const view = await take(file);
    expect(view).to.deep.equal({
      attemptId: idOf(0),
      seat: sitting.people[0]?.seat,
      name: sitting.people[0]?.name,
      // The digest of receipts, of [A1.1-001 seq 2 "A", A1.1-003 seq 1 true], begins with it.
      code: (await page.save([{ itemId: 'A1.1-003', seq: 1, value: true }]).expect(200)).body.digest
        .slice(0, 8)
        .toUpperCase()
        .replace(/^(.{4})/, '$1-'),
      at: 3_000,
      answers: 2,
      late: 1,
    });
    const kept = await evidenceOf(idOf(0));
    expect(kept.map(({ itemId, seq, value, claimedAt }) => [itemId, seq, value, claimedAt])).to.deep.equal([
      ['A1.1-003', 1, true, 2_000],
    ]);
  });

  it('before the end it is kept and shows nothing yet; the same file again changes nothing', async () => {
    const file = await fileOf(idOf(1), [{ itemId: 'A1.1-001', seq: 4, value: 'C' }]);
    expect(await take(file)).to.include({ answers: 1, late: 1 });
    const before = await AttemptModel.findById(idOf(1)).lean();
    expect(before?.late).to.equal(undefined);
    expect(await take(file)).to.include({ answers: 1, late: 1 });
    expect(await AttemptModel.findById(idOf(1)).lean()).to.deep.equal(before);
    expect(await evidenceOf(idOf(1))).to.have.length(1);
    const audited = { subject: `attempt:${idOf(1)}`, action: 'proctoring.answer-file.take' };
    expect(await AuditEntryModel.countDocuments(audited)).to.equal(1);
    await collect(app, idOf(1));
    expect((await AttemptModel.findById(idOf(1)).lean())?.late).to.include({ items: 1 });
  });

  it('after the collection it shows at once; an answer the candidate gave later elsewhere is not touched by it', async () => {
    await page.save([{ itemId: 'A1.1-002', seq: 1, value: ['B'] }]).expect(200);
    await collect(app, idOf(0));
    const file = await fileOf(idOf(0), [
      // Given two minutes before the stored one was saved: it was overtaken, whatever its seq.
      { itemId: 'A1.1-002', seq: 9, value: ['A'], changedAt: app.clock.now() - 120_000 },
      { itemId: 'A1.1-005', seq: 1, value: ['D', 'C', 'B', 'A'], changedAt: app.clock.now() },
    ]);
    expect(await take(file)).to.include({ answers: 2, late: 1 });
    expect((await AttemptModel.findById(idOf(0)).lean())?.late).to.include({ items: 1 });
    const chief = await app.signInAs('chief-invigilator');
    const path = `/api/rooms/${sitting.roomId}/late-answers/decision`;
    await chief.post(path, { attemptIds: [idOf(0)], accept: true, reason: '断网' }).expect(200);
    const stored = await AnswerModel.find({ attemptId: idOf(0) })
      .sort({ itemId: 1 })
      .lean();
    expect(stored.map(({ itemId, value }) => [itemId, value])).to.deep.equal([
      ['A1.1-001', 'A'],
      ['A1.1-002', ['B']],
      ['A1.1-003', true],
      ['A1.1-005', ['D', 'C', 'B', 'A']],
    ]);
    expect(await take(file)).to.include({ late: 0 });
  });

  it('refuses every other file, says why in both languages, and keeps nothing of it', async () => {
    const good = await fileOf(idOf(1), [{ itemId: 'A1.1-001', seq: 7, value: 'D' }]);
    const key = await keyOf(idOf(1));
    const other = await planSitting(app, 1);
    const turned = Buffer.from(good.ciphertext, 'base64').map((byte, i) => (i === 3 ? byte ^ 1 : byte));
    const cases: [string, object | string, RegExp][] = [
      ['an empty body', '', /not an answer file/],
      ['no JSON', '{"format":', /not an answer file/],
      ['other JSON', [], /not an answer file/],
      ['another format', { ...good, format: 'other' }, /not an answer file/],
      ['a version to come', { ...good, version: 2 }, /not an answer file/],
      ['a field too many', { ...good, roomId: 'x' }, /not an answer file/],
      ['no base64', { ...good, nonce: '<>' }, /not an answer file/],
      ['somebody of another room', { ...good, attemptId: other.people[0]?.attemptId }, /of this room/],
      ['nobody', { ...good, attemptId: 'att_nobody' }, /of this room/],
      ['somebody else’s, renamed', { ...good, attemptId: idOf(0) }, /changed/],
      ['somebody without a paper', { ...good, attemptId: idOf(2) }, /not received a paper/],
      ['a byte turned', { ...good, ciphertext: Buffer.from(turned).toString('base64') }, /changed/],
      ['cut short', { ...good, ciphertext: good.ciphertext.slice(0, 12) }, /changed/],
      ['another nonce length', { ...good, nonce: Buffer.alloc(16).toString('base64') }, /changed/],
      ['without its additional data', sealFile(idOf(1), key, { at: 1, answers: [] }, ''), /changed/],
      ['sealed text', sealFile(idOf(1), key, 'hello'), /changed/],
      ['no list', sealFile(idOf(1), key, { at: 1, answers: {} }), /changed/],
      [
        'an operator',
        sealFile(idOf(1), key, { at: 1, answers: [{ itemId: 'A1.1-001', seq: 1, value: { $gt: '' } }] }),
        /changed/,
      ],
      ['a seq below 1', await fileOf(idOf(1), [{ itemId: 'A1.1-001', seq: 0, value: 'A' }]), /changed/],
      [
        'an item of no paper',
        await fileOf(idOf(1), [{ itemId: 'Z9.9-001', seq: 1, value: 'A' }]),
        /Z9\.9-001/,
      ],
      ['a wrong value', await fileOf(idOf(1), [{ itemId: 'A1.1-003', seq: 1, value: 'yes' }]), /A1\.1-003/],
    ];
    const before = await AnswerHistoryModel.countDocuments();
    for (const [name, file, why] of cases) {
      const { status, body } = await bring(app, invigilator, sitting.roomId, file);
      expect([status, body.code], name).to.deep.equal([400, 'sitting.wrong-answer-file']);
      expect(body.en, name).to.match(why).and.not.match(HAN);
      expect(body.zh, name)
        .to.match(HAN)
        .and.not.match(/[a-z]{4}/);
    }
    const large = await bring(app, invigilator, sitting.roomId, 'x'.repeat(1024 * 1024 + 1));
    expect(large.body.code).to.equal('platform.body-too-large');
    expect(await AnswerHistoryModel.countDocuments()).to.equal(before);
  });

  it('takes files from the room’s staff alone', async () => {
    const file = await fileOf(idOf(1), [{ itemId: 'A1.1-001', seq: 8, value: 'D' }]);
    await bring(app, await app.signInAs('invigilator'), sitting.roomId, file).expect(404);
    await bring(app, sitting.officer, sitting.roomId, file).expect(403);
    await bring(app, await app.candidateOf(sitting.people[1]!), sitting.roomId, file).expect(403);
  });
});
