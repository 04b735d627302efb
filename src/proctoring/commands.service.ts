import type { StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { AttemptModel, type Attempt } from '../sitting/attempt.model.ts';
import { LIVE_STATES } from '../sitting/attempt.rules.ts';
import type { Room } from '../sitting/room.model.ts';
import { selectRoom, selectSitting } from '../sitting/sittings.service.ts';
import { isChief } from './access.ts';
import { judgeArguments, MINUTES_RANGE, secondPerson, type CommandArgs } from './arguments.rules.ts';
import { carryOut, factsOf } from './carry-out.service.ts';
import { CommandModel, isSeatOrder, type Command, type SeatOrder } from './command.model.ts';
import { announceCommand, viewCommand } from './command.views.ts';
import { judgeSeatCommand } from './commands.rules.ts';
import type { CommandBody } from './proctoring.contract.ts';
import type { CommandView } from './proctoring.views.contract.ts';
import { judgeRoom } from './staffing.service.ts';

/**
 * Gives a command to one seat, several, or all of a room for whom it is possible. Each seat has its own result; a command
 * that needs a second person answers `awaiting` and has done nothing. The same `requestId` again answers the first outcome.
 * @throws AppError for what is wrong with the request as a whole
 */
export async function giveCommand(
  ctx: Ctx,
  actor: StaffActor,
  roomId: string,
  body: CommandBody,
): Promise<CommandView> {
  const id = body.requestId === undefined ? ctx.random.id('cmd') : `cmd_${actor.accountId}_${body.requestId}`;
  const given = await CommandModel.findById(id).lean();
  if (given !== null) return repeated(given, roomId);
  const room = await selectRoom(roomId);
  const targets = await targetsOf(room, body);
  const args = trimmed(body.args ?? {});
  checkArguments(body, args, targets);
  if (body.command === 'move-seat') await checkMove(room, actor, args);
  const order: SeatOrder = {
    _id: id,
    roomId,
    sittingId: room.sittingId,
    command: body.command,
    toAll: body.attemptIds === 'all',
    attemptIds: body.attemptIds === 'all' ? targets.map(({ _id }) => _id) : body.attemptIds,
    args,
    state: 'running',
    by: actor.accountId,
    byName: actor.name,
    at: ctx.clock.now(),
    results: [],
  };
  try {
    await CommandModel.create(order);
  } catch (error) {
    if ((error as { code?: number }).code !== 11000) throw error;
    return repeated(await CommandModel.findById(id).lean(), roomId);
  }
  return proceed(ctx, order, isChief(room, actor));
}

/** A command that was given before with the same request id. */
function repeated(command: Command | null, roomId: string): CommandView {
  if (command?.roomId !== roomId || !isSeatOrder(command)) throw new AppError('platform.not-found');
  if (command.state === 'running') throw new AppError('proctoring.command-under-way');
  return viewCommand(command);
}

/** The seats a command is for: those named, or all of the room at which it is possible now. */
async function targetsOf(room: Room, { attemptIds, command }: CommandBody): Promise<Attempt[]> {
  if (attemptIds !== 'all') {
    const named = await AttemptModel.find({ _id: { $in: attemptIds }, roomId: room._id }).lean();
    if (named.length === 0) throw new AppError('platform.not-found', { field: '/attemptIds' });
    return named;
  }
  const live = await AttemptModel.find({ roomId: room._id, state: { $in: [...LIVE_STATES] } }).lean();
  const able = live.filter((attempt) => judgeSeatCommand(factsOf(room, attempt), command).ok);
  if (able.length === 0) throw new AppError('proctoring.nobody-there');
  return able;
}

const trimmed = ({ reason, text, ...others }: CommandArgs): CommandArgs => ({
  ...others,
  ...(reason === undefined ? {} : { reason: reason.trim() }),
  ...(text === undefined ? {} : { text: text.trim() }),
});

function checkArguments({ command }: CommandBody, args: CommandArgs, targets: readonly Attempt[]): void {
  const verdict = judgeArguments(
    command,
    args,
    targets.map(({ seat }) => seat),
  );
  if (!verdict.ok) throw new AppError(verdict.code, { field: verdict.field, params: MINUTES_RANGE });
}

/** A candidate goes to another room of the sitting by a chief's word alone, and only where staffing allows one more (11.2). */
async function checkMove(room: Room, actor: StaffActor, args: CommandArgs): Promise<void> {
  if (args.roomId === undefined || args.roomId === room._id) return;
  if (!isChief(room, actor)) throw new AppError('proctoring.chief-needed');
  const target = await selectRoom(args.roomId);
  if (target.sittingId !== room.sittingId)
    throw new AppError('platform.not-found', { field: '/args/roomId' });
  const { verdict } = await judgeRoom(target, await selectSitting(target.sittingId), undefined, 1);
  if (verdict.ok) return;
  const { code, needed, present, candidates } = verdict;
  throw new AppError(code, { field: '/args/roomId', params: { needed, present, candidates } });
}

/** Carries a stored order out, or lets it wait for the second person it needs. */
async function proceed(ctx: Ctx, order: SeatOrder, chief: boolean): Promise<CommandView> {
  // Counted after the order was stored: of two given at once, each sees the other, and neither slips through alone.
  const givenMinutes = order.command === 'add-time' ? await minutesGiven(order) : 0;
  const needs = secondPerson(order.command, { minutes: order.args.minutes, givenMinutes, chief });
  const { command, attemptIds, args, toAll } = order;
  await ctx.audit.record({
    actor: `account:${order.by}`,
    action: `proctoring.command.${needs === 'nobody' ? 'give' : 'request'}`,
    subject: `room:${order.roomId}`,
    facts: { id: order._id, command, toAll, attemptIds, args: { ...args } },
  });
  if (needs === 'nobody') return finish(ctx, order);
  const awaiting = { ...order, state: 'awaiting', needs } as const;
  await CommandModel.updateOne({ _id: order._id }, { $set: { state: 'awaiting', needs } });
  return announceCommand(ctx, awaiting);
}

/** The most minutes that this person has given any of the order's candidates before, over the sitting. */
async function minutesGiven(order: SeatOrder): Promise<number> {
  const before = await CommandModel.find({
    _id: { $ne: order._id },
    sittingId: order.sittingId,
    by: order.by,
    command: 'add-time',
    state: { $in: ['running', 'done'] },
  }).lean();
  const toOne = (attemptId: string): number =>
    before
      .filter(({ state, attemptIds, results }) =>
        state === 'running'
          ? attemptIds.includes(attemptId)
          : results.some((result) => result.ok && result.attemptId === attemptId),
      )
      .reduce((sum, { args }) => sum + (args.minutes ?? 0), 0);
  return Math.max(0, ...order.attemptIds.map(toOne));
}

/** Carries an order out and tells the consoles. */
export async function finish(ctx: Ctx, order: SeatOrder): Promise<CommandView> {
  const results = await carryOut(ctx, order);
  await CommandModel.updateOne({ _id: order._id }, { $set: { state: 'done', results } });
  return announceCommand(ctx, { ...order, state: 'done', results });
}
