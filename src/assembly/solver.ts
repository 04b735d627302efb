import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Program } from './program.rules.ts';

/** What the worker is asked: the program, its limits, and one shared word that is 1 once nobody wants the answer. */
export interface SolveRequest {
  id: number;
  program: Program;
  secondsLimit: number;
  nodeLimit: number;
  cancel: SharedArrayBuffer;
}

/**
 * What the worker answers. `best`: no better solution exists within the gap; `found`: a solution, not proved best, at a limit;
 * `out-of-time`: none at a limit. `values` are the columns, empty without a solution.
 */
export interface SolveReply {
  id: number;
  outcome: 'best' | 'found' | 'infeasible' | 'out-of-time' | 'cancelled' | 'failed';
  values: number[];
  /** Milliseconds in the solver. */
  ms: number;
  /** What went wrong, of `failed`. */
  detail?: string;
}
export type Solution = Omit<SolveReply, 'id'>;

/** Limits of one run. The node limit ends a run the same way on every machine; the time limit is the last resort. */
export interface SolveLimits {
  secondsLimit: number;
  nodeLimit: number;
  signal?: AbortSignal | undefined;
}

interface Waiting {
  done(solution: Solution): void;
  failed(error: Error): void;
}

/** An idle worker is kept this long for the next program, ms; then its memory (130 MiB) is worth more to an exam. */
const KEEP_MS = 20_000;

/** One warm worker with HiGHS in it; programs are solved one after another. */
class Solver {
  private worker: Worker | undefined;
  private leaving: ReturnType<typeof setTimeout> | undefined;
  private nextId = 1;
  private readonly waiting = new Map<number, Waiting>();

  /** Solves one program. The thread of the caller stays free. */
  solve(program: Program, { secondsLimit, nodeLimit, signal }: SolveLimits): Promise<Solution> {
    const worker = this.warm();
    clearTimeout(this.leaving);
    const id = this.nextId++;
    const cancel = new SharedArrayBuffer(4);
    const stop = (): void => {
      Atomics.store(new Int32Array(cancel), 0, 1);
    };
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
    return new Promise<Solution>((done, failed) => {
      this.waiting.set(id, { done, failed });
      worker.ref();
      worker.postMessage({ id, program, secondsLimit, nodeLimit, cancel } satisfies SolveRequest);
    }).finally(() => {
      signal?.removeEventListener('abort', stop);
      if (this.waiting.size > 0) return;
      worker.unref();
      this.leaving = setTimeout(() => {
        this.worker = undefined;
        void worker.terminate();
      }, KEEP_MS).unref();
    });
  }

  private warm(): Worker {
    if (this.worker !== undefined) return this.worker;
    const worker = startWorker();
    this.worker = worker;
    // An idle solver keeps no process alive.
    worker.unref();
    worker.on('message', ({ id, ...solution }: SolveReply) => {
      const waiting = this.waiting.get(id);
      this.waiting.delete(id);
      if (solution.outcome === 'failed') waiting?.failed(new Error(`HiGHS: ${solution.detail ?? ''}`));
      else waiting?.done(solution);
    });
    const end = (error: Error): void => {
      // One that was let go has nobody waiting; those who wait now wait for another.
      if (this.worker !== worker) return;
      this.worker = undefined;
      for (const waiting of this.waiting.values()) waiting.failed(error);
      this.waiting.clear();
    };
    worker.on('error', end);
    worker.on('exit', () => {
      end(new Error('the solver ended'));
    });
    return worker;
  }
}

/** The worker is TypeScript, so tsx is registered in it first, wherever the process was started from. */
function startWorker(): Worker {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api')).href.replace(
    /\.cjs$/,
    '.mjs',
  );
  const entry = new URL('./solver.worker.ts', import.meta.url).href;
  const code = `import(${JSON.stringify(tsx)}).then((tsx) => { tsx.register(); return import(${JSON.stringify(entry)}); })`;
  return new Worker(code, { eval: true, execArgv: [], name: 'assembly solver' });
}

/** The process's solver. */
export const solver = new Solver();
