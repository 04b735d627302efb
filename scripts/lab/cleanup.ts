import { rmSync } from 'node:fs';

/** What is to be undone when this process ends, however it ends. */
const undoing = new Set<() => void>();
let watching = false;

/** Runs `undo` (synchronous) when this process ends: by itself, by Ctrl-C, by an uncaught error. Returns how to take it back. */
export function undoAtExit(undo: () => void): () => void {
  if (!watching) {
    watching = true;
    process.on('exit', () => {
      for (const one of undoing) one();
    });
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const)
      process.once(signal, () => process.exit(code));
  }
  undoing.add(undo);
  return () => {
    undoing.delete(undo);
  };
}

/** Deletes a temporary folder, whatever is still in it. */
export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}
