import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import supertest from 'supertest';
import { startApp, type App } from '../../src/app.ts';
import { readConfig, type Config } from '../../src/config.ts';
import { AccountModel } from '../../src/people/account.model.ts';
import { hashPassword } from '../../src/platform/auth/password.ts';
import { forgetSessions, openSession } from '../../src/platform/auth/sessions.ts';
import { movableClock, type MovableClock } from '../../src/platform/clock.ts';
import type { Role } from '../../src/shared/roles.ts';

/** A signed-in (or anonymous) client of the HTTP interface, with its cookie. */
export interface Client {
  /** Account id, or candidate id; empty when anonymous. */
  id: string;
  cookie: string;
  get(path: string): supertest.Test;
  post(path: string, body?: object): supertest.Test;
  put(path: string, body?: object): supertest.Test;
  patch(path: string, body?: object): supertest.Test;
  delete(path: string): supertest.Test;
  /** Opens a socket as this person; connected when it resolves. Closed with the test application. */
  socket(): Promise<Socket>;
}

/** A whole application on a fresh store in a temporary folder. */
export interface TestApp extends App {
  clock: MovableClock;
  anonymous: Client;
  /** A new staff member with these roles, signed in. */
  signInAs(...roles: Role[]): Promise<Client>;
  /** A candidate's session on an attempt. */
  candidateOf(attempt: { attemptId: string; candidateId: string; name?: string }): Promise<Client>;
  /** Wraps a Set-Cookie header, from a sign-in under test, as a client. */
  clientOf(setCookie: string | string[] | undefined, id?: string): Client;
}

/**
 * Starts an application for tests; call `close()` in `after`. Not in the demo configuration unless asked.
 * A `dataDir` given stays after the close and is the caller's to delete.
 */
export async function startTestApp(overrides: Partial<Config> = {}): Promise<TestApp> {
  const dataDir = overrides.dataDir ?? mkdtempSync(join(tmpdir(), 'kaochang-test-'));
  forgetSessions();
  const clock = movableClock();
  const app = await startApp(
    readConfig(
      {
        port: 0,
        host: '127.0.0.1',
        logLevel: process.env['LOG_LEVEL'] ?? 'silent',
        demo: false,
        mongodbUri: undefined,
        ...overrides,
        dataDir,
      },
      {},
    ),
    { clock },
  );
  const sockets: Socket[] = [];
  const { tls } = app.ctx.config;
  const ca = tls === undefined ? undefined : readFileSync(join(dirname(tls.certificate), 'ca.crt'), 'utf8');
  const client = (id: string, cookie: string): Client =>
    makeClient({ url: app.url, ca }, id, cookie, sockets);
  // One hash for every test account: scrypt is slow on purpose.
  const passwordHash = await hashPassword('test password');
  let accounts = 0;
  return {
    ...app,
    clock,
    anonymous: client('', ''),
    async signInAs(...roles) {
      accounts += 1;
      const account = {
        _id: app.ctx.random.id('acc'),
        login: `test-${roles[0] ?? 'staff'}-${accounts}`,
        name: `Test ${accounts}`,
        roles,
        passwordHash,
        active: true,
        createdAt: clock.now(),
      };
      await AccountModel.create(account);
      const { token } = await openSession(app.ctx, {
        kind: 'staff',
        subjectId: account._id,
        name: account.name,
        roles,
        address: '127.0.0.1',
      });
      return client(account._id, `kaochang_session=${token}`);
    },
    async candidateOf({ attemptId, candidateId, name }) {
      const { token } = await openSession(app.ctx, {
        kind: 'candidate',
        subjectId: candidateId,
        attemptId,
        name: name ?? 'Candidate',
        roles: ['candidate'],
        address: '127.0.0.1',
      });
      return client(candidateId, `kaochang_session=${token}`);
    },
    clientOf(setCookie, id = '') {
      const header = Array.isArray(setCookie) ? setCookie[0] : setCookie;
      return client(id, (header ?? '').split(';')[0] ?? '');
    },
    async close() {
      for (const socket of sockets) socket.disconnect();
      await app.close();
      if (overrides.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Where the server is, and the authority (PEM) to trust when that is over https. */
interface Address {
  url: string;
  ca: string | undefined;
}

function makeClient({ url, ca }: Address, id: string, cookie: string, sockets: Socket[]): Client {
  const agent = supertest(url);
  const send = (test: supertest.Test, body?: object): supertest.Test => {
    if (ca !== undefined) test.ca(ca);
    const withCookie = cookie === '' ? test : test.set('cookie', cookie);
    return body === undefined ? withCookie : withCookie.send(body);
  };
  return {
    id,
    cookie,
    get: (path) => send(agent.get(path)),
    post: (path, body) => send(agent.post(path), body ?? {}),
    put: (path, body) => send(agent.put(path), body ?? {}),
    patch: (path, body) => send(agent.patch(path), body ?? {}),
    delete: (path) => send(agent.delete(path)),
    async socket() {
      const socket = io(url, {
        path: '/live',
        transports: ['websocket'],
        extraHeaders: { cookie },
        reconnection: false,
        ...(ca === undefined ? {} : { ca }),
      });
      sockets.push(socket);
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      return socket;
    },
  };
}
