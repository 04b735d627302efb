import type { ClientSession } from 'mongoose';
import { endSessions } from '../platform/auth/sessions.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import { judgeAttempt, type AttemptCommand, type AttemptState } from './attempt.rules.ts';
import { mayEnter, MINUTE, pauseCreditMs, remainingMs } from './deadline.rules.ts';
import { appendLedger, refreshDeadlines } from './ledger.service.ts';
import type { Room } from './room.model.ts';
import { clockOf } from './rooms.service.ts';
import { announceAttempt } from './seats.service.ts';
import type { Sitting } from './sitting.model.ts';
import { selectRoom, selectSitting } from './sittings.service.ts';

/** An attempt with what decides about it. */
export interface AttemptFacts {
  attempt: Attempt;
  room: Room;
  sitting: Sitting;
}

/** A change of an attempt's state. */
export interface AttemptMove {
  attemptId: string;
  command: AttemptCommand;
  /** As the audit names the person, or "system". */
  by: string;
  reason?: string;
}

/** What staff does is one transaction with its audit entry; the candidates' busy paths are single conditional writes. */
const STAFF_COMMANDS: readonly AttemptCommand[] = ['admit', 'pause', 'resume', 'terminate'];

/** An attempt, its room and its sitting. @throws AppError platform.not-found */
export async function loadAttempt(attemptId: string, session?: ClientSession): Promise<AttemptFacts> {
  const attempt = await AttemptModel.findById(attemptId)
    .session(session ?? null)
    .lean();
  if (attempt === null) throw new AppError('platform.not-found');
  const room = await selectRoom(attempt.roomId, session);
  return { attempt, room, sitting: await selectSitting(attempt.sittingId, session) };
}

/**
 * Moves an attempt by one command of the table, audits it and tells page and consoles. A resume credits the pause.
 * @throws AppError the table's reason, or what the command needs besides (`refuseUnready`)
 */
export async function moveAttempt(ctx: Ctx, move: AttemptMove): Promise<Attempt> {
  const staff = STAFF_COMMANDS.includes(move.command);
  const moved = staff
    ? await ctx.transact((session) => applyMove(ctx, move, session))
    : await applyMove(ctx, move);
  if (move.command === 'resume')
    await refreshDeadlines(ctx, { sittingId: moved.sittingId, scope: 'candidate', scopeId: moved._id });
  announceAttempt(ctx, moved);
  return moved;
}

async function applyMove(ctx: Ctx, move: AttemptMove, session?: ClientSession): Promise<Attempt> {
  const facts = await loadAttempt(move.attemptId, session);
  const { attempt, room } = facts;
  const now = ctx.clock.now();
  const verdict = judgeAttempt(attempt.state, move.command, room.state);
  if (!verdict.ok) throw new AppError(verdict.code);
  refuseUnready(move.command, facts, now);
  const { $set, ...rest } = changesOf(move, attempt, now);
  const moved = await AttemptModel.findOneAndUpdate(
    { _id: attempt._id, state: attempt.state },
    { ...rest, $set: { ...$set, state: verdict.next }, $inc: { version: 1 } },
    { returnDocument: 'after', ...(session === undefined ? {} : { session }) },
  ).lean();
  if (moved === null) throw new AppError('platform.conflict');
  if (move.command === 'resume' && session !== undefined) await creditPause(ctx, facts, now, session);
  await auditMove(ctx, move, { from: attempt.state, to: verdict.next }, session);
  return moved;
}

/** What a command needs beside the states. */
function refuseUnready(command: AttemptCommand, { attempt, room, sitting }: AttemptFacts, now: number): void {
  if (command === 'admit') {
    if (attempt.arrivedAt === undefined) throw new AppError('sitting.not-arrived');
    if (attempt.identityConfirmedAt === undefined) throw new AppError('sitting.identity-not-confirmed');
    if (!mayEnter(attempt.arrivedAt, room.startedAt, sitting.terms.lateEntryMinutes)) {
      throw new AppError('sitting.too-late', { params: { minutes: sitting.terms.lateEntryMinutes } });
    }
  }
  if (
    (command === 'pause' || command === 'start') &&
    remainingMs(now, clockOf(attempt, room, sitting)) === 0
  ) {
    throw new AppError('sitting.time-over');
  }
}

