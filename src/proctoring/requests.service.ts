import { actorName, type StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { selectRoom } from '../sitting/sittings.service.ts';
import { isChief } from './access.ts';
import { judgeConfirmation, REQUEST_MS } from './arguments.rules.ts';
import { CommandModel, isSeatOrder, type Command, type SeatOrder } from './command.model.ts';
import { announceCommand, viewCommand } from './command.views.ts';
import { finish } from './commands.service.ts';
import type { CommandView } from './proctoring.views.contract.ts';

/** A second person agrees: the command is carried out. @throws AppError proctoring.request-settled, -expired, same-person, chief-needed */
export async function confirmCommand(
  ctx: Ctx,
  actor: StaffActor,
  roomId: string,
  commandId: string,
): Promise<CommandView> {
  const order = await requestOf(roomId, commandId);
  const verdict = judgeConfirmation({
    state: order.state,
    needs: order.needs ?? 'anybody-else',
    now: ctx.clock.now(),
    requestedAt: order.at,
    same: order.by === actor.accountId,
    chief: isChief(await selectRoom(roomId), actor),
  });
  if (!verdict.ok) throw new AppError(verdict.code);
  await settle(ctx, actor, order, 'confirm', { state: 'running', confirmedBy: actor.accountId });
  return finish(ctx, { ...order, state: 'running', confirmedBy: actor.accountId });
}

/** Takes a request back, or declines it. @throws AppError proctoring.request-settled */
export async function withdrawCommand(
  ctx: Ctx,
  actor: StaffActor,
  roomId: string,
  commandId: string,
): Promise<CommandView> {
  const order = await requestOf(roomId, commandId);
  await settle(ctx, actor, order, 'withdraw', { state: 'withdrawn' });
  return announceCommand(ctx, { ...order, state: 'withdrawn' });
}

async function requestOf(roomId: string, commandId: string): Promise<SeatOrder> {
  const command = await CommandModel.findOne({ _id: commandId, roomId }).lean();
  if (command === null || !isSeatOrder(command)) throw new AppError('platform.not-found');
  return command;
}

/** Moves a request out of `awaiting`, once, with its audit entry. */
async function settle(
  ctx: Ctx,
  actor: StaffActor,
  { _id, roomId, by, command }: SeatOrder,
  verb: 'confirm' | 'withdraw',
  change: Partial<Command>,
): Promise<void> {
  await ctx.transact(async (session) => {
    const settled = await CommandModel.updateOne({ _id, state: 'awaiting' }, { $set: change }, { session });
    if (settled.matchedCount === 0) throw new AppError('proctoring.request-settled');
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: `proctoring.command.${verb}`,
        subject: `room:${roomId}`,
        facts: { id: _id, command, requestedBy: by },
      },
      session,
    );
  });
}

/** Requests of a room that wait for a second person, oldest first. */
export async function openRequests(roomId: string, now: number): Promise<CommandView[]> {
  const waiting = await CommandModel.find({ roomId, state: 'awaiting', at: { $gte: now - REQUEST_MS } })
    .sort({ at: 1 })
    .lean();
  return waiting.filter(isSeatOrder).map(viewCommand);
}
