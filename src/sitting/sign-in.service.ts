import { CandidateModel, idTail, type Candidate } from '../people/candidate.model.ts';
import { openSession, type IssuedToken } from '../platform/auth/sessions.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { ExamSignInAnswer, ExamSignInBody } from './attempt.contract.ts';
import { AttemptModel } from './attempt.model.ts';
import { hasEnded, judgeAttempt } from './attempt.rules.ts';
import type { AttemptFacts } from './attempts.service.ts';
import { mayEnter } from './deadline.rules.ts';
import { EnrolmentModel, type Enrolment } from './enrolment.model.ts';
import { RoomModel } from './room.model.ts';
import { announceAttempt } from './seats.service.ts';
import { chooseAttempt } from './sign-in.rules.ts';
import { SittingModel } from './sitting.model.ts';

/**
 * Signs a candidate in at a seat. Until number and tail are right the answer says nothing but that one of them is wrong.
 * @throws AppError sitting.wrong-admission, sitting.wrong-seat, sitting.no-sitting-now, sitting.room-not-open, sitting.too-late
 */
export async function signInCandidate(
  ctx: Ctx,
  input: ExamSignInBody & { address: string },
): Promise<{ answer: ExamSignInAnswer; issued: IssuedToken }> {
  const { candidate, enrolment } = await recognise(ctx, input);
  const facts = await currentAttempt(enrolment._id);
  refuseWrongPlace(input, facts);
  refuseEntry(ctx.clock.now(), facts);
  const { attempt, room } = facts;
  const issued = await openSession(ctx, {
    kind: 'candidate',
    subjectId: candidate._id,
    attemptId: attempt._id,
    name: candidate.name,
    roles: ['candidate'],
    address: input.address,
  });
  await takeSeat(ctx, facts, issued.sessionId, input.address);
  const { seat, roomId } = attempt;
  return {
    answer: {
      attemptId: attempt._id,
      candidateId: candidate._id,
      name: candidate.name,
      roomId,
      roomCode: room.code,
      seat,
    },
    issued,
  };
}

async function recognise(
  ctx: Ctx,
  input: ExamSignInBody & { address: string },
): Promise<{ candidate: Candidate; enrolment: Enrolment }> {
  const admissionNumber = input.admissionNumber.trim();
  const enrolment = await EnrolmentModel.findOne({ admissionNumber }).lean();
  const candidate = enrolment === null ? null : await CandidateModel.findById(enrolment.candidateId).lean();
  if (enrolment !== null && candidate !== null && idTail(candidate.idNumber) === input.idTail.toUpperCase()) {
    return { candidate, enrolment };
  }
  const subject = `admission:${admissionNumber.slice(0, 40)}`;
  await ctx.audit.record({
    actor: 'public',
    action: 'sitting.sign-in.refused',
    subject,
    facts: { address: input.address },
  });
  throw new AppError('sitting.wrong-admission');
}

async function currentAttempt(enrolmentId: string): Promise<AttemptFacts> {
  const attempts = await AttemptModel.find({ enrolmentId }).lean();
  const [rooms, sittings] = await Promise.all([
    RoomModel.find({ _id: { $in: attempts.map((a) => a.roomId) } }).lean(),
    SittingModel.find({ _id: { $in: attempts.map((a) => a.sittingId) } }).lean(),
  ]);
  const choices = attempts.flatMap((attempt): AttemptFacts[] => {
    const room = rooms.find(({ _id }) => _id === attempt.roomId);
    const sitting = sittings.find(({ _id }) => _id === attempt.sittingId);
    return room === undefined || sitting === undefined ? [] : [{ attempt, room, sitting }];
  });
  const chosen = chooseAttempt(
    choices.map((choice) => ({
      choice,
      sitting: choice.sitting.state,
      startsAt: choice.sitting.startsAt,
      room: choice.room.state,
      ended: hasEnded(choice.attempt.state),
    })),
  );
  if (chosen === undefined) throw new AppError('sitting.no-sitting-now');
  return chosen.choice;
}

function refuseWrongPlace(input: ExamSignInBody, { attempt, room }: AttemptFacts): void {
  const wrongRoom =
    (input.roomId !== undefined && input.roomId !== room._id) ||
    (input.roomCode !== undefined && input.roomCode.trim().toUpperCase() !== room.code.toUpperCase());
  const wrongSeat = input.seat !== undefined && input.seat !== attempt.seat;
  if (wrongRoom || wrongSeat)
    throw new AppError('sitting.wrong-seat', { params: { room: room.code, seat: attempt.seat } });
}

function refuseEntry(now: number, { attempt, room, sitting }: AttemptFacts): void {
  const verdict = judgeAttempt(attempt.state, 'arrive', room.state);
  if (!verdict.ok) throw new AppError(verdict.code);
  const { lateEntryMinutes } = sitting.terms;
  if (
    attempt.arrivedAt === undefined &&
    !hasEnded(attempt.state) &&
    !mayEnter(now, room.startedAt, lateEntryMinutes)
  ) {
    throw new AppError('sitting.too-late', { params: { minutes: lateEntryMinutes } });
  }
}

/** Notes the arrival and makes this session the writer; one that was there before can only look from now on. */
async function takeSeat(
  ctx: Ctx,
  { attempt }: AttemptFacts,
  sessionId: string,
  address: string,
): Promise<void> {
  const now = ctx.clock.now();
  const changed = await AttemptModel.findOneAndUpdate(
    { _id: attempt._id },
    {
      $set: {
        'writer.sessionId': sessionId,
        ...(hasEnded(attempt.state) ? {} : { arrivedAt: attempt.arrivedAt ?? now }),
      },
      $inc: { 'writer.fence': 1, signIns: 1, version: 1 },
    },
    { returnDocument: 'after' },
  ).lean();
  await ctx.audit.record({
    actor: `candidate:${attempt.candidateId}`,
    action: attempt.signIns === 0 ? 'sitting.sign-in' : 'sitting.sign-in.again',
    subject: `attempt:${attempt._id}`,
    facts: { address, fence: changed?.writer?.fence ?? 0 },
  });
  if (changed !== null) announceAttempt(ctx, changed);
}
