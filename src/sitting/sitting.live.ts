import type { CandidateActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import type { LiveHooks } from '../platform/live/event.ts';
import { changeAttempt } from './attempt-store.ts';
import { sendSeat } from './seats.service.ts';

/** Open sockets of each attempt in this process: a line is lost when the last of them is. */
const lines = new WeakMap<Ctx, Map<string, number>>();

function countLine(ctx: Ctx, attemptId: string, change: 1 | -1): number {
  let open = lines.get(ctx);
  if (open === undefined) {
    open = new Map();
    lines.set(ctx, open);
  }
  const count = Math.max(0, (open.get(attemptId) ?? 0) + change);
  if (count === 0) open.delete(attemptId);
  else open.set(attemptId, count);
  return count;
}

async function noteLine(ctx: Ctx, actor: CandidateActor, connected: boolean): Promise<string | undefined> {
  const line = { connected, at: ctx.clock.now() };
  const attempt = await changeAttempt({ _id: actor.attemptId }, { $set: { line } });
  if (attempt === null) return undefined;
  sendSeat(ctx, attempt);
  return attempt.roomId;
}

/** A candidate's socket hears of its attempt and its room; the consoles see its line come and go. */
export const sittingHooks: LiveHooks = {
  async connected(ctx, socket) {
    const { actor } = socket;
    if (actor.kind !== 'candidate') return;
    countLine(ctx, actor.attemptId, 1);
    await socket.join(`attempt:${actor.attemptId}`);
    const roomId = await noteLine(ctx, actor, true);
    if (roomId !== undefined) await socket.join(`room:${roomId}`);
  },
  async disconnected(ctx, socket) {
    const { actor } = socket;
    if (actor.kind !== 'candidate') return;
    if (countLine(ctx, actor.attemptId, -1) === 0) await noteLine(ctx, actor, false);
  },
};
