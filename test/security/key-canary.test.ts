import { expect } from 'chai';
import type { Socket } from 'socket.io-client';
import { openPaper } from '../../scripts/river/right-answers.ts';
import { STAGES } from '../../src/app.ts';
import { Caller, Refusal } from '../../src/demo/caller.ts';
import { DEMO_PASSWORD } from '../../src/demo/cast.ts';
import { minimalPdf } from '../../src/demo/minimal-pdf.ts';
import { assemble, openExam, planSitting, prepareSite, takeIn } from '../../src/demo/prepare.ts';
import type { CandidateItem } from '../../src/assembly/form.contract.ts';
import type { Page } from '../../src/shared/paging.ts';
import type { Role } from '../../src/shared/roles.ts';
import {
  PAGE_PROTOCOL,
  type AttemptView,
  type PaperKey,
  type SealedPaper,
  type WriterAnswer,
} from '../../src/sitting/attempt.contract.ts';
import { ExamModel } from '../../src/sitting/exam.model.ts';
import type { SeatPlanRow } from '../../src/sitting/sitting.contract.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { plantCanaries, type Canaries } from '../support/canaries.ts';
import { keepPresent } from '../support/proctoring.ts';
import { until } from '../support/sitting.ts';
import { reviewTemplate } from '../support/templates.ts';
import { Wire } from '../support/wire.ts';

const MINUTE = 60_000;
const STARTS_IN = { theory: 20, skill: 240 } as const;
const STAFF = {
  theory: ['invigilator1', 'invigilator2'],
  skill: ['examiner1', 'examiner2', 'examiner3'],
} as const;
type Part = keyof typeof STAFF;

/** A candidate at a computer, and the paper as it came. */
interface Paper {
  caller: Caller;
  /** Address of the attempt. */
  path: string;
  sealed?: SealedPaper;
  /** What its page sends along once it is the writer. */
  pass?: { protocol: number; fence: number };
}

/** What only the key side of the bank and the database has words for. */
const KEY_WORDS = /"(whyNot|rationale|tests|tells|checks|tolerance)"|(item|scenario|form)_keys/;

/** An answer to every kind of item, right or wrong. */
function answerTo(item: CandidateItem): unknown {
  switch (item.type) {
    case 'single':
      return item.options[0]?.id;
    case 'multiple':
      return item.options.slice(0, 2).map(({ id }) => id);
    case 'true-false':
      return true;
    case 'numeric':
      return '1.5';
    case 'ordering':
      return item.options.map(({ id }) => id);
    case 'matching':
      return { [item.prompts[0]?.id ?? '']: item.options[0]?.id };
    case 'scenario':
      return [];
  }
}

