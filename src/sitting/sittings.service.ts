import type { ClientSession } from 'mongoose';
import type { SkillTemplate, Template, TheoryTemplate } from '../assembly/template.contract.ts';
import { selectTemplate } from '../assembly/templates.service.ts';
import { actorName, type Actor } from '../platform/auth/actor.ts';
import { batchedById } from '../platform/batched-read.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import { AttemptModel } from './attempt.model.ts';
import { selectExam } from './exams.service.ts';
import { RoomModel, type Room } from './room.model.ts';
import { checkRoster, type Roster } from './roster.service.ts';
import type { RoomView, SittingBody, SittingTerms, SittingView } from './sitting.contract.ts';
import { SittingModel, type Sitting } from './sitting.model.ts';
import { judgeSitting, type SittingCommand } from './sitting.rules.ts';

/** A template that rooms can hold: theory or skill. */
export type RoomTemplate = TheoryTemplate | SkillTemplate;

/** Whether a template is the one that a part of a level needs. */
export const isTemplateFor = (
  template: Template,
  part: Sitting['part'],
  level: Sitting['level'],
): template is RoomTemplate => template.kind === part && template.level === level;

function termsOf(template: RoomTemplate): SittingTerms {
  const {
    lateEntryMinutes,
    earliestHandInMinutes,
    warnings,
    graceSeconds,
    holdClocks,
    calculator,
    staffing,
    longestMinutes,
  } = template;
  return {
    lateEntryMinutes,
    earliestHandInMinutes,
    warnings: [...warnings],
    graceSeconds,
    holdClocks,
    calculator,
    staffing: { ...staffing },
    ...(longestMinutes === undefined ? {} : { longestMinutes }),
  };
}

/** Plans a sitting, as a draft. @throws AppError sitting.template-mismatch, sitting.room-code-twice and the roster's refusals */
export async function createSitting(ctx: Ctx, actor: Actor, input: SittingBody): Promise<SittingView> {
  const exam = await selectExam(input.examId);
  const template = await selectTemplate(input.templateCode ?? exam.templates[input.part]);
  if (!isTemplateFor(template, input.part, exam.level)) {
    throw new AppError('sitting.template-mismatch', {
      field: '/templateCode',
      params: { template: template.code, needed: `${exam.level} ${input.part}` },
    });
  }
  refuseRepeatedCodes(input.rooms.map((room) => room.code));
  await checkRoster(input.rooms.flatMap((room) => room.staff));
  const sitting: Sitting = {
    _id: ctx.random.id('sit'),
    examId: exam._id,
    part: input.part,
    level: exam.level,
    title: template.title,
    templateCode: template.code,
    formIds: input.formIds,
    startsAt: input.startsAt,
    minutes: template.minutes,
    terms: termsOf(template),
    state: 'draft',
    createdAt: ctx.clock.now(),
  };
  const rooms = input.rooms.map((room) => newRoom(ctx, sitting._id, room));
  await ctx.transact(async (session) => {
    await SittingModel.create([sitting], { session });
    await RoomModel.insertMany(rooms, { session });
    const facts = { part: sitting.part, startsAt: sitting.startsAt, rooms: rooms.length };
    await ctx.audit.append(
      { actor: actorName(actor), action: 'sitting.create', subject: `sitting:${sitting._id}`, facts },
      session,
    );
  });
  return viewSitting(sitting);
}

function refuseRepeatedCodes(codes: readonly string[]): void {
  const repeated = codes.find((code, i) => codes.indexOf(code) !== i);
  if (repeated !== undefined)
    throw new AppError('sitting.room-code-twice', { field: '/rooms', params: { code: repeated } });
}

function newRoom(ctx: Ctx, sittingId: string, input: SittingBody['rooms'][number]): Room {
  return {
    _id: ctx.random.id('room'),
    sittingId,
    ...input,
    columns: input.columns ?? 6,
    state: 'closed',
    version: 1,
    holds: [],
    presenceVersion: 0,
  };
}

const readOneSitting = batchedById(SittingModel);
const readOneRoom = batchedById(RoomModel);

