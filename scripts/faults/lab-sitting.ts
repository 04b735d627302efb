import { LabCandidate, type LabAnswer } from '../lab/candidate.ts';
import { LabExam, type LabExamOptions, type LabTicket } from '../lab/exam.ts';
import type { HistoryLog } from '../lab/history.ts';
import { LabServer, type LabServerOptions } from '../lab/server.ts';
import { pause, sideBySide } from '../lab/side-by-side.ts';
import { answerTo } from '../lab/values.ts';
import { checkHistory, type HistoryEvent, type HistoryReport, type StoredFact } from './history.ts';
import type { Findings } from './row.ts';

/** Calls at once while a sitting is prepared. */
const WIDTH = 32;

/** Numbers the laboratory's entries: each end belongs to the oldest open invoke of its answer. */
export function numbered(events: HistoryEvent[]): HistoryLog {
  let operations = 0;
  const open = new Map<string, number[]>();
  return (entry) => {
    const { attemptId, itemId, seq } = entry;
    const key = `${attemptId}:${itemId}:${seq}`;
    if (entry.type === 'invoke') {
      operations += 1;
      open.set(key, [...(open.get(key) ?? []), operations]);
      events.push({ type: 'invoke', op: operations, attemptId, itemId, seq, value: entry.value });
      return;
    }
    const [op = 0, ...later] = open.get(key) ?? [];
    if (later.length === 0) open.delete(key);
    else open.set(key, later);
    if (entry.type === 'ok') events.push({ type: 'ok', op, stored: entry.stored, counts: entry.counts });
    // A server that is overloaded or ending says 5xx: what it was sent may be stored or not.
    else events.push({ type: entry.type === 'fail' && entry.status < 500 ? 'fail' : 'info', op });
  };
}

export interface LabSittingOptions extends LabExamOptions {
  server?: LabServerOptions;
  /** Where a candidate's computer reaches the server; the server's own address by default. */
  urlOf?(ticket: LabTicket, url: string): string | Promise<string>;
  /** Stops when everybody has been admitted, before the papers. */
  waiting?: boolean;
  /** How long a candidate's computer waits for an answer, ms. */
  timeoutMs?: number;
}

/** A sitting on a server of its own, with everybody in it on the wire, and the history of what they were told. */
export class LabSitting {
  readonly server: LabServer;
  readonly exam: LabExam;
  readonly people: readonly LabCandidate[];
  readonly history: HistoryEvent[];
  #typing = 0;

  private constructor(parts: Pick<LabSitting, 'server' | 'exam' | 'people' | 'history'>) {
    this.server = parts.server;
    this.exam = parts.exam;
    this.people = parts.people;
    this.history = parts.history;
  }

  static async open(options: LabSittingOptions): Promise<LabSitting> {
    const { urlOf = (_ticket: LabTicket, url: string) => url, timeoutMs = 8_000 } = options;
    const server = await LabServer.start(options.server ?? {});
    try {
      const exam = await LabExam.prepare(server, options);
      await exam.openRooms();
      const history: HistoryEvent[] = [];
      const log = numbered(history);
      const people = await sideBySide(exam.tickets, WIDTH, async (ticket) => {
        const url = await urlOf(ticket, server.url);
        return new LabCandidate(url, ticket, { log, timeoutMs });
      });
      const sitting = new LabSitting({ server, exam, people, history });
      await sitting.#bringIn(options.waiting === true);
      return sitting;
    } catch (error) {
      await server.dispose();
      throw error;
    }
  }

  async #bringIn(waiting: boolean): Promise<void> {
    const all = (work: (one: LabCandidate) => Promise<unknown>) => sideBySide(this.people, WIDTH, work);
    await all((one) => one.arrive());
    await this.exam.admitAll();
    await all((one) => one.connect());
    if (waiting) return;
    await all((one) => one.receivePaper());
    await this.exam.start();
    await all((one) => one.start());
  }

  /** The next change of a person: another item, another answer. */
  nextAnswer(person: LabCandidate): LabAnswer {
    const n = (this.#typing += 1);
    const item = person.items[Math.floor(Math.random() * person.items.length)];
    if (item === undefined) throw new Error('the paper is not open');
    return { itemId: item.itemId, seq: person.nextSeq(item.itemId), value: answerTo(item, n) };
  }

  /** What the server has stored of everybody, over the public interface. */
  async stored(): Promise<StoredFact[]> {
    const works = await sideBySide(this.people, WIDTH, async (one) => {
      const { items } = await one.stored();
      return items.map(({ itemId, seq, value }) => ({ attemptId: one.ticket.attemptId, itemId, seq, value }));
    });
    return works.flat();
  }

  /** Holds what is stored against the history, and notes it. */
  async check(findings: Findings): Promise<HistoryReport> {
    const report = checkHistory(this.history, await this.stored());
    const { violations, ...counts } = report;
    const of = (...kinds: string[]): number => violations.filter(({ kind }) => kinds.includes(kind)).length;
    findings.note({ ...counts, lost: of('lost', 'went-back'), doubled: of('doubled', 'split') });
    for (const { kind, attemptId, itemId, detail } of violations)
      findings.must(false, `${kind}: ${attemptId} ${itemId}: ${detail}`);
    findings.must(counts.acknowledged > 0, 'nothing was acknowledged: the row has shown nothing');
    return report;
  }

  async close(): Promise<void> {
    this.exam.close();
    await Promise.all(this.people.map((one) => one.close()));
    await this.server.dispose();
  }
}

/** Waits, about so long: people do not move in step. */
export const think = (ms: number): Promise<void> => pause(ms * (0.5 + Math.random()));
