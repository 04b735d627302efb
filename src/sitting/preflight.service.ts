import { FormModel } from '../assembly/form.model.ts';
import { AccountModel } from '../people/account.model.ts';
import { CandidateModel } from '../people/candidate.model.ts';
import { judgeInstitution } from '../people/institution.rules.ts';
import { selectInstitution } from '../people/institutions.service.ts';
import { actorName, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError, problemOf, type ErrorCode, type ErrorDetails } from '../shared/errors/index.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import { applicableEntries, longestTime } from './deadline.rules.ts';
import { selectExam } from './exams.service.ts';
import { LedgerEntryModel } from './ledger.model.ts';
import { LEAST_MINUTES, missingEquipment } from './preflight.rules.ts';
import { RoomModel, type Room } from './room.model.ts';
import type { PreflightCheck, SittingView } from './sitting.contract.ts';
import type { Sitting } from './sitting.model.ts';
import { moveSitting, selectSitting, viewSitting } from './sittings.service.ts';
import { countingStaff, judgeStaffing } from './staffing.rules.ts';

/** One line of the list while it is made: what is checked, and the refusal if it fails. */
interface Finding {
  check: PreflightCheck['check'];
  roomCode?: string;
  fault?: { code: ErrorCode; params?: ErrorDetails['params'] };
}

type Fault = Finding['fault'];
const finding = (check: Finding['check'], fault: Fault, roomCode?: string): Finding => ({
  check,
  ...(fault === undefined ? {} : { fault }),
  ...(roomCode === undefined ? {} : { roomCode }),
});

async function institutionFault(examId: string): Promise<Fault> {
  const { institutionId } = await selectExam(examId);
  const verdict = judgeInstitution(await selectInstitution(institutionId));
  if (verdict.ok) return undefined;
  if (verdict.code === 'people.venue-too-small')
    return { code: verdict.code, params: { area: verdict.area, needed: verdict.needed } };
  return { code: verdict.code, params: { missing: verdict.missing.join(', ') } };
}

async function formsFault(sitting: Sitting): Promise<Fault> {
  const forms = await FormModel.find({ _id: { $in: sitting.formIds } }, { templateCode: 1 }).lean();
  const right = new Set(
    forms.filter((form) => form.templateCode === sitting.templateCode).map((form) => form._id),
  );
  const wrong = sitting.formIds.find((formId) => !right.has(formId));
  return wrong === undefined
    ? undefined
    : { code: 'sitting.form-mismatch', params: { form: wrong, template: sitting.templateCode } };
}

/** Nobody's own time, extra time included, may reach beyond the template's window: else somebody would be sent out early. */
async function windowFault(sitting: Sitting, attempts: readonly Attempt[]): Promise<Fault> {
  const { longestMinutes: window } = sitting.terms;
  if (window === undefined) return undefined;
  const entries = await LedgerEntryModel.find({ sittingId: sitting._id }).lean();
  const longest = longestTime(
    sitting.minutes,
    attempts.map(({ _id, roomId, name }) => ({
      name,
      entries: applicableEntries(entries, { attemptId: _id, roomId, sittingId: sitting._id }),
    })),
  );
  if (longest === undefined || longest.minutes <= window) return undefined;
  return {
    code: 'sitting.window-too-short',
    params: { window, name: longest.name, needed: longest.minutes },
  };
}

function roomFindings(sitting: Sitting, room: Room, candidates: number): Finding[] {
  const seats = Math.min(room.seats, room.equipment.computers);
  const missing = missingEquipment(room.equipment);
  const verdict = judgeStaffing({
    part: sitting.part,
    candidates,
    staff: countingStaff(sitting.part, room.staff),
    terms: sitting.terms.staffing,
  });
  const { needed, present } = verdict;
  return [
    finding(
      'seats',
      seats >= candidates
        ? undefined
        : { code: 'sitting.too-few-seats', params: { needed: candidates, present: seats } },
      room.code,
    ),
    finding(
      'equipment',
      missing.length === 0
        ? undefined
        : { code: 'sitting.room-not-equipped', params: { room: room.code, missing: missing.join(', ') } },
      room.code,
    ),
    finding(
      'staffing',
      verdict.ok ? undefined : { code: verdict.code, params: { needed, present, candidates } },
      room.code,
    ),
  ];
}

