import { expect } from 'chai';
import supertest from 'supertest';
import { startTestApp, type TestApp } from '../support/app.ts';

describe('people: accounts and sessions', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.close());

  const account = { login: 'wang.li', name: '王丽', roles: ['exam-officer'], password: 'correct horse' };

  it('signs a new staff member in by name and password, in an httpOnly SameSite cookie', async () => {
    const administrator = await app.signInAs('administrator');
    await administrator.post('/api/accounts', account).expect(201);
    const response = await app.anonymous
      .post('/api/sign-in', { login: 'wang.li', password: 'correct horse' })
      .expect(200);
    const cookie = String(response.headers['set-cookie']);
    expect(cookie)
      .to.match(/HttpOnly/)
      .and.match(/SameSite=Strict/);
    const me = await app.clientOf(response.headers['set-cookie']).get('/api/me').expect(200);
    expect(me.body).to.include({ kind: 'staff', name: '王丽' });
    expect(me.body.roles).to.deep.equal(['exam-officer']);
  });

  it('answers a wrong password and an unknown name alike', async () => {
    const wrong = await app.anonymous
      .post('/api/sign-in', { login: 'wang.li', password: 'wrong' })
      .expect(401);
    const unknown = await app.anonymous
      .post('/api/sign-in', { login: 'nobody', password: 'wrong' })
      .expect(401);
    expect(wrong.body).to.deep.equal(unknown.body);
    expect(wrong.body.code).to.equal('people.wrong-credentials');
    expect(wrong.headers['content-type']).to.match(/problem\+json/);
  });

  it('refuses a taken name and a short password with the field', async () => {
    const administrator = await app.signInAs('administrator');
    const taken = await administrator.post('/api/accounts', account).expect(409);
    expect(taken.body).to.include({ code: 'people.login-taken', field: '/login' });
    const weak = await administrator
      .post('/api/accounts', { ...account, login: 'other', password: 'short' })
      .expect(400);
    expect(weak.body).to.include({ code: 'people.weak-password', field: '/password' });
  });

  it('makes a session useless the moment it is ended', async () => {
    const signedIn = await app.anonymous.post('/api/sign-in', {
      login: 'wang.li',
      password: 'correct horse',
    });
    const client = app.clientOf(signedIn.headers['set-cookie']);
    await client.get('/api/institutions').expect(200);
    await client.post('/api/sign-out').expect(200);
    await client.get('/api/institutions').expect(401);
  });

  it('applies changed roles to open sessions at once', async () => {
    const administrator = await app.signInAs('administrator');
    const officer = await app.signInAs('exam-officer');
    await officer.get('/api/institutions').expect(200);
    await administrator.put(`/api/accounts/${officer.id}/roles`, { roles: ['invigilator'] }).expect(200);
    await officer.get('/api/institutions').expect(403);
  });

  it('limits guesses at one name', async () => {
    let last = 0;
    for (let i = 0; i < 25 && last !== 429; i += 1) {
      last = (await app.anonymous.post('/api/sign-in', { login: 'guess', password: 'x' })).status;
    }
    expect(last).to.equal(429);
    await app.anonymous.post('/api/sign-in', { login: 'somebody-else', password: 'x' }).expect(401);
  });

  it('renews a session in use and ends one that is not', async () => {
    const officer = await app.signInAs('exam-officer');
    app.clock.advance(7 * 3600_000);
    const renewed = await officer.get('/api/institutions').expect(200);
    expect(String(renewed.headers['set-cookie'])).to.match(/kaochang_session=/);
    const idle = await app.signInAs('exam-officer');
    app.clock.advance(12.1 * 3600_000);
    await idle.get('/api/institutions').expect(401);
  });

  it('refuses operators and prototype names in a body, unknown fields, bad JSON and 5 MB', async () => {
    const send = (body: string) =>
      supertest(app.url).post('/api/sign-in').set('content-type', 'application/json').send(body);
    expect((await send('{"login":{"$gt":""},"password":"x"}')).body.field).to.equal('/login/$gt');
    expect(
      (await send('{"__proto__":{"roles":["administrator"]},"login":"a","password":"x"}')).status,
    ).to.equal(400);
    expect((await send('{"login":"a","password":"x","roles":["administrator"]}')).body.field).to.equal(
      '/roles',
    );
    expect((await send('{"login":')).body.code).to.equal('platform.malformed-json');
    expect((await send(JSON.stringify({ login: 'a', password: 'x'.repeat(5_000_000) }))).body.code).to.equal(
      'platform.body-too-large',
    );
  });

  it('refuses a request from another site, and the demo clock outside the demo', async () => {
    const administrator = await app.signInAs('administrator');
    const foreign = await administrator
      .post('/api/demo/clock', { minutes: 5 })
      .set('origin', 'http://evil.example');
    expect(foreign.body.code).to.equal('platform.foreign-origin');
    const refused = await administrator.post('/api/demo/clock', { minutes: 5 }).expect(403);
    expect(refused.body.code).to.equal('platform.demo-only');
  });
});
