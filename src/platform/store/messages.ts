/** What the threads of the store say to each other. */

/** How the store's threads are started. */
export type WorkerSettings =
  | { role: 'store'; dataDir: string; listen: { path: string } | { secret: string }; testCommands: boolean }
  | { role: 'reader'; file: string };

/** Counters of the store since it started. */
export interface StoreStats {
  /** group commits, each one fsync */
  groups: number;
  /** write commands acknowledged */
  writes: number;
  /** read commands answered in the saving thread */
  reads: number;
  /** long reads given to the reading thread */
  handedOver: number;
  failedGroups: number;
  openCursors: number;
  openTransactions: number;
  /** CPU time of the saving thread's process share, µs: user and system of the whole process */
  cpu: { user: number; system: number };
}

export type ToStore = { type: 'stats'; id: number } | { type: 'close' };
export type FromStore =
  | { type: 'ready'; port: number | null }
  | { type: 'failed'; name: string; message: string }
  | { type: 'stats'; id: number; stats: StoreStats }
  | { type: 'closed' };

export type ToReader =
  { type: 'run'; id: number; body: Uint8Array } | { type: 'checkpoint' } | { type: 'close' };
export interface FromReader {
  id: number;
  reply: Uint8Array;
}
