import { totalOnScale } from './on-scale.ts';
import type { SkillTemplate } from '../assembly/template.contract.ts';
import { selectTemplate } from '../assembly/templates.service.ts';
import { AccountModel } from '../people/account.model.ts';
import { actorName, type StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { fraction, readFraction, writeFraction, ZERO } from '../shared/fraction.ts';
import { AttemptModel, type Attempt } from '../sitting/attempt.model.ts';
import { RoomModel, type Room } from '../sitting/room.model.ts';
import { SittingModel, type Sitting } from '../sitting/sitting.model.ts';
import { aggregate, judgeCount, type AggregateVerdict } from './aggregate.rules.ts';
import type {
  DisclosedSheets,
  ExaminerRoom,
  RoomSheets,
  SheetBody,
  SheetView,
  WaitingAdjudication,
} from './marking.contract.ts';
import {
  AdjudicationModel,
  ScoreSheetModel,
  type Adjudication,
  type ScoreSheet,
} from './score-sheet.model.ts';

/** The on-site task of a skill sitting and how its sheets are put together. */
export interface OnSiteTask {
  part: Extract<SkillTemplate['parts'][number], { kind: 'on-site' }>;
  examiners: SkillTemplate['examiners'];
}

/** The on-site task of a sitting; undefined for theory, or a skill test without one. */
export async function onSiteTask(
  sitting: Pick<Sitting, 'part' | 'templateCode'>,
): Promise<OnSiteTask | undefined> {
  if (sitting.part !== 'skill') return undefined;
  const template = await selectTemplate(sitting.templateCode);
  if (template.kind !== 'skill') return undefined;
  const part = template.parts.find((candidate) => candidate.kind === 'on-site');
  return part === undefined ? undefined : { part, examiners: template.examiners };
}

/** The examiners of a room, in the order of the roster. */
export const examinersOf = (room: Pick<Room, 'staff'>): string[] => [
  ...new Set(room.staff.filter((member) => member.duty === 'examiner').map((member) => member.accountId)),
];

/** Attempts that get a sheet: whoever came in. */
const judged = { absent: { $ne: true }, startedAt: { $ne: null } };

interface Desk {
  attempt: Attempt;
  room: Room;
  task: OnSiteTask;
  examiners: string[];
}

/** Everything needed to deal with one candidate's sheets. @throws AppError platform.not-found, marking.not-skill */
async function deskOf(attemptId: string): Promise<Desk> {
  const attempt = await AttemptModel.findById(attemptId).lean<Attempt>();
  if (attempt === null) throw new AppError('platform.not-found');
  const room = await RoomModel.findById(attempt.roomId).lean<Room>();
  const sitting = await SittingModel.findById(attempt.sittingId).lean<Sitting>();
  if (room === null || sitting === null) throw new AppError('platform.not-found');
  const task = await onSiteTask(sitting);
  if (task === undefined) throw new AppError('marking.not-skill');
  return { attempt, room, task, examiners: examinersOf(room) };
}

/** The rooms in which a person examines, newest first. */
export async function examinerRooms(accountId: string): Promise<ExaminerRoom[]> {
  const rooms = await RoomModel.find({ 'staff.accountId': accountId }).lean<Room[]>();
  const mine = rooms.filter((room) => examinersOf(room).includes(accountId));
  const views = await Promise.all(
    mine.map(async (room): Promise<ExaminerRoom | undefined> => {
      const sitting = await SittingModel.findById(room.sittingId).lean<Sitting>();
      if (sitting === null || sitting.part !== 'skill') return undefined;
      const [candidates, sealed] = await Promise.all([
        AttemptModel.countDocuments({ roomId: room._id, ...judged }),
        ScoreSheetModel.countDocuments({ roomId: room._id, examinerId: accountId, state: 'sealed' }),
      ]);
      const { _id: roomId, code: roomCode, state } = room;
      return {
        roomId,
        roomCode,
        sittingId: sitting._id,
        title: sitting.title,
        startsAt: sitting.startsAt,
        state,
        candidates,
        sealed,
      };
    }),
  );
  return views.filter((view) => view !== undefined).sort((a, b) => b.startsAt - a.startsAt);
}

/** An examiner's sheets of one room: seats, not names; of the others only how many are sealed. */
export async function roomSheets(actor: StaffActor, roomId: string): Promise<RoomSheets> {
  const room = await RoomModel.findById(roomId).lean<Room>();
  const sitting = room === null ? null : await SittingModel.findById(room.sittingId).lean<Sitting>();
  if (room === null || sitting === null) throw new AppError('platform.not-found');
  const task = await onSiteTask(sitting);
  if (task === undefined) throw new AppError('marking.not-skill');
  const examiners = examinersOf(room);
  if (!examiners.includes(actor.accountId)) throw new AppError('marking.not-an-examiner');
  const [attempts, sheets] = await Promise.all([
    AttemptModel.find({ roomId, ...judged })
      .sort({ seat: 1 })
      .lean<Attempt[]>(),
    ScoreSheetModel.find({ roomId }).lean<ScoreSheet[]>(),
  ]);
  return {
    roomId,
    roomCode: room.code,
    task: task.part.task,
    criteria: task.part.criteria,
    spreadLimit: task.examiners.spreadLimit,
    sheets: attempts.map((attempt) => viewOf(attempt, sheets, actor.accountId, examiners.length)),
  };
}

function viewOf(
  attempt: Attempt,
  sheets: readonly ScoreSheet[],
  examinerId: string,
  needed: number,
): SheetView {
  const ofAttempt = sheets.filter((sheet) => sheet.attemptId === attempt._id);
  const mine = ofAttempt.find((sheet) => sheet.examinerId === examinerId);
  return {
    attemptId: attempt._id,
    seat: attempt.seat,
    scores: mine?.scores ?? {},
    note: mine?.note ?? '',
    state: mine?.state ?? 'open',
    sealed: ofAttempt.filter((sheet) => sheet.state === 'sealed').length,
    needed,
  };
}

/** Saves an examiner's draft of a sheet. @throws AppError marking.sheet-sealed, marking.not-an-examiner, marking.outside-scale */
export async function saveSheet(
  ctx: Ctx,
  actor: StaffActor,
  attemptId: string,
  body: SheetBody,
): Promise<{ savedAt: number }> {
  const { attempt, task, examiners } = await deskOf(attemptId);
  if (!examiners.includes(actor.accountId)) throw new AppError('marking.not-an-examiner');
  totalOnScale(task.part.criteria, body.scores, false);
  const now = ctx.clock.now();
  const _id = `${attemptId}:${actor.accountId}`;
  try {
    await ScoreSheetModel.updateOne(
      { _id, state: 'open' },
      {
        $set: { scores: body.scores, note: body.note ?? '', updatedAt: now },
        $setOnInsert: {
          attemptId,
          sittingId: attempt.sittingId,
          roomId: attempt.roomId,
          examinerId: actor.accountId,
        },
      },
      { upsert: true },
    );
  } catch (error) {
    // A sealed sheet does not match, and the upsert meets its id.
    if ((error as { code?: number }).code === 11000) throw new AppError('marking.sheet-sealed');
    throw error;
  }
  return { savedAt: now };
}

/** Seals an examiner's own sheet for good. The examiners of the room must be lawful in number (11.2). */
export async function sealSheet(ctx: Ctx, actor: StaffActor, attemptId: string): Promise<SheetView> {
  const { attempt, task, examiners } = await deskOf(attemptId);
  if (!examiners.includes(actor.accountId)) throw new AppError('marking.not-an-examiner');
  refuseUnlessLawful(examiners.length);
  const _id = `${attemptId}:${actor.accountId}`;
  const sheet = await ScoreSheetModel.findById(_id).lean<ScoreSheet>();
  if (sheet?.state === 'sealed') throw new AppError('marking.sheet-sealed');
  const total = totalOnScale(task.part.criteria, sheet?.scores ?? {}, true);
  await ctx.transact(async (session) => {
    const sealed = await ScoreSheetModel.updateOne(
      { _id, state: 'open', updatedAt: sheet?.updatedAt ?? 0 },
      { $set: { state: 'sealed', total: writeFraction(total), sealedAt: ctx.clock.now() } },
      { session },
    );
    if (sealed.modifiedCount !== 1) throw new AppError('platform.conflict');
    // The facts hold no score: the record is read by auditors before the release.
    await ctx.audit.append(
      { actor: actorName(actor), action: 'marking.sheet.seal', subject: `attempt:${attemptId}`, facts: {} },
      session,
    );
  });
  const sheets = await ScoreSheetModel.find({ attemptId }).lean<ScoreSheet[]>();
  return viewOf(attempt, sheets, actor.accountId, examiners.length);
}

function refuseUnlessLawful(judges: number): void {
  const count = judgeCount(judges);
  if (!count.ok) throw new AppError(count.code, { params: { judges: count.judges } });
}

/** All sealed sheets of a candidate with their aggregate. @throws AppError marking.sheets-open while one is not sealed */
async function sealedSheets(
  desk: Desk,
): Promise<{ sheets: ScoreSheet[]; verdict: Extract<AggregateVerdict, { ok: true }> }> {
  const sheets = (
    await ScoreSheetModel.find({ attemptId: desk.attempt._id, state: 'sealed' }).lean<ScoreSheet[]>()
  ).filter((sheet) => desk.examiners.includes(sheet.examinerId));
  const open = desk.examiners.length - sheets.length;
  if (open > 0) throw new AppError('marking.sheets-open', { params: { open } });
  return { sheets, verdict: aggregateSheets(desk.task, sheets) };
}

/** The aggregate of sealed sheets by the template. @throws AppError when their number is unlawful */
export function aggregateSheets(
  task: OnSiteTask,
  sheets: readonly Pick<ScoreSheet, 'total'>[],
): Extract<AggregateVerdict, { ok: true }> {
  const totals = sheets.map((sheet) => readFraction(sheet.total ?? '') ?? ZERO);
  const verdict = aggregate(totals, task.examiners.aggregation, fraction(task.examiners.spreadLimit));
  if (!verdict.ok) throw new AppError(verdict.code, { params: { judges: verdict.judges } });
  return verdict;
}

/** Everybody's scores side by side, once all are sealed; for the examiners of the room and the chief. */
export async function disclosedSheets(actor: StaffActor, attemptId: string): Promise<DisclosedSheets> {
  const desk = await deskOf(attemptId);
  const oversees = actor.roles.includes('chief-invigilator') || actor.roles.includes('exam-officer');
  if (!oversees && !desk.examiners.includes(actor.accountId)) throw new AppError('marking.not-an-examiner');
  const { sheets, verdict } = await sealedSheets(desk);
  const accounts = await AccountModel.find({ _id: { $in: desk.examiners } }).lean();
  const names = new Map(accounts.map((account) => [account._id, account.name]));
  return {
    attemptId,
    sheets: sheets.map((sheet) => ({
      examiner: names.get(sheet.examinerId) ?? '',
      scores: sheet.scores,
      note: sheet.note,
      total: sheet.total ?? '0',
    })),
    spread: writeFraction(verdict.spread),
    spreadLimit: desk.task.examiners.spreadLimit,
    beyondLimit: verdict.beyondLimit,
    adjudicated: (await AdjudicationModel.exists({ _id: attemptId })) !== null,
  };
}

/** Decides a performance whose sheets lie too far apart; by an examiner who did not score it. Stands instead of the aggregate. */
export async function adjudicate(
  ctx: Ctx,
  actor: StaffActor,
  attemptId: string,
  body: { scores: Record<string, string>; reason: string },
): Promise<{ adjudicated: true }> {
  const desk = await deskOf(attemptId);
  if (desk.examiners.includes(actor.accountId)) throw new AppError('marking.adjudicator-judged');
  const { verdict } = await sealedSheets(desk);
  if (!verdict.beyondLimit) {
    throw new AppError('marking.no-adjudication', { params: { limit: desk.task.examiners.spreadLimit } });
  }
  const total = totalOnScale(desk.task.part.criteria, body.scores, true);
  const adjudication: Adjudication = {
    _id: attemptId,
    accountId: actor.accountId,
    ...body,
    total: writeFraction(total),
    at: ctx.clock.now(),
  };
  await ctx.transact(async (session) => {
    await AdjudicationModel.replaceOne({ _id: attemptId }, adjudication, { upsert: true, session });
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'marking.adjudicate',
        subject: `attempt:${attemptId}`,
        facts: { reason: body.reason },
      },
      session,
    );
  });
  return { adjudicated: true };
}

