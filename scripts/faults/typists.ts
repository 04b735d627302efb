import { isPassing, type LabCandidate } from '../lab/candidate.ts';
import { pause } from '../lab/side-by-side.ts';
import { think, type LabSitting } from './lab-sitting.ts';

/** The page's own patience (src/web/candidate/answer-sender.ts), ms: doubling, with jitter. */
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 5_000;

/** Somebody who answers, one change after the other, each sent until it is acknowledged. */
export interface Typist {
  person: LabCandidate;
  /** When the last acknowledgement came, performance.now(). */
  acknowledgedAt: number;
  /** The last refusal that waiting does not cure; undefined: none. */
  refusal: Error | undefined;
}

/** A change that was acknowledged: when it was sent, and when the word came, performance.now(). */
export interface Acknowledged {
  sentAt: number;
  at: number;
}

/** Who wants to hear of each sending. */
export interface TypingEvents {
  acknowledged?(ack: Acknowledged): void;
  unanswered?(error: unknown): void;
}

export interface Typists {
  list: readonly Typist[];
  /** Lets everybody finish the change under way; resolves when all have. */
  stop(): Promise<void>;
}

/** Lets people type, a change about every `everyMs` after the last was acknowledged, until stopped or refused. */
export function letType(
  sitting: LabSitting,
  people: readonly LabCandidate[],
  everyMs: number,
  events: TypingEvents = {},
): Typists {
  const life = { over: false };
  const list: Typist[] = people.map((person) => ({
    person,
    acknowledgedAt: 0,
    refusal: undefined,
  }));
  const work = list.map(async (typist) => {
    await pause(Math.random() * everyMs);
    while (!life.over && typist.refusal === undefined) {
      await typeOnce(sitting, typist, events);
      if (!life.over) await think(everyMs);
    }
  });
  return {
    list,
    async stop() {
      life.over = true;
      await Promise.all(work);
    },
  };
}

async function typeOnce(sitting: LabSitting, typist: Typist, events: TypingEvents): Promise<void> {
  const answer = sitting.nextAnswer(typist.person);
  for (let failures = 0; typist.refusal === undefined; failures += 1) {
    const sentAt = performance.now();
    try {
      await typist.person.send([answer]);
      const at = performance.now();
      typist.acknowledgedAt = at;
      events.acknowledged?.({ sentAt, at });
      break;
    } catch (error) {
      events.unanswered?.(error);
      if (isPassing(error)) await think(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures));
      else typist.refusal = error as Error;
    }
  }
}
