import type { ClientSession } from 'mongoose';
import { CandidateModel } from '../people/candidate.model.ts';
import { selectInstitution } from '../people/institutions.service.ts';
import { actorName, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import { EnrolmentModel, type Enrolment } from './enrolment.model.ts';
import { ExamModel, type Exam } from './exam.model.ts';
import type { EnrolmentsBody, EnrolmentView, ExamBody, ExamView } from './sitting.contract.ts';

/** Creates an examination. @throws AppError sitting.code-taken, people.unknown-institution */
export async function createExam(ctx: Ctx, actor: Actor, input: ExamBody): Promise<ExamView> {
  await selectInstitution(input.institutionId);
  const exam: Exam = {
    _id: ctx.random.id('exam'),
    ...input,
    lastSerial: 0,
    state: 'open',
    createdAt: ctx.clock.now(),
  };
  await ctx.transact(async (session) => {
    if (await ExamModel.exists({ code: input.code }).session(session)) {
      throw new AppError('sitting.code-taken', { field: '/code', params: { code: input.code } });
    }
    await ExamModel.create([exam], { session });
    const facts = { code: input.code, level: input.level };
    await ctx.audit.append(
      { actor: actorName(actor), action: 'sitting.exam.create', subject: `exam:${exam._id}`, facts },
      session,
    );
  });
  return viewExam(exam, 0);
}

/** One examination. @throws AppError platform.not-found */
export async function selectExam(examId: string, session?: ClientSession): Promise<Exam> {
  const exam = await ExamModel.findById(examId)
    .session(session ?? null)
    .lean();
  if (exam === null) throw new AppError('platform.not-found');
  return exam;
}

/** Examinations, newest first. */
export async function listExams({ offset = 0, limit = 50 }: PageQuery): Promise<Page<ExamView>> {
  const [exams, total] = await Promise.all([
    ExamModel.find({}).sort({ createdAt: -1, _id: 1 }).skip(offset).limit(limit).lean(),
    ExamModel.countDocuments({}),
  ]);
  const counts = await Promise.all(exams.map((exam) => EnrolmentModel.countDocuments({ examId: exam._id })));
  return { items: exams.map((exam, i) => viewExam(exam, counts[i] ?? 0)), total, offset, limit };
}

/** One examination as officers see it. */
export async function readExam(examId: string): Promise<ExamView> {
  return viewExam(await selectExam(examId), await EnrolmentModel.countDocuments({ examId }));
}

/**
 * Enrols candidates in one go, all or none. Admission numbers are those given, or made from the examination's code and a serial.
 * @throws AppError sitting.unknown-candidate, sitting.already-enrolled, sitting.admission-number-taken
 */
export async function enrol(
  ctx: Ctx,
  actor: Actor,
  examId: string,
  { candidates }: EnrolmentsBody,
): Promise<EnrolmentView[]> {
  const names = await namesOf(candidates.map((c) => c.candidateId));
  const enrolments = await ctx.transact(async (session) => {
    const exam = await selectExam(examId, session);
    await refuseRepeats(examId, candidates, session);
    let serial = exam.lastSerial;
    const made = candidates.map(({ candidateId, admissionNumber, accommodation }): Enrolment => {
      if (admissionNumber === undefined) serial += 1;
      return {
        _id: ctx.random.id('enr'),
        examId,
        candidateId,
        level: exam.level,
        admissionNumber: admissionNumber ?? `${exam.code}${String(serial).padStart(4, '0')}`,
        ...(accommodation === undefined ? {} : { accommodation }),
        createdAt: ctx.clock.now(),
      };
    });
    await refuseTakenNumbers(made, session);
    await EnrolmentModel.insertMany(made, { session });
    await ExamModel.updateOne({ _id: examId }, { $set: { lastSerial: serial } }, { session });
    const facts = {
      enrolled: made.length,
      accommodations: made.filter((e) => e.accommodation !== undefined).length,
    };
    await ctx.audit.append(
      { actor: actorName(actor), action: 'sitting.enrol', subject: `exam:${examId}`, facts },
      session,
    );
    return made;
  });
  return enrolments.map((enrolment) => viewEnrolment(enrolment, names.get(enrolment.candidateId) ?? ''));
}

async function namesOf(candidateIds: readonly string[]): Promise<Map<string, string>> {
  const candidates = await CandidateModel.find({ _id: { $in: candidateIds } }, { name: 1 }).lean();
  const names = new Map(candidates.map(({ _id, name }) => [_id, name]));
  const unknown = candidateIds.find((id) => !names.has(id));
  if (unknown !== undefined)
    throw new AppError('sitting.unknown-candidate', { field: '/candidates', params: { candidate: unknown } });
  return names;
}

async function refuseRepeats(
  examId: string,
  candidates: EnrolmentsBody['candidates'],
  session: ClientSession,
): Promise<void> {
  const ids = candidates.map((c) => c.candidateId);
  const enrolled = await EnrolmentModel.findOne({ examId, candidateId: { $in: ids } })
    .session(session)
    .lean();
  const repeated = enrolled?.candidateId ?? ids.find((id, i) => ids.indexOf(id) !== i);
  if (repeated !== undefined)
    throw new AppError('sitting.already-enrolled', { field: '/candidates', params: { candidate: repeated } });
}

async function refuseTakenNumbers(made: readonly Enrolment[], session: ClientSession): Promise<void> {
  const numbers = made.map((enrolment) => enrolment.admissionNumber);
  const holder = await EnrolmentModel.findOne({ admissionNumber: { $in: numbers } })
    .session(session)
    .lean();
  const taken = holder?.admissionNumber ?? numbers.find((number, i) => numbers.indexOf(number) !== i);
  if (taken !== undefined)
    throw new AppError('sitting.admission-number-taken', { field: '/candidates', params: { number: taken } });
}

/** An examination's enrolments, by admission number. */
export async function listEnrolments(
  examId: string,
  { offset = 0, limit = 50 }: PageQuery,
): Promise<Page<EnrolmentView>> {
  await selectExam(examId);
  const [enrolments, total] = await Promise.all([
    EnrolmentModel.find({ examId }).sort({ admissionNumber: 1 }).skip(offset).limit(limit).lean(),
    EnrolmentModel.countDocuments({ examId }),
  ]);
  const names = await namesOf(enrolments.map((enrolment) => enrolment.candidateId));
  return {
    items: enrolments.map((e) => viewEnrolment(e, names.get(e.candidateId) ?? '')),
    total,
    offset,
    limit,
  };
}

function viewExam(
  { _id, code, level, title, institutionId, templates, createdAt }: Exam,
  enrolled: number,
): ExamView {
  return { id: _id, code, level, title, institutionId, templates, createdAt, enrolled };
}

function viewEnrolment(
  { _id, examId, candidateId, admissionNumber, accommodation }: Enrolment,
  name: string,
): EnrolmentView {
  return {
    id: _id,
    examId,
    candidateId,
    name,
    admissionNumber,
    ...(accommodation === undefined ? {} : { accommodation }),
  };
}
