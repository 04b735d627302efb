/** The saving thread: opens the data directory, listens, keeps house. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { AddressInfo, ListenOptions } from 'node:net';
import path from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import type { Binary } from 'bson';
import type { Doc } from './bson-codec.ts';
import { prepareTables } from './catalog.ts';
import { commandName } from './commands/registry.ts';
import { DirectView } from './direct-view.ts';
import { MongoError } from './errors.ts';
import { FailPoints } from './fail-points.ts';
import { lockDirectory } from './lock.ts';
import type { FromStore, StoreStats, ToStore, WorkerSettings } from './messages.ts';
import { Reader } from './reader.ts';
import { Scheduler, type Answer } from './scheduler.ts';
import { Sql } from './sqlite.ts';
import { Transactions } from './transactions.ts';
import { expire } from './ttl.ts';
import { helloReply, serve, unauthorized, type Connection, type Handler } from './wire.ts';

type Settings = Extract<WorkerSettings, { role: 'store' }>;

const HELLO = new Set(['hello', 'isMaster', 'ismaster']);
const CHECKPOINT_MS = 1000;
const SWEEP_MS = 10_000;

/** SASL PLAIN with the store's random secret, for loopback TCP. */
function authenticate(command: Doc, connection: Connection, secret: string): Doc {
  const payload = command['payload'] as Binary | undefined;
  const text = payload ? Buffer.from(payload.buffer.subarray(0, payload.position)).toString('utf8') : '';
  const given = createHash('sha256')
    .update(text.split('\0')[2] ?? '')
    .digest();
  const right = timingSafeEqual(given, createHash('sha256').update(secret).digest());
  if (command['mechanism'] !== 'PLAIN' || !right) throw new MongoError(18, 'Authentication failed.');
  connection.authenticated = true;
  return { conversationId: 1, done: true, payload: Buffer.alloc(0), ok: 1 };
}

class Store implements Handler {
  readonly scheduler: Scheduler;
  readonly reader: Reader;
  readonly #sql: Sql;
  readonly #settings: Settings;
  readonly #failPoints: FailPoints | null;
  readonly #me: string;
  #ttlSeconds = 60;
  #ttlTimer: NodeJS.Timeout;

  constructor(settings: Settings) {
    const file = path.join(settings.dataDir, 'store.db');
    this.#settings = settings;
    this.#sql = new Sql(file);
    prepareTables(this.#sql);
    // the reading thread checkpoints; this is only the ceiling should it fall behind
    this.#sql.exec('PRAGMA wal_autocheckpoint=20000');
    const direct = new DirectView(this.#sql);
    this.reader = new Reader(file);
    this.scheduler = new Scheduler(direct, new Transactions(direct, file), (body) => this.reader.run(body));
    this.#failPoints = settings.testCommands ? new FailPoints(this.#sql) : null;
    this.#me = 'path' in settings.listen ? settings.listen.path : '127.0.0.1';
    this.#ttlTimer = this.#armTtl();
  }

  #armTtl(): NodeJS.Timeout {
    return setInterval(() => {
      expire(this.scheduler).catch(() => undefined);
    }, this.#ttlSeconds * 1000);
  }

  async run(command: Doc, body: Buffer, connection: Connection): Promise<Answer> {
    const name = commandName(command);
    const fault = this.#failPoints ? await this.#failPoints.before(name, command, connection) : null;
    if (HELLO.has(name)) return helloReply(connection, this.#me);
    if (name === 'saslStart' && 'secret' in this.#settings.listen)
      return authenticate(command, connection, this.#settings.listen.secret);
    if (!connection.authenticated) throw unauthorized();
    if (name === 'setParameter') return this.#setParameter(command);
    if (name === 'configureFailPoint' && this.#failPoints) return this.#failPoints.configure(command);
    const answer = await this.scheduler.submit(command, body);
    return fault && !Buffer.isBuffer(answer) && this.#failPoints
      ? this.#failPoints.after(fault, answer)
      : answer;
  }

  #setParameter(command: Doc): Doc {
    const seconds = Number(command['ttlMonitorSleepSecs']);
    if (!(seconds >= 1))
      throw new MongoError(72, 'the only parameter that can be set is ttlMonitorSleepSecs (≥ 1)');
    const was = this.#ttlSeconds;
    this.#ttlSeconds = seconds;
    clearInterval(this.#ttlTimer);
    this.#ttlTimer = this.#armTtl();
    return { was, ok: 1 };
  }

  sweep(): void {
    this.scheduler.sweep(Date.now());
  }

  stats(): StoreStats {
    const { scheduler } = this;
    return {
      ...scheduler.stats,
      openCursors: scheduler.cursors.size,
      openTransactions: scheduler.transactions.open,
      cpu: process.cpuUsage(),
    };
  }

  async close(): Promise<void> {
    clearInterval(this.#ttlTimer);
    this.scheduler.transactions.close();
    await this.reader.close();
    this.#sql.close();
  }
}

/** Runs the store until told to close. @throws DirectoryLocked, and what SQLite throws on a bad file */
export async function runStore(port: MessagePort, settings: Settings): Promise<void> {
  const unlock = lockDirectory(settings.dataDir, 'path' in settings.listen ? settings.listen.path : '');
  const store = new Store(settings);
  const trusted = 'path' in settings.listen;
  const address: ListenOptions =
    'path' in settings.listen ? { path: settings.listen.path } : { host: '127.0.0.1', port: 0 };
  const server = await serve(store, address, trusted);
  const timers = [
    setInterval(() => {
      store.reader.checkpoint();
    }, CHECKPOINT_MS),
    setInterval(() => {
      store.sweep();
    }, SWEEP_MS),
  ];
  const say = (message: FromStore): void => {
    port.postMessage(message);
  };
  const close = async (): Promise<void> => {
    for (const timer of timers) clearInterval(timer);
    store.scheduler.drain();
    await new Promise((resolve) => server.close(resolve));
    await store.close();
    unlock();
    say({ type: 'closed' });
    port.close();
  };
  port.on('message', (message: ToStore) => {
    if (message.type === 'stats') say({ type: 'stats', id: message.id, stats: store.stats() });
    else void close();
  });
  say({ type: 'ready', port: trusted ? null : (server.address() as AddressInfo).port });
}
