import {
  assemble,
  openExam,
  planSitting,
  prepareContent,
  readJson,
  takeIn,
  type RoomPlan,
  type Site,
} from '../../src/demo/prepare.ts';
import type { Caller } from '../../src/demo/caller.ts';
import type { MarkingReport } from '../../src/marking/marking.contract.ts';
import type { ReadinessReport } from '../../src/results/results.contract.ts';
import { LEVEL_NAMES, type Level } from '../../src/shared/levels.ts';
import { certify, type CertificateTally } from './certificates.ts';
import { runReviews, scoreOnSite } from './judging.ts';
import type { Refusals } from './refusals.ts';
import { Learnt } from './right-answers.ts';
import { advance, runSitting, type River, type SittingTally } from './sitting.ts';
import { Consoles } from './staff.ts';

const CANDIDATES = 30;
/** Tells this run's examinations from those of an earlier run on the same server. */
const RUN = Date.now().toString(36).toUpperCase();

/** What one level amounted to, as the last line of the river prints it. */
export interface LevelTally extends CertificateTally {
  level: Level;
  candidates: number;
  forms: number;
  answersAcknowledged: number;
  answersStored: number;
  /** Candidates whose papers of both sittings came in. */
  handedIn: number;
}

export interface LevelInput {
  url: string;
  level: Level;
  site: Site;
  administrator: Caller;
  officer: Caller;
  refusals: Refusals;
  say(words: string): void;
}

/** One level from the import of its bank to verified certificates. */
export async function runLevel(input: LevelInput): Promise<LevelTally> {
  const { level, officer, refusals } = input;
  const say = (words: string): void => {
    input.say(`${level}: ${words}`);
  };
  say(`${await prepareContent(officer, level)} items imported`);
  await refusals.provoke('a template of 89 minutes', 'assembly.too-short', () =>
    officer.post('/api/assembly/templates', {
      ...readJson<object>(`exam-templates/theory-${level}.json`),
      code: `short-${level}`,
      minutes: 89,
    }),
  );
  const candidates = await takeIn(officer, input.site, level, CANDIDATES);
  const prepared = await openExam(
    officer,
    input.site,
    { level, code: `R-${level[0]?.toUpperCase() ?? ''}${RUN}`, title: LEVEL_NAMES[level] },
    candidates,
  );
  const tailOf = new Map(candidates.map(({ id, idTail }) => [id, idTail]));
  const tails = new Map(prepared.enrolments.map((e) => [e.admissionNumber, tailOf.get(e.candidateId) ?? '']));
  const consoles = new Consoles(input.url);
  const river: River = { ...input, consoles, learnt: new Learnt(level), prepared, tails, say };
  if (level === 'junior') await refuseThirtyOne(river, refusals);
  const theory = await runTheory(river, refusals);
  const skill = await runSkill(river, refusals);
  await mark(river, [theory, skill]);
  if (level === 'senior') await runReviews(river, refusals);
  await release(river, refusals);
  const certificates = await certify(river);
  return {
    level,
    candidates: CANDIDATES,
    forms: theory.forms + skill.forms,
    answersAcknowledged: theory.acknowledged + skill.acknowledged,
    answersStored: theory.stored + skill.stored,
    handedIn: theory.handedIn.filter((number) => skill.handedIn.includes(number)).length,
    ...certificates,
  };
}

const invigilators = (logins: readonly string[]): RoomPlan['staff'] =>
  logins.map((login) => ({ login, duty: login === 'chief' ? 'chief-invigilator' : 'invigilator' }));

