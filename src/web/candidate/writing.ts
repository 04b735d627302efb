import type { AttemptView, WriterAnswer } from '../../sitting/attempt.contract.ts';
import { PAGE_PROTOCOL } from '../../sitting/page-protocol.contract.ts';
import { ApiError, api } from '../lib/api.ts';

/**
 * Whether this page may write. `claiming`: it has asked and not been answered yet (the line may be down: answers gather on
 * this computer). `other-tab`: a newer page of this browser writes. `waiting-for-hand-over`: another sign-in writes, and
 * the invigilator decides. `outdated`: the server was upgraded, the page must be reloaded.
 */
export type WritingState = 'claiming' | 'mine' | 'other-tab' | 'waiting-for-hand-over' | 'outdated';

export interface WritingEvents {
  changed(state: WritingState, fence: number | undefined): void;
  /** Another page of this browser has stopped writing: its last answers are on the disk now. */
  released(): void;
}

type Message = { kind: 'claimed'; fence: number } | { kind: 'released' };

const RETRY_MS = 1_500;
const PATIENCE_MS = 8_000;

/** 128 random bits; crypto.randomUUID is missing on plain http. */
function drawPageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** This page's claim to be the attempt's one writer, and what it hears of other pages'. */
export class Writing {
  readonly #attemptId: string;
  readonly #events: WritingEvents;
  readonly #pageId = drawPageId();
  /** The tabs of this browser; missing where a browser has none of it: then the server alone tells. */
  readonly #channel: BroadcastChannel | undefined;
  #state: WritingState = 'claiming';
  #fence: number | undefined;
  #asking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(attemptId: string, events: WritingEvents) {
    this.#attemptId = attemptId;
    this.#events = events;
    this.#channel =
      'BroadcastChannel' in globalThis ? new BroadcastChannel(`kaochang-${attemptId}`) : undefined;
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'released') this.#events.released();
      else if (this.#fence !== undefined && data.fence > this.#fence) this.#enter('other-tab', undefined);
    });
  }

  /** Asks to be the writer; again and again while there is no answer. */
  claim(): void {
    if (this.#asking || this.#stopped) return;
    clearTimeout(this.#timer);
    if (this.#state !== 'claiming') this.#enter('claiming', undefined);
    void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    let again = false;
    try {
      const { fence } = await api.post<WriterAnswer>(
        `/api/attempts/${this.#attemptId}/writer`,
        { protocol: PAGE_PROTOCOL, pageId: this.#pageId },
        AbortSignal.timeout(PATIENCE_MS),
      );
      if (!this.#stopped) {
        this.#enter('mine', fence);
        this.#channel?.postMessage({ kind: 'claimed', fence } satisfies Message);
      }
    } catch (error) {
      const code = error instanceof ApiError ? error.problem?.code : undefined;
      if (code === 'sitting.second-sign-in') this.#enter('waiting-for-hand-over', undefined);
      else if (code === 'sitting.page-outdated') this.#enter('outdated', undefined);
      else again = true;
    }
    this.#asking = false;
    if (again && !this.#stopped)
      this.#timer = setTimeout(
        () => {
          void this.#ask();
        },
        RETRY_MS * (0.5 + Math.random()),
      );
  }

  /** A save was refused because another page writes; the attempt's view will tell which kind. */
  overtaken(): void {
    if (this.#state === 'mine') this.#enter('other-tab', undefined);
  }

  /** Takes in what the server says of the writer. */
  observe(writer: AttemptView['writer']): void {
    if (this.#asking) return;
    if (!writer.mine) {
      if (this.#state !== 'waiting-for-hand-over' && this.#state !== 'outdated')
        this.#enter('waiting-for-hand-over', undefined);
    } else if (this.#state === 'waiting-for-hand-over') {
      this.claim();
    } else if (this.#state === 'mine' && writer.fence > (this.#fence ?? 0)) {
      this.#enter('other-tab', undefined);
    }
  }

  /** Tells the other tabs that this one's last answers are on the disk. */
  release(): void {
    this.#channel?.postMessage({ kind: 'released' } satisfies Message);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#channel?.close();
  }

  #enter(state: WritingState, fence: number | undefined): void {
    this.#state = state;
    this.#fence = fence;
    this.#events.changed(state, fence);
  }
}
