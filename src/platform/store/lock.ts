/** One process a data directory: a lock the kernel releases when the process dies, however it dies. */
import fs from 'node:fs';
import path from 'node:path';
import { Sql } from './sqlite.ts';

/** Another process (or another store of this one) works on the data directory. */
class DirectoryLocked extends Error {
  constructor(directory: string, pid: string) {
    super(
      `The data directory ${directory} is in use by another store${pid ? ` (process ${pid})` : ''}. Stop it first, or use another directory.`,
    );
    this.name = 'DirectoryLocked';
  }
}

/**
 * Takes the lock of a data directory, as an exclusive SQLite lock on a file of its own.
 * @param keep socket path of this process: directories of sockets a killed process left behind are removed
 * @returns releases it
 * @throws DirectoryLocked
 */
export function lockDirectory(directory: string, keep: string): () => void {
  const file = path.join(directory, 'store.lock');
  const note = path.join(directory, 'store.pid');
  const held = (): DirectoryLocked =>
    new DirectoryLocked(directory, fs.existsSync(note) ? fs.readFileSync(note, 'utf8').trim() : '');
  let lock: Sql;
  try {
    lock = Sql.exclusive(file);
  } catch (error) {
    if (/SQLITE_BUSY|locked/.test(`${String((error as { code?: string }).code)} ${(error as Error).message}`))
      throw held();
    throw error;
  }
  removeOldSockets(directory, keep);
  fs.writeFileSync(note, `${String(process.pid)}\n`);
  return () => {
    fs.rmSync(note, { force: true });
    lock.close();
  };
}

function removeOldSockets(directory: string, keep: string): void {
  for (const name of fs.readdirSync(directory)) {
    const old = path.join(directory, name);
    if (name.startsWith('run-') && !keep.startsWith(old)) fs.rmSync(old, { recursive: true, force: true });
  }
}
