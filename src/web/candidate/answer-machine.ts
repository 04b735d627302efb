import { canonicalJson } from '../../shared/canonical-json.ts';
import type { AttemptView, PageMemory, StoredWork } from '../../sitting/attempt.contract.ts';
import { api } from '../lib/api.ts';
import { AnswerSender, type SaveState } from './answer-sender.ts';
import type { Outbox } from './outbox.ts';
import { BLANK_MEMORY, chooseMemory, MemoryKeeper, recall, toWire, type Memory } from './page-memory.ts';
import { Writing, type WritingState } from './writing.ts';

/** All that the page shows of its answers. */
export interface MachineState {
  /** Values by item id. */
  answers: ReadonlyMap<string, unknown>;
  save: SaveState;
  /** The server's answers are in (or this computer's, where the server does not answer). */
  ready: boolean;
  writing: WritingState;
  /** The writer's number while this page holds it. */
  fence: number | undefined;
  /** The server has taken answers as evidence only: they came after the end. */
  lateSent: boolean;
  memory: Memory;
}

export type Disk = Pick<Outbox, 'all' | 'put' | 'acknowledge'>;

interface Surroundings {
  disk: Disk;
  /** The server's time as the page reckons it, ms. */
  now(): number | undefined;
  /** Called with each new state. */
  tell(state: MachineState): void;
}

/** How long the page waits for the server's answers before it shows this computer's, ms. */
const PATIENCE_MS = 3_000;
const RETRY_MS = 2_000;

/** What the page starts from, before disk or server have said anything. */
export const startState = (attemptId: string): MachineState => ({
  answers: new Map(),
  save: { kind: 'nothing-yet' },
  ready: false,
  writing: 'claiming',
  fence: undefined,
  lateSent: false,
  memory: recall(attemptId)?.memory ?? BLANK_MEMORY,
});

/**
 * One page's answers, without a screen: brings together what the server has and what this computer has, the newer of
 * each, claims the writing, saves every change, and gives way to a newer page.
 */
export class AnswerMachine {
  readonly #attemptId: string;
  readonly #around: Surroundings;
  readonly #sender: AnswerSender;
  readonly #writing: Writing;
  readonly #keeper: MemoryKeeper;
  #state: MachineState;
  /** What was changed in this page since it last lost the writing: it stands above what is recalled. */
  #changes: Partial<Memory> = {};
  #fence: number | undefined;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #stopped = false;

  constructor(attemptId: string, around: Surroundings) {
    this.#attemptId = attemptId;
    this.#around = around;
    this.#state = startState(attemptId);
    this.#keeper = new MemoryKeeper(attemptId);
    this.#sender = new AnswerSender(
      attemptId,
      around.disk,
      {
        state: (save) => {
          this.#show({ save });
        },
        replaced: () => {
          this.#showAnswers();
        },
        overtaken: () => {
          this.#writing.overtaken();
        },
        late: () => {
          this.#show({ lateSent: true });
        },
      },
      around.now,
    );
    this.#writing = new Writing(attemptId, {
      changed: (state, fence) => {
        this.#writingChanged(state, fence);
      },
      released: () => {
        void this.#absorb();
      },
    });
  }

  /** Reads this computer's disk and asks to be the writer. */
  async start(): Promise<void> {
    await this.#absorb();
    this.#later(() => {
      this.#show({ ready: true });
    }, PATIENCE_MS);
    this.#writing.claim();
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#sender.stop();
    this.#writing.stop();
    this.#keeper.stop();
  }

  /** Takes in what the server says of the writer. */
  observe(writer: AttemptView['writer']): void {
    this.#writing.observe(writer);
  }

  change(itemId: string, value: unknown, typing = false): void {
    const kept = this.#sender.change(itemId, value, typing);
    this.#showAnswers();
    void kept.then(() => {
      // Another tab writes by now: it learns of this last change from the disk.
      if (this.#state.writing === 'other-tab') this.#writing.release();
    });
  }

  remember(change: Partial<Memory>): void {
    this.#changes = { ...this.#changes, ...change };
    const memory = { ...this.#state.memory, ...change };
    this.#show({ memory });
    this.#keeper.put(memory);
  }

  nudge(): void {
    this.#sender.nudge();
  }

  /** Answers here again, after another tab has taken over. */
  takeWriting(): void {
    this.#writing.claim();
  }

  /** The newest answer of each item on this computer. */
  entries(): { itemId: string; seq: number; value: unknown; changedAt?: number }[] {
    return [...this.#sender.entries].map(([itemId, entry]) => ({ itemId, ...entry }));
  }

  /** Items whose newest answer the server has not acknowledged. */
  unsent(): readonly string[] {
    return this.#sender.unsent;
  }

  #show(change: Partial<MachineState>): void {
    if (this.#stopped) return;
    this.#state = { ...this.#state, ...change };
    this.#around.tell(this.#state);
  }

  #showAnswers(): void {
    this.#show({
      answers: new Map([...this.#sender.entries].map(([itemId, { value }]) => [itemId, value])),
    });
  }

  #later(work: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
  }

  async #absorb(): Promise<void> {
    try {
      this.#sender.absorb(await this.#around.disk.all());
      this.#showAnswers();
    } catch {
      // A disk that cannot be read has nothing to add.
    }
  }

  #writingChanged(writing: WritingState, fence: number | undefined): void {
    this.#fence = fence;
    if (fence === undefined) {
      this.#sender.suspend();
      this.#keeper.hold(undefined);
      // What this page remembered is another page's to change now.
      if (writing !== 'claiming') this.#changes = {};
      if (writing === 'other-tab') this.#writing.release();
    } else {
      void this.#catchUp(fence);
    }
    this.#show({ writing, fence });
  }

  /** Which memory stands under this fence; what the server lacks of it goes there, so that another computer goes on here. */
  #settleMemory(server: PageMemory | undefined, fence: number): void {
    const chosen = chooseMemory(recall(this.#attemptId), server, fence);
    if (chosen === undefined && Object.keys(this.#changes).length === 0) return;
    const memory = { ...(chosen ?? this.#state.memory), ...this.#changes };
    this.#show({ memory });
    if (canonicalJson(toWire(memory)) !== canonicalJson(server)) this.#keeper.put(memory);
  }

  /** The server's answers first, then the right to send: whoever sends before reading would count on from a wrong seq. */
  async #catchUp(fence: number): Promise<void> {
    try {
      const work = await api.get<StoredWork>(
        `/api/attempts/${this.#attemptId}/answers`,
        AbortSignal.timeout(PATIENCE_MS * 3),
      );
      await this.#absorb();
      if (this.#fence !== fence || this.#stopped) return;
      this.#sender.merge(work.items);
      this.#keeper.hold(fence);
      this.#settleMemory(work.memory, fence);
      this.#sender.resume(fence);
      this.#showAnswers();
      this.#show({ ready: true });
    } catch {
      this.#later(() => {
        if (this.#fence === fence) void this.#catchUp(fence);
      }, RETRY_MS);
    }
  }
}
