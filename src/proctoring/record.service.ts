import { actorName, type StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import type { SeatView } from '../sitting/attempt.contract.ts';
import { seatsOfRoom } from '../sitting/seats.service.ts';
import { selectRoom, selectSitting, viewRoom } from '../sitting/sittings.service.ts';
import { CommandModel, isSeatOrder, type Command } from './command.model.ts';
import { viewCommand } from './command.views.ts';
import { viewSittingOf } from './console.service.ts';
import { IncidentModel } from './incident.model.ts';
import { viewIncident } from './incidents.service.ts';
import { lateDecisionsOf } from './late-answers.service.ts';
import { ledgerViews } from './ledger.views.ts';
import { MessageModel } from './message.model.ts';
import { viewMessage } from './messages.service.ts';
import { StaffingLogModel, type StaffingLogEntry } from './presence.model.ts';
import type { RoomRecord, StaffingLogView } from './proctoring.views.contract.ts';

const IN_ORDER = { seq: 1, step: 1, at: 1 } as const;

function viewLogEntry(entry: StaffingLogEntry): StaffingLogView {
  const { _id, roomId: _room, step: _step, ...shown } = entry;
  return shown;
}

/** Changes of a room's staffing, in order. */
export async function staffingLog(
  roomId: string,
  { offset = 0, limit = 50 }: PageQuery,
): Promise<Page<StaffingLogView>> {
  const [entries, total] = await Promise.all([
    StaffingLogModel.find({ roomId }).sort(IN_ORDER).skip(offset).limit(limit).lean(),
    StaffingLogModel.countDocuments({ roomId }),
  ]);
  return { items: entries.map(viewLogEntry), total, offset, limit };
}

/** The room record (考场记录): times, staffing, attendance, incidents, time, messages, commands, signatures. */
export async function readRecord(ctx: Ctx, roomId: string): Promise<RoomRecord> {
  const room = await selectRoom(roomId);
  const sitting = await selectSitting(room.sittingId);
  const seats = await seatsOfRoom(ctx, roomId);
  const [staffing, incidents, messages, commands, ledger, lateDecisions] = await Promise.all([
    StaffingLogModel.find({ roomId }).sort(IN_ORDER).lean(),
    IncidentModel.find({ roomId }).sort({ at: 1 }).lean(),
    MessageModel.find({ roomId }).sort({ at: 1 }).lean(),
    CommandModel.find({ roomId }).sort({ at: 1 }).lean(),
    ledgerViews(roomId, seats),
    lateDecisionsOf(roomId),
  ]);
  const { openedAt, startedAt, collectedAt } = room;
  return {
    now: ctx.clock.now(),
    final: room.state === 'collected',
    room: viewRoom(room, seats.length),
    sitting: viewSittingOf(sitting),
    times: { startsAt: sitting.startsAt, ...present({ openedAt, startedAt, collectedAt }) },
    holds: room.holds,
    staffing: staffing.map(viewLogEntry),
    attendance: seats.map(attendanceOf),
    incidents: incidents.map(viewIncident),
    ledger,
    messages: messages.map(viewMessage),
    commands: commands.filter(isSeatOrder).map(viewCommand),
    lateDecisions,
    signatures: commands.filter((command) => !isSeatOrder(command)).map(signatureOf),
  };
}

/** The fields that have a value. */
function present<T extends Record<string, number | undefined>>(fields: T): { [K in keyof T]?: number } {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as { [K in keyof T]?: number };
}

function attendanceOf(seat: SeatView): RoomRecord['attendance'][number] {
  const { arrivedAt, startedAt, endedAt, digest } = seat;
  return {
    seat: seat.seat,
    attemptId: seat.attemptId,
    name: seat.name,
    admissionNumber: seat.admissionNumber,
    state: seat.state,
    absent: seat.absent,
    ...present({ arrivedAt, startedAt, endedAt }),
    answered: seat.answered,
    total: seat.total,
    ...(digest === undefined ? {} : { digest }),
  };
}

function signatureOf({ by, byName, at, args }: Command): RoomRecord['signatures'][number] {
  return {
    accountId: by,
    name: byName,
    at,
    ...(args.remarks === undefined ? {} : { remarks: args.remarks }),
  };
}

/** Signs the record of a collected room; a person signs once, and signing again changes nothing. */
export async function signRecord(
  ctx: Ctx,
  actor: StaffActor,
  roomId: string,
  remarks: string | undefined,
): Promise<void> {
  const room = await selectRoom(roomId);
  if (room.state !== 'collected') throw new AppError('sitting.attempt-not-ended');
  const note = remarks?.trim() ?? '';
  const signature: Command = {
    _id: `sign_${roomId}_${actor.accountId}`,
    roomId,
    sittingId: room.sittingId,
    command: 'sign',
    toAll: false,
    attemptIds: [],
    args: note === '' ? {} : { remarks: note },
    state: 'done',
    by: actor.accountId,
    byName: actor.name,
    at: ctx.clock.now(),
    results: [],
  };
  await ctx.transact(async (session) => {
    if (await CommandModel.exists({ _id: signature._id }).session(session)) return;
    await CommandModel.create([signature], { session });
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'proctoring.record.sign',
        subject: `room:${roomId}`,
        facts: { remarks: note },
      },
      session,
    );
  });
}
