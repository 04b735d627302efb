/** "00:47:50" of a duration in ms; never negative. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** "09:05" or, with seconds, "09:05:10", of server time in ms, in this computer's zone. */
export function timeText(ms: number, withSeconds = false): string {
  return new Date(ms).toLocaleTimeString('zh-CN', {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    ...(withSeconds ? { second: '2-digit' } : {}),
  });
}

/** "2026-11-24 09:05" or, with seconds, "… 09:05:10", of server time in ms, in this computer's zone. */
export function dateTimeText(ms: number, withSeconds = false): string {
  const date = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${timeText(ms, withSeconds)}`;
}

/**
 * The server's time, estimated: offset to this machine's monotonic clock from the answer with the shortest way there and back.
 * A change of this computer's clock does not move it.
 */
export class ServerClock {
  #offset: number | undefined;
  #bestTrip = Infinity;
  #told = false;

  /** Takes in an answer's server time `now`, given when the request was sent (performance.now()). A jump of the server (over 2 s) always counts. */
  observe(now: number, sentAt: number, receivedAt = performance.now()): void {
    this.#told = true;
    const trip = receivedAt - sentAt;
    const offset = now + trip / 2 - receivedAt;
    const jumped = this.#offset === undefined || Math.abs(offset - this.#offset) > 2_000 + trip;
    if (jumped || trip <= this.#bestTrip) {
      this.#offset = offset;
      this.#bestTrip = trip;
    }
  }

  /** The reckoning may be off (this computer slept, or its clocks jumped): the next answer counts, however long its way. */
  doubt(): void {
    this.#bestTrip = Infinity;
  }

  /**
   * Whether the server has told the time since this page was loaded. If not, what the clock shows (`assume`) is for showing
   * alone: nothing may end by it.
   */
  get told(): boolean {
    return this.#told;
  }

  /** Goes by server time `now` as this computer reckons it from before a reload, until the server tells it. */
  assume(now: number): void {
    if (!this.#told) this.#offset = now - performance.now();
  }

  /** Server time in whole ms; undefined before the first answer, unless assumed. */
  now(): number | undefined {
    return this.#offset === undefined ? undefined : Math.round(performance.now() + this.#offset);
  }
}

const TICK_MS = 1_000;
/** A gap between ticks, or between this computer's two clocks, above which something has happened to the time, ms. */
const GAP_MS = 3_000;
const DRIFT_MS = 500;

/** Calls `happened` when this computer has slept, hung, or had a clock moved. Returns how to stop it. */
export function watchForGaps(happened: () => void): () => void {
  let steady = performance.now();
  let wall = Date.now();
  const timer = setInterval(() => {
    const steadyPassed = performance.now() - steady;
    const wallPassed = Date.now() - wall;
    steady += steadyPassed;
    wall += wallPassed;
    if (steadyPassed > GAP_MS || Math.abs(wallPassed - steadyPassed) > DRIFT_MS) happened();
  }, TICK_MS);
  return () => {
    clearInterval(timer);
  };
}
