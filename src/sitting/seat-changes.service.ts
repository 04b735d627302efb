import type { ClientSession } from 'mongoose';
import { endSessions } from '../platform/auth/sessions.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import { loadAttempt } from './attempts.service.ts';
import { announceAttempt } from './seats.service.ts';
import { selectRoom } from './sittings.service.ts';

/** Who does something at a seat, and why. */
interface ByStaff {
  attemptId: string;
  /** As the audit names the person. */
  by: string;
  reason?: string;
}

/** The invigilator finds that it is not the person: the attempt is as before the arrival, and whoever signed in is out. */
export async function refuseIdentity(ctx: Ctx, input: ByStaff & { reason: string }): Promise<Attempt> {
  const attempt = await changeSeat(ctx, input, 'refuse-identity', async (session) => {
    const changed = await AttemptModel.findOneAndUpdate(
      { _id: input.attemptId, state: 'expected' },
      {
        $unset: { arrivedAt: 1, identityConfirmedAt: 1, hand: 1, writer: 1, secondSignIn: 1 },
        $inc: { version: 1 },
      },
      { returnDocument: 'after', session },
    ).lean();
    if (changed === null) throw new AppError('sitting.already-admitted');
    return { changed };
  });
  await endSessions(ctx, { attemptId: input.attemptId });
  return attempt;
}

/**
 * Moves a candidate to another seat, in another room of the sitting if wanted. The writing of an admitted candidate is
 * released with it: whoever signs in at the new seat next has it, without a second step, and the old computer only shows.
 * @throws AppError sitting.seat-taken, sitting.no-such-seat, sitting.already-started
 */
export async function moveSeat(
  ctx: Ctx,
  input: ByStaff & { roomId?: string; seat: number },
): Promise<Attempt> {
  return changeSeat(ctx, input, 'move-seat', async (session) => {
    const { attempt } = await loadAttempt(input.attemptId, session);
    const roomId = input.roomId ?? attempt.roomId;
    await refusePlace(attempt, { roomId, seat: input.seat }, session);
    const elsewhere = roomId !== attempt.roomId || input.seat !== attempt.seat;
    const release = elsewhere && attempt.writer !== undefined && attempt.state !== 'expected';
    const changed = await AttemptModel.findOneAndUpdate(
      { _id: attempt._id, version: attempt.version },
      {
        $set: { roomId, seat: input.seat, ...(release ? { writer: handedTo(attempt, '') } : {}) },
        ...(release ? { $unset: { secondSignIn: 1 } } : {}),
        $inc: { version: 1 },
      },
      { returnDocument: 'after', session },
    ).lean();
    if (changed === null) throw new AppError('platform.conflict');
    return { changed, facts: { from: attempt.seat, to: input.seat, roomId } };
  });
}

/** Why a candidate cannot go to a place. */
async function refusePlace(
  attempt: Attempt,
  { roomId, seat }: { roomId: string; seat: number },
  session: ClientSession,
): Promise<void> {
  const room = await selectRoom(roomId, session);
  if (room.sittingId !== attempt.sittingId) throw new AppError('platform.not-found');
  // Each room has its own clock, so a running attempt stays with the clock it began by.
  if (roomId !== attempt.roomId && attempt.startedAt !== undefined)
    throw new AppError('sitting.already-started');
  if (seat < 1 || seat > room.seats)
    throw new AppError('sitting.no-such-seat', { field: '/seat', params: { seat, seats: room.seats } });
  const holder = await AttemptModel.findOne({ roomId, seat }).session(session).lean();
  if (holder !== null && holder._id !== attempt._id)
    throw new AppError('sitting.seat-taken', { field: '/seat', params: { seat } });
}

/**
 * Gives the writing of an attempt to a session; without one to the second sign-in that waits, or to nobody until the next
 * sign-in. Every change raises the fence, so that the earlier page can only show from now on.
 */
export async function handOver(ctx: Ctx, input: ByStaff & { sessionId?: string }): Promise<Attempt> {
  return changeSeat(ctx, input, 'hand-over', async (session) => {
    const { attempt } = await loadAttempt(input.attemptId, session);
    const { secondSignIn } = attempt;
    const writer = handedTo(attempt, input.sessionId ?? secondSignIn?.sessionId ?? '');
    const changed = await AttemptModel.findOneAndUpdate(
      { _id: attempt._id, version: attempt.version },
      { $set: { writer }, $unset: { secondSignIn: 1 }, $inc: { version: 1 } },
      { returnDocument: 'after', session },
    ).lean();
    if (changed === null) throw new AppError('platform.conflict');
    const to = secondSignIn === undefined ? {} : { address: secondSignIn.address };
    return { changed, facts: { fence: writer.fence, ...to } };
  });
}

const handedTo = ({ writer }: Attempt, sessionId: string): NonNullable<Attempt['writer']> => ({
  sessionId,
  fence: (writer?.fence ?? 0) + 1,
});

/** Turns a second sign-in away: its session ends, and whoever writes goes on. @throws AppError sitting.no-second-sign-in */
export async function refuseSignIn(ctx: Ctx, input: ByStaff): Promise<Attempt> {
  let turnedAway = '';
  const attempt = await changeSeat(ctx, input, 'refuse-sign-in', async (session) => {
    const before = await AttemptModel.findOneAndUpdate(
      { _id: input.attemptId, secondSignIn: { $exists: true } },
      { $unset: { secondSignIn: 1 }, $inc: { version: 1 } },
      { returnDocument: 'before', session },
    ).lean();
    if (before?.secondSignIn === undefined) throw new AppError('sitting.no-second-sign-in');
    const { secondSignIn, ...rest } = before;
    turnedAway = secondSignIn.sessionId;
    return {
      changed: { ...rest, version: before.version + 1 },
      facts: { address: secondSignIn.address },
    };
  });
  await endSessions(ctx, { sessionId: turnedAway });
  return attempt;
}

/** A change by staff that leaves the state as it is: one transaction with its audit entry, then announced. */
async function changeSeat(
  ctx: Ctx,
  { attemptId, by, reason }: ByStaff,
  action: string,
  change: (session: ClientSession) => Promise<{ changed: Attempt; facts?: Record<string, unknown> }>,
): Promise<Attempt> {
  const attempt = await ctx.transact(async (session) => {
    const { changed, facts } = await change(session);
    await ctx.audit.append(
      {
        actor: by,
        action: `sitting.attempt.${action}`,
        subject: `attempt:${attemptId}`,
        facts: { ...facts, ...(reason === undefined ? {} : { reason }) },
      },
      session,
    );
    return changed;
  });
  announceAttempt(ctx, attempt);
  return attempt;
}
