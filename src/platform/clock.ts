import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The server's time. Nothing else in the product asks what time it is. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** The same, never moved by a demo: for leases between processes, which are about real seconds. */
  machine(): number;
  /** Takes over the machine's time where it was stepped away from this clock's. Returns by how much, ms. Only while nobody sits. */
  follow(): number;
}

/** Where a steady clock gets its time from; the real ones by default. */
export interface TimeSources {
  /** The machine's clock, which an administrator or a time service may step, ms since 1970. */
  wall(): number;
  /** Milliseconds that only run, from any beginning; across restarts of the process the same one within one boot of the machine. */
  monotonic(): number;
  /** Names the boot of the machine; undefined where it cannot be known. */
  boot: string | undefined;
}

/** What a restarted process needs to go on with the time of the one before. */
interface Anchor {
  boot: string;
  monotonic: number;
  now: number;
}

/** Linux tells its boot and the time since then; elsewhere a process has its own beginning, and a restart reads the wall. */
function machineSources(): TimeSources {
  const read = (path: string): string | undefined =>
    existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
  const boot = read('/proc/sys/kernel/random/boot_id');
  const uptime = Number(read('/proc/uptime')?.split(' ')[0]);
  const known = boot !== undefined && Number.isFinite(uptime);
  const offset = known ? uptime * 1000 - performance.now() : 0;
  return {
    wall: () => Date.now(),
    monotonic: () => performance.now() + offset,
    boot: known ? boot : undefined,
  };
}

/**
 * A clock that starts from the machine's time and then only runs: a step of the machine's clock in the middle of an exam
 * ends nobody's time. With a folder given, a process restarted on the same boot goes on with the same time. `follow` takes
 * a step over, which the sitting sweep does while no room is open.
 */
export function steadyClock(dataDir?: string, sources: TimeSources = machineSources()): Clock {
  const path = dataDir === undefined ? undefined : join(dataDir, 'server-clock.json');
  const kept = path === undefined ? undefined : readAnchor(path, sources.boot);
  let offset = kept === undefined ? sources.wall() - sources.monotonic() : kept.now - kept.monotonic;
  const now = (): number => Math.round(sources.monotonic() + offset);
  const keep = (): void => {
    if (path === undefined || sources.boot === undefined) return;
    const anchor: Anchor = { boot: sources.boot, monotonic: sources.monotonic(), now: now() };
    writeFileSync(path, JSON.stringify(anchor));
  };
  keep();
  return {
    now,
    machine: now,
    follow() {
      const step = sources.wall() - now();
      if (Math.abs(step) < STEP_MS) return 0;
      offset += step;
      keep();
      return step;
    },
  };
}

/** A difference from the machine's clock below this is left, ms: it is drift, and following it would rewrite the anchor for ever. */
const STEP_MS = 250;

function readAnchor(path: string, boot: string | undefined): Anchor | undefined {
  if (boot === undefined || !existsSync(path)) return undefined;
  try {
    const anchor = JSON.parse(readFileSync(path, 'utf8')) as Anchor;
    return anchor.boot === boot ? anchor : undefined;
  } catch {
    // Torn by a crash: the machine's time is as good a beginning as any.
    return undefined;
  }
}

/** A clock that can be moved forward, for the demo configuration and for tests. Never backward. */
export interface MovableClock extends Clock {
  /** Moves forward by `ms` (> 0) and tells the listeners. */
  advance(ms: number): void;
  /** Called after each move. */
  onAdvance(listener: () => void): void;
}

/** A movable clock over another one; with a folder given, the move survives a restart. */
export function movableClock(base: Clock = steadyClock(), dataDir?: string): MovableClock {
  const path = dataDir === undefined ? undefined : join(dataDir, 'demo-clock.json');
  let offset = 0;
  if (path !== undefined && existsSync(path)) offset = Number(JSON.parse(readFileSync(path, 'utf8')));
  const listeners: (() => void)[] = [];
  return {
    now: () => base.now() + offset,
    machine: () => base.machine(),
    follow: () => base.follow(),
    advance(ms) {
      offset += Math.max(0, ms);
      if (path !== undefined) writeFileSync(path, JSON.stringify(offset));
      for (const listener of listeners) listener();
    },
    onAdvance(listener) {
      listeners.push(listener);
    },
  };
}

/** Whether a clock can be moved. */
export const isMovable = (clock: Clock): clock is MovableClock => 'advance' in clock;
