import { expect } from 'chai';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { planSitting, type TestSitting } from '../support/sitting.ts';
import { skillTemplate } from '../support/templates.ts';

const criteria = skillTemplate('junior').parts.flatMap((part) =>
  part.kind === 'on-site' ? part.criteria : [],
);
/** Full points less `off` on the first criterion. */
const scores = (off = 0): Record<string, string> =>
  Object.fromEntries(
    criteria.map(({ id, points }, index) => [id, String(index === 0 ? points - off : points)]),
  );

describe('marking: examiners’ sheets', () => {
  let app: TestApp;
  let sitting: TestSitting;
  let attemptId: string;
  const sheet = (client: Client, body: object) => client.put(`/api/attempts/${attemptId}/sheet`, body);
  const seal = (client: Client) => client.post(`/api/attempts/${attemptId}/sheet/seal`);
  const examiner = (index: number): Client => sitting.staff[index] as Client;

  before(async () => {
    app = await startTestApp();
    sitting = await planSitting(app, 2, { part: 'skill' });
    attemptId = sitting.people[0]?.attemptId ?? '';
    await AttemptModel.updateMany(
      { sittingId: sitting.sittingId },
      { $set: { startedAt: app.clock.now(), state: 'answering' } },
    );
  });
  after(() => app.close());

  it('lists an examiner’s rooms and sheets by seat, without a name', async () => {
    const rooms = await examiner(0).get('/api/marking/rooms').expect(200);
    expect(rooms.body.items).to.have.length(1);
    const list = await examiner(0).get(`/api/rooms/${sitting.roomId}/sheets`).expect(200);
    expect(list.body.sheets).to.have.length(2);
    expect(JSON.stringify(list.body)).not.to.include(sitting.people[0]?.name);
  });

  it('keeps other people out', async () => {
    const stranger = await app.signInAs('examiner');
    await stranger.get(`/api/rooms/${sitting.roomId}/sheets`).expect(404);
    await sheet(stranger, { scores: scores() }).expect(404);
  });

  it('refuses scores outside the scale and unknown criteria, naming the field', async () => {
    const [first] = criteria;
    const above = await sheet(examiner(0), { scores: { [first?.id ?? '']: '99' } }).expect(400);
    expect(above.body).to.include({ code: 'marking.outside-scale', field: `/scores/${first?.id ?? ''}` });
    const unknown = await sheet(examiner(0), { scores: { nothing: '1' } }).expect(400);
    expect(unknown.body.code).to.equal('marking.criterion-unknown');
  });

  it('saves drafts, and seals only a complete sheet', async () => {
    const [first] = criteria;
    await sheet(examiner(0), { scores: { [first?.id ?? '']: '1' } }).expect(200);
    expect((await seal(examiner(0)).expect(409)).body.code).to.equal('marking.criterion-missing');
    await sheet(examiner(0), { scores: scores(), note: 'steady work' }).expect(200);
    await seal(examiner(0)).expect(200);
    expect((await seal(examiner(0)).expect(409)).body.code).to.equal('marking.sheet-sealed');
    expect((await sheet(examiner(0), { scores: scores(1) }).expect(409)).body.code).to.equal(
      'marking.sheet-sealed',
    );
  });

  it('shows nobody’s scores to anybody while one sheet is open', async () => {
    const chief = await app.signInAs('chief-invigilator');
    for (const client of [examiner(0), examiner(1), chief]) {
      const refused = await client.get(`/api/attempts/${attemptId}/sheets`).expect(409);
      expect(refused.body).to.include({ code: 'marking.sheets-open' });
    }
    const others = await examiner(1).get(`/api/rooms/${sitting.roomId}/sheets`).expect(200);
    expect(JSON.stringify(others.body)).not.to.include('steady work');
  });

  it('discloses all at once, and says when they lie too far apart', async () => {
    const limit = skillTemplate('junior').examiners.spreadLimit;
    const far = Object.fromEntries(Object.keys(scores()).map((id) => [id, '0']));
    await sheet(examiner(1), { scores: scores() }).expect(200);
    await seal(examiner(1)).expect(200);
    await sheet(examiner(2), { scores: far }).expect(200);
    await seal(examiner(2)).expect(200);
    const { body } = await examiner(2).get(`/api/attempts/${attemptId}/sheets`).expect(200);
    expect(body.sheets).to.have.length(3);
    expect(body).to.include({ beyondLimit: true, spreadLimit: limit, adjudicated: false });
  });

  it('takes an adjudication from somebody who did not judge, and from nobody else', async () => {
    const body = { scores: scores(2), reason: 'watched the recording' };
    const judged = await examiner(0).post(`/api/attempts/${attemptId}/adjudication`, body).expect(409);
    expect(judged.body.code).to.equal('marking.adjudicator-judged');
    const outsider = await app.signInAs('examiner');
    await outsider.post(`/api/attempts/${attemptId}/adjudication`, body).expect(200);
    const progress = await sitting.officer.get(`/api/sittings/${sitting.sittingId}/marking`).expect(200);
    expect(progress.body).to.include({ adjudicationsOpen: 0, sheetsOpen: 3, marked: false });
  });

  it('does not mark a sitting that has not been collected', async () => {
    const refused = await sitting.officer.post(`/api/sittings/${sitting.sittingId}/marking`).expect(409);
    expect(refused.body.code).to.equal('marking.not-collected');
  });
});
