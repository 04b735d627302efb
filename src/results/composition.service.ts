import { selectTemplate } from '../assembly/templates.service.ts';
import { unsafePartScores } from '../marking/part-scores.ts';
import type { Ctx } from '../platform/context.ts';
import { unsafeReviewScores } from '../review/ballots.service.ts';
import { DefenceModel } from '../review/defence.model.ts';
import { AppError } from '../shared/errors/index.ts';
import { PARTS, type Part } from '../shared/levels.ts';
import { AttemptModel, type Attempt } from '../sitting/attempt.model.ts';
import { EnrolmentModel, type Enrolment } from '../sitting/enrolment.model.ts';
import { ExamModel, type Exam } from '../sitting/exam.model.ts';
import { compose, type PartScore } from './compose.rules.ts';
import type { ReadinessReport } from './results.contract.ts';
import { ReleaseModel, type Release, type Result } from './result.model.ts';
import { isReleased } from './release.rules.ts';

/** Gaps named in a report. */
const GAPS_SHOWN = 50;

export async function selectExam(examId: string): Promise<Exam> {
  const exam = await ExamModel.findById(examId).lean<Exam>();
  if (exam === null) throw new AppError('platform.not-found');
  return exam;
}

/** The parts an examination has: those it names a template for. */
export const partsOf = (exam: Pick<Exam, 'templates'>): Part[] =>
  PARTS.filter((part) => exam.templates[part] !== undefined);

type Scores = Map<string, Partial<Record<Part, PartScore>>>;

async function scoresOf(exam: Exam): Promise<Scores> {
  const scores: Scores = new Map();
  const [rooms, reviews] = await Promise.all([unsafePartScores(exam._id), unsafeReviewScores(exam)]);
  const all = [...rooms, ...reviews.map((review) => ({ ...review, part: 'review' as const }))];
  for (const { enrolmentId, part, earned, possible } of all) {
    scores.set(enrolmentId, { ...scores.get(enrolmentId), [part]: { earned, possible } });
  }
  return scores;
}

/** Parts a candidate has begun: for these a score is still to come. The others they were absent from. */
async function begunParts(exam: Exam): Promise<Map<string, Set<Part>>> {
  const begun = new Map<string, Set<Part>>();
  const note = (enrolmentId: string, part: Part): void => {
    begun.set(enrolmentId, (begun.get(enrolmentId) ?? new Set()).add(part));
  };
  const attempts = await AttemptModel.find({ examId: exam._id }).lean<Attempt[]>();
  for (const attempt of attempts) if (attempt.absent !== true) note(attempt.enrolmentId, attempt.part);
  const defences = await DefenceModel.find({ examId: exam._id }).lean();
  for (const defence of defences) note(defence.enrolmentId, 'review');
  return begun;
}

/** What is ready and what is missing, by counts; never a mark. */
export async function readiness(ctx: Ctx, examId: string): Promise<ReadinessReport> {
  const exam = await selectExam(examId);
  const [enrolments, scores, begun, release] = await Promise.all([
    EnrolmentModel.find({ examId }).sort({ admissionNumber: 1 }).lean<Enrolment[]>(),
    scoresOf(exam),
    begunParts(exam),
    ReleaseModel.findById(examId).lean<Release>(),
  ]);
  const gaps = enrolments
    .map(({ _id, admissionNumber }) => ({
      admissionNumber,
      missing: partsOf(exam).filter(
        (part) => begun.get(_id)?.has(part) === true && scores.get(_id)?.[part] === undefined,
      ),
    }))
    .filter((gap) => gap.missing.length > 0);
  return {
    examId,
    candidates: enrolments.length,
    complete: enrolments.length - gaps.length,
    gaps: gaps.slice(0, GAPS_SHOWN),
    ...(release === null ? {} : { release: publicRelease(release) }),
    released: isReleased(release ?? undefined, ctx.clock.now()),
  };
}

/** A release without its bookkeeping. */
export function publicRelease({
  releaseAt,
  requestedBy,
  approvedBy,
}: Release): NonNullable<ReadinessReport['release']> {
  return { releaseAt, requestedBy, ...(approvedBy === undefined ? {} : { approvedBy }) };
}

/** Composes every candidate's result, with the one rounding. */
export async function composeAll(ctx: Ctx, examId: string): Promise<Result[]> {
  const exam = await selectExam(examId);
  const [enrolments, scores] = await Promise.all([
    EnrolmentModel.find({ examId }).lean<Enrolment[]>(),
    scoresOf(exam),
  ]);
  const parts = partsOf(exam);
  const passMarks: Partial<Record<Part, number>> = {};
  for (const part of parts) {
    const code = exam.templates[part];
    if (code !== undefined) passMarks[part] = (await selectTemplate(code)).passMark;
  }
  return enrolments.map((enrolment) => ({
    _id: enrolment._id,
    examId,
    level: exam.level,
    ...compose(parts, scores.get(enrolment._id) ?? {}, passMarks),
    composedAt: ctx.clock.now(),
  }));
}
