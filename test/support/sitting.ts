import { FormModel } from '../../src/assembly/form.model.ts';
import type { CandidateForm } from '../../src/assembly/form.contract.ts';
import { importTemplate } from '../../src/assembly/templates.service.ts';
import { AccountModel } from '../../src/people/account.model.ts';
import { ANONYMOUS } from '../../src/platform/auth/actor.ts';
import { PresenceModel } from '../../src/proctoring/presence.model.ts';
import { machineNow } from '../../src/proctoring/machine-time.ts';
import type supertest from 'supertest';
import { PAGE_PROTOCOL } from '../../src/sitting/attempt.contract.ts';
import { AttemptModel } from '../../src/sitting/attempt.model.ts';
import { moveAttempt } from '../../src/sitting/attempts.service.ts';
import { moveRoom } from '../../src/sitting/rooms.service.ts';
import { selectRoom } from '../../src/sitting/sittings.service.ts';
import type { Client, TestApp } from './app.ts';
import { skillTemplate, theoryTemplate } from './templates.ts';

/** A candidate with a seat, and what is on the ticket. */
export interface SeatedPerson {
  candidateId: string;
  name: string;
  admissionNumber: string;
  idTail: string;
  attemptId: string;
  seat: number;
  formId: string;
}

/** A planned sitting of one room. */
export interface TestSitting {
  officer: Client;
  staff: Client[];
  examId: string;
  sittingId: string;
  roomId: string;
  startsAt: number;
  people: SeatedPerson[];
}

const text = (en: string): { zh: string; en: string } => ({ zh: `题 ${en}`, en });
const options = (ids: string) => [...ids].map((id) => ({ id, text: text(`option ${id}`) }));

/** A small paper with an item of each type. */
export function smallForm(formId: string, label: string, part: 'theory' | 'skill'): CandidateForm {
  const common = (itemId: string) => ({ itemId, version: 1, points: 2, stem: text(`stem ${itemId}`) });
  return {
    formId,
    templateCode: `${part}-junior`,
    templateVersion: 1,
    kind: part,
    level: 'junior',
    label,
    title: text('paper'),
    minutes: 90,
    calculator: true,
    partialCredit: 'none',
    parts: [
      {
        kind: 'items',
        id: 'choice',
        title: text('choice'),
        points: 6,
        items: [
          { ...common('A1.1-001'), type: 'single', options: options('ABCD') },
          { ...common('A1.1-002'), type: 'multiple', options: options('ABCDE') },
          { ...common('A1.1-003'), type: 'true-false' },
        ],
      },
      {
        kind: 'items',
        id: 'other',
        title: text('other'),
        points: 6,
        items: [
          { ...common('A1.1-004'), type: 'numeric', unit: text('USD') },
          { ...common('A1.1-005'), type: 'ordering', options: options('ABCD') },
          { ...common('A1.1-006'), type: 'matching', prompts: options('123'), options: options('ABCD') },
        ],
      },
    ],
  };
}

async function saveForm(
  app: TestApp,
  formId: string,
  label: string,
  part: 'theory' | 'skill',
): Promise<void> {
  const paper = smallForm(formId, label, part);
  const { templateCode, templateVersion, kind, level, title } = paper;
  const head = { templateCode, templateVersion, kind, level, label, title };
  await FormModel.collection.insertOne({
    _id: formId,
    ...head,
    batchId: 'batch',
    seed: 'seed',
    items: 6,
    paper,
    digest: 'not read here',
    by: 'test',
    at: app.clock.now(),
  } as never);
}

/** Institution, templates, two forms, an examination with `count` candidates enrolled. */
export async function prepareExam(
  app: TestApp,
  count: number,
  options: { accommodation?: number; window?: number } = {},
) {
  const officer = await app.signInAs('exam-officer');
  const administrator = await app.signInAs('administrator');
  const code = app.ctx.random.id('x').slice(2, 10).toUpperCase();
  const institution = {
    code,
    name: text('institution'),
    kind: 'enterprise',
    areaSquareMetres: 300,
    legalPerson: true,
    goodCredit: true,
  };
  const { body: saved } = await officer.post('/api/institutions', institution).expect(201);
  await administrator.post(`/api/institutions/${saved._id}/approval`).expect(200);
  const theory = theoryTemplate('junior');
  await importTemplate(
    app.ctx,
    ANONYMOUS,
    options.window === undefined
      ? theory
      : { ...theory, version: theory.version + options.window, longestMinutes: options.window },
  );
  await importTemplate(app.ctx, ANONYMOUS, skillTemplate('junior'));
  const exam = {
    code: `E${code}`,
    level: 'junior',
    title: text('exam'),
    institutionId: saved._id,
    templates: { theory: 'theory-junior', skill: 'skill-junior' },
  };
  const { body: created } = await officer.post('/api/exams', exam).expect(201);
  const inputs = Array.from({ length: count }, (_, i) => ({
    name: `考生${i + 1}`,
    idNumber: `${code}${String(i).padStart(4, '0')}`,
    institutionId: saved._id,
  }));
  const { body: imported } = await officer.post('/api/candidates', { candidates: inputs }).expect(201);
  const candidates = (imported.items as { id: string }[]).map(({ id }, i) => ({
    candidateId: id,
    ...(i === 0 && options.accommodation !== undefined
      ? { accommodation: { minutes: options.accommodation, reason: '视力障碍' } }
      : {}),
  }));
  await officer.post(`/api/exams/${created.id}/enrolments`, { candidates }).expect(201);
  return { officer, examId: created.id as string, code, institutionId: saved._id as string };
}

