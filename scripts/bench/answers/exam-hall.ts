import { LabCandidate } from '../../lab/candidate.ts';
import { LabExam } from '../../lab/exam.ts';
import type { LabServer } from '../../lab/server.ts';
import { pause, sideBySide } from '../../lab/side-by-side.ts';
import type { Acknowledged } from './saving.ts';

/** Requests in flight where it does not matter when each comes. */
const WIDTH = 64;
const TIMEOUT_MS = 60_000;

/** A sitting in which everybody is at the computer, admitted, with the sealed paper, and connected. */
export interface ExamHall {
  exam: LabExam;
  people: LabCandidate[];
}

/** Brings a whole sitting to the moment before its start. */
export async function fillHall(
  server: LabServer,
  candidates: number,
  live: boolean,
  say: (words: string) => void,
): Promise<ExamHall> {
  const exam = await LabExam.prepare(server, { candidates, leadMinutes: 30, say });
  await exam.openRooms();
  say('rooms open');
  const people = exam.tickets.map(
    (ticket) => new LabCandidate(server.url, ticket, { timeoutMs: TIMEOUT_MS }),
  );
  await sideBySide(people, WIDTH, (one) => one.arrive());
  say('everybody has signed in');
  await exam.admitAll();
  say('everybody is admitted');
  await sideBySide(people, WIDTH, (one) => one.receivePaper());
  say('everybody has the sealed paper');
  if (live) await sideBySide(people, WIDTH, (one) => one.connect());
  return { exam, people };
}

/** All start within one second. Returns the time from each one's start to the opened paper, ms. */
export function startTogether(people: readonly LabCandidate[]): Promise<number[]> {
  return rush(people, 1_000, (one) => one.start());
}

/** All hand in within five seconds. Returns the time from each one's hand-in to the receipt, ms. */
export function handInTogether(people: readonly LabCandidate[]): Promise<number[]> {
  return rush(people, 5_000, (one) => one.handIn());
}

function rush(
  people: readonly LabCandidate[],
  withinMs: number,
  work: (one: LabCandidate) => Promise<unknown>,
): Promise<number[]> {
  return Promise.all(
    people.map(async (one, i) => {
      await pause((i / people.length) * withinMs);
      const since = performance.now();
      await work(one);
      return performance.now() - since;
    }),
  );
}

/** How many acknowledged answers there are, and how many the server has as they were acknowledged. */
export async function compareStored(
  acknowledged: ReadonlyMap<LabCandidate, Acknowledged>,
): Promise<{ acknowledged: number; rowsStored: number }> {
  const counts = await sideBySide([...acknowledged], WIDTH, async ([one, answers]) => {
    const { items } = await one.stored();
    const same = items.filter(({ itemId, seq, value }) => {
      const told = answers.get(itemId);
      return told?.seq === seq && JSON.stringify(told.value) === JSON.stringify(value);
    });
    return { acknowledged: answers.size, rowsStored: same.length };
  });
  return {
    acknowledged: counts.reduce((sum, one) => sum + one.acknowledged, 0),
    rowsStored: counts.reduce((sum, one) => sum + one.rowsStored, 0),
  };
}
