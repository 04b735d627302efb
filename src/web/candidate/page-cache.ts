import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { AttemptView, SealedPaper } from '../../sitting/attempt.contract.ts';
import { hasEnded } from './screen.ts';

/** A paper and its key (base64). */
export interface KeptPaper {
  sealed: SealedPaper;
  key: string;
}

/** What this computer keeps of an attempt, so that a reload comes back to it while the server does not answer. */
export interface KeptPage {
  attemptId: string;
  /** As the server last told it. */
  view: AttemptView;
  /** Server time less this computer's, ms, when it was kept. */
  ahead: number;
  /** This computer's time of keeping, ms. */
  keptAt: number;
  /** From the start on; gone when the attempt has ended or is written elsewhere. */
  paper?: KeptPaper;
}

interface Schema extends DBSchema {
  pages: { key: string; value: KeptPage };
}

/**
 * A page kept longer ago than this is not shown: the computer is another candidate's by then. Two days, since its clock
 * may have jumped by one.
 */
const GOOD_FOR_MS = 48 * 60 * 60 * 1000;

async function withPages<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const db = await openDB<Schema>('kaochang-page', 1, {
    upgrade(database) {
      database.createObjectStore('pages', { keyPath: 'attemptId' });
    },
  });
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

/** The attempt that was last open in this browser, if it is recent. Undefined also in a browser that keeps nothing. */
export async function keptPage(): Promise<KeptPage | undefined> {
  try {
    const pages = await withPages((db) => db.getAll('pages'));
    return pages.find(({ keptAt }) => Math.abs(Date.now() - keptAt) < GOOD_FOR_MS);
  } catch {
    return undefined;
  }
}

/**
 * Keeps the attempt's state and, once it is open, its paper, through to the disk; what is kept of other attempts goes.
 * The paper goes too when the attempt has ended or another computer writes it. `now`: server time as the page reckons it, ms.
 */
export async function keepPage(view: AttemptView, now: number, opened: KeptPaper | undefined): Promise<void> {
  const { attemptId } = view;
  await withPages(async (db) => {
    const transaction = db.transaction('pages', 'readwrite', { durability: 'strict' });
    const paper = opened ?? (await transaction.store.get(attemptId))?.paper;
    const mayStay = view.writer.mine && !hasEnded(view.state);
    await transaction.store.clear();
    await transaction.store.put({
      attemptId,
      view,
      ahead: now - Date.now(),
      keptAt: Date.now(),
      ...(paper !== undefined && mayStay ? { paper: { sealed: paper.sealed, key: paper.key } } : {}),
    });
    await transaction.done;
    // Without a disk the page works as long as the server does.
  }).catch(() => undefined);
}

/** Forgets everything: the server knows nobody here. Answers that it has not got stay in the outbox. */
export async function forgetPage(): Promise<void> {
  await withPages((db) => db.clear('pages')).catch(() => undefined);
}
