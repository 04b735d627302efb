import { Caller } from '../../src/demo/caller.ts';
import {
  assemble,
  openExam,
  planSitting,
  prepareContent,
  type RoomPlan,
  type Site,
} from '../../src/demo/prepare.ts';
import type { CandidateView } from '../../src/people/people.contract.ts';
import type { Page } from '../../src/shared/paging.ts';
import type { SeatPlanRow, SittingView } from '../../src/sitting/sitting.contract.ts';
import { LAB_PASSWORD, LabStaff, appointStaff, staffOfRoom } from './staff.ts';
import { pause, sideBySide } from './side-by-side.ts';

/** What is on a candidate's admission ticket, and the attempt it leads to. */
export interface LabTicket {
  attemptId: string;
  candidateId: string;
  name: string;
  admissionNumber: string;
  idTail: string;
  roomId: string;
  roomCode: string;
  seat: number;
}

export interface LabRoom {
  id: string;
  code: string;
  /** Sign-in names, the chief first; `LAB_PASSWORD` is everybody's. */
  staff: string[];
}

export interface LabExamOptions {
  candidates: number;
  /** Seats of a room; default 30. */
  roomSize?: number;
  /** How long before the start it is planned, minutes; default 10. With a system clock: the time to open and admit. */
  leadMinutes?: number;
  /** Extra minutes of the first candidates, in order. */
  accommodations?: readonly number[];
  /** Told what is being done. */
  say?(words: string): void;
}

/** Candidates and enrolments sent at a time. */
const BULK = 500;
const PAGE = 200;
/** Rooms opened and admitted at a time. */
const WIDTH = 8;

function planRooms(candidates: number, size: number): RoomPlan[] {
  return Array.from({ length: Math.ceil(candidates / size) }, (_, i) => {
    const code = `R${String(i + 1).padStart(3, '0')}`;
    const seats = Math.min(size, candidates - i * size);
    const staff = staffOfRoom(code, seats).map((login, n) => ({
      login,
      duty: n === 0 ? ('chief-invigilator' as const) : ('invigilator' as const),
    }));
    return { code, name: `第 ${i + 1} 考场`, seats, staff };
  });
}

/** Takes candidates in without portraits; their names are nobody's, so that no one is staff and candidate of a room. */
async function takeIn(officer: Caller, institutionId: string, count: number): Promise<CandidateView[]> {
  const taken: CandidateView[] = [];
  for (let from = 0; from < count; from += BULK) {
    const candidates = Array.from({ length: Math.min(BULK, count - from) }, (_, i) => {
      const number = String(from + i + 1).padStart(4, '0');
      return { name: `考生${number}`, idNumber: `LAB${number}`, institutionId };
    });
    taken.push(...(await officer.post<{ items: CandidateView[] }>('/api/candidates', { candidates })).items);
  }
  return taken;
}

async function enrolAll(
  officer: Caller,
  site: Site,
  people: readonly CandidateView[],
  accommodations: readonly number[],
): Promise<string> {
  const title = { zh: '初级跨境电商师考核（实验）', en: 'Junior specialist examination (laboratory)' };
  const spec = { level: 'junior' as const, code: 'LAB', title };
  const { exam } = await openExam(officer, site, spec, people.slice(accommodations.length, BULK));
  const rest = people.map(({ id }, i) => {
    const minutes = accommodations[i];
    return {
      candidateId: id,
      ...(minutes === undefined ? {} : { accommodation: { minutes, reason: '实验' } }),
    };
  });
  const later = [...rest.slice(0, accommodations.length), ...rest.slice(BULK)];
  for (let from = 0; from < later.length; from += BULK)
    await officer.post(`/api/exams/${exam.id}/enrolments`, { candidates: later.slice(from, from + BULK) });
  return exam.id;
}

async function readTickets(
  officer: Caller,
  sittingId: string,
  people: readonly CandidateView[],
): Promise<LabTicket[]> {
  const tails = new Map(people.map(({ id, idTail }) => [id, idTail]));
  const tickets: LabTicket[] = [];
  for (let offset = 0; offset < people.length; offset += PAGE) {
    const { items } = await officer.get<Page<SeatPlanRow>>(
      `/api/sittings/${sittingId}/seating?limit=${PAGE}&offset=${offset}`,
    );
    tickets.push(...items.map((row) => ({ ...row, idTail: tails.get(row.candidateId) ?? '' })));
  }
  return tickets;
}

/** A published junior theory test with its staff, prepared over the public interface alone. */
export class LabExam {
  readonly administrator: Caller;
  readonly officer: Caller;
  readonly staff: LabStaff;
  readonly sittingId: string;
  readonly rooms: readonly LabRoom[];
  readonly tickets: readonly LabTicket[];
  /** Minutes of the paper, without extra time. */
  readonly minutes: number;

