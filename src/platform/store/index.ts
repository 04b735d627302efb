/**
 * The embedded store: a database in the data directory that speaks MongoDB's wire protocol on a local socket, so that
 * the official driver and Mongoose run on it unmodified. The application does `mongoose.connect(store.uri)`.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { FromStore, StoreStats, ToStore, WorkerSettings } from './messages.ts';
import { startWorker } from './start-worker.ts';

export type { StoreStats } from './messages.ts';

export interface EmbeddedStore {
  /** connection string for the driver */
  uri: string;
  stats(): Promise<StoreStats>;
  /** Closes connections and files, and releases the directory. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** where the database lives; made if missing */
  dataDir: string;
  /** allow fail points (`configureFailPoint`), for fault and conformance tests only */
  testCommands?: boolean;
  /** listen on loopback TCP with a random secret even where there are Unix sockets */
  tcp?: boolean;
}

interface Address {
  listen: Extract<WorkerSettings, { role: 'store' }>['listen'];
  /** directory of the socket, removed at the end */
  directory: string | null;
}

/** Longest path of a Unix socket (sockaddr_un). */
const MAX_SOCKET_PATH = 103;
const PARAMETERS = 'directConnection=true&retryWrites=false';

function addressFor(options: StoreOptions): Address {
  if (process.platform === 'win32' || options.tcp)
    return { listen: { secret: randomBytes(24).toString('hex') }, directory: null };
  let directory = fs.mkdtempSync(path.join(options.dataDir, 'run-'));
  if (Buffer.byteLength(path.join(directory, 'store.sock')) > MAX_SOCKET_PATH) {
    fs.rmdirSync(directory);
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'kc-'));
  }
  // mkdtemp makes it 0700
  return { listen: { path: path.join(directory, 'store.sock') }, directory };
}

function uriOf({ listen }: Address, port: number | null): string {
  if ('path' in listen) return `mongodb://${encodeURIComponent(listen.path)}/?${PARAMETERS}`;
  return `mongodb://store:${listen.secret}@127.0.0.1:${String(port)}/?${PARAMETERS}&authMechanism=PLAIN&authSource=$external`;
}

class Running implements EmbeddedStore {
  readonly uri: string;
  readonly #worker: Worker;
  readonly #directory: string | null;
  readonly #waiting = new Map<number, (stats: StoreStats) => void>();
  #next = 1;
  #closing: Promise<void> | null = null;

  constructor(worker: Worker, address: Address, port: number | null) {
    this.#worker = worker;
    this.#directory = address.directory;
    this.uri = uriOf(address, port);
    worker.on('message', (message: FromStore) => {
      if (message.type !== 'stats') return;
      this.#waiting.get(message.id)?.(message.stats);
      this.#waiting.delete(message.id);
    });
  }

  stats(): Promise<StoreStats> {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#worker.postMessage({ type: 'stats', id } satisfies ToStore);
    });
  }

  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      this.#worker.once('exit', () => {
        if (this.#directory) fs.rmSync(this.#directory, { recursive: true, force: true });
        resolve();
      });
      // never terminate(): that aborts the process in the middle of a statement
      this.#worker.postMessage({ type: 'close' } satisfies ToStore);
    });
    return this.#closing;
  }
}

/**
 * Starts the embedded store over a data directory.
 * @throws Error named DirectoryLocked when another process works on the directory
 */
export async function connectStore(options: StoreOptions): Promise<EmbeddedStore> {
  const dataDir = path.resolve(options.dataDir);
  fs.mkdirSync(dataDir, { recursive: true });
  const address = addressFor({ ...options, dataDir });
  const settings: WorkerSettings = {
    role: 'store',
    dataDir,
    listen: address.listen,
    testCommands: options.testCommands ?? false,
  };
  const worker = startWorker(settings);
  const started = await new Promise<FromStore>((resolve, reject) => {
    worker.once('message', (message: FromStore) => {
      // from now on a failure of the thread is nobody's but the process's
      worker.off('error', reject);
      resolve(message);
    });
    worker.once('error', reject);
  });
  if (started.type !== 'ready') {
    if (address.directory) fs.rmSync(address.directory, { recursive: true, force: true });
    const { name, message } = started as Extract<FromStore, { type: 'failed' }>;
    throw Object.assign(new Error(message), { name });
  }
  return new Running(worker, address, started.port);
}
