/**
 * What a page finds around it, for many pages in one process: each computer has its own disk and its own tabs, each tab its
 * own line to the server, and time runs faster. The page's code is the product's own and knows nothing of it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import * as fake from 'fake-indexeddb';

/** Waits of pages pass this many times faster. */
export const SPEED = 20;

type Listener = (event: { data: unknown }) => void;

/** A computer of a walk: tabs on it share its disk and hear each other. */
export class Computer {
  readonly disk = new fake.IDBFactory();
  readonly channels = new Set<TabChannel>();
  line: 'up' | 'cut' | 'silent' = 'up';
}

/** A tab as the code inside it sees the world. */
export interface World {
  computer: Computer;
  fetch(path: string, init: RequestInit): Promise<Response>;
}

const worlds = new AsyncLocalStorage<World>();

/** Runs code as a tab's. All that it starts stays the tab's. */
export const inside = <T>(world: World, work: () => T): T => worlds.run(world, work);

/** Runs code as nobody's: what the network does keeps its own time. */
export const outside = <T>(work: () => T): T => worlds.exit(work);

/** BroadcastChannel among the tabs of one computer. */
class TabChannel {
  readonly #world: World | undefined = worlds.getStore();
  readonly #name: string;
  readonly #listeners = new Set<Listener>();

  constructor(name: string) {
    this.#name = name;
    this.#world?.computer.channels.add(this);
  }

  addEventListener(_type: 'message', listener: Listener): void {
    this.#listeners.add(listener);
  }

  postMessage(data: unknown): void {
    for (const other of this.#world?.computer.channels ?? [])
      if (other !== this && other.#name === this.#name) other.#hear(data);
  }

  close(): void {
    this.#world?.computer.channels.delete(this);
  }

  #hear(data: unknown): void {
    const world = this.#world;
    if (world === undefined) return;
    setImmediate(() => {
      inside(world, () => {
        for (const listener of this.#listeners) listener({ data });
      });
    });
  }
}

/** Puts the surroundings in place of Node's globals; returns how to take them away again. Outside of tabs nothing changes. */
export function install(): () => void {
  const original = { fetch: globalThis.fetch, setTimeout: globalThis.setTimeout };
  const hurried = (work: (...given: unknown[]) => void, ms?: number, ...given: unknown[]): NodeJS.Timeout =>
    original.setTimeout(work, worlds.getStore() === undefined ? ms : (ms ?? 0) / SPEED, ...given);
  const replaced: Record<string, PropertyDescriptor> = {
    fetch: {
      value: (path: string, init: RequestInit) =>
        worlds.getStore()?.fetch(path, init) ?? original.fetch(path, init),
    },
    setTimeout: { value: Object.assign(hurried, original.setTimeout) },
    BroadcastChannel: { value: TabChannel },
    indexedDB: { get: () => worlds.getStore()?.computer.disk },
  };
  for (const [name, value] of Object.entries(fake)) if (name.startsWith('IDB')) replaced[name] = { value };
  const before = Object.keys(replaced).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name, descriptor] of Object.entries(replaced))
    Object.defineProperty(globalThis, name, { ...descriptor, configurable: true });
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
    }
  };
}
