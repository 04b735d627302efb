import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DEMO_PASSWORD } from '../../src/demo/cast.ts';
import type { Diagnostics, DiagnosticsMessage, DiagnosticsRequest } from '../../src/platform/diagnostics.ts';
import { removeFolder, undoAtExit } from './cleanup.ts';
import { usageOf, type Usage } from './process-usage.ts';

/** How a laboratory server is started. */
export interface LabServerOptions {
  /** `movable`: the demo configuration, whose clock the administrator can move. `system`: the machine's clock. */
  clock?: 'movable' | 'system';
  /** A folder of the caller's, which stays after `dispose`; without it a temporary one is made. */
  dataDir?: string;
  /** Further environment variables; they win. */
  env?: Record<string, string>;
  /** Options of Node, such as `--cpu-prof`. */
  nodeOptions?: readonly string[];
}

const root = resolve(import.meta.dirname, '../..');
const START_MS = 60_000;
const STOP_MS = 20_000;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** One life of the server's process, from its start to its end. */
interface Life {
  child: ChildProcess;
  over: Promise<void>;
}

/** The real server as a process of its own, on a store, a folder and a port that stay the same over kills and restarts. */
export class LabServer {
  readonly dataDir: string;
  readonly port: number;
  /** Of the account `admin`. */
  administratorPassword = DEMO_PASSWORD;
  /** For a driver of the caller's, to set faults (`configureFailPoint`); another after each restart. */
  storeUri = '';
  readonly #options: LabServerOptions;
  readonly #keep: boolean;
  readonly #forget: () => void;
  #life: Life | undefined;
  #asked = 0;
  readonly #answers = new Map<number, (diagnostics: Diagnostics) => void>();

  private constructor(options: LabServerOptions, port: number) {
    this.#options = options;
    this.port = port;
    this.#keep = options.dataDir !== undefined;
    this.dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'kaochang-lab-'));
    this.#forget = undoAtExit(() => {
      this.#life?.child.kill('SIGKILL');
      if (!this.#keep) removeFolder(this.dataDir);
    });
  }

  /** Starts a server on a fresh store; resolves when it answers. */
  static async start(options: LabServerOptions = {}): Promise<LabServer> {
    const server = new LabServer(options, await freePort());
    try {
      await server.restart();
    } catch (error) {
      await server.dispose();
      throw error;
    }
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Process id of the present life. @throws Error when it is not running */
  get pid(): number {
    return this.#running.child.pid ?? 0;
  }

  get running(): boolean {
    return this.#life !== undefined;
  }

  /** Starts it again on the same folder and port (ending it first if it runs); resolves when it answers. */
  async restart(): Promise<void> {
    await this.stop();
    const child = this.#spawn();
    const over = new Promise<void>((done) => child.once('exit', () => done()));
    const life: Life = { child, over };
    this.#life = life;
    void over.then(() => {
      if (this.#life === life) this.#life = undefined;
    });
    await this.#ready(life);
  }

  /** Ends it as a power cut would: no handler runs. Resolves when it is gone. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Ends it in order. */
  async stop(): Promise<void> {
    const late = setTimeout(() => void this.kill(), STOP_MS);
    await this.#end('SIGTERM');
    clearTimeout(late);
  }

  /** Stops the process where it stands, and lets it go on: a machine that hangs. */
  freeze(): void {
    this.#running.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#running.child.kill('SIGCONT');
  }

  /** CPU and memory of the present life, all threads. */
  usage(): Usage {
    return usageOf(this.pid);
  }

  /** Event-loop delay and store counters; with `reset` the delay is counted anew from here. */
  diagnostics(reset = false): Promise<Diagnostics> {
    const id = (this.#asked += 1);
    const request: DiagnosticsRequest = { diagnostics: reset ? 'reset' : 'read', id };
    const { child, over } = this.#running;
    return new Promise((done, failed) => {
      this.#answers.set(id, done);
      void over.then(() => {
        failed(new Error('the server has ended'));
      });
      child.send(request);
    });
  }

  /** Kills it and deletes its temporary folder. */
  async dispose(): Promise<void> {
    await this.kill();
    this.#forget();
    if (!this.#keep) removeFolder(this.dataDir);
  }

  get #running(): Life {
    if (this.#life === undefined) throw new Error('the server is not running');
    return this.#life;
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const life = this.#life;
    if (life === undefined) return;
    life.child.kill(signal);
    await life.over;
  }

  #spawn(): ChildProcess {
    const { clock = 'movable', nodeOptions = [], env = {} } = this.#options;
    const demo =
      clock === 'movable' ? { KAOCHANG_DEMO: '1', KAOCHANG_DEMO_EMPTY: '1' } : { KAOCHANG_DEMO: '0' };
    const child = spawn(process.execPath, [...nodeOptions, '--import', 'tsx', 'src/main.ts'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: {
        ...process.env,
        PORT: String(this.port),
        HOST: '127.0.0.1',
        DATA_DIR: this.dataDir,
        LOG_LEVEL: 'silent',
        KAOCHANG_LAB: '1',
        ...demo,
        ...env,
      },
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      const password = /First administrator: admin \/ (\S+)/.exec(chunk.toString())?.[1];
      if (password !== undefined) this.administratorPassword = password;
    });
    return child;
  }

  #ready({ child, over }: Life): Promise<void> {
    return new Promise((done, failed) => {
      const late = setTimeout(() => {
        failed(new Error('the server did not start in time'));
      }, START_MS);
      child.on('message', (message: DiagnosticsMessage) => {
        if ('ready' in message) {
          clearTimeout(late);
          this.storeUri = message.storeUri ?? '';
          done();
          return;
        }
        this.#answers.get(message.id)?.(message);
        this.#answers.delete(message.id);
      });
      void over.then(() => {
        clearTimeout(late);
        failed(new Error('the server ended while starting'));
      });
    });
  }
}
