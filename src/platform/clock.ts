import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The server's time. Nothing else in the product asks what time it is. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that can be moved forward, for the demo configuration and for tests. Never backward. */
export interface MovableClock extends Clock {
  /** Moves forward by `ms` (> 0) and tells the listeners. */
  advance(ms: number): void;
  /** Called after each move. */
  onAdvance(listener: () => void): void;
}

/** A movable clock; with a folder given, the move survives a restart. */
export function movableClock(dataDir?: string): MovableClock {
  const path = dataDir === undefined ? undefined : join(dataDir, 'demo-clock.json');
  let offset = 0;
  if (path !== undefined && existsSync(path)) offset = Number(JSON.parse(readFileSync(path, 'utf8')));
  const listeners: (() => void)[] = [];
  return {
    now: () => Date.now() + offset,
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