/** A room of 31 needs three invigilators: two are refused. */
async function refuseThirtyOne(river: River, refusals: Refusals): Promise<void> {
  const { officer, site, consoles, say } = river;
  const candidates = await takeIn(officer, site, 'junior', CANDIDATES + 1);
  const drill = await openExam(
    officer,
    site,
    { level: 'junior', code: `R-DRILL${RUN}`, title: { zh: '考场演练', en: 'Room drill' } },
    candidates,
  );
  const { forms } = await assemble(officer, 'theory-junior');
  const { now } = await officer.get<{ now: number }>('/api/me');
  const { roomIds } = await planSitting(officer, site, {
    examId: drill.exam.id,
    part: 'theory',
    formIds: forms.map((form) => form.formId),
    startsAt: now + 20 * 60_000,
    rooms: [
      {
        code: 'D31',
        name: '演练考场',
        seats: 31,
        staff: invigilators(['chief', 'invigilator1', 'invigilator2']),
      },
    ],
  });
  const roomId = roomIds[0] ?? '';
  await consoles.enter('invigilator1', roomId);
  const second = await consoles.enter('invigilator2', roomId);
  await refusals.provoke(
    'opening with 2 invigilators for 31 candidates',
    'proctoring.too-few-invigilators',
    () => second.post(`/api/rooms/${roomId}/open`),
  );
  consoles.leaveAll();
  await leave(river, roomId, ['invigilator1', 'invigilator2']);
  say('a room of 31 was refused with 2 invigilators');
}

async function leave(river: River, roomId: string, logins: readonly string[]): Promise<void> {
  for (const login of logins)
    await (await river.consoles.as(login)).post(`/api/rooms/${roomId}/presence/leave`);
}

async function runTheory(river: River, refusals: Refusals): Promise<SittingTally> {
  const staff = ['chief', 'invigilator1', 'invigilator2'];
  const tally = await runSitting(
    river,
    'theory',
    { code: `T-${river.level}`, name: '理论考场', seats: CANDIDATES, staff: invigilators(staff) },
    async (roomId) => {
      const alone = await river.consoles.enter('invigilator1', roomId);
      await refusals.provoke('opening with 1 invigilator', 'proctoring.too-few-invigilators', () =>
        alone.post(`/api/rooms/${roomId}/open`),
      );
      await river.consoles.enter('invigilator2', roomId);
      const chief = await river.consoles.enter('chief', roomId);
      await chief.post(`/api/rooms/${roomId}/open`);
      return chief;
    },
  );
  river.consoles.leaveAll();
  await leave(river, tally.roomId, staff);
  return tally;
}

async function runSkill(river: River, refusals: Refusals): Promise<SittingTally> {
  const examiners = ['examiner1', 'examiner2', 'examiner3', 'examiner4', 'examiner5'];
  const staff = examiners.map((login) => ({ login, duty: 'examiner' as const }));
  const tally = await runSitting(
    river,
    'skill',
    { code: `S-${river.level}`, name: '技能考场', seats: CANDIDATES, staff },
    async (roomId) => {
      for (const login of examiners.slice(0, 4)) await river.consoles.enter(login, roomId);
      const fourth = await river.consoles.as('examiner4');
      await refusals.provoke('opening with 4 examiners', 'proctoring.even-examiners', () =>
        fourth.post(`/api/rooms/${roomId}/open`),
      );
      const fifth = await river.consoles.enter('examiner5', roomId);
      await fifth.post(`/api/rooms/${roomId}/open`);
      return fifth;
    },
  );
  await scoreOnSite(river, tally.roomId, examiners);
  river.consoles.leaveAll();
  await leave(river, tally.roomId, examiners);
  return tally;
}

async function mark(river: River, tallies: readonly SittingTally[]): Promise<void> {
  for (const { sittingId } of tallies) {
    const report = await river.officer.post<MarkingReport>(`/api/sittings/${sittingId}/marking`);
    if (!report.marked) throw new Error(`not marked: ${JSON.stringify(report)}`);
    river.say(`${report.scored} attempts marked`);
  }
}

/** Two officers release; nobody sees a mark before the hour. */
async function release(river: River, refusals: Refusals): Promise<void> {
  const { officer, prepared, administrator, consoles } = river;
  const path = `/api/exams/${prepared.exam.id}`;
  const { now } = await officer.get<{ now: number }>('/api/me');
  await officer.post<ReadinessReport>(`${path}/release`, { releaseAt: now + 30 * 60_000 });
  await refusals.provoke('a release approved by the one who asked for it', 'results.same-person', () =>
    officer.post(`${path}/release/approval`),
  );
  await (await consoles.as('officer2')).post(`${path}/release/approval`);
  await refusals.provoke('a mark read before release', 'results.not-released', () =>
    officer.get(`${path}/results`),
  );
  await advance(administrator, 31);
}
