import { actorName, type StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { takeAnswerFile } from '../sitting/answer-file.service.ts';
import type { AnswerFileView } from './proctoring.views.contract.ts';

/**
 * Takes in the answer file that staff have brought from a computer without a line. The code in the answer is to be compared
 * with the one on the candidate's screen. @throws AppError sitting.wrong-answer-file
 */
export async function bringAnswerFile(
  ctx: Ctx,
  actor: StaffActor,
  roomId: string,
  bytes: Uint8Array,
): Promise<AnswerFileView> {
  const { attempt, code, at, answers, news, late } = await takeAnswerFile(ctx, roomId, bytes);
  if (news > 0) {
    await ctx.audit.record({
      actor: actorName(actor),
      action: 'proctoring.answer-file.take',
      subject: `attempt:${attempt._id}`,
      facts: { roomId, code, at, answers, news, late },
    });
  }
  return { attemptId: attempt._id, seat: attempt.seat, name: attempt.name, code, at, answers, late };
}
