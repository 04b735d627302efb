import { CandidateModel, idTail, type Candidate } from '../people/candidate.model.ts';
import { openSession, type IssuedToken } from '../platform/auth/sessions.ts';
import { batchedById, batchedRead } from '../platform/batched-read.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { ExamSignInAnswer, ExamSignInBody } from './attempt.contract.ts';
import { changeAttempt, readAttempt, readAttemptsOfEnrolment } from './attempt-store.ts';
import { hasEnded, judgeAttempt } from './attempt.rules.ts';
import type { AttemptFacts } from './attempts.service.ts';
import { mayEnter } from './deadline.rules.ts';
import { EnrolmentModel, type Enrolment } from './enrolment.model.ts';
import { announceAttempt } from './seats.service.ts';
import { chooseAttempt } from './sign-in.rules.ts';
import { selectRoom, selectSitting } from './sittings.service.ts';
import { judgeClaim } from './writer.rules.ts';

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

const readEnrolments = batchedRead(EnrolmentModel, 'admissionNumber');
const readCandidate = batchedById(CandidateModel);

async function recognise(
  ctx: Ctx,
  input: ExamSignInBody & { address: string },
): Promise<{ candidate: Candidate; enrolment: Enrolment }> {
  const admissionNumber = input.admissionNumber.trim();
  const [enrolment] = await readEnrolments(admissionNumber);
  const candidate = enrolment === undefined ? null : await readCandidate(enrolment.candidateId);
  if (
    enrolment !== undefined &&
    candidate !== null &&
    idTail(candidate.idNumber) === input.idTail.toUpperCase()
  ) {
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
  const attempts = await readAttemptsOfEnrolment(enrolmentId);
  const choices = await Promise.all(
    attempts.map(async (attempt): Promise<AttemptFacts> => {
      const [room, sitting] = await Promise.all([
        selectRoom(attempt.roomId),
        selectSitting(attempt.sittingId),
      ]);
      return { attempt, room, sitting };
    }),
  );
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

/**
 * Notes the arrival. The session becomes the holder of the writing where the rule lets it; else it waits as a second
 * sign-in, which the consoles show, until an invigilator hands over.
 */
async function takeSeat(ctx: Ctx, facts: AttemptFacts, sessionId: string, address: string): Promise<void> {
  const { attempt } = facts;
  const now = ctx.clock.now();
  const ended = hasEnded(attempt.state);
  const holder = attempt.writer?.sessionId;
  const holds = judgeClaim({ state: attempt.state, holder, sessionId, signingIn: true }).ok;
  const second = !holds && !ended;
  const set = {
    ...(holds ? { 'writer.sessionId': sessionId } : {}),
    ...(second ? { secondSignIn: { sessionId, address, at: now } } : {}),
    ...(ended ? {} : { arrivedAt: attempt.arrivedAt ?? now }),
  };
  const changed = await changeAttempt(
    // The state and holder that were judged: an admission or another sign-in between must not be overlooked.
    { _id: attempt._id, state: attempt.state, 'writer.sessionId': holder ?? null },
    {
      ...(Object.keys(set).length === 0 ? {} : { $set: set }),
      $inc: { ...(holds ? { 'writer.fence': 1 } : {}), signIns: 1, version: 1 },
    },
  );
  if (changed === null) {
    const fresh = await readAttempt(attempt._id);
    if (fresh === null) throw new AppError('platform.not-found');
    return takeSeat(ctx, { ...facts, attempt: fresh }, sessionId, address);
  }
  const again = second ? 'sitting.sign-in.second' : 'sitting.sign-in.again';
  await ctx.audit.record({
    actor: `candidate:${attempt.candidateId}`,
    action: attempt.signIns === 0 ? 'sitting.sign-in' : again,
    subject: `attempt:${attempt._id}`,
    facts: { address, fence: changed.writer?.fence ?? 0 },
  });
  announceAttempt(ctx, changed);
}
