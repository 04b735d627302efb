import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { WorkerSettings } from './messages.ts';

/**
 * Starts a thread of the store. Node's `--import` does not make a worker understand TypeScript when tsx is registered
 * in the main thread, so a line of JavaScript registers it in the thread and then imports the entry.
 */
export function startWorker(settings: WorkerSettings): Worker {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api')).href.replace(
    /\.cjs$/,
    '.mjs',
  );
  const entry = new URL('./worker.ts', import.meta.url).href;
  const code = `import(${JSON.stringify(tsx)}).then((tsx) => { tsx.register(); return import(${JSON.stringify(entry)}); })`;
  return new Worker(code, { eval: true, workerData: settings, execArgv: [], name: `store ${settings.role}` });
}
