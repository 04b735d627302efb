import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeFolder, undoAtExit } from '../lab/cleanup.ts';

/** Builds a C file of this folder into a library that a process loads before the C library. @throws Error without Linux and `cc` */
function build(name: string): { library: string; control: string } {
  const folder = mkdtempSync(join(tmpdir(), 'kaochang-preload-'));
  undoAtExit(() => {
    removeFolder(folder);
  });
  const library = join(folder, `${name}.so`);
  const source = fileURLToPath(new URL(`${name}.c`, import.meta.url));
  const { status, stderr } = spawnSync('cc', ['-O1', '-shared', '-fPIC', '-o', library, source, '-ldl'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`this row needs Linux and a C compiler (cc): ${stderr ?? ''}`);
  return { library, control: join(folder, 'control') };
}

/** What the disk does: works, has no room (ENOSPC), fails to sync (EIO), or takes 2 s for each sync. */
export type DiskMode = 'ok' | 'full' | 'broken' | 'slow 2000';

/** A disk under a process that fails as told. */
export interface FailingDisk {
  /** Environment with which the process must be started. */
  env: Record<string, string>;
  set(mode: DiskMode): void;
}

/** A disk for one server. */
export function buildDisk(): FailingDisk {
  const { library, control } = build('disk');
  const set = (mode: DiskMode): void => {
    // Whole at any moment: the server reads it at each write.
    writeFileSync(`${control}.new`, mode);
    renameSync(`${control}.new`, control);
  };
  set('ok');
  return { env: { LD_PRELOAD: library, KAOCHANG_DISK: control }, set };
}

/** The clock on the wall of one machine, which can be stepped. */
export interface WallClock {
  /** Environment with which the machine's processes must be started. */
  env: Record<string, string>;
  /** Sets it this far ahead of the right time (or behind), ms. */
  set(ms: number): void;
}

/** A clock for one server or one computer. */
export function buildWallClock(): WallClock {
  const { library, control } = build('wall-clock');
  const file = openSync(control, 'w+');
  const set = (ms: number): void => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(ms));
    writeSync(file, bytes, 0, 8, 0);
  };
  set(0);
  return { env: { LD_PRELOAD: library, KAOCHANG_CLOCK: control }, set };
}