/** Nobody may be staff and candidate of one room: the same name at the same institution counts as the same person. */
async function personsFinding(room: Room, attempts: readonly Attempt[]): Promise<Finding> {
  const [staff, candidates] = await Promise.all([
    AccountModel.find(
      { _id: { $in: room.staff.map((s) => s.accountId) } },
      { name: 1, institutionId: 1 },
    ).lean(),
    CandidateModel.find(
      { _id: { $in: attempts.map((a) => a.candidateId) } },
      { name: 1, institutionId: 1 },
    ).lean(),
  ]);
  const same = staff.find((person) =>
    candidates.some(
      (c) => c.name === person.name && (person.institutionId ?? c.institutionId) === c.institutionId,
    ),
  );
  return finding(
    'persons',
    same === undefined
      ? undefined
      : { code: 'sitting.staff-is-candidate', params: { name: same.name, room: room.code } },
    room.code,
  );
}

async function examine(ctx: Ctx, sitting: Sitting): Promise<Finding[]> {
  const [rooms, attempts] = await Promise.all([
    RoomModel.find({ sittingId: sitting._id }).sort({ code: 1 }).lean(),
    AttemptModel.find({ sittingId: sitting._id }).lean(),
  ]);
  const { minutes, startsAt } = sitting;
  const findings = [
    finding('institution', await institutionFault(sitting.examId)),
    finding(
      'template',
      minutes >= LEAST_MINUTES
        ? undefined
        : { code: 'sitting.too-short', params: { minutes, needed: LEAST_MINUTES } },
    ),
    finding('forms', await formsFault(sitting)),
    finding('time', startsAt > ctx.clock.now() ? undefined : { code: 'sitting.starts-in-the-past' }),
    finding('window', await windowFault(sitting, attempts)),
    finding('seating', attempts.length > 0 ? undefined : { code: 'sitting.nobody-seated' }),
  ];
  for (const room of rooms) {
    const here = attempts.filter((attempt) => attempt.roomId === room._id);
    if (here.length === 0) continue;
    findings.push(...roomFindings(sitting, room, here.length), await personsFinding(room, here));
  }
  return findings;
}

function viewFinding({ check, roomCode, fault }: Finding): PreflightCheck {
  const room = roomCode === undefined ? {} : { roomCode };
  if (fault === undefined) return { check, ...room, ok: true };
  const { code, clause, zh, en } = problemOf(fault.code, { params: fault.params ?? {} });
  return { check, ...room, ok: false, code, zh, en, ...(clause === undefined ? {} : { clause }) };
}

/** The list that must be green before a sitting is published. */
export async function preflight(
  ctx: Ctx,
  sittingId: string,
): Promise<{ ok: boolean; checks: PreflightCheck[] }> {
  const checks = (await examine(ctx, await selectSitting(sittingId))).map(viewFinding);
  return { ok: checks.every((check) => check.ok), checks };
}

/** Publishes a sitting whose list is green; otherwise refuses with the first fault, and all of them as issues. */
export async function publishSitting(ctx: Ctx, actor: Actor, sittingId: string): Promise<SittingView> {
  const findings = await examine(ctx, await selectSitting(sittingId));
  const faults = findings.flatMap((f) => (f.fault === undefined ? [] : [{ ...f, fault: f.fault }]));
  const [first] = faults;
  if (first !== undefined) {
    const issues = faults.map(({ check, roomCode, fault }) => ({
      path: roomCode === undefined ? check : `${roomCode}/${check}`,
      message: problemOf(fault.code, { params: fault.params ?? {} }).en,
      code: fault.code,
    }));
    throw new AppError(first.fault.code, { params: first.fault.params ?? {}, issues });
  }
  const published = await ctx.transact((session) =>
    moveSitting(ctx, { sittingId, command: 'publish', by: actorName(actor) }, session),
  );
  return viewSitting(published);
}
