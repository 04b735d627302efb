import type { ClientSession } from 'mongoose';
import { actorName, type StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Defence } from './defence.model.ts';
import { DefenceModel } from './defence.model.ts';
import { judgeClose, moveDefence, type DefenceCommand, type DefenceState } from './defence.rules.ts';
import { reviewTemplate, selectDefence, viewDefence } from './defence.view.ts';
import { judgePanel, recuse, replaceNext } from './panel.rules.ts';
import type { DefenceView } from './review.contract.ts';

/** What a change writes and what the record says of it. */
interface Change {
  set: Partial<Defence>;
  push?: Record<string, unknown>;
  action: string;
  facts?: Record<string, unknown>;
}

/** Writes a change if nobody else has changed the defence since it was read, with its record. */
async function change(
  ctx: Ctx,
  actor: StaffActor,
  defence: Defence,
  { set, push, action, facts }: Change,
): Promise<Defence> {
  return ctx.transact(async (session: ClientSession) => {
    const changed = await DefenceModel.findOneAndUpdate(
      { _id: defence._id, version: defence.version },
      { $set: set, ...(push === undefined ? {} : { $push: push }), $inc: { version: 1 } },
      { returnDocument: 'after', session },
    ).lean<Defence>();
    if (changed === null) throw new AppError('platform.conflict');
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: `review.defence.${action}`,
        subject: `defence:${defence._id}`,
        ...(facts === undefined ? {} : { facts }),
      },
      session,
    );
    return changed;
  });
}

/** Clause 11.2, each time the panel acts. @throws AppError review.panel-even, review.panel-too-small */
export function requireLawful(defence: Pick<Defence, 'members'>): void {
  const verdict = judgePanel(defence.members.length);
  if (!verdict.ok) throw new AppError(verdict.code, { params: { members: verdict.members } });
}

/** The state after a command. @throws AppError review.wrong-state */
export function requireMove(state: DefenceState, command: DefenceCommand): DefenceState {
  const verdict = moveDefence(state, command);
  if (!verdict.ok) throw new AppError('review.wrong-state', { params: { state: verdict.state } });
  return verdict.next;
}

/** @throws AppError review.not-a-member */
export function requireMember(defence: Defence, actor: StaffActor): void {
  if (!defence.members.includes(actor.accountId)) throw new AppError('review.not-a-member');
}

/** @throws AppError review.not-chair */
export function requireChair(defence: Defence, actor: StaffActor): void {
  requireMember(defence, actor);
  if (defence.members[0] !== actor.accountId) throw new AppError('review.not-chair');
}

const unfinished: readonly DefenceState[] = ['scheduled', 'defending', 'deliberating'];

/** A member steps down with a reason. The panel may be unlawful until it is completed; until then it cannot act. */
export async function recuseMember(
  ctx: Ctx,
  actor: StaffActor,
  defenceId: string,
  reason: string,
): Promise<DefenceView> {
  const defence = await selectDefence(defenceId);
  requireMember(defence, actor);
  if (!unfinished.includes(defence.state))
    throw new AppError('review.wrong-state', { params: { state: defence.state } });
  const { members } = recuse(defence, actor.accountId);
  const changed = await change(ctx, actor, defence, {
    set: { members: [...members] },
    push: { recusals: { accountId: actor.accountId, reason, at: ctx.clock.now() } },
    action: 'recuse',
    facts: { reason, members },
  });
  return viewDefence(ctx, actor, changed);
}

/** The officer brings in the next of the drawn reserve, in drawn order; before the defence has started, or it must be scheduled anew. */
export async function replaceMember(ctx: Ctx, actor: StaffActor, defenceId: string): Promise<DefenceView> {
  const defence = await selectDefence(defenceId);
  if (defence.state !== 'scheduled')
    throw new AppError('review.wrong-state', { params: { state: defence.state } });
  const next = replaceNext(defence);
  if (next.members.length === defence.members.length) {
    throw new AppError('review.pool-too-small', {
      params: { available: defence.members.length, needed: defence.members.length + 1 },
    });
  }
  const changed = await change(ctx, actor, defence, {
    set: { members: [...next.members], reserve: [...next.reserve] },
    action: 'replace',
    facts: { members: next.members },
  });
  return viewDefence(ctx, actor, changed);
}

/** The chair starts the defence clock. Needs a lawful panel and materials. */
export async function startDefence(ctx: Ctx, actor: StaffActor, defenceId: string): Promise<DefenceView> {
  const defence = await selectDefence(defenceId);
  requireChair(defence, actor);
  requireLawful(defence);
  const state = requireMove(defence.state, 'start');
  if (defence.files.length === 0) throw new AppError('review.no-materials');
  const changed = await change(ctx, actor, defence, {
    set: { state, startedAt: ctx.clock.now() },
    action: 'start',
  });
  return viewDefence(ctx, actor, changed);
}

/** A member's question, for the log. */
export async function addQuestion(
  ctx: Ctx,
  actor: StaffActor,
  defenceId: string,
  text: string,
): Promise<DefenceView> {
  const defence = await selectDefence(defenceId);
  requireMember(defence, actor);
  if (defence.state !== 'defending')
    throw new AppError('review.wrong-state', { params: { state: defence.state } });
  const changed = await change(ctx, actor, defence, {
    set: {},
    push: { questions: { accountId: actor.accountId, text, at: ctx.clock.now() } },
    action: 'question',
  });
  return viewDefence(ctx, actor, changed);
}

/** The chair closes the defence: not before its 15 minutes (11.3), and with a lawful panel (11.2). */
export async function closeDefence(ctx: Ctx, actor: StaffActor, defenceId: string): Promise<DefenceView> {
  const defence = await selectDefence(defenceId);
  requireChair(defence, actor);
  requireLawful(defence);
  const state = requireMove(defence.state, 'close');
  const { minutes } = await reviewTemplate(defence.templateCode);
  const now = ctx.clock.now();
  const verdict = judgeClose(defence.startedAt ?? now, now, minutes);
  if (!verdict.ok)
    throw new AppError(verdict.code, { params: { minutes: verdict.minutes, seconds: verdict.seconds } });
  const changed = await change(ctx, actor, defence, { set: { state, endedAt: now }, action: 'close' });
  return viewDefence(ctx, actor, changed);
}