function changesOf({ command, reason }: AttemptMove, attempt: Attempt, now: number): Record<string, object> {
  switch (command) {
    case 'confirm':
      return { $set: { identityConfirmedAt: attempt.identityConfirmedAt ?? now } };
    case 'admit':
      return { $set: { admittedAt: now }, $unset: { hand: 1 } };
    case 'start':
      return { $set: { startedAt: attempt.startedAt ?? now } };
    case 'pause':
      return { $set: { pausedAt: now } };
    case 'resume':
      return { $unset: { pausedAt: 1 } };
    case 'hand-in':
      return { $set: { endedAt: now }, $unset: { hand: 1 } };
    case 'collect':
      return {
        $set: { endedAt: now, ...(attempt.startedAt === undefined ? { absent: true } : {}) },
        $unset: { hand: 1, pausedAt: 1 },
      };
    case 'terminate':
      return {
        $set: { endedAt: now, ...(reason === undefined ? {} : { reason }) },
        $unset: { hand: 1, pausedAt: 1 },
      };
    default:
      return {};
  }
}

async function creditPause(
  ctx: Ctx,
  { attempt, room, sitting }: AttemptFacts,
  now: number,
  session: ClientSession,
): Promise<void> {
  if (attempt.pausedAt === undefined) return;
  const ms = pauseCreditMs(
    { from: attempt.pausedAt, to: now },
    clockOf(attempt, room, sitting).creditedHolds ?? [],
  );
  if (ms === 0) return;
  await appendLedger(
    ctx,
    {
      sittingId: sitting._id,
      scope: 'candidate',
      scopeId: attempt._id,
      minutes: ms / MINUTE,
      kind: 'pause-credit',
      reason: 'attempt paused',
      by: 'system',
    },
    session,
  );
}

async function auditMove(
  ctx: Ctx,
  move: AttemptMove,
  states: { from: AttemptState; to: AttemptState },
  session?: ClientSession,
): Promise<void> {
  const record = {
    actor: move.by,
    action: `sitting.attempt.${move.command}`,
    subject: `attempt:${move.attemptId}`,
    facts: { ...states, ...(move.reason === undefined ? {} : { reason: move.reason }) },
  };
  if (session === undefined) await ctx.audit.record(record);
  else await ctx.audit.append(record, session);
}

/** The invigilator finds that it is not the person: the attempt is as before the arrival, and whoever signed in is out. */
export async function refuseIdentity(
  ctx: Ctx,
  input: { attemptId: string; by: string; reason: string },
): Promise<Attempt> {
  const attempt = await changeBesideState(ctx, { ...input, action: 'refuse-identity' }, async (session) => {
    const changed = await AttemptModel.findOneAndUpdate(
      { _id: input.attemptId, state: 'expected' },
      {
        $unset: { arrivedAt: 1, identityConfirmedAt: 1, hand: 1, writer: 1, secondSignIn: 1 },
        $inc: { version: 1 },
      },
      { returnDocument: 'after', session },
    ).lean();
    if (changed === null) throw new AppError('sitting.already-admitted');
    return changed;
  });
  await endSessions(ctx, { attemptId: input.attemptId });
  return attempt;
}

