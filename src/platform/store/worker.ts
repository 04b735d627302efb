/** Entry of the store's threads. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { FromStore, WorkerSettings } from './messages.ts';
import { runReader } from './reader.ts';
import { runStore } from './store-thread.ts';

const settings = workerData as WorkerSettings;
const port = parentPort as MessagePort;

if (settings.role === 'reader') runReader(port, settings.file);
else {
  runStore(port, settings).catch((error: unknown) => {
    const { name, message } = error as Error;
    port.postMessage({ type: 'failed', name, message } satisfies FromStore);
    port.close();
  });
}
