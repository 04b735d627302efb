import type { PageMemory } from '../../sitting/attempt.contract.ts';
import { api, ApiError } from '../lib/api.ts';

/** The page's own small things, as the page works with them. */
export interface Memory {
  /** Item shown last; empty before the first. */
  current: string;
  marked: string[];
  seen: string[];
  /** Options struck out, by item id. */
  struck: Readonly<Record<string, string[]>>;
  /** Notes by item id. */
  notes: Readonly<Record<string, string>>;
  scratch: string;
}
export const BLANK_MEMORY: Memory = {
  current: '',
  marked: [],
  seen: [],
  struck: {},
  notes: {},
  scratch: '',
};

/** How long a change waits for more before it goes to the server, ms. */
const QUIET_MS = 3_000;
const RETRY_MS = 5_000;

interface Kept {
  /** Fence of the page that wrote it. */
  fence: number;
  memory: Memory;
}

const keyOf = (attemptId: string): string => `kaochang-memory-${attemptId}`;

/** What this computer remembers of the attempt. A browser that keeps nothing just remembers nothing. */
export function recall(attemptId: string): Kept | undefined {
  try {
    const text = localStorage.getItem(keyOf(attemptId));
    if (text === null) return undefined;
    const kept = JSON.parse(text) as Partial<Kept> & { memory?: Partial<Memory> };
    return { fence: kept.fence ?? 0, memory: { ...BLANK_MEMORY, ...kept.memory } };
  } catch {
    return undefined;
  }
}

/** Written at once and whole: a reload in the next moment finds it. */
function keep(attemptId: string, kept: Kept): void {
  try {
    localStorage.setItem(keyOf(attemptId), JSON.stringify(kept));
  } catch {
    // A full or forbidden storage: the server still has it in a moment.
  }
}

/**
 * Which memory stands when a page has got its fence: this computer's, if nobody wrote between (the fence before this one
 * was its own), else the server's.
 */
export function chooseMemory(
  local: Kept | undefined,
  server: PageMemory | undefined,
  fence: number,
): Memory | undefined {
  if (local !== undefined && (local.fence + 1 >= fence || server === undefined)) return local.memory;
  return server === undefined ? undefined : fromWire(server);
}

export const fromWire = ({ struck, notes, current, ...rest }: PageMemory): Memory => ({
  ...rest,
  current: current ?? '',
  struck: Object.fromEntries(struck.map(({ itemId, ids }) => [itemId, ids])),
  notes: Object.fromEntries(notes.map(({ itemId, text }) => [itemId, text])),
});

export const toWire = ({ struck, notes, current, ...rest }: Memory): PageMemory => ({
  ...rest,
  ...(current === '' ? {} : { current }),
  struck: Object.entries(struck)
    .filter(([, ids]) => ids.length > 0)
    .map(([itemId, ids]) => ({ itemId, ids })),
  notes: Object.entries(notes)
    .filter(([, text]) => text !== '')
    .map(([itemId, text]) => ({ itemId, text })),
});

/** Keeps the memory on this computer at once and at the server a moment later. */
export class MemoryKeeper {
  readonly #attemptId: string;
  #fence: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #latest: Memory | undefined;

  constructor(attemptId: string) {
    this.#attemptId = attemptId;
  }

  /** This page writes under `fence`; undefined: it does not. */
  hold(fence: number | undefined): void {
    this.#fence = fence;
    if (fence === undefined) clearTimeout(this.#timer);
  }

  put(memory: Memory): void {
    this.#latest = memory;
    const fence = this.#fence ?? recall(this.#attemptId)?.fence ?? 0;
    keep(this.#attemptId, { fence, memory });
    clearTimeout(this.#timer);
    if (this.#fence !== undefined) this.#timer = setTimeout(() => void this.#send(), QUIET_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #send(): Promise<void> {
    const memory = this.#latest;
    if (memory === undefined || this.#fence === undefined) return;
    try {
      const body = { fence: this.#fence, memory: toWire(memory) };
      await api.put(`/api/attempts/${this.#attemptId}/memory`, body);
    } catch (error) {
      // This computer has it. A refusal means that another page writes; a lost line comes back.
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) return;
      if (this.#fence !== undefined) this.#timer = setTimeout(() => void this.#send(), RETRY_MS);
    }
  }
}
