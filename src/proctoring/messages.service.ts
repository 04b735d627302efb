import type { StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import type { Room } from '../sitting/room.model.ts';
import { MessageModel, type Message } from './message.model.ts';
import type { CandidateMessage, MessageAcknowledged, MessageView } from './proctoring.views.contract.ts';

/** Sends a message to candidates of a room; each of them reads it once. */
export async function sendMessage(
  ctx: Ctx,
  actor: Pick<StaffActor, 'accountId' | 'name'>,
  room: Room,
  input: { attemptIds: readonly string[]; toAll: boolean; text: string },
): Promise<MessageView> {
  const message: Message = {
    _id: ctx.random.id('msg'),
    roomId: room._id,
    sittingId: room.sittingId,
    text: input.text.trim(),
    toAll: input.toAll,
    attemptIds: [...input.attemptIds],
    by: actor.accountId,
    byName: actor.name,
    at: ctx.clock.now(),
    acknowledgedBy: [],
  };
  await MessageModel.create(message);
  for (const attemptId of message.attemptIds) {
    ctx.live.publish(`attempt:${attemptId}`, 'message.sent', viewForCandidate(message, attemptId));
  }
  const view = viewMessage(message);
  ctx.live.publish(`staff:${room._id}`, 'message.changed', view);
  return view;
}

/** A message as the console shows it. */
export function viewMessage({
  _id,
  text,
  toAll,
  attemptIds,
  byName,
  at,
  acknowledgedBy,
}: Message): MessageView {
  return {
    id: _id,
    text,
    toAll,
    attemptIds,
    byName,
    at,
    acknowledged: acknowledgedBy.length,
    of: attemptIds.length,
    waitingFor: attemptIds.filter((id) => !acknowledgedBy.includes(id)),
  };
}

const viewForCandidate = (
  { _id, text, at, acknowledgedBy }: Message,
  attemptId: string,
): CandidateMessage => ({
  id: _id,
  text,
  at,
  acknowledged: acknowledgedBy.includes(attemptId),
});

/** Messages of a room, newest first. */
export async function messagesOfRoom(
  roomId: string,
  { offset = 0, limit = 50 }: PageQuery,
): Promise<Page<MessageView>> {
  const [messages, total] = await Promise.all([
    MessageModel.find({ roomId }).sort({ at: -1, _id: 1 }).skip(offset).limit(limit).lean(),
    MessageModel.countDocuments({ roomId }),
  ]);
  return { items: messages.map(viewMessage), total, offset, limit };
}

/** A candidate's own messages, oldest first. */
export async function messagesOfAttempt(
  attemptId: string,
  { offset = 0, limit = 50 }: PageQuery,
): Promise<Page<CandidateMessage>> {
  const filter = { attemptIds: attemptId };
  const [messages, total] = await Promise.all([
    MessageModel.find(filter).sort({ at: 1, _id: 1 }).skip(offset).limit(limit).lean(),
    MessageModel.countDocuments(filter),
  ]);
  return { items: messages.map((message) => viewForCandidate(message, attemptId)), total, offset, limit };
}

/**
 * A candidate has pressed "read". Only the first time is told to the console: a button pressed thirteen times by thirty
 * people must not become a storm. Returns whether it was the first. @throws AppError platform.not-found
 */
export async function acknowledgeMessage(ctx: Ctx, attemptId: string, messageId: string): Promise<boolean> {
  const filter = { _id: messageId, attemptIds: attemptId };
  const message = await MessageModel.findOneAndUpdate(
    { ...filter, acknowledgedBy: { $ne: attemptId } },
    { $addToSet: { acknowledgedBy: attemptId } },
  ).lean();
  if (message === null) {
    if ((await MessageModel.exists(filter)) === null) throw new AppError('platform.not-found');
    return false;
  }
  const told: MessageAcknowledged = { messageId, attemptId };
  ctx.live.publish(`staff:${message.roomId}`, 'message.acknowledged', told);
  return true;
}
