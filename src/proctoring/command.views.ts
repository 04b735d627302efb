import type { Ctx } from '../platform/context.ts';
import { REQUEST_MS } from './arguments.rules.ts';
import type { SeatOrder } from './command.model.ts';
import type { CommandView } from './proctoring.views.contract.ts';

/** A command as the console and the record show it. */
export function viewCommand(order: SeatOrder): CommandView {
  const { _id, command, toAll, attemptIds, args, state, needs, by, byName, at, confirmedBy, results } = order;
  return {
    id: _id,
    command,
    toAll,
    attemptIds,
    args,
    state,
    ...(needs === undefined ? {} : { needs }),
    ...(state === 'awaiting' ? { expiresAt: at + REQUEST_MS } : {}),
    by,
    byName,
    at,
    ...(confirmedBy === undefined ? {} : { confirmedBy }),
    results,
  };
}

/** Tells the consoles of the room what has become of a command. */
export function announceCommand(ctx: Ctx, order: SeatOrder): CommandView {
  const view = viewCommand(order);
  ctx.live.publish(`staff:${order.roomId}`, 'command.changed', view);
  return view;
}