/** One sitting. @throws AppError platform.not-found */
export async function selectSitting(sittingId: string, session?: ClientSession): Promise<Sitting> {
  const sitting =
    session === undefined
      ? await readOneSitting(sittingId)
      : await SittingModel.findById(sittingId).session(session).lean();
  if (sitting === null) throw new AppError('platform.not-found');
  return sitting;
}

/** One room. @throws AppError platform.not-found */
export async function selectRoom(roomId: string, session?: ClientSession): Promise<Room> {
  const room =
    session === undefined
      ? await readOneRoom(roomId)
      : await RoomModel.findById(roomId).session(session).lean();
  if (room === null) throw new AppError('platform.not-found');
  return room;
}

/** Sittings, latest start first. */
export async function listSittings({
  offset = 0,
  limit = 50,
  examId,
}: PageQuery & { examId?: string }): Promise<Page<SittingView>> {
  const filter = examId === undefined ? {} : { examId };
  const [sittings, total] = await Promise.all([
    SittingModel.find(filter).sort({ startsAt: -1, _id: 1 }).skip(offset).limit(limit).lean(),
    SittingModel.countDocuments(filter),
  ]);
  return { items: await Promise.all(sittings.map(viewSitting)), total, offset, limit };
}

/** One sitting as officers see it. */
export const readSitting = async (sittingId: string): Promise<SittingView> =>
  viewSitting(await selectSitting(sittingId));

/** Replaces a room's roster, until the room is open. @throws AppError sitting.roster-closed and the roster's refusals */
export async function setRoster(ctx: Ctx, actor: Actor, roomId: string, staff: Roster): Promise<RoomView> {
  const { sittingId } = await selectRoom(roomId);
  const others = await RoomModel.find({ sittingId, _id: { $ne: roomId } }).lean();
  await checkRoster([...staff, ...others.flatMap((room) => room.staff)]);
  const room = await ctx.transact(async (session) => {
    const changed = await RoomModel.findOneAndUpdate(
      { _id: roomId, state: 'closed' },
      { $set: { staff }, $inc: { version: 1, presenceVersion: 1 } },
      { returnDocument: 'after', session },
    ).lean();
    if (changed === null) throw new AppError('sitting.roster-closed');
    await ctx.audit.append(
      { actor: actorName(actor), action: 'sitting.room.roster', subject: `room:${roomId}`, facts: { staff } },
      session,
    );
    return changed;
  });
  return viewRoom(room, await AttemptModel.countDocuments({ roomId }));
}

/** Moves a sitting on: publication, and what marking, results and archiving do to it. @throws AppError with the reason */
export async function moveSitting(
  ctx: Ctx,
  input: { sittingId: string; command: SittingCommand; by: string },
  session: ClientSession,
): Promise<Sitting> {
  const sitting = await selectSitting(input.sittingId, session);
  const verdict = judgeSitting(sitting.state, input.command);
  if (!verdict.ok) throw new AppError(verdict.code);
  await SittingModel.updateOne({ _id: sitting._id }, { $set: { state: verdict.next } }, { session });
  const facts = { from: sitting.state, to: verdict.next };
  await ctx.audit.append(
    { actor: input.by, action: `sitting.${input.command}`, subject: `sitting:${sitting._id}`, facts },
    session,
  );
  return { ...sitting, state: verdict.next };
}

/** A room as staff see it. */
export function viewRoom(room: Room, candidates: number): RoomView {
  const {
    _id,
    version: _version,
    presenceVersion: _presence,
    breachSince: _breach,
    holds: _holds,
    ...shown
  } = room;
  return { id: _id, ...shown, candidates };
}

/** A sitting with its rooms. */
export async function viewSitting(sitting: Sitting): Promise<SittingView> {
  const { _id, examId, part, level, title, templateCode, formIds, startsAt, minutes, terms, state } = sitting;
  const rooms = await RoomModel.find({ sittingId: _id }).sort({ code: 1 }).lean();
  const counts = await Promise.all(rooms.map((room) => AttemptModel.countDocuments({ roomId: room._id })));
  return {
    id: _id,
    examId,
    part,
    level,
    title,
    templateCode,
    formIds,
    startsAt,
    minutes,
    terms,
    state,
    seated: counts.reduce((sum, n) => sum + n, 0),
    rooms: rooms.map((room, i) => viewRoom(room, counts[i] ?? 0)),
  };
}
