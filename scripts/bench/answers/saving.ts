import type { LabCandidate } from '../../lab/candidate.ts';
import { isPassing, retryDelay } from '../../lab/candidate.ts';
import { pause } from '../../lab/side-by-side.ts';
import { answerTo } from '../../lab/values.ts';

/** What a phase of saving amounted to. */
export interface SavingTally {
  /** Time from sending to acknowledgement of each acknowledged save, ms. */
  latencies: number[];
  /** Saves that had to be sent again (an overloaded server, a lost line). */
  retried: number;
  seconds: number;
}

/** The highest acknowledged answer of each item of a candidate. */
export type Acknowledged = Map<string, { seq: number; value: unknown }>;

/** Candidates who answer, and what was acknowledged to each. */
export class Answering {
  readonly #people: readonly LabCandidate[];
  readonly acknowledged = new Map<LabCandidate, Acknowledged>();
  readonly #turns = new Map<LabCandidate, number>();

  constructor(people: readonly LabCandidate[]) {
    this.#people = people;
    for (const one of people) this.acknowledged.set(one, new Map());
  }

  /** Everybody saves every `everyMs`, jittered by half of it either way. */
  async thinking(seconds: number, everyMs: number): Promise<SavingTally> {
    return this.#phase(seconds, async (one, until, tally) => {
      await pause(Math.random() * everyMs);
      while (performance.now() < until) {
        const due = performance.now() + everyMs * (0.5 + Math.random());
        await this.#saveOnce(one, tally);
        await pause(Math.max(0, Math.min(due, until) - performance.now()));
      }
    });
  }

  /** Everybody saves again as soon as the last save is acknowledged. */
  async closedLoop(seconds: number): Promise<SavingTally> {
    return this.#phase(seconds, async (one, until, tally) => {
      while (performance.now() < until) await this.#saveOnce(one, tally);
    });
  }

  async #phase(
    seconds: number,
    work: (one: LabCandidate, until: number, tally: SavingTally) => Promise<void>,
  ): Promise<SavingTally> {
    const tally: SavingTally = { latencies: [], retried: 0, seconds: 0 };
    const since = performance.now();
    await Promise.all(this.#people.map((one) => work(one, since + seconds * 1000, tally)));
    tally.seconds = (performance.now() - since) / 1000;
    return tally;
  }

  /** The next answer of a candidate, round by round through the paper. Its time counts from the first sending. */
  async #saveOnce(one: LabCandidate, tally: SavingTally): Promise<void> {
    const turn = this.#turns.get(one) ?? 0;
    this.#turns.set(one, turn + 1);
    const item = one.items[turn % one.items.length];
    if (item === undefined) throw new Error('the paper has no items');
    const answer = { itemId: item.itemId, seq: one.nextSeq(item.itemId), value: answerTo(item, turn) };
    const since = performance.now();
    for (let failures = 0; ; failures += 1) {
      try {
        await one.send([answer]);
        break;
      } catch (error) {
        if (!isPassing(error)) throw error;
        tally.retried += 1;
        await pause(retryDelay(error, failures));
      }
    }
    tally.latencies.push(performance.now() - since);
    this.acknowledged.get(one)?.set(item.itemId, { seq: answer.seq, value: answer.value });
  }
}
