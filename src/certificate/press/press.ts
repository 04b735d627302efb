import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors/index.ts';
import type { CertificateJob, PrintableFacts } from '../pdf/certificate-pdf.ts';
import type { FromPress, PressSettings, PressTask } from './messages.ts';

interface Waiting {
  resolve(pdf: Uint8Array | undefined): void;
  reject(error: Error): void;
}

/** Draws and signs in a thread of its own, started at first use and again should it die. Keys must exist (`ensureKeys`). */
export class Press {
  readonly #settings: PressSettings;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #next = 1;
  #closed = false;

  constructor(settings: PressSettings) {
    this.#settings = settings;
  }

  /** @throws AppError certificate.undrawable-name, certificate.unusable-photo */
  async check(facts: PrintableFacts): Promise<void> {
    await this.#ask({ kind: 'check', facts });
  }

  /** A signed PDF. @throws AppError as `check`, and certificate.keys-locked */
  async print(job: CertificateJob): Promise<Buffer> {
    return Buffer.from((await this.#ask({ kind: 'print', job })) ?? []);
  }

  /** Ends the thread; whoever still waits is told so. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
    this.#fail(new Error('The certificate press is closed.'));
  }

  #ask(task: PressTask): Promise<Uint8Array | undefined> {
    if (this.#closed) return Promise.reject(new Error('The certificate press is closed.'));
    const worker = (this.#worker ??= this.#start());
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ ...task, id });
    });
  }

  #start(): Worker {
    const worker = startThread(this.#settings);
    // Whatever ends the thread, the next task starts a new one.
    const ended = (error: Error): void => {
      if (this.#worker === worker) this.#worker = undefined;
      this.#fail(error);
    };
    worker.on('message', (message: FromPress) => {
      this.#answer(message);
    });
    worker.on('error', ended);
    worker.on('exit', (code) => {
      ended(new Error(`The certificate press ended with code ${code}.`));
    });
    worker.unref();
    return worker;
  }

  #answer(message: FromPress): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.ok) waiting?.resolve(message.pdf);
    else
      waiting?.reject(
        message.code === undefined ? new Error(message.message) : new AppError(message.code, message.details),
      );
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** A worker does not inherit the understanding of TypeScript: a line of JavaScript registers tsx there and then imports the entry. */
function startThread(settings: PressSettings): Worker {
  const api = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs');
  const entry = new URL('./press.worker.ts', import.meta.url).href;
  const code = `import(${JSON.stringify(pathToFileURL(api).href)}).then((tsx) => { tsx.register(); return import(${JSON.stringify(entry)}); })`;
  return new Worker(code, { eval: true, workerData: settings, execArgv: [], name: 'certificate press' });
}
