import type { AttemptView } from '../../src/sitting/attempt.contract.ts';
import { seeded } from '../../src/shared/seeded.ts';
import { AnswerMachine, type Disk, type MachineState } from '../../src/web/candidate/answer-machine.ts';
import { Outbox } from '../../src/web/candidate/outbox.ts';
import { api } from '../../src/web/lib/api.ts';
import { checkHistory, type HistoryEvent, type StoredFact } from './history.ts';
import { pause } from '../lab/side-by-side.ts';
import { FAIR, WalkLine, type LineFacts, type Weather } from './walk-line.ts';
import { WalkModel } from './walk-model.ts';
import { Computer, inside, type World } from './walk-surroundings.ts';

/** Who walks: an attempt that is being answered, and a session for each of its computers. */
export interface Walker {
  url: string;
  attemptId: string;
  /** Items that take any decimal number. */
  items: readonly string[];
  cookies: readonly string[];
  network: typeof fetch;
  now(): number;
  /** The invigilator gives the writing to the session of a computer. */
  handOver(computer: number): Promise<void>;
  /** What the server has stored. */
  stored(): Promise<StoredFact[]>;
}

export interface WalkOutcome {
  seed: string;
  operations: number;
  changes: number;
  acknowledged: number;
  unknown: number;
  /** What is not as it must be. */
  faults: string[];
}

/** Tabs on each computer. */
const TABS = 2;
/** The walk must come to rest within this time once everything works again, ms. */
const REST_MS = 20_000;

/** A tab with the product's own page inside, without the screen. */
class Tab {
  readonly computer: number;
  state: MachineState | undefined;
  machine: AnswerMachine | undefined;
  readonly world: World;
  readonly #walk: Walk;
  #outbox: Outbox | undefined;

  constructor(walk: Walk, computer: number, world: World) {
    this.#walk = walk;
    this.computer = computer;
    this.world = world;
  }

  /** Loads the page. */
  async open(): Promise<void> {
    await inside(this.world, async () => {
      const outbox = await Outbox.open(this.#walk.walker.attemptId);
      this.#outbox = outbox;
      const machine = new AnswerMachine(this.#walk.walker.attemptId, {
        disk: this.#walk.diskOf(outbox),
        now: () => this.#walk.now(),
        tell: (state) => {
          if (this.machine === machine) this.state = state;
        },
      });
      this.machine = machine;
      await machine.start();
    });
  }

  /** Closes it at once, whatever is under way. */
  kill(): void {
    inside(this.world, () => {
      this.machine?.stop();
      this.machine = undefined;
      this.#outbox?.close();
    });
  }

  act(work: (machine: AnswerMachine) => void): void {
    const { machine } = this;
    if (machine !== undefined)
      inside(this.world, () => {
        work(machine);
      });
  }

  /** Asks the server who writes, as the page does from time to time. */
  async poll(): Promise<void> {
    const { machine } = this;
    await inside(this.world, async () => {
      try {
        const view = await api.get<AttemptView>(`/api/attempts/${this.#walk.walker.attemptId}`);
        if (this.machine === machine) machine?.observe(view.writer);
      } catch {
        // No answer: the page asks again later.
      }
    });
  }

  /** Whether the page lets its person answer. */
  get mayAnswer(): boolean {
    return this.machine !== undefined && ['mine', 'claiming'].includes(this.state?.writing ?? '');
  }
}

/** One seeded walk of a person over tabs and computers, in bad weather. */
export class Walk {
  readonly walker: Walker;
  readonly model = new WalkModel();
  readonly history: HistoryEvent[] = [];
  readonly #chance: () => number;
  readonly #seed: string;
  readonly #strays = new Set<Promise<unknown>>();
  #now = 0;
  #diskRefuses = 0;
  readonly #computers: Computer[];
  readonly #lines: WalkLine[];
  readonly #tabs: Tab[];

