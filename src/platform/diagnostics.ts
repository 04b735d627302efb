import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { EmbeddedStore, StoreStats } from './store/index.ts';

/** What the laboratory asks of a server that it started, over the process's IPC channel. */
export interface DiagnosticsRequest {
  diagnostics: 'read' | 'reset';
  id: number;
}

/** How the server itself is doing. */
export interface Diagnostics {
  /** Delay of the event loop beyond its sampling interval since the last reset, ms. */
  lag: { p50: number; p95: number; p99: number; max: number };
  /** Of this thread, MiB: heap in use, heap reserved, buffers outside it. */
  memory: { heapUsed: number; heapTotal: number; external: number };
  /** Of the embedded store; missing with a MongoDB. */
  store?: StoreStats;
}

/** What the server says: once when it is ready, then an answer to each request. */
export type DiagnosticsMessage =
  { ready: true; url: string; storeUri?: string } | ({ diagnostics: 'answer'; id: number } & Diagnostics);

/** How often the event loop is looked at, ms. */
const RESOLUTION_MS = 5;

function readMemory(): Diagnostics['memory'] {
  const { heapUsed, heapTotal, external } = process.memoryUsage();
  const mebibytes = (bytes: number): number => Math.round(bytes / 104_857.6) / 10;
  return {
    heapUsed: mebibytes(heapUsed),
    heapTotal: mebibytes(heapTotal),
    external: mebibytes(external),
  };
}

function readLag(histogram: ReturnType<typeof monitorEventLoopDelay>): Diagnostics['lag'] {
  const beyond = (nanoseconds: number): number =>
    Math.max(0, Math.round(nanoseconds / 1e4 - RESOLUTION_MS * 100) / 100);
  return {
    p50: beyond(histogram.percentile(50)),
    p95: beyond(histogram.percentile(95)),
    p99: beyond(histogram.percentile(99)),
    max: beyond(histogram.max),
  };
}

/**
 * Answers the laboratory (scripts/lab) on the IPC channel of this process, and ends with it. There is no route for this:
 * only whoever starts the server with `KAOCHANG_LAB=1` and a channel can ask.
 */
export function answerDiagnostics(url: string, store: EmbeddedStore | undefined): void {
  const say = (message: DiagnosticsMessage): void => {
    process.send?.(message);
  };
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const answer = async ({ diagnostics, id }: DiagnosticsRequest): Promise<void> => {
    const lag = readLag(histogram);
    if (diagnostics === 'reset') histogram.reset();
    const stats = await store?.stats();
    say({
      diagnostics: 'answer',
      id,
      lag,
      memory: readMemory(),
      ...(stats === undefined ? {} : { store: stats }),
    });
  };
  process.on('message', (message) => {
    void answer(message as DiagnosticsRequest);
  });
  // The laboratory is gone, however it went: its server must not stay behind.
  process.once('disconnect', () => process.exit(1));
  say({ ready: true, url, ...(store === undefined ? {} : { storeUri: store.uri }) });
}
