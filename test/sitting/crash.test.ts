import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { PAGE_PROTOCOL } from '../../src/sitting/attempt.contract.ts';
import { startTestApp } from '../support/app.ts';
import { answering, openRoom, planSitting, startRoom } from '../support/sitting.ts';

const root = resolve(import.meta.dirname, '../..');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The real server as a process of its own; resolves when it answers. */
async function startServer(dataDir: string, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  });
  for (let i = 0; i < 600; i += 1) {
    const up = await fetch(`http://127.0.0.1:${port}/api/me`).then(
      (r) => r.ok,
      () => false,
    );
    if (up) return child;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the server did not start');
}

const dead = (child: ChildProcess): Promise<unknown> => new Promise((done) => child.once('exit', done));

describe('sitting: kill -9 while answering', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kaochang-crash-'));
  let child: ChildProcess | undefined;
  after(() => {
    child?.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('has every acknowledged answer after the restart, and nothing from nowhere', async () => {
    // Plan and start a sitting in this process, then leave its data folder to the server under test.
    const app = await startTestApp({ dataDir });
    const sitting = await planSitting(app, 2, { startsIn: 0.05 });
    await openRoom(app, sitting);
    await startRoom(app, sitting);
    const person = sitting.people[0]!;
    const client = await answering(app, sitting, person);
    await app.close();

    const port = await freePort();
    const url = `http://127.0.0.1:${port}/api/attempts/${person.attemptId}/answers`;
    const headers = { cookie: client.cookie, 'content-type': 'application/json' };
    const acknowledged = new Map<string, number>();
    const items = ['A1.1-001', 'A1.1-003', 'A1.1-004'];
    const values: Record<string, (seq: number) => unknown> = {
      'A1.1-001': (seq) => 'ABCD'[seq % 4],
      'A1.1-003': (seq) => seq % 2 === 0,
      'A1.1-004': (seq) => String(seq),
    };
    let seq = 0;
    for (let round = 0; round < 3; round += 1) {
      const server = await startServer(dataDir, port);
      child = server;
      const gone = dead(server);
      const life = { over: false };
      void gone.then(() => (life.over = true));
      const writer = async (itemId: string): Promise<void> => {
        while (!life.over) {
          seq += 1;
          const mine = seq;
          const body = JSON.stringify({
            protocol: PAGE_PROTOCOL,
            fence: client.fence,
            answers: [{ itemId, seq: mine, value: values[itemId]?.(mine) }],
          });
          const ok = await fetch(url, { method: 'PUT', headers, body }).then(
            (r) => r.ok,
            () => false,
          );
          if (ok) acknowledged.set(itemId, Math.max(mine, acknowledged.get(itemId) ?? 0));
        }
      };
      const writers = items.map(writer);
      await new Promise((done) => setTimeout(done, 300 + round * 170));
      server.kill('SIGKILL');
      await Promise.all([gone, ...writers]);
    }
    expect(acknowledged.size).to.equal(items.length);

    child = await startServer(dataDir, port);
    const response = await fetch(url, { headers: { cookie: client.cookie } });
    const { items: stored } = (await response.json()) as {
      items: { itemId: string; seq: number; value: unknown }[];
    };
    expect(stored.map((a) => a.itemId)).to.deep.equal(items);
    for (const answer of stored) {
      expect(answer.seq, answer.itemId).to.be.at.least(acknowledged.get(answer.itemId) ?? Infinity);
      expect(answer.seq).to.be.at.most(seq);
      expect(answer.value).to.equal(values[answer.itemId]?.(answer.seq));
    }
  });
});
