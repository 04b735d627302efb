import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { PAGE_PROTOCOL } from '../../../src/sitting/attempt.contract.ts';
import { undoAtExit } from '../../lab/cleanup.ts';
import { LabHttp } from '../../lab/http.ts';

/** As long as a session's cookie. */
const COOKIE = `kaochang_session=${'x'.repeat(300)}`;

async function startEcho(): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(join(import.meta.dirname, '../echo-server.ts'), { execArgv: ['--import', 'tsx'] });
  const { port } = await new Promise<{ port: number }>((done, failed) => {
    child.once('message', (message) => {
      done(message as { port: number });
    });
    child.once('exit', () => {
      failed(new Error('the echo server did not start'));
    });
  });
  return { child, url: `http://127.0.0.1:${port}` };
}

/** Requests a second that the bare handler answers to this client, `clients` connections in a closed loop. */
export async function echoRate(clients: number, seconds: number): Promise<number> {
  const { child, url } = await startEcho();
  const forget = undoAtExit(() => child.kill('SIGKILL'));
  const connections = Array.from({ length: clients }, () => new LabHttp(url));
  for (const one of connections) one.cookie = COOKIE;
  try {
    // The first round connects and warms up; it does not count.
    await Promise.all(connections.map((one) => put(one, 1)));
    const since = performance.now();
    const until = since + seconds * 1000;
    let answered = 0;
    await Promise.all(
      connections.map(async (one) => {
        for (let seq = 1; performance.now() < until; seq += 1) {
          await put(one, seq);
          answered += 1;
        }
      }),
    );
    return answered / ((performance.now() - since) / 1000);
  } finally {
    await Promise.all(connections.map((one) => one.close()));
    child.kill('SIGKILL');
    forget();
  }
}

const put = (one: LabHttp, seq: number): Promise<unknown> =>
  one.put('/api/attempts/att_0123456789abcdefghij/answers', {
    protocol: PAGE_PROTOCOL,
    fence: 1,
    answers: [{ itemId: 'A1.1-001', seq, value: 'B' }],
  });
