import type { ClientSession } from 'mongoose';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import { changeAttempt, readAttempt } from './attempt-store.ts';
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
  /** What is known of the attempt already, read just now; the change itself depends on the state in it. */
  known?: AttemptFacts;
  /** Another change follows at once and tells. */
  quiet?: boolean;
}

/** What staff does is one transaction with its audit entry; the candidates' busy paths are single conditional writes. */
const STAFF_COMMANDS: readonly AttemptCommand[] = ['admit', 'pause', 'resume', 'terminate'];

/** An attempt, its room and its sitting. @throws AppError platform.not-found */
export async function loadAttempt(attemptId: string, session?: ClientSession): Promise<AttemptFacts> {
  const attempt =
    session === undefined
      ? await readAttempt(attemptId)
      : await AttemptModel.findById(attemptId).session(session).lean();
  if (attempt === null) throw new AppError('platform.not-found');
  const { roomId, sittingId } = attempt;
  if (session === undefined) {
    const [room, sitting] = await Promise.all([selectRoom(roomId), selectSitting(sittingId)]);
    return { attempt, room, sitting };
  }
  // One after another: a session is one conversation.
  const room = await selectRoom(roomId, session);
  return { attempt, room, sitting: await selectSitting(sittingId, session) };
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
  if (move.quiet !== true) announceAttempt(ctx, moved);
  return moved;
}

async function applyMove(ctx: Ctx, move: AttemptMove, session?: ClientSession): Promise<Attempt> {
  const facts = move.known ?? (await loadAttempt(move.attemptId, session));
  const { attempt, room } = facts;
  const now = ctx.clock.now();
  const verdict = judgeAttempt(attempt.state, move.command, room.state);
  if (!verdict.ok) throw new AppError(verdict.code);
  refuseUnready(move.command, facts, now);
  const { $set, ...rest } = changesOf(move, attempt, now);
  const moved = await changeAttempt(
    { _id: attempt._id, state: attempt.state },
    { ...rest, $set: { ...$set, state: verdict.next }, $inc: { version: 1 } },
    session,
  );
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
