import type { Ctx } from '../platform/context.ts';
import type { AttemptChanged, SeatView } from './attempt.contract.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import { withProgress } from './progress.ts';

/** A seat as the console shows it. */
export function viewSeat(attempt: Attempt): SeatView {
  const {
    _id,
    roomId,
    seat,
    candidateId,
    name,
    admissionNumber,
    hasPhoto,
    version,
    state,
    arrivedAt,
    identityConfirmedAt,
    startedAt,
    pausedAt,
    endedAt,
    absent,
    total,
    progress,
    line,
    hand,
    formLabel,
    deadline,
    signIns,
    secondSignIn,
    awaySince,
    late,
  } = attempt;
  const known = {
    arrivedAt,
    identityConfirmedAt,
    startedAt,
    pausedAt,
    endedAt,
    hand,
    deadline,
    lastSaveAt: progress.lastSaveAt,
    digest: progress.digest,
    awaySince,
    late,
    secondSignIn:
      secondSignIn === undefined ? undefined : { at: secondSignIn.at, address: secondSignIn.address },
  };
  const optional = Object.fromEntries(
    Object.entries(known).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<typeof known>;
  return {
    attemptId: _id,
    roomId,
    seat,
    candidateId,
    name,
    admissionNumber,
    hasPhoto,
    version,
    state,
    absent: absent === true,
    answered: progress.answered,
    total,
    line,
    formLabel,
    signIns,
    ...(optional as Pick<SeatView, 'arrivedAt'>),
  };
}

/** All seats of a room, by number. */
export async function seatsOfRoom(ctx: Ctx, roomId: string): Promise<SeatView[]> {
  const attempts = await AttemptModel.find({ roomId }).sort({ seat: 1 }).lean();
  return attempts.map((attempt) => viewSeat(withProgress(ctx, attempt)));
}

/** Sends a seat that was just read or written. */
export function sendSeat(ctx: Ctx, attempt: Attempt): void {
  ctx.live.publish(`staff:${attempt.roomId}`, 'seat.changed', viewSeat(withProgress(ctx, attempt)));
}

/** Tells the candidate's page and the consoles that an attempt has changed. */
export function announceAttempt(ctx: Ctx, attempt: Attempt): void {
  const hint: AttemptChanged = { attemptId: attempt._id, version: attempt.version, state: attempt.state };
  ctx.live.publish(`attempt:${attempt._id}`, 'attempt.changed', hint);
  sendSeat(ctx, attempt);
}
