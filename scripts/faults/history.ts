/**
 * A checker of histories, as Jepsen's are. Clients log what they asked and what they were told; after the run the stored
 * answers are held against it. Pure: no clock, no IO. What is called a violation here is a lost, doubled or made-up answer.
 */
import { canonicalJson } from '../../src/shared/canonical-json.ts';

/** An answer on its way: who, which item, and the value under that seq. */
interface Sent {
  /** Number of the operation; its invoke and its end share it. */
  op: number;
  attemptId: string;
  itemId: string;
  seq: number;
  value: unknown;
}

/** One line of the log, in the order in which things happened. */
export type HistoryEvent =
  /** The client sends. */
  | ({ type: 'invoke' } & Sent)
  /** The server acknowledged: `stored` is the seq that counts now, `counts` whether it is this very answer. */
  | { type: 'ok'; op: number; stored: number; counts: boolean }
  /** The server refused: it must not be stored. */
  | { type: 'fail'; op: number }
  /** No answer came, or none that tells: it may be stored or not. */
  | { type: 'info'; op: number };

/** An answer as it is stored at the end. */
export interface StoredFact {
  attemptId: string;
  itemId: string;
  seq: number;
  value: unknown;
}

export type ViolationKind =
  /** An acknowledged answer is gone, and nothing newer took its place. */
  | 'lost'
  /** What is stored was never sent. */
  | 'from-nowhere'
  /** What is stored was refused. */
  | 'refused-but-stored'
  /** More than one answer is stored for one item. */
  | 'doubled'
  /** Two different answers were both told that they are the stored one, under one seq. */
  | 'split'
  /** An acknowledgement told of an older stored answer than one that was there before its request was sent. */
  | 'went-back'
  /** The log itself makes no sense: an end without a beginning, or two. */
  | 'bad-log';

export interface Violation {
  kind: ViolationKind;
  attemptId: string;
  itemId: string;
  detail: string;
}

export interface HistoryReport {
  invoked: number;
  acknowledged: number;
  refused: number;
  /** Operations whose outcome no client knows, those that never ended among them. */
  unknown: number;
  /** Items with at least one acknowledged answer. */
  items: number;
  violations: Violation[];
}

interface Operation extends Sent {
  end: 'ok' | 'fail' | 'info';
  ended: boolean;
  counts: boolean;
  stored: number;
  /** The highest stored seq that anybody had been told of when this was sent. */
  floor: number;
}

/** What happened to one item of one attempt. */
class ItemHistory {
  readonly operations: Operation[] = [];
  /** Highest stored seq that anybody has been told of. */
  floor = 0;
  readonly violations: Violation[] = [];
  readonly #attemptId: string;
  readonly #itemId: string;

  constructor(attemptId: string, itemId: string) {
    this.#attemptId = attemptId;
    this.#itemId = itemId;
  }

  blame(kind: ViolationKind, detail: string): void {
    this.violations.push({ kind, attemptId: this.#attemptId, itemId: this.#itemId, detail });
  }

  acknowledge(operation: Operation, stored: number, counts: boolean): void {
    Object.assign(operation, { stored, counts });
    if (stored < operation.floor)
      this.blame('went-back', `told of seq ${stored} after seq ${operation.floor} was acknowledged`);
    this.floor = Math.max(this.floor, stored);
    if (stored < operation.seq || (counts && stored !== operation.seq))
      this.blame('lost', `seq ${operation.seq} was acknowledged with seq ${stored} stored`);
  }

  check(stored: readonly StoredFact[]): void {
    if (stored.length > 1) this.blame('doubled', `${stored.length} answers are stored`);
    const [final] = stored;
    if ((final?.seq ?? 0) < this.floor)
      this.blame('lost', `seq ${this.floor} was acknowledged, ${final?.seq ?? 'nothing'} is stored`);
    this.#checkSplit();
    if (final !== undefined) this.#checkFinal(final);
  }

  /** Of the answers under one seq, only one can be the stored one. */
  #checkSplit(): void {
    const counted = new Map<number, string>();
    for (const { seq, value, counts } of this.operations) {
      if (!counts) continue;
      const text = canonicalJson(value);
      if ((counted.get(seq) ?? text) !== text) this.blame('split', `two answers count under seq ${seq}`);
      counted.set(seq, text);
    }
  }

  #checkFinal({ seq, value }: StoredFact): void {
    const text = canonicalJson(value);
    const same = this.operations.filter((one) => one.seq === seq && canonicalJson(one.value) === text);
    if (same.length === 0) this.blame('from-nowhere', `nobody sent seq ${seq} with ${text.slice(0, 80)}`);
    else if (same.every(({ end }) => end === 'fail'))
      this.blame('refused-but-stored', `seq ${seq} was refused every time`);
    const rival = this.operations.find(
      (one) => one.counts && one.seq === seq && canonicalJson(one.value) !== text,
    );
    if (rival !== undefined) this.blame('lost', `another value than the acknowledged one under seq ${seq}`);
  }
}

class Checker {
  readonly #items = new Map<string, ItemHistory>();
  readonly #operations = new Map<number, { item: ItemHistory; operation: Operation }>();

  item(attemptId: string, itemId: string): ItemHistory {
    const key = `${attemptId}:${itemId}`;
    const known = this.#items.get(key) ?? new ItemHistory(attemptId, itemId);
    this.#items.set(key, known);
    return known;
  }

  take(event: HistoryEvent): void {
    if (event.type === 'invoke') this.#invoke(event);
    else this.#end(event);
  }

  #invoke({ op, attemptId, itemId, seq, value }: Sent): void {
    const item = this.item(attemptId, itemId);
    if (this.#operations.has(op)) item.blame('bad-log', `operation ${op} began twice`);
    const { floor } = item;
    const sent = { op, attemptId, itemId, seq, value };
    const operation: Operation = { ...sent, end: 'info', ended: false, counts: false, stored: 0, floor };
    item.operations.push(operation);
    this.#operations.set(op, { item, operation });
  }

  #end(event: Exclude<HistoryEvent, { type: 'invoke' }>): void {
    const known = this.#operations.get(event.op);
    if (known === undefined) {
      this.item('', '').blame('bad-log', `operation ${event.op} ended without having begun`);
      return;
    }
    const { item, operation } = known;
    if (operation.ended) item.blame('bad-log', `operation ${event.op} ended twice`);
    operation.ended = true;
    operation.end = event.type;
    if (event.type === 'ok') item.acknowledge(operation, event.stored, event.counts);
  }

  report(stored: readonly StoredFact[]): HistoryReport {
    const facts = new Map<ItemHistory, StoredFact[]>();
    for (const fact of stored) {
      const item = this.item(fact.attemptId, fact.itemId);
      facts.set(item, [...(facts.get(item) ?? []), fact]);
    }
    for (const item of this.#items.values()) item.check(facts.get(item) ?? []);
    const ends = { ok: 0, fail: 0, info: 0 };
    for (const { operation } of this.#operations.values()) ends[operation.end] += 1;
    const items = [...this.#items.values()];
    return {
      invoked: this.#operations.size,
      acknowledged: ends.ok,
      refused: ends.fail,
      unknown: ends.info,
      items: items.filter(({ operations }) => operations.some(({ end }) => end === 'ok')).length,
      violations: items.flatMap(({ violations }) => violations),
    };
  }
}

/** Holds what is stored at the end of a run against what the clients logged of it. */
export function checkHistory(events: Iterable<HistoryEvent>, stored: readonly StoredFact[]): HistoryReport {
  const checker = new Checker();
  for (const event of events) checker.take(event);
  return checker.report(stored);
}