describe('security: the key side of the bank never leaves for those who sit, watch or judge', function () {
  this.timeout(120_000);
  let app: TestApp;
  let wire: Wire;
  let officer: Caller;
  let canaries: Canaries;
  let examId: string;
  let defenceId: string;
  const sittings = new Map<
    Part,
    { roomId: string; sittingId: string; startsAt: number; formIds: string[]; seats: SeatPlanRow[] }
  >();
  const tails = new Map<string, string>();
  const people = new Map<string, Caller>();
  const sockets: Socket[] = [];

  const as = async (login: string): Promise<Caller> => {
    const known = people.get(login) ?? (await new Caller(app.url).signIn(login, DEMO_PASSWORD));
    people.set(login, known);
    return known;
  };
  const sentTo = (label: string) => wire.sent.filter(({ to }) => to === label);
  /** What of the planted, and of the key side's own words, is in what was sent to somebody. */
  const leaks = (to: string): string[] =>
    sentTo(to).flatMap(({ what, text }) => [
      ...canaries.planted.filter((canary) => text.includes(canary)).map((canary) => `${what}: ${canary}`),
      ...(KEY_WORDS.test(text) ? [`${what}: ${KEY_WORDS.exec(text)?.[0] ?? ''}`] : []),
    ]);
  const bytesTo = (to: string): number => sentTo(to).reduce((sum, { text }) => sum + text.length, 0);
  const socketTo = (to: string): string =>
    sentTo(to)
      .filter(({ what }) => what.startsWith('socket'))
      .map(({ text }) => text)
      .join();
  const command = (part: Part): string => `/api/rooms/${sittings.get(part)!.roomId}/commands`;

  /** Publishes a sitting of the part on forms of the planted bank. */
  const publish = async (part: Part, site: Awaited<ReturnType<typeof prepareSite>>): Promise<void> => {
    const { forms } = await assemble(officer, `${part}-junior`);
    const formIds = forms.map(({ formId }) => formId);
    const duty = part === 'theory' ? ('invigilator' as const) : ('examiner' as const);
    const startsAt = app.clock.now() + STARTS_IN[part] * MINUTE;
    const { sittingId, roomIds } = await planSitting(officer, site, {
      examId,
      part,
      formIds,
      startsAt,
      rooms: [
        { code: `C-${part}`, name: part, seats: 2, staff: STAFF[part].map((login) => ({ login, duty })) },
      ],
    });
    const plan = await officer.get<Page<SeatPlanRow>>(`/api/sittings/${sittingId}/seating?limit=50`);
    sittings.set(part, { sittingId, roomId: roomIds[0] ?? '', startsAt, formIds, seats: plan.items });
  };

  before(async () => {
    app = await startTestApp();
    wire = new Wire(app.server);
    wire.to = 'office';
    canaries = plantCanaries(app.ctx.random.id('k').slice(2, 10));
    await app.signInAs('administrator');
    const administrator = await new Caller(app.url).signIn('test-administrator-1', 'test password');
    const site = await prepareSite(administrator);
    officer = await as('officer1');
    await officer.post('/api/bank/imports?file=canary.json', canaries.bank);
    for (const scenario of canaries.scenarios) await officer.post('/api/bank/scenarios', scenario);
    for (const template of [canaries.theory, canaries.skill, reviewTemplate()])
      await officer.post('/api/assembly/templates', template);
    const candidates = await takeIn(officer, site, 'junior', 2);
    for (const { name, idTail } of candidates) tails.set(name, idTail);
    const spec = { level: 'junior', code: 'CANARY', title: { zh: '考', en: 'Exam' } } as const;
    const { exam, enrolments } = await openExam(officer, site, spec, candidates);
    examId = exam.id;
    await publish('theory', site);
    await publish('skill', site);
    await ExamModel.updateOne(
      { _id: examId },
      { $set: { level: 'senior', 'templates.review': reviewTemplate().code } },
    );
    const pool = [...site.accountIds].filter(([login]) => login.startsWith('panel')).map(([, id]) => id);
    const body = { enrolmentId: enrolments[0]?.id, startsAt: app.clock.now(), pool };
    ({ id: defenceId } = await officer.post<{ id: string }>(`/api/exams/${examId}/defences`, body));
    const materials = `/api/defences/${defenceId}/materials?name=work.pdf`;
    await officer.upload(materials, minimalPdf(['work']), 'application/pdf');
  });
  after(async () => {
    for (const socket of sockets) socket.disconnect();
    await app.close();
  });

  it('would be seen: the reviewer of the bank is sent every planted string', async () => {
    const reviewer = await as('reviewer');
    wire.to = 'reviewer';
    for (const { id } of canaries.bank.items) await reviewer.get(`/api/bank/items/${id}`);
    for (const { id } of canaries.scenarios) await reviewer.get(`/api/bank/scenarios/${id}`);
    const seen = wire.sent
      .filter(({ to }) => to === 'reviewer')
      .map(({ text }) => text)
      .join('\n');
    expect(canaries.planted.filter((canary) => !seen.includes(canary))).to.deep.equal([]);
    expect(canaries.planted).to.have.length.above(60);
    expect(KEY_WORDS.test(seen)).to.equal(true);
  });

  for (const part of ['theory', 'skill'] as const) {
    const staff = part === 'theory' ? 'invigilator' : 'examiner';
    it(`not to candidates or staff of a whole ${part} sitting, by HTTP or socket`, async () => {
      const chief = await enterRoom(part, staff);
      const papers = await arrive(part);
      wire.to = staff;
      await chief.post(command(part), { command: 'admit', attemptIds: 'all' });
      wire.to = 'candidate';
      for (const paper of papers) paper.sealed = await paper.caller.get(`${paper.path}/paper`);
      await start(papers);
      for (const paper of papers) await answer(paper, part === 'theory' ? 6 : 2);
      wire.to = staff;
      await chief.post(command(part), { command: 'message', attemptIds: 'all', args: { text: 'quiet' } });
      const args = { minutes: 5, kind: 'incident', reason: 'power' };
      await chief.post(command(part), { command: 'add-time', attemptIds: 'all', args });
      await sweepAddresses(staff, chief, addresses(part));
      app.clock.advance(31 * MINUTE);
      wire.to = 'candidate';
      for (const { caller, path, pass } of papers) await caller.post(`${path}/hand-in`, pass);
      await sweepAddresses('candidate', papers[0]!.caller, addresses(part));

      expect(leaks('candidate')).to.deep.equal([]);
      expect(leaks(staff)).to.deep.equal([]);
      expect(bytesTo('candidate')).to.be.above(10_000);
      expect(bytesTo(staff)).to.be.above(5_000);
      expect(socketTo('candidate')).to.include('message.sent').and.include('time.changed');
      expect(socketTo(staff)).to.include('seat.changed');
    });
  }

  it('not to a panel of the review', async () => {
    wire.to = 'office';
    const { panel } = await officer.get<{ panel: { accountId: string }[] }>(`/api/defences/${defenceId}`);
    expect(panel).to.have.length.above(2);
    for (const login of ['panel1', 'panel2', 'panel3', 'panel4', 'panel5', 'panel6']) {
      wire.to = 'panel-member';
      const member = await as(login);
      await sweepAddresses('panel-member', member, addresses('theory'));
    }
    expect(wire.sent.some(({ to, text }) => to === 'panel-member' && text.includes(defenceId))).to.equal(
      true,
    );
    expect(leaks('panel-member')).to.deep.equal([]);
  });

  it('not to somebody who has not signed in', async () => {
    wire.to = 'anonymous';
    await sweepAddresses('candidate', new Caller(app.url), addresses('theory'));
    expect(bytesTo('anonymous')).to.be.above(1_000);
    expect(leaks('anonymous')).to.deep.equal([]);
  });

  /** The room's staff sign in shortly before the start, are present, listen, and open the room. */
  async function enterRoom(part: Part, label: string): Promise<Caller> {
    const { roomId, startsAt } = sittings.get(part)!;
    app.clock.advance(startsAt - app.clock.now() - 15 * MINUTE);
    wire.to = 'office';
    for (const login of STAFF[part]) await as(login);
    wire.to = label;
    for (const login of STAFF[part]) {
      const socket = await (await as(login)).socket();
      sockets.push(socket);
      await socket.timeout(5_000).emitWithAck('proctoring.presence.renew', { roomId, enter: true });
      await socket.timeout(5_000).emitWithAck('proctoring.console.join', { roomId });
    }
    await keepPresent();
    const chief = await as(STAFF[part][0]);
    await chief.post(`/api/rooms/${roomId}/open`);
    return chief;
  }

  /** Everybody signs in at their seat, says who they are, and listens. */
  async function arrive(part: Part): Promise<Paper[]> {
    wire.to = 'candidate';
    const papers: Paper[] = [];
    for (const { roomCode, seat, admissionNumber, name, attemptId } of sittings.get(part)!.seats) {
      const caller = new Caller(app.url);
      const path = `/api/attempts/${attemptId}`;
      await caller.post('/api/exam/sign-in', { roomCode, seat, admissionNumber, idTail: tails.get(name) });
      await caller.post(`${path}/identity`, { confirmed: true });
      sockets.push(await caller.socket());
      papers.push({ caller, path });
    }
    return papers;
  }

  /** The hour comes, and the room starts by itself. */
  async function start(papers: readonly Paper[]): Promise<void> {
    app.clock.advance(16 * MINUTE);
    const [{ caller, path }] = papers as [Paper];
    await until(async () => (await caller.get<AttemptView>(path)).room.state === 'running');
  }

  /** Starts, opens the paper, answers every item and raises a hand. */
  async function answer(paper: Paper, expected: number): Promise<void> {
    const { caller, path, sealed } = paper;
    await caller.post(`${path}/start`);
    const form = openPaper(sealed!, await caller.get<PaperKey>(`${path}/paper-key`));
    wire.add('the opened paper', JSON.stringify(form));
    const items = form.parts.flatMap((part) => part.items);
    expect(items).to.have.length(expected);
    const answers = items.map((item) => ({ itemId: item.itemId, seq: 1, value: answerTo(item) }));
    const asked = { protocol: PAGE_PROTOCOL, pageId: 'canary-page' };
    const { fence } = await caller.post<WriterAnswer>(`${path}/writer`, asked);
    paper.pass = { protocol: PAGE_PROTOCOL, fence };
    await caller.put(`${path}/answers`, { ...paper.pass, answers });
    await caller.post(`${path}/hand`, { raised: true });
  }

  /** What there is to be asked for, by the name of the place in the path. */
  function addresses(part: Part): Record<string, string> {
    const { roomId, sittingId, formIds, seats } = sittings.get(part)!;
    return {
      attemptId: seats[0]?.attemptId ?? '',
      roomId,
      sittingId,
      examId,
      defenceId,
      formId: formIds[0] ?? '',
      code: `${part}-junior`,
      itemId: canaries.bank.items[0]?.id ?? '',
      scenarioId: canaries.scenarios[0]?.id ?? '',
    };
  }

  /** Asks for every address of the interface with what exists: those of the role must answer or refuse, the others refuse. */
  async function sweepAddresses(role: Role, caller: Caller, values: Record<string, string>): Promise<void> {
    for (const route of STAGES.flatMap((stage) => stage.routes)) {
      if (route.method !== 'GET') continue;
      const path = route.path.replace(/[:*](\w+)/g, (_all, name: string) => values[name] ?? 'none');
      const query = route.path === '/api/bank/coverage' ? '?level=junior' : '';
      const open = route.access === 'public' || route.access.includes(role);
      try {
        await caller.download(path + query);
        expect(open, `${role} was answered ${path}`).to.equal(true);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }
  }
});