/** A room as it is planned: enough of everything. */
export const roomBody = (code: string, seats: number, staff: { accountId: string; duty: string }[]) => ({
  code,
  name: `考场${code}`,
  seats,
  equipment: { computers: seats, multimedia: true, audio: true, internet: true },
  staff,
});

/** Plans, seats and publishes a sitting of one room that starts in `startsIn` minutes. */
export async function planSitting(
  app: TestApp,
  count: number,
  options: {
    part?: 'theory' | 'skill';
    /** Extra minutes of the first candidate. */
    accommodation?: number;
    /** Minutes until the start. */
    startsIn?: number;
    /** The template's longest time, minutes. */
    window?: number;
    publish?: boolean;
  } = {},
): Promise<TestSitting> {
  const { officer, examId, code } = await prepareExam(app, count, options);
  const part = options.part ?? 'theory';
  const duty = part === 'theory' ? 'invigilator' : 'examiner';
  const staff = await Promise.all([1, 2, 3].map(() => app.signInAs(duty)));
  const formIds = [`form_${code}_a`, `form_${code}_b`];
  await saveForm(app, formIds[0] ?? '', 'A', part);
  await saveForm(app, formIds[1] ?? '', 'B', part);
  const startsAt = app.clock.now() + (options.startsIn ?? 10) * 60_000;
  const room = roomBody(
    `R${code}`,
    count + 2,
    staff.map((client) => ({ accountId: client.id, duty })),
  );
  const { body: sitting } = await officer
    .post('/api/sittings', { examId, part, formIds, startsAt, rooms: [room] })
    .expect(201);
  await officer.post(`/api/sittings/${sitting.id}/seating`, { seed: 'seats' }).expect(200);
  if (options.publish !== false) await officer.post(`/api/sittings/${sitting.id}/publication`).expect(200);
  const attempts = await AttemptModel.find({ sittingId: sitting.id }).sort({ admissionNumber: 1 }).lean();
  const people = attempts.map(({ _id, candidateId, name, admissionNumber, seat, formId }) => ({
    attemptId: _id,
    candidateId,
    name,
    admissionNumber,
    seat,
    formId,
    idTail: String(Number(admissionNumber.slice(-4)) - 1).padStart(4, '0'),
  }));
  return { officer, staff, examId, sittingId: sitting.id, roomId: sitting.rooms[0].id, startsAt, people };
}

/** Opens the room with its staff present, as their consoles would show them. */
export async function openRoom(app: TestApp, sitting: TestSitting): Promise<void> {
  for (const { id } of sitting.staff) {
    const account = await AccountModel.findById(id).lean();
    await PresenceModel.create({
      _id: id,
      roomId: sitting.roomId,
      name: account?.name ?? '',
      duty: account?.roles[0] === 'examiner' ? 'examiner' : 'invigilator',
      present: true,
      since: app.clock.now(),
      until: machineNow() + 3_600_000,
    });
  }
  await moveRoom(app.ctx, { roomId: sitting.roomId, command: 'open', by: 'test' });
}

/** Signs a person in at their seat. */
export async function signInAtSeat(
  app: TestApp,
  sitting: TestSitting,
  person: SeatedPerson,
): Promise<Client> {
  const { admissionNumber, idTail, seat, candidateId } = person;
  const response = await app.anonymous
    .post('/api/exam/sign-in', { admissionNumber, idTail, seat, roomId: sitting.roomId })
    .expect(200);
  return app.clientOf(response.headers['set-cookie'], candidateId);
}

/** Moves the clock to the start and waits until the sweep has started the room. */
export async function startRoom(app: TestApp, sitting: TestSitting): Promise<void> {
  app.clock.advance(Math.max(0, sitting.startsAt - app.clock.now()) + 1);
  await until(async () => (await selectRoom(sitting.roomId)).state === 'running');
}

/** Waits for something that the server does by itself. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not happen');
}

/** A candidate's page that is the attempt's writer. */
export interface PageClient extends Client {
  attemptId: string;
  fence: number;
  save(answers: readonly unknown[]): supertest.Test;
  handIn(): supertest.Test;
}

/** Claims the writing for a client, as its page does when it is loaded. */
export async function asPage(client: Client, attemptId: string): Promise<PageClient> {
  const path = `/api/attempts/${attemptId}`;
  const { body } = await client
    .post(`${path}/writer`, {
      protocol: PAGE_PROTOCOL,
      pageId: `test-page-${Math.random()}`.replace('.', ''),
    })
    .expect(200);
  const pass = { protocol: PAGE_PROTOCOL, fence: body.fence as number };
  return {
    ...client,
    attemptId,
    fence: pass.fence,
    save: (answers) => client.put(`${path}/answers`, { ...pass, answers }),
    handIn: () => client.post(`${path}/hand-in`, pass),
  };
}

/** A candidate who has signed in, was admitted, has the paper, has started and writes. The room must be running. */
export async function answering(
  app: TestApp,
  sitting: TestSitting,
  person: SeatedPerson,
): Promise<PageClient> {
  const client = await signInAtSeat(app, sitting, person);
  await client.post(`/api/attempts/${person.attemptId}/identity`, { confirmed: true }).expect(200);
  await moveAttempt(app.ctx, { attemptId: person.attemptId, command: 'admit', by: 'test' });
  await client.get(`/api/attempts/${person.attemptId}/paper`).expect(200);
  await client.post(`/api/attempts/${person.attemptId}/start`).expect(200);
  return asPage(client, person.attemptId);
}
