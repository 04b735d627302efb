import type { Ctx } from '../platform/context.ts';
import { AppError, problemOf } from '../shared/errors/index.ts';
import { AttemptModel, type Attempt } from '../sitting/attempt.model.ts';
import { moveAttempt, setHand } from '../sitting/attempts.service.ts';
import { appendLedger } from '../sitting/ledger.service.ts';
import type { Room } from '../sitting/room.model.ts';
import { handOver, moveSeat, refuseIdentity, refuseSignIn } from '../sitting/seat-changes.service.ts';
import { selectRoom } from '../sitting/sittings.service.ts';
import type { SeatOrder } from './command.model.ts';
import { judgeSeatCommand, type SeatFacts } from './commands.rules.ts';
import { reportIncident } from './incidents.service.ts';
import { sendMessage } from './messages.service.ts';
import type { CommandResult } from './proctoring.views.contract.ts';

/** What the command rules need of a seat. */
export const factsOf = (room: Pick<Room, 'state'>, attempt: Attempt): SeatFacts => ({
  room: room.state,
  attempt: attempt.state,
  arrived: attempt.arrivedAt !== undefined,
  identityConfirmed: attempt.identityConfirmedAt !== undefined,
  handRaised: attempt.hand !== undefined,
  secondSignIn: attempt.secondSignIn !== undefined,
});

/** Does a command to each of its seats, each on its own. Returns what came of it, by seat; one that failed does not stop the others. */
export async function carryOut(ctx: Ctx, order: SeatOrder): Promise<CommandResult[]> {
  const room = await selectRoom(order.roomId);
  const found = await AttemptModel.find({ _id: { $in: order.attemptIds }, roomId: room._id }).lean();
  const absent = order.attemptIds.filter((id) => !found.some(({ _id }) => _id === id));
  const results: CommandResult[] = absent.map((attemptId) =>
    failure(attemptId, new AppError('platform.not-found')),
  );
  const able: Attempt[] = [];
  for (const attempt of found) {
    const verdict = judgeSeatCommand(factsOf(room, attempt), order.command);
    if (verdict.ok) able.push(attempt);
    else results.push(failure(attempt._id, new AppError(verdict.code), attempt.seat));
  }
  const together = await carryOutTogether(ctx, order, room, able);
  results.push(...(together ?? (await carryOutEach(ctx, order, able))));
  return results.sort((one, other) => (one.seat ?? 0) - (other.seat ?? 0));
}

/** Commands that are one act for all their seats: a message, and time for a whole room. Undefined: do it seat by seat. */
async function carryOutTogether(
  ctx: Ctx,
  order: SeatOrder,
  room: Room,
  able: readonly Attempt[],
): Promise<CommandResult[] | undefined> {
  const { command, args, toAll } = order;
  if (able.length === 0) return [];
  if (command === 'message') {
    const attemptIds = able.map(({ _id }) => _id);
    const from = { accountId: order.by, name: order.byName };
    await sendMessage(ctx, from, room, { attemptIds, toAll, text: args.text ?? '' });
  } else if (command === 'add-time' && toAll) {
    await appendLedger(ctx, { ...timeOf(order), scope: 'room', scopeId: room._id });
  } else {
    return undefined;
  }
  return able.map(success);
}

/** Seat after seat: each is a transaction with its link in the one audit chain, and side by side they would only clash. */
async function carryOutEach(ctx: Ctx, order: SeatOrder, able: readonly Attempt[]): Promise<CommandResult[]> {
  const results: CommandResult[] = [];
  for (const attempt of able) results.push(await carryOutOne(ctx, order, attempt));
  return results;
}

async function carryOutOne(ctx: Ctx, order: SeatOrder, attempt: Attempt): Promise<CommandResult> {
  try {
    await act(ctx, order, attempt);
    return success(attempt);
  } catch (error) {
    if (error instanceof AppError) return failure(attempt._id, error, attempt.seat);
    const reference = ctx.random.id('err');
    ctx.log.error({ err: error, reference, command: order.command, attempt: attempt._id }, 'command failed');
    return failure(attempt._id, new AppError('platform.internal', { params: { reference } }), attempt.seat);
  }
}

const timeOf = ({ sittingId, args, by }: SeatOrder) => ({
  sittingId,
  minutes: args.minutes ?? 0,
  kind: args.kind ?? ('incident' as const),
  reason: args.reason ?? '',
  by: `account:${by}`,
});

async function act(ctx: Ctx, order: SeatOrder, { _id: attemptId, seat }: Attempt): Promise<void> {
  const { command, args } = order;
  const by = `account:${order.by}`;
  const why = args.reason === undefined ? {} : { reason: args.reason };
  switch (command) {
    case 'admit':
    case 'pause':
    case 'resume':
    case 'terminate':
      await moveAttempt(ctx, { attemptId, command, by, ...why });
      return;
    case 'add-time':
      await appendLedger(ctx, { ...timeOf(order), scope: 'candidate', scopeId: attemptId });
      return;
    case 'move-seat': {
      const elsewhere = args.roomId === undefined ? {} : { roomId: args.roomId };
      await moveSeat(ctx, { attemptId, seat: args.seat ?? seat, by, ...elsewhere, ...why });
      return;
    }
    case 'hand-over': {
      const session = args.sessionId === undefined ? {} : { sessionId: args.sessionId };
      await handOver(ctx, { attemptId, by, ...session, ...why });
      return;
    }
    case 'refuse-sign-in':
      await refuseSignIn(ctx, { attemptId, by, ...why });
      return;
    case 'lower-hand':
      await setHand(ctx, attemptId, undefined);
      return;
    case 'refuse-identity':
      await refusePerson(ctx, order, attemptId);
      return;
    case 'message':
      // Sent to all its seats together, above.
      return;
  }
}

/** "Not the same person": the seat is free for the right one, and the record says what happened. */
async function refusePerson(ctx: Ctx, order: SeatOrder, attemptId: string): Promise<void> {
  const reason = order.args.reason ?? '';
  await refuseIdentity(ctx, { attemptId, by: `account:${order.by}`, reason });
  await reportIncident(ctx, { accountId: order.by, name: order.byName }, order.roomId, {
    category: 'candidate',
    kind: 'identity-refused',
    attemptIds: [attemptId],
    text: reason,
  });
}

const success = ({ _id, seat }: Attempt): CommandResult => ({ attemptId: _id, seat, ok: true });

const failure = (attemptId: string, { code, details }: AppError, seat?: number): CommandResult => ({
  attemptId,
  ...(seat === undefined ? {} : { seat }),
  ok: false,
  problem: problemOf(code, details),
});