/** Moves a candidate to another seat, in another room of the sitting if wanted. @throws AppError sitting.seat-taken, sitting.no-such-seat */
export async function moveSeat(
  ctx: Ctx,
  input: { attemptId: string; roomId?: string; seat: number; by: string; reason?: string },
): Promise<Attempt> {
  const { attempt, sitting } = await loadAttempt(input.attemptId);
  const room = await selectRoom(input.roomId ?? attempt.roomId);
  if (room.sittingId !== sitting._id) throw new AppError('platform.not-found');
  // Each room has its own clock, so a running attempt stays with the clock it began by.
  if (room._id !== attempt.roomId && attempt.startedAt !== undefined)
    throw new AppError('sitting.already-started');
  if (input.seat < 1 || input.seat > room.seats) {
    throw new AppError('sitting.no-such-seat', {
      field: '/seat',
      params: { seat: input.seat, seats: room.seats },
    });
  }
  return changeBesideState(
    ctx,
    { ...input, action: 'move-seat', facts: { from: attempt.seat, to: input.seat, roomId: room._id } },
    async (session) => {
      const holder = await AttemptModel.findOne({ roomId: room._id, seat: input.seat })
        .session(session)
        .lean();
      if (holder !== null && holder._id !== attempt._id)
        throw new AppError('sitting.seat-taken', { field: '/seat', params: { seat: input.seat } });
      const changed = await AttemptModel.findOneAndUpdate(
        { _id: attempt._id },
        { $set: { roomId: room._id, seat: input.seat }, $inc: { version: 1 } },
        { returnDocument: 'after', session },
      ).lean();
      return changed ?? attempt;
    },
  );
}

/**
 * Gives the writing of an attempt to a session; without one to the second sign-in that waits, or to nobody until the next
 * sign-in. Every change raises the fence, so that the earlier page can only show from now on.
 */
export async function handOver(
  ctx: Ctx,
  input: { attemptId: string; sessionId?: string; by: string; reason?: string },
): Promise<Attempt> {
  const { attempt: before } = await loadAttempt(input.attemptId);
  const sessionId = input.sessionId ?? before.secondSignIn?.sessionId ?? '';
  const writer = { sessionId, fence: (before.writer?.fence ?? 0) + 1 };
  return changeBesideState(
    ctx,
    { ...input, action: 'hand-over', facts: { fence: writer.fence } },
    async (session) => {
      const changed = await AttemptModel.findOneAndUpdate(
        {
          _id: input.attemptId,
          ...(before.writer === undefined ? {} : { 'writer.fence': before.writer.fence }),
        },
        { $set: { writer }, $unset: { secondSignIn: 1 }, $inc: { version: 1 } },
        { returnDocument: 'after', session },
      ).lean();
      if (changed === null) throw new AppError('platform.conflict');
      return changed;
    },
  );
}

/** A change by staff that leaves the state as it is: one transaction with its audit entry, then announced. */
async function changeBesideState(
  ctx: Ctx,
  what: { attemptId: string; action: string; by: string; reason?: string; facts?: Record<string, unknown> },
  change: (session: ClientSession) => Promise<Attempt>,
): Promise<Attempt> {
  const attempt = await ctx.transact(async (session) => {
    const changed = await change(session);
    const facts = { ...what.facts, ...(what.reason === undefined ? {} : { reason: what.reason }) };
    await ctx.audit.append(
      {
        actor: what.by,
        action: `sitting.attempt.${what.action}`,
        subject: `attempt:${what.attemptId}`,
        facts,
      },
      session,
    );
    return changed;
  });
  announceAttempt(ctx, attempt);
  return attempt;
}

/** Raises or lowers a hand. */
export async function setHand(
  ctx: Ctx,
  attemptId: string,
  reason: 'question' | 'not-me' | undefined,
): Promise<Attempt> {
  const change =
    reason === undefined ? { $unset: { hand: 1 } } : { $set: { hand: { at: ctx.clock.now(), reason } } };
  const attempt = await AttemptModel.findOneAndUpdate(
    { _id: attemptId },
    { ...change, $inc: { version: 1 } },
    { returnDocument: 'after' },
  ).lean();
  if (attempt === null) throw new AppError('platform.not-found');
  announceAttempt(ctx, attempt);
  return attempt;
}
