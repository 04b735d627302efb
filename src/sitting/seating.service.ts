import type { ClientSession } from 'mongoose';
import { candidateForm } from '../assembly/forms.service.ts';
import { CandidateModel } from '../people/candidate.model.ts';
import { actorName, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import { answerShapes } from './answer.rules.ts';
import { AttemptModel, type Attempt } from './attempt.model.ts';
import { EnrolmentModel, type Enrolment } from './enrolment.model.ts';
import { LedgerEntryModel, type LedgerEntry } from './ledger.model.ts';
import { RoomModel, type Room } from './room.model.ts';
import { seatCandidates, type SeatAssignment } from './seating.rules.ts';
import type { SeatPlanRow } from './sitting.contract.ts';
import { SittingModel, type Sitting } from './sitting.model.ts';
import { judgeSitting } from './sitting.rules.ts';
import { selectSitting } from './sittings.service.ts';

type Forms = ReadonlyMap<string, { label: string; total: number }>;

/**
 * Seats the enrolled in a draft sitting, by seed: those named, or all who have no seat in this part yet. Seats given before
 * in this sitting are given anew. Accommodations go to the time ledger.
 * @throws AppError sitting.already-published, sitting.too-few-seats, sitting.nobody-seated
 */
export async function seatSitting(
  ctx: Ctx,
  actor: Actor,
  sittingId: string,
  input: { seed?: string; enrolmentIds?: string[] },
): Promise<{ seated: number; seed: string }> {
  const seed = input.seed ?? ctx.random.seed();
  const seated = await ctx.transact(async (session) => {
    const sitting = await selectSitting(sittingId, session);
    const editable = judgeSitting(sitting.state, 'edit');
    if (!editable.ok) throw new AppError(editable.code);
    const enrolments = await unseated(sitting, input.enrolmentIds, session);
    if (enrolments.length === 0) throw new AppError('sitting.nobody-seated');
    const rooms = await RoomModel.find({ sittingId }).sort({ code: 1 }).session(session).lean();
    const seats = assign(sitting, rooms, enrolments, seed);
    await writeSeats(ctx, actor, sitting, { seats, enrolments, seed }, session);
    const facts = { seated: seats.length, seed };
    await ctx.audit.append(
      { actor: actorName(actor), action: 'sitting.seat', subject: `sitting:${sittingId}`, facts },
      session,
    );
    return seats.length;
  });
  return { seated, seed };
}

async function unseated(
  sitting: Sitting,
  wanted: string[] | undefined,
  session: ClientSession,
): Promise<Enrolment[]> {
  const elsewhere = await AttemptModel.find(
    { examId: sitting.examId, part: sitting.part, sittingId: { $ne: sitting._id } },
    { enrolmentId: 1 },
  )
    .session(session)
    .lean();
  const taken = new Set(elsewhere.map((attempt) => attempt.enrolmentId));
  const filter = { examId: sitting.examId, ...(wanted === undefined ? {} : { _id: { $in: wanted } }) };
  const enrolments = await EnrolmentModel.find(filter).session(session).lean();
  return enrolments.filter((enrolment) => !taken.has(enrolment._id));
}

function assign(
  sitting: Sitting,
  rooms: readonly Room[],
  enrolments: readonly Enrolment[],
  seed: string,
): SeatAssignment[] {
  const [first, ...rest] = sitting.formIds;
  if (first === undefined)
    throw new AppError('sitting.form-mismatch', { params: { form: '–', template: sitting.templateCode } });
  const places = rooms.map((room) => ({ roomId: room._id, seats: room.seats, columns: room.columns }));
  const verdict = seatCandidates(
    places,
    enrolments.map((e) => e._id),
    [first, ...rest],
    seed,
  );
  if (!verdict.ok)
    throw new AppError(verdict.code, { params: { needed: verdict.needed, present: verdict.present } });
  return verdict.seats;
}

async function writeSeats(
  ctx: Ctx,
  actor: Actor,
  sitting: Sitting,
  plan: { seats: readonly SeatAssignment[]; enrolments: readonly Enrolment[]; seed: string },
  session: ClientSession,
): Promise<void> {
  const forms = await loadForms(sitting);
  const people = await CandidateModel.find({ _id: { $in: plan.enrolments.map((e) => e.candidateId) } })
    .session(session)
    .lean();
  const candidates = new Map(people.map((person) => [person._id, person]));
  const enrolled = new Map(plan.enrolments.map((enrolment) => [enrolment._id, enrolment]));
  const attempts: Attempt[] = [];
  const entries: LedgerEntry[] = [];
  for (const seat of plan.seats) {
    const enrolment = enrolled.get(seat.enrolmentId);
    const candidate = enrolment === undefined ? undefined : candidates.get(enrolment.candidateId);
    if (enrolment === undefined || candidate === undefined) continue;
    const person = { name: candidate.name, hasPhoto: candidate.photoFileId !== undefined };
    const attempt = newAttempt(ctx, sitting, seat, enrolment, person, forms);
    attempts.push(attempt);
    if (enrolment.accommodation !== undefined)
      entries.push(accommodationEntry(ctx, actor, attempt, enrolment.accommodation));
  }
  await AttemptModel.deleteMany({ sittingId: sitting._id }, { session });
  await LedgerEntryModel.deleteMany({ sittingId: sitting._id }, { session });
  await AttemptModel.insertMany(attempts, { session });
  if (entries.length > 0) await LedgerEntryModel.insertMany(entries, { session });
  await SittingModel.updateOne({ _id: sitting._id }, { $set: { seatingSeed: plan.seed } }, { session });
}

async function loadForms(sitting: Sitting): Promise<Forms> {
  const forms = await Promise.all(sitting.formIds.map((formId) => candidateForm(formId)));
  return new Map(
    forms.map((form) => [form.formId, { label: form.label, total: answerShapes(form.parts).size }]),
  );
}

function newAttempt(
  ctx: Ctx,
  sitting: Sitting,
  { roomId, seat, formId }: SeatAssignment,
  enrolment: Enrolment,
  person: { name: string; hasPhoto: boolean },
  forms: Forms,
): Attempt {
  const form = forms.get(formId);
  return {
    _id: ctx.random.id('att'),
    examId: sitting.examId,
    sittingId: sitting._id,
    part: sitting.part,
    level: sitting.level,
    roomId,
    seat,
    enrolmentId: enrolment._id,
    candidateId: enrolment.candidateId,
    ...person,
    admissionNumber: enrolment.admissionNumber,
    formId,
    formLabel: form?.label ?? '',
    seed: ctx.random.seed(),
    state: 'expected',
    version: 1,
    signIns: 0,
    line: { connected: false },
    total: form?.total ?? 0,
    progress: { answered: 0 },
    evidence: 0,
  };
}

function accommodationEntry(
  ctx: Ctx,
  actor: Actor,
  attempt: Attempt,
  granted: { minutes: number; reason: string },
): LedgerEntry {
  return {
    _id: ctx.random.id('led'),
    sittingId: attempt.sittingId,
    scope: 'candidate',
    scopeId: attempt._id,
    minutes: granted.minutes,
    kind: 'accommodation',
    reason: granted.reason,
    by: actorName(actor),
    at: ctx.clock.now(),
  };
}

/** The seating of a sitting, room by room and seat by seat. */
export async function listSeating(
  sittingId: string,
  { offset = 0, limit = 50 }: PageQuery,
): Promise<Page<SeatPlanRow>> {
  await selectSitting(sittingId);
  const [rooms, attempts, total] = await Promise.all([
    RoomModel.find({ sittingId }).lean(),
    AttemptModel.find({ sittingId }).sort({ roomId: 1, seat: 1 }).skip(offset).limit(limit).lean(),
    AttemptModel.countDocuments({ sittingId }),
  ]);
  const codes = new Map(rooms.map((room) => [room._id, room.code]));
  const items = attempts.map(({ _id, roomId, seat, name, candidateId, admissionNumber, formLabel }) => ({
    attemptId: _id,
    roomId,
    roomCode: codes.get(roomId) ?? '',
    seat,
    name,
    candidateId,
    admissionNumber,
    formLabel,
  }));
  return { items, total, offset, limit };
}
