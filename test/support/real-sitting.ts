import { Caller } from '../../src/demo/caller.ts';
import { DEMO_PASSWORD } from '../../src/demo/cast.ts';
import {
  assemble,
  openExam,
  planSitting,
  prepareContent,
  prepareSite,
  readJson,
  takeIn,
} from '../../src/demo/prepare.ts';
import type { TheoryTemplate } from '../../src/assembly/template.contract.ts';
import type { SeatPlanRow } from '../../src/sitting/sitting.contract.ts';
import type { Page } from '../../src/shared/paging.ts';
import type { TestApp } from './app.ts';

/** What is on a candidate's admission ticket, and their attempt. */
export interface Ticket {
  name: string;
  admissionNumber: string;
  idTail: string;
  roomCode: string;
  seat: number;
  attemptId: string;
}

/** A published theory test of one room, from the product's own bank and template. */
export interface RealSitting {
  officer: Caller;
  sittingId: string;
  roomId: string;
  startsAt: number;
  /** By seat. */
  tickets: Ticket[];
}

/** The room's staff by sign-in name; everybody's password is the demo's. */
export const ROOM_STAFF = ['invigilator1', 'invigilator2'] as const;
export const STAFF_PASSWORD = DEMO_PASSWORD;
const STARTS_IN_MS = 20 * 60_000;

/** The junior theory template with a matching and an ordering item on every form. */
function template(): TheoryTemplate {
  const theory = readJson<TheoryTemplate>('exam-templates/theory-junior.json');
  const parts = theory.parts.flatMap((part) =>
    part.types.length === 1
      ? [part]
      : part.types.map((type) => ({ ...part, id: type, types: [type], count: 1 })),
  );
  return { ...theory, version: theory.version + 1, parts };
}

/** Everything up to publication over the public interface, as the demo does it. */
export async function publishRealSitting(app: TestApp, count: number): Promise<RealSitting> {
  await app.signInAs('administrator');
  const administrator = await new Caller(app.url).signIn('test-administrator-1', 'test password');
  const site = await prepareSite(administrator);
  const officer = await new Caller(app.url).signIn('officer1', STAFF_PASSWORD);
  await prepareContent(officer, 'junior');
  await officer.post('/api/assembly/templates', template());
  const candidates = await takeIn(officer, site, 'junior', count);
  const title = { zh: '初级跨境电商师考核', en: 'Junior specialist examination' };
  const { exam } = await openExam(officer, site, { level: 'junior', code: 'WALK', title }, candidates);
  const { forms } = await assemble(officer, 'theory-junior');
  const startsAt = app.clock.now() + STARTS_IN_MS;
  const staff = ROOM_STAFF.map((login) => ({ login, duty: 'invigilator' as const }));
  const { sittingId, roomIds } = await planSitting(officer, site, {
    examId: exam.id,
    part: 'theory',
    formIds: forms.map(({ formId }) => formId),
    startsAt,
    rooms: [{ code: 'B-301', name: '三号机房', seats: count, staff }],
  });
  const plan = await officer.get<Page<SeatPlanRow>>(`/api/sittings/${sittingId}/seating?limit=200`);
  const tails = new Map(candidates.map(({ name, idTail }) => [name, idTail]));
  const tickets = plan.items.map(({ name, admissionNumber, roomCode, seat, attemptId }) => ({
    name,
    admissionNumber,
    idTail: tails.get(name) ?? '',
    roomCode,
    seat,
    attemptId,
  }));
  return { officer, sittingId, roomId: roomIds[0] ?? '', startsAt, tickets };
}
