import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import supertest from 'supertest';
import { readConfig, rotateTokenSecret } from '../../src/config.ts';
import { startTestApp } from '../support/app.ts';
import { answering, openRoom, planSitting, startRoom } from '../support/sitting.ts';

describe('sessions across a rotation of the token secret', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kaochang-rotation-'));
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  it('go on, are renewed under the new secret, and end when theirs is dropped', async () => {
    const before = await startTestApp({ dataDir });
    const sitting = await planSitting(before, 1, { startsIn: 0.05 });
    await openRoom(before, sitting);
    await startRoom(before, sitting);
    const page = await answering(before, sitting, sitting.people[0]!);
    await before.close();

    const passphrase = readConfig({ dataDir }, {}).certificatePassphrase;
    rotateTokenSecret(dataDir);
    expect(readConfig({ dataDir }, {}).certificatePassphrase).to.equal(passphrase);
    const after = await startTestApp({ dataDir });
    const ask = (cookie: string) =>
      supertest(after.url).get(`/api/attempts/${page.attemptId}`).set('cookie', cookie);
    const answer = await ask(page.cookie).expect(200);
    const renewed = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    expect(renewed)
      .to.match(/^kaochang_session=/)
      .and.not.equal(page.cookie);
    // A lab computer whose clock is a day ahead must still keep it.
    const maxAge = Number(/max-age=(\d+)/i.exec(String(answer.headers['set-cookie']))?.[1]);
    expect(maxAge).to.be.above(7 * 24 * 3600);
    await ask(renewed).expect(200);
    await after.close();

    const forgotten = await startTestApp({ dataDir, previousTokenSecrets: [] });
    const strict = (cookie: string) =>
      supertest(forgotten.url).get(`/api/attempts/${page.attemptId}`).set('cookie', cookie);
    await strict(page.cookie).expect(401);
    await strict(renewed).expect(200);
    await forgotten.close();
  });
});