  private constructor(
    callers: Pick<LabExam, 'administrator' | 'officer' | 'staff'>,
    sitting: SittingView,
    rooms: readonly LabRoom[],
    tickets: readonly LabTicket[],
  ) {
    this.administrator = callers.administrator;
    this.officer = callers.officer;
    this.staff = callers.staff;
    this.sittingId = sitting.id;
    this.minutes = sitting.minutes;
    this.rooms = rooms;
    this.tickets = tickets;
  }

  /** Bank, forms, people, plan and publication on a fresh server. */
  static async prepare(
    server: { url: string; administratorPassword: string },
    options: LabExamOptions,
  ): Promise<LabExam> {
    const {
      candidates,
      roomSize = 30,
      leadMinutes = 10,
      accommodations = [],
      say = () => undefined,
    } = options;
    const administrator = await new Caller(server.url).signIn('admin', server.administratorPassword);
    const plan = planRooms(candidates, roomSize);
    const site = await appointStaff(administrator, plan);
    say(`${plan.length} rooms, ${site.accountIds.size} staff`);
    const officer = await new Caller(server.url).signIn('officer1', LAB_PASSWORD);
    await prepareContent(officer, 'junior');
    const { forms } = await assemble(officer, 'theory-junior');
    say(`bank imported, ${forms.length} forms`);
    const people = await takeIn(officer, site.institutionId, candidates);
    const examId = await enrolAll(officer, site, people, accommodations);
    say(`${people.length} candidates enrolled`);
    const { now } = await officer.get<{ now: number }>('/api/me');
    const { sittingId } = await planSitting(officer, site, {
      examId,
      part: 'theory',
      formIds: forms.map(({ formId }) => formId),
      startsAt: now + Math.round(leadMinutes * 60_000),
      rooms: plan,
    });
    const sitting = await officer.get<SittingView>(`/api/sittings/${sittingId}`);
    const tickets = await readTickets(officer, sittingId, people);
    say('seated and published');
    const rooms = sitting.rooms.map(({ id, code }, i) => ({
      id,
      code,
      staff: (plan[i]?.staff ?? []).map(({ login }) => login),
    }));
    return new LabExam({ administrator, officer, staff: new LabStaff(server.url) }, sitting, rooms, tickets);
  }

  /** Brings all staff into their rooms and opens these. */
  async openRooms(): Promise<void> {
    await this.staff.enter(
      this.rooms.flatMap(({ id, staff }) => staff.map((login) => ({ login, roomId: id }))),
    );
    await sideBySide(this.rooms, WIDTH, async (room) =>
      (await this.chief(room)).post(`/api/rooms/${room.id}/open`),
    );
  }

  /** Admits everybody who has signed in and confirmed the identity. @throws Error when a seat was refused */
  async admitAll(): Promise<void> {
    await sideBySide(this.rooms, WIDTH, async (room) => {
      const chief = await this.chief(room);
      const { results } = await chief.post<{ results: { ok: boolean; seat?: number }[] }>(
        `/api/rooms/${room.id}/commands`,
        { command: 'admit', attemptIds: 'all' },
      );
      const refused = results.filter(({ ok }) => !ok);
      if (refused.length > 0) throw new Error(`not admitted in ${room.code}: ${JSON.stringify(refused)}`);
    });
  }

  /** The room's chief invigilator, signed in. */
  chief(room: LabRoom): Promise<Caller> {
    return this.staff.as(room.staff[0] ?? '');
  }

  /** Moves a movable clock forward. */
  async advance(minutes: number): Promise<void> {
    await this.administrator.post('/api/demo/clock', { minutes });
  }

  /** Server time, ms. */
  async now(): Promise<number> {
    return (await this.officer.get<{ now: number }>('/api/me')).now;
  }

  view(): Promise<SittingView> {
    return this.officer.get<SittingView>(`/api/sittings/${this.sittingId}`);
  }

  /** Comes to the hour of the start (by a movable clock, unless `byItself`) and waits until every room runs. */
  async start(byItself = false): Promise<void> {
    const { startsAt } = await this.view();
    if (!byItself) await this.advance((startsAt - (await this.now())) / 60_000 + 0.001);
    const until = Math.max(0, startsAt - (await this.now())) + 30_000 + performance.now();
    while (performance.now() < until) {
      const { rooms } = await this.view();
      if (rooms.every(({ state }) => state === 'running')) return;
      await pause(100);
    }
    throw new Error('not every room has started');
  }

  /** Closes the consoles; rooms lose their staffing some seconds later. */
  close(): void {
    this.staff.leave();
  }
}
