import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AssemblyReport } from '../assembly/assembly.contract.ts';
import type { AccountView, CandidateView } from '../people/people.contract.ts';
import type { Institution } from '../people/institution.model.ts';
import type { Level } from '../shared/levels.ts';
import type { Page } from '../shared/paging.ts';
import type { EnrolmentView, ExamView } from '../sitting/sitting.contract.ts';
import { Refusal, type Caller } from './caller.ts';
import { CAST, DEMO_PASSWORD, INSTITUTIONS, candidateOf } from './cast.ts';
import { drawPortrait } from './portrait.ts';

const root = resolve(import.meta.dirname, '../..');
const jsonFiles = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'))
    .sort()
    .map((name) => join(folder, name));

/** A file of the repository, parsed. */
export const readJson = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), 'utf8')) as T;

/** Bank files of a level, as paths in the repository. */
export const bankFiles = (level: Level): string[] => jsonFiles(`question-banks/${level}`);
/** Scenario files of a level. */
export const scenarioFiles = (level: Level): string[] =>
  jsonFiles('exam-templates/scenarios').filter((path) => readJson<{ level: Level }>(path).level === level);
/** Template files of a level. */
export const templateFiles = (level: Level): string[] =>
  jsonFiles('exam-templates').filter((path) => readJson<{ level: Level }>(path).level === level);

/** The institution that examines and its staff by sign-in name. */
export interface Site {
  institutionId: string;
  accountIds: ReadonlyMap<string, string>;
}

/** Records and approves the institutions and creates the staff. */
export async function prepareSite(administrator: Caller): Promise<Site> {
  const institutionIds = new Map<string, string>();
  for (const body of INSTITUTIONS) {
    const { _id } = await administrator.post<Institution>('/api/institutions', body);
    await administrator.post(`/api/institutions/${_id}/approval`);
    institutionIds.set(body.code, _id);
  }
  const accountIds = new Map<string, string>();
  for (const { login, name, roles, institution } of CAST) {
    const body = {
      login,
      name,
      roles,
      password: DEMO_PASSWORD,
      institutionId: institutionIds.get(institution),
    };
    accountIds.set(login, await appoint(administrator, login, body));
  }
  return { institutionId: institutionIds.get('KCDEMO') ?? '', accountIds };
}

/** Creates a staff account, or finds the one there is: the river may run on a server that has its demo loaded. */
async function appoint(administrator: Caller, login: string, body: object): Promise<string> {
  try {
    return (await administrator.post<AccountView>('/api/accounts', body)).id;
  } catch (error) {
    if (!(error instanceof Refusal) || error.problem.code !== 'people.login-taken') throw error;
    const { items } = await administrator.get<Page<AccountView>>(
      `/api/accounts?q=${encodeURIComponent(login)}`,
    );
    const known = items.find((account) => account.login === login);
    if (known === undefined) throw error;
    return known.id;
  }
}

/** Imports the banks, scenarios and templates of a level; returns how many items came in. */
export async function prepareContent(officer: Caller, level: Level): Promise<number> {
  let items = 0;
  for (const path of bankFiles(level)) {
    const report = await officer.post<{ items: number }>(
      `/api/bank/imports?file=${encodeURIComponent(path)}`,
      readJson(path),
    );
    items += report.items;
  }
  for (const path of scenarioFiles(level)) {
    await officer.post(`/api/bank/scenarios?file=${encodeURIComponent(path)}`, readJson(path));
  }
  for (const path of templateFiles(level)) await officer.post('/api/assembly/templates', readJson(path));
  return items;
}

/** Assembles the forms of a template by a fixed seed. */
export async function assemble(officer: Caller, templateCode: string): Promise<AssemblyReport> {
  return officer.post<AssemblyReport>(`/api/assembly/templates/${templateCode}/forms`, {
    seed: `demo-${templateCode}`,
  });
}

/** Takes `count` made-up candidates in, with drawn portraits. */
export async function takeIn(
  officer: Caller,
  site: Site,
  level: Level,
  count: number,
): Promise<CandidateView[]> {
  const candidates = Array.from({ length: count }, (_, index) => {
    const { name, idNumber } = candidateOf(level, index);
    return {
      name,
      idNumber,
      institutionId: site.institutionId,
      photo: drawPortrait(idNumber).toString('base64'),
    };
  });
  return (await officer.post<{ items: CandidateView[] }>('/api/candidates', { candidates })).items;
}

/** An examination with everybody enrolled. */
export interface PreparedExam {
  exam: ExamView;
  enrolments: EnrolmentView[];
}

/** Creates an examination of a level and enrols the candidates. */
export async function openExam(
  officer: Caller,
  site: Site,
  spec: { level: Level; code: string; title: { zh: string; en: string } },
  candidates: readonly CandidateView[],
): Promise<PreparedExam> {
  const { level, code, title } = spec;
  const templates = {
    theory: `theory-${level}`,
    skill: `skill-${level}`,
    ...(level === 'senior' ? { review: 'review-senior' } : {}),
  };
  const exam = await officer.post<ExamView>('/api/exams', {
    code,
    level,
    title,
    institutionId: site.institutionId,
    templates,
  });
  const enrolled = await officer.post<{ items: EnrolmentView[] }>(`/api/exams/${exam.id}/enrolments`, {
    candidates: candidates.map(({ id }) => ({ candidateId: id })),
  });
  return { exam, enrolments: enrolled.items };
}

/** A room to be planned. */
export interface RoomPlan {
  code: string;
  name: string;
  seats: number;
  staff: { login: string; duty: 'invigilator' | 'chief-invigilator' | 'examiner' }[];
}

/** Plans, seats and publishes a sitting; returns it with its rooms. */
export async function planSitting(
  officer: Caller,
  site: Site,
  plan: {
    examId: string;
    part: 'theory' | 'skill';
    formIds: string[];
    startsAt: number;
    rooms: RoomPlan[];
    enrolmentIds?: string[];
  },
): Promise<{ sittingId: string; roomIds: string[] }> {
  const rooms = plan.rooms.map(({ staff, ...room }) => ({
    ...room,
    equipment: { computers: room.seats, multimedia: true, audio: true, internet: true },
    staff: staff.map(({ login, duty }) => ({ accountId: site.accountIds.get(login) ?? '', duty })),
  }));
  const { examId, part, formIds, startsAt } = plan;
  const sitting = await officer.post<{ id: string; rooms: { id: string }[] }>('/api/sittings', {
    examId,
    part,
    formIds,
    startsAt,
    rooms,
  });
  const seating = {
    seed: `demo-${part}`,
    ...(plan.enrolmentIds === undefined ? {} : { enrolmentIds: plan.enrolmentIds }),
  };
  await officer.post(`/api/sittings/${sitting.id}/seating`, seating);
  await officer.post(`/api/sittings/${sitting.id}/publication`);
  return { sittingId: sitting.id, roomIds: sitting.rooms.map((room) => room.id) };
}
