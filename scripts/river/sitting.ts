import type { Caller } from '../../src/demo/caller.ts';
import {
  assemble,
  planSitting,
  type PreparedExam,
  type RoomPlan,
  type Site,
} from '../../src/demo/prepare.ts';
import type { SeatPlanRow, SittingView } from '../../src/sitting/sitting.contract.ts';
import type { Page } from '../../src/shared/paging.ts';
import type { Level } from '../../src/shared/levels.ts';
import { seeded } from '../../src/shared/seeded.ts';
import { RiverCandidate } from './candidate.ts';
import type { Learnt } from './right-answers.ts';
import type { Consoles } from './staff.ts';

/** What the parts of the river share. */
export interface River {
  url: string;
  level: Level;
  site: Site;
  administrator: Caller;
  officer: Caller;
  consoles: Consoles;
  learnt: Learnt;
  prepared: PreparedExam;
  /** ID tail by admission number. */
  tails: ReadonlyMap<string, string>;
  say(words: string): void;
}

/** What one sitting amounted to. */
export interface SittingTally {
  sittingId: string;
  roomId: string;
  attemptIds: string[];
  forms: number;
  acknowledged: number;
  stored: number;
  /** Admission numbers of those whose paper came in. */
  handedIn: string[];
}

/** Moves the demo server's clock. */
export const advance = (administrator: Caller, minutes: number): Promise<unknown> =>
  administrator.post('/api/demo/clock', { minutes });

/** Asks until `done`, or fails after 20 s: the server's sweeps run each second. */
export async function until<T>(what: string, ask: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 80; tries += 1) {
    const value = await ask();
    if (done(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`waited in vain: ${what}`);
}

const serverTime = async (caller: Caller): Promise<number> =>
  (await caller.get<{ now: number }>('/api/me')).now;

/** How long before the start a sitting is planned, minutes. */
const LEAD_MINUTES = 10;
/** When the quick ones hand in, minutes after the start. */
const HAND_IN_AT_MINUTES = 45;

/**
 * One whole sitting: forms, plan, publication, opening by `open`, admission, start, answers; half hand in, half are collected
 * by the deadline.
 */
export async function runSitting(
  river: River,
  part: 'theory' | 'skill',
  room: RoomPlan,
  open: (roomId: string) => Promise<Caller>,
): Promise<SittingTally> {
  const { officer, site, prepared, say, url } = river;
  const report = await assemble(officer, `${part}-${river.level}`);
  const { sittingId, roomIds } = await planSitting(officer, site, {
    examId: prepared.exam.id,
    part,
    formIds: report.forms.map((form) => form.formId),
    startsAt: (await serverTime(officer)) + LEAD_MINUTES * 60_000,
    rooms: [room],
  });
  const roomId = roomIds[0] ?? '';
  const seats = await officer.get<Page<SeatPlanRow>>(`/api/sittings/${sittingId}/seating?limit=200`);
  const chief = await open(roomId);
  say(`${part}: room ${room.code} open, ${seats.items.length} seats`);
  const candidates = seats.items.map((row) => {
    const ticket = {
      roomCode: row.roomCode,
      seat: row.seat,
      admissionNumber: row.admissionNumber,
      idTail: river.tails.get(row.admissionNumber) ?? '',
    };
    return new RiverCandidate(url, ticket, 0.55 + seeded(row.admissionNumber)() * 0.43);
  });
  await Promise.all(candidates.map((candidate) => candidate.arrive()));
  await chief.post(`/api/rooms/${roomId}/commands`, { command: 'admit', attemptIds: 'all' });
  await Promise.all(candidates.map((candidate) => candidate.receive()));
  await advance(river.administrator, LEAD_MINUTES);
  await until(
    'the room starts',
    () => candidates[0]?.view() ?? Promise.reject(new Error('nobody')),
    (view) => view.room.state === 'running',
  );
  await Promise.all(candidates.map((candidate) => candidate.work(river.learnt)));
  say(`${part}: all have answered`);
  const handedIn = await finish(river, candidates, sittingId);
  const stored = await Promise.all(candidates.map((candidate) => candidate.stored()));
  return {
    sittingId,
    roomId,
    attemptIds: candidates.map((candidate) => candidate.attemptId),
    forms: report.forms.length,
    acknowledged: candidates.reduce((sum, candidate) => sum + candidate.acknowledged.size, 0),
    stored: stored.reduce((sum, count) => sum + count, 0),
    handedIn,
  };
}

/** Half hand in by themselves, the others are collected when the time is over. Returns whose papers came in. */
async function finish(
  river: River,
  candidates: readonly RiverCandidate[],
  sittingId: string,
): Promise<string[]> {
  const { minutes } = await river.officer.get<SittingView>(`/api/sittings/${sittingId}`);
  await advance(river.administrator, HAND_IN_AT_MINUTES);
  const early = candidates.filter((_, index) => index % 2 === 0);
  await Promise.all(early.map((candidate) => candidate.handIn()));
  await advance(river.administrator, minutes - HAND_IN_AT_MINUTES + 5);
  await until(
    'the sitting is collected',
    () => river.officer.get<SittingView>(`/api/sittings/${sittingId}`),
    (sitting) => sitting.state === 'collected',
  );
  const views = await Promise.all(candidates.map((candidate) => candidate.view()));
  const came = views.filter((view) => view.receipt !== undefined);
  const collected = came.filter((view) => view.state === 'collected').length;
  river.say(`${came.length - collected} handed in, ${collected} collected at the deadline`);
  return came.map((view) => view.candidate.admissionNumber);
}
