import { expect } from 'chai';
import supertest from 'supertest';
import type { Problem } from '../../src/shared/errors/index.ts';
import { startTestApp, type Client, type TestApp } from '../support/app.ts';
import { sampleBank, sampleItem } from '../support/items.ts';
import {
  answering,
  openRoom,
  planSitting,
  signInAtSeat,
  startRoom,
  type PageClient,
  type SeatedPerson,
  type TestSitting,
} from '../support/sitting.ts';
import { theoryTemplate } from '../support/templates.ts';

const HAN = /\p{Script=Han}/u;
const MEGABYTE = 1024 * 1024;

/** The answer is a problem document with this code, told in both languages. */
async function refused(request: supertest.Test, status: number, code: string): Promise<Problem> {
  const answer = await request;
  const problem = answer.body as Problem;
  const where = `${request.method} ${request.url}: ${JSON.stringify(problem).slice(0, 400)}`;
  expect(answer.status, where).to.equal(status);
  expect(answer.type, where).to.equal('application/problem+json');
  expect(problem, where).to.include({ code, status, type: `urn:kaochang:error:${code}` });
  expect(problem.zh, where).to.match(HAN);
  expect(problem.en, where)
    .to.match(/[a-z]{3}/)
    .and.not.match(HAN);
  // Every place in the texts is filled, and nothing of the machine shows through.
  expect(`${problem.zh} ${problem.en}`, where).not.to.match(/\{\w+\}|undefined|\bat \w+ \(|node_modules/);
  return problem;
}

interface Issue {
  path: string;
  code: string;
  zh: string;
  en: string;
  [fact: string]: unknown;
}
const issuesOf = (problem: Problem): Issue[] => (problem.issues ?? []) as unknown as Issue[];

describe('security: bad input is refused clearly', () => {
  let app: TestApp;
  let officer: Client;
  before(async () => {
    app = await startTestApp();
    officer = await app.signInAs('exam-officer');
  });
  after(() => app.close());

  /** Sends text as it is: what no JSON.stringify would make. */
  const raw = (client: Client, method: 'post' | 'put', path: string, text: string): supertest.Test =>
    supertest(app.url)
      [method](path)
      .set('cookie', client.cookie)
      .set('content-type', 'application/json')
      .send(text);

  describe('banks and templates', () => {
    const importing = (bank: object) => officer.post('/api/bank/imports?file=A1.json', bank);

    it('a broken bank: each fault by its place, in both languages, and nothing is imported', async () => {
      const faulty = sampleBank([
        sampleItem('single', 1),
        sampleItem('single', 2, 'A1.1', { key: 'H' }),
        sampleItem('numeric', 3, 'A1.1', { key: { value: 'twelve', tolerance: '0' } }),
        sampleItem('ordering', 4, 'A1.1', { stem: undefined }),
      ]);
      const problem = await refused(importing(faulty), 422, 'bank.import-refused');
      const issues = issuesOf(problem);
      expect(issues.map(({ path }) => path.split('/').slice(0, 3).join('/'))).to.include.members([
        '/items/1',
        '/items/2',
        '/items/3',
      ]);
      for (const { zh, en } of issues) {
        expect(zh).to.match(HAN);
        expect(en).to.match(/[a-z]{3}/);
      }
      expect((await officer.get('/api/bank/items').expect(200)).body.total).to.equal(0);
    });

    it('a bank that is no bank, and JSON that is no JSON', async () => {
      await refused(importing({ level: 'junior', items: 'all of them' }), 422, 'bank.import-refused');
      await refused(
        raw(officer, 'post', '/api/bank/imports', '{"level": "junior", '),
        400,
        'platform.malformed-json',
      );
      await refused(raw(officer, 'post', '/api/bank/imports', '"a text"'), 400, 'platform.malformed-json');
    });

    it('an item id twice, naming the second', async () => {
      const twice = sampleBank([sampleItem('single', 1), sampleItem('true-false', 1)]);
      const [issue] = issuesOf(await refused(importing(twice), 422, 'bank.import-refused'));
      expect(issue).to.include({ code: 'bank.duplicate-id', path: '/items/1/id' });
      expect(issue?.en).to.include('A1.1-001');
      expect(issue?.zh).to.include('A1.1-001');
    });

    it('a content code that the syllabus does not have', async () => {
      const unknown = sampleBank([sampleItem('single', 1, 'A1.9')]);
      const [issue] = issuesOf(await refused(importing(unknown), 422, 'bank.import-refused'));
      expect(issue).to.include({ code: 'bank.unknown-content', path: '/items/0/content' });
      expect(issue?.en).to.include('A1.9');
    });

    it('a template the bank cannot fill: which quota, and by how much', async () => {
      const items = [1, 2, 3].map((n) => sampleItem('single', n));
      await importing(sampleBank(items)).expect(200);
      const parts = [
        { id: 'single', title: { zh: '单选', en: 'Single' }, types: ['single'], count: 10, pointsEach: 10 },
      ];
      const quotas = { byContent: { 'A1.2': { min: 2, max: 10 } } };
      const template = { ...theoryTemplate('junior'), code: 'too-much', forms: 1, parts, quotas };
      await officer.post('/api/assembly/templates', template).expect(201);
      const making = officer.post('/api/assembly/templates/too-much/forms');
      const problem = await refused(making, 409, 'assembly.infeasible');
      const issues = issuesOf(problem);
      expect(problem.params).to.include({ code: 'too-much', pool: 3, count: issues.length });
      const short = issues.filter(({ code }) => code === 'assembly.quota-short');
      const figures = short.map(({ en }) =>
        en.match(/needs (\d+) or more and can have (\d+); write at least (\d+)/),
      );
      // 7 of the 10 single-choice items are missing, and both items of A1.2.
      expect(figures.map((found) => found?.slice(1).map(Number))).to.deep.include.members([
        [10, 3, 7],
        [2, 0, 2],
      ]);
      expect(short.some(({ en, zh }) => en.includes('A1.2') && zh.includes('A1.2'))).to.equal(true);
    });
  });

  describe('candidates', () => {
    let sitting: TestSitting;
    let me: SeatedPerson;
    let other: SeatedPerson;
    let candidate: PageClient;

    before(async () => {
      sitting = await planSitting(app, 2);
      [me, other] = sitting.people as [SeatedPerson, SeatedPerson];
      await openRoom(app, sitting);
      await signInAtSeat(app, sitting, other);
      await startRoom(app, sitting);
      candidate = await answering(app, sitting, me);
    });

    it('a wrong admission number and a wrong ID tail are told alike', async () => {
      const ticket = {
        admissionNumber: me.admissionNumber,
        idTail: me.idTail,
        seat: me.seat,
        roomId: sitting.roomId,
      };
      const signIn = (change: object) => app.anonymous.post('/api/exam/sign-in', { ...ticket, ...change });
      const number = await refused(signIn({ admissionNumber: 'NOBODY0001' }), 401, 'sitting.wrong-admission');
      const tail = await refused(signIn({ idTail: 'zzzz' }), 401, 'sitting.wrong-admission');
      expect(number).to.deep.equal(tail);
    });

    it('an answer to somebody else’s attempt, as if it were not there', async () => {
      const answers = [{ itemId: 'A1.1-001', seq: 1, value: 'A' }];
      const theirs = candidate.put(`/api/attempts/${other.attemptId}/answers`, { answers });
      const nobodys = candidate.put('/api/attempts/att_nobody/answers', { answers });
      expect(await refused(theirs, 404, 'platform.not-found')).to.deep.equal(
        await refused(nobodys, 404, 'platform.not-found'),
      );
      for (const path of ['', '/paper', '/paper-key', '/answers'])
        await refused(candidate.get(`/api/attempts/${other.attemptId}${path}`), 404, 'platform.not-found');
      await refused(candidate.post(`/api/attempts/${other.attemptId}/hand-in`), 404, 'platform.not-found');
    });

    it('answers to items that are not on the paper, and values of the wrong kind', async () => {
      const put = (itemId: string, value: unknown) => candidate.save([{ itemId, seq: 1, value }]);
      await refused(put('A8.2-999', 'A'), 400, 'sitting.wrong-answer');
      await refused(put('A1.1-001', ['A']), 400, 'sitting.wrong-answer');
      await refused(put('A1.1-001', 'Z'), 400, 'sitting.wrong-answer');
      await refused(put('A1.1-001', { $gt: '' }), 400, 'platform.invalid-body');
    });

    it('query operators and prototype names, wherever they are put', async () => {
      const operator = { $gt: '' };
      const bodies: readonly [Client, 'post' | 'put', string, object][] = [
        [app.anonymous, 'post', '/api/sign-in', { login: operator, password: operator }],
        [
          app.anonymous,
          'post',
          '/api/exam/sign-in',
          { admissionNumber: operator, idTail: operator, seat: 1 },
        ],
        [app.anonymous, 'post', '/api/results/query', { admissionNumber: operator, idTail: operator }],
        [app.anonymous, 'post', '/api/verify', { number: operator, name: operator }],
        [
          candidate,
          'put',
          `/api/attempts/${me.attemptId}/answers`,
          { answers: [{ itemId: operator, seq: 1 }] },
        ],
        [officer, 'post', '/api/exams', { code: operator }],
        [officer, 'post', '/api/candidates', { candidates: [{ name: operator }] }],
        [officer, 'post', '/api/bank/imports', { level: operator, items: [] }],
        [officer, 'post', '/api/assembly/templates', { code: operator }],
      ];
      for (const [client, method, path, body] of bodies) {
        await refused(client[method](path, body), 400, 'platform.invalid-body');
        const inner = JSON.stringify(body).slice(1);
        for (const name of ['__proto__', 'constructor', '$where']) {
          const problem = await refused(
            raw(client, method, path, `{"${name}":{"roles":["administrator"]},${inner}`),
            400,
            'platform.invalid-body',
          );
          expect(problem.field, path).to.be.a('string');
        }
      }
      expect(({} as { roles?: unknown }).roles).to.equal(undefined);
    });

    it('query operators in the address', async () => {
      for (const path of [
        '/api/exams?page[$gt]=',
        '/api/candidates?$where=1',
        '/api/bank/items?level[$ne]=junior',
      ])
        await refused(officer.get(path), 400, 'platform.invalid-body');
      const asId = officer.get(`/api/exams/${encodeURIComponent('{"$gt":""}')}`);
      await refused(asId, 404, 'platform.not-found');
    });

    it('a body of 5 MB, before it is read', async () => {
      const text = JSON.stringify({ login: 'x'.repeat(5 * MEGABYTE), password: 'x' });
      const places: readonly [Client, 'post' | 'put', string][] = [
        [app.anonymous, 'post', '/api/sign-in'],
        [app.anonymous, 'post', '/api/exam/sign-in'],
        [candidate, 'put', `/api/attempts/${me.attemptId}/answers`],
        [officer, 'post', '/api/assembly/templates'],
        [officer, 'post', '/api/bank/scenarios'],
      ];
      for (const [client, method, path] of places) {
        const problem = await refused(raw(client, method, path, text), 413, 'platform.body-too-large');
        expect(problem.en).to.match(/\d+ KiB/);
      }
    });

    it('leaves the candidate’s own answers as they were', async () => {
      const path = `/api/attempts/${me.attemptId}/answers`;
      expect((await candidate.get(path).expect(200)).body.items).to.deep.equal([]);
      await candidate.save([{ itemId: 'A1.1-001', seq: 1, value: 'A' }]).expect(200);
    });
  });
});
