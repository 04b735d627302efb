import type { SeatPlanRow } from '../sitting/sitting.contract.ts';
import type { Page } from '../shared/paging.ts';
import { Caller } from './caller.ts';
import { DEMO_PASSWORD, candidateOf } from './cast.ts';
import {
  assemble,
  openExam,
  planSitting,
  prepareContent,
  prepareSite,
  takeIn,
  type Site,
} from './prepare.ts';
import { minimalPdf } from './minimal-pdf.ts';

const CANDIDATES = 30;
/** The theory test starts this long after the demo is loaded, minutes: time to look around and to open the room. */
const STARTS_IN_MINUTES = 12;
const SKILL_AFTER_MINUTES = 150;

/** A candidate to try the demo as. */
export interface DemoSeat {
  roomCode: string;
  seat: number;
  name: string;
  admissionNumber: string;
  idTail: string;
}

/** Loads the demo into an empty server, over its public interface. Returns seats to sign in at. */
export async function loadDemo(url: string, administratorPassword: string): Promise<DemoSeat[]> {
  const administrator = await new Caller(url).signIn('admin', administratorPassword);
  const site = await prepareSite(administrator);
  const officer = await new Caller(url).signIn('officer1', DEMO_PASSWORD);
  const { now } = await officer.get<{ now: number }>('/api/me');
  for (const level of ['junior', 'intermediate', 'senior'] as const) await prepareContent(officer, level);
  const sittingId = await loadJunior(officer, site, now);
  await loadSenior(officer, site, now);
  const plan = await officer.get<Page<SeatPlanRow>>(`/api/sittings/${sittingId}/seating?limit=3`);
  const tails = new Map(
    Array.from({ length: CANDIDATES }, (_, index) => candidateOf('junior', index)).map(
      ({ name, idNumber }) => [name, idNumber.slice(-4)],
    ),
  );
  return plan.items.map(({ roomCode, seat, name, admissionNumber }) => ({
    roomCode,
    seat,
    name,
    admissionNumber,
    idTail: tails.get(name) ?? '',
  }));
}

/** A junior examination: theory in a room of 30 in a few minutes, skill later the same day. */
async function loadJunior(officer: Caller, site: Site, now: number): Promise<string> {
  const candidates = await takeIn(officer, site, 'junior', CANDIDATES);
  const title = { zh: '初级跨境电商师考核（示范）', en: 'Junior specialist examination (demo)' };
  const { exam } = await openExam(officer, site, { level: 'junior', code: 'DEMO-J', title }, candidates);
  const theory = await assemble(officer, 'theory-junior');
  const skill = await assemble(officer, 'skill-junior');
  const startsAt = now + STARTS_IN_MINUTES * 60_000;
  const { sittingId } = await planSitting(officer, site, {
    examId: exam.id,
    part: 'theory',
    formIds: theory.forms.map((form) => form.formId),
    startsAt,
    rooms: [
      {
        code: '301',
        name: '第301考场',
        seats: CANDIDATES,
        staff: [
          { login: 'chief', duty: 'chief-invigilator' },
          { login: 'invigilator1', duty: 'invigilator' },
          { login: 'invigilator2', duty: 'invigilator' },
        ],
      },
    ],
  });
  await planSitting(officer, site, {
    examId: exam.id,
    part: 'skill',
    formIds: skill.forms.map((form) => form.formId),
    startsAt: startsAt + SKILL_AFTER_MINUTES * 60_000,
    rooms: [
      {
        code: '401',
        name: '第401实训室',
        seats: CANDIDATES,
        staff: ['examiner1', 'examiner2', 'examiner3'].map((login) => ({ login, duty: 'examiner' as const })),
      },
    ],
  });
  return sittingId;
}

/** Two senior candidates whose review is scheduled, with materials and a drawn panel. */
async function loadSenior(officer: Caller, site: Site, now: number): Promise<void> {
  const candidates = await takeIn(officer, site, 'senior', 2);
  const title = { zh: '高级跨境电商师考核（示范）', en: 'Senior specialist examination (demo)' };
  const { exam, enrolments } = await openExam(
    officer,
    site,
    { level: 'senior', code: 'DEMO-S', title },
    candidates,
  );
  const pool = [1, 2, 3, 4, 5, 6].map((n) => site.accountIds.get(`panel${n}`) ?? '');
  for (const [index, enrolment] of enrolments.entries()) {
    const startsAt = now + (15 + index * 30) * 60_000;
    const { id } = await officer.post<{ id: string }>(`/api/exams/${exam.id}/defences`, {
      enrolmentId: enrolment.id,
      startsAt,
      pool,
    });
    const text = ['Application materials (demo)', `Candidate ${enrolment.admissionNumber}`];
    await officer.upload(
      `/api/defences/${id}/materials?name=${encodeURIComponent('申报材料.pdf')}`,
      minimalPdf(text),
      'application/pdf',
    );
  }
}