/** What keeps a sitting from being marked: sheets not sealed, and sealed ones that wait for an adjudication. */
export async function openWork(sitting: Sitting): Promise<{ sheetsOpen: number; adjudicationsOpen: number }> {
  const task = await onSiteTask(sitting);
  if (task === undefined) return { sheetsOpen: 0, adjudicationsOpen: 0 };
  const sheets = await sheetsOfSitting(sitting._id);
  const sheetsOpen = [...sheets.values()].reduce((sum, { open }) => sum + open, 0);
  return { sheetsOpen, adjudicationsOpen: (await beyondLimit(task, sheets)).length };
}

/** Attempts whose sealed sheets lie too far apart and have not been adjudicated. */
async function beyondLimit(
  task: OnSiteTask,
  sheets: ReadonlyMap<string, { sheets: ScoreSheet[]; open: number }>,
): Promise<string[]> {
  const apart = [...sheets]
    .filter(([, entry]) => entry.open === 0 && aggregateSheets(task, entry.sheets).beyondLimit)
    .map(([id]) => id);
  const decided = await AdjudicationModel.find({ _id: { $in: apart } }).lean();
  return apart.filter((id) => !decided.some((adjudication) => adjudication._id === id));
}

/** Seats of a sitting that wait for an adjudication; no scores. */
export async function waitingAdjudications(sittingId: string): Promise<WaitingAdjudication[]> {
  const sitting = await SittingModel.findById(sittingId).lean<Sitting>();
  if (sitting === null) throw new AppError('platform.not-found');
  const task = await onSiteTask(sitting);
  if (task === undefined) return [];
  const ids = await beyondLimit(task, await sheetsOfSitting(sittingId));
  const attempts = await AttemptModel.find({ _id: { $in: ids } }).lean<Attempt[]>();
  const rooms = await RoomModel.find({ sittingId }).lean<Room[]>();
  const codes = new Map(rooms.map((room) => [room._id, room.code]));
  return attempts.map(({ _id, roomId, seat }) => ({
    attemptId: _id,
    roomCode: codes.get(roomId) ?? '',
    seat,
  }));
}

/** Sealed sheets of every judged attempt of a sitting, and how many are still open. */
export async function sheetsOfSitting(
  sittingId: string,
): Promise<Map<string, { sheets: ScoreSheet[]; open: number; enrolmentId: string }>> {
  const [rooms, attempts, sheets] = await Promise.all([
    RoomModel.find({ sittingId }).lean<Room[]>(),
    AttemptModel.find({ sittingId, ...judged }).lean<Attempt[]>(),
    ScoreSheetModel.find({ sittingId, state: 'sealed' }).lean<ScoreSheet[]>(),
  ]);
  const examiners = new Map(rooms.map((room) => [room._id, examinersOf(room)]));
  return new Map(
    attempts.map((attempt) => {
      const needed = examiners.get(attempt.roomId) ?? [];
      const sealed = sheets.filter(
        (sheet) => sheet.attemptId === attempt._id && needed.includes(sheet.examinerId),
      );
      return [
        attempt._id,
        { sheets: sealed, open: needed.length - sealed.length, enrolmentId: attempt.enrolmentId },
      ];
    }),
  );
}
