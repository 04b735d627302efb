import { spawnSync } from 'node:child_process';
import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeFolder, undoAtExit } from '../lab/cleanup.ts';

/** What the disk does: works, has no room (ENOSPC), fails to sync (EIO), or takes 2 s for each sync. */
export type DiskMode = 'ok' | 'full' | 'broken' | 'slow 2000';

/** A disk under a server that fails as told. */
export interface FailingDisk {
  /** Environment with which the server must be started. */
  env: Record<string, string>;
  set(mode: DiskMode): void;
}

/** Builds the failing disk (disk.c) with the machine's C compiler; undefined where there is none, or no Linux. */
export function buildDisk(): FailingDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'kaochang-disk-'));
  undoAtExit(() => {
    removeFolder(folder);
  });
  const library = join(folder, 'disk.so');
  const source = fileURLToPath(new URL('disk.c', import.meta.url));
  const { status } = spawnSync('cc', ['-O1', '-shared', '-fPIC', '-o', library, source, '-ldl']);
  if (process.platform !== 'linux' || status !== 0) return undefined;
  const control = join(folder, 'mode');
  const set = (mode: DiskMode): void => {
    // Whole at any moment: the server reads it at each write.
    writeFileSync(`${control}.new`, mode);
    renameSync(`${control}.new`, control);
  };
  set('ok');
  return { env: { LD_PRELOAD: library, KAOCHANG_DISK: control }, set };
}