  constructor(walker: Walker, seed: string) {
    this.walker = walker;
    this.#seed = seed;
    this.#chance = seeded(seed);
    const facts: LineFacts = {
      url: walker.url,
      chance: this.#chance,
      history: this.history,
      acknowledged: (_itemId, value) => {
        this.model.acknowledged(value);
      },
      strays: this.#strays,
    };
    this.#computers = walker.cookies.map(() => new Computer());
    this.#lines = this.#computers.map(
      (computer, i) => new WalkLine(facts, computer, walker.cookies[i] ?? '', walker.network),
    );
    this.#tabs = this.#computers.flatMap((computer, i) =>
      Array.from({ length: TABS }, () => {
        const world: World = { computer, fetch: (path, init) => this.#line(i).fetch(path, init) };
        return new Tab(this, i, world);
      }),
    );
  }

  /** The disk of a page: sometimes full, and watched for what it has taken. */
  diskOf(outbox: Outbox): Disk {
    return {
      all: () => outbox.all(),
      acknowledge: (itemId, seq) => outbox.acknowledge(itemId, seq),
      put: async (entry) => {
        if (this.#chance() < this.#diskRefuses) {
          this.model.refused(entry.value);
          throw new Error('the disk is full');
        }
        const standing = await outbox.put(entry);
        this.model.kept(entry.value);
        return standing;
      },
    };
  }

  /** Walks, comes to rest, and is held against the model. */
  async run(operations: number): Promise<WalkOutcome> {
    try {
      await this.#tabs[0]?.open();
      for (let i = 0; i < operations; i += 1) await this.#step();
      const last = await this.#rest();
      return await this.#judge(operations, last);
    } finally {
      for (const tab of this.#tabs) tab.kill();
    }
  }

  /** The server's time as pages reckon it; no two changes have the same, since nobody answers twice in one millisecond. */
  now(): number {
    this.#now = Math.max(this.#now + 1, this.walker.now());
    return this.#now;
  }

  #line(computer: number): WalkLine {
    return this.#lines[computer] as WalkLine;
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#chance() * list.length)] as T;
  }

  async #step(): Promise<void> {
    const roll = this.#chance() * 100;
    const tab = this.#pick(this.#tabs);
    if (roll < 62) this.#answer();
    else if (roll < 74) await pause(this.#chance() * 60);
    else if (roll < 80) {
      tab.kill();
      await tab.open();
    } else if (roll < 82) tab.kill();
    else if (roll < 89) void tab.poll();
    else if (roll < 92)
      tab.act((machine) => {
        machine.takeWriting();
      });
    else if (roll < 93)
      tab.act((machine) => {
        machine.nudge();
      });
    else if (roll < 94.5) await this.walker.handOver(Math.floor(this.#chance() * this.#computers.length));
    else if (roll < 97) this.#pick(this.#computers).line = this.#pick(['up', 'up', 'up', 'cut', 'silent']);
    else if (roll < 99) this.#pick(this.#lines).weather = this.#draw();
    else this.#diskRefuses = this.#chance() < 0.3 ? 0.3 : 0;
  }

  #answer(): void {
    const able = this.#tabs.filter((tab) => tab.mayAnswer);
    if (able.length === 0) return;
    const tab = this.#pick(able);
    const change = this.model.make(this.#pick(this.walker.items), tab.computer);
    tab.act((machine) => {
      machine.change(change.itemId, change.value, this.#chance() < 0.3);
    });
  }

  #draw(): Weather {
    const bad = this.#chance() < 0.7;
    const upTo = (most: number): number => (bad ? this.#chance() * most : 0);
    return {
      lostRequest: upTo(0.2),
      lostAck: upTo(0.3),
      doubled: upTo(0.3),
      ghost: upTo(0.2),
      delayMs: upTo(60),
    };
  }

  /** Everything works again, and one page has the writing: nothing may be left over then. @returns its tab */
  async #rest(): Promise<Tab> {
    for (const computer of this.#computers) computer.line = 'up';
    for (const line of this.#lines) line.weather = FAIR;
    this.#diskRefuses = 0;
    const last = this.#pick(this.#tabs);
    await this.walker.handOver(last.computer);
    if (last.machine === undefined) await last.open();
    const since = performance.now();
    let quiet = 0;
    while (quiet < 4 && performance.now() - since < REST_MS) {
      await Promise.all(this.#tabs.map((tab) => tab.poll()));
      const { writing, save } = last.state ?? {};
      if (writing === 'waiting-for-hand-over') await this.walker.handOver(last.computer);
      if (writing === 'other-tab')
        last.act((machine) => {
          machine.takeWriting();
        });
      const still = writing === 'mine' && ['saved', 'nothing-yet'].includes(save?.kind ?? '');
      quiet = still && this.#strays.size === 0 ? quiet + 1 : 0;
      await pause(60);
    }
    return last;
  }

  async #judge(operations: number, last: Tab): Promise<WalkOutcome> {
    const stored = await this.walker.stored();
    const byItem = new Map(stored.map(({ itemId, value }) => [itemId, value]));
    const report = checkHistory(this.history, stored);
    const faults = report.violations.map(({ kind, itemId, detail }) => `${kind}: ${itemId}: ${detail}`);
    const { writing, save, answers } = last.state ?? {};
    if (writing !== 'mine' || !['saved', 'nothing-yet'].includes(save?.kind ?? ''))
      faults.push(`the last page did not come to rest: ${writing ?? 'no page'}, ${JSON.stringify(save)}`);
    for (const itemId of this.walker.items) {
      const fault = this.model.fault(itemId, byItem.get(itemId), last.computer);
      if (fault !== undefined) faults.push(fault);
      if (answers?.get(itemId) !== byItem.get(itemId))
        faults.push(
          `${itemId}: the page shows ${String(answers?.get(itemId))}, stored is ${String(byItem.get(itemId))}`,
        );
    }
    const { acknowledged, unknown } = report;
    return {
      seed: this.#seed,
      operations,
      changes: this.model.changes.length,
      acknowledged,
      unknown,
      faults,
    };
  }
}
