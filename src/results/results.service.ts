import { CandidateModel, idTail } from '../people/candidate.model.ts';
import { actorName, type StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import { AttemptModel } from '../sitting/attempt.model.ts';
import { EnrolmentModel, type Enrolment } from '../sitting/enrolment.model.ts';
import { SittingModel } from '../sitting/sitting.model.ts';
import { composeAll, readiness, selectExam } from './composition.service.ts';
import { isReleased, judgeApproval } from './release.rules.ts';
import { ReleaseModel, ResultModel, type Release, type Result } from './result.model.ts';
import type { ReadinessReport, ResultView } from './results.contract.ts';

/** Asks for a release at a time to come; every begun part of every candidate must be marked. */
export async function requestRelease(
  ctx: Ctx,
  actor: StaffActor,
  examId: string,
  releaseAt: number,
): Promise<ReadinessReport> {
  const report = await readiness(ctx, examId);
  const open = report.candidates - report.complete;
  if (open > 0) throw new AppError('results.incomplete', { params: { count: open } });
  if (report.release?.approvedBy !== undefined) throw new AppError('results.already-released');
  const now = ctx.clock.now();
  if (releaseAt < now) throw new AppError('results.release-in-past', { field: '/releaseAt' });
  await ctx.transact(async (session) => {
    await ReleaseModel.replaceOne(
      { _id: examId },
      { _id: examId, releaseAt, requestedBy: actor.accountId, requestedAt: now },
      { upsert: true, session },
    );
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'results.release.request',
        subject: `exam:${examId}`,
        facts: { releaseAt },
      },
      session,
    );
  });
  return readiness(ctx, examId);
}

/** A second person approves; the results are composed and frozen, and are seen from `releaseAt` on. */
export async function approveRelease(ctx: Ctx, actor: StaffActor, examId: string): Promise<ReadinessReport> {
  const release = await ReleaseModel.findById(examId).lean<Release>();
  const verdict = judgeApproval(release ?? undefined, actor.accountId);
  if (!verdict.ok) throw new AppError(verdict.code);
  const results = await composeAll(ctx, examId);
  await ctx.transact(async (session) => {
    const approved = await ReleaseModel.updateOne(
      { _id: examId, approvedBy: null, requestedBy: { $ne: actor.accountId } },
      { $set: { approvedBy: actor.accountId, approvedAt: ctx.clock.now() } },
      { session },
    );
    if (approved.modifiedCount !== 1) throw new AppError('platform.conflict');
    await ResultModel.deleteMany({ examId }, { session });
    await ResultModel.insertMany(results, { session });
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'results.release.approve',
        subject: `exam:${examId}`,
        facts: { candidates: results.length },
      },
      session,
    );
  });
  return readiness(ctx, examId);
}

/** Moves sittings and attempts of released examinations on, once the hour has come. */
export async function sweepReleases(ctx: Ctx): Promise<void> {
  const due = await ReleaseModel.find({
    approvedBy: { $ne: null },
    releaseAt: { $lte: ctx.clock.now() },
  }).lean<Release[]>();
  for (const release of due) {
    const moved = await SittingModel.updateMany(
      { examId: release._id, state: 'marked' },
      { $set: { state: 'released' } },
    );
    if (moved.modifiedCount > 0) {
      await AttemptModel.updateMany(
        { examId: release._id, state: 'marked' },
        { $set: { state: 'released' }, $inc: { version: 1 } },
      );
      await ctx.audit.record({ actor: 'system', action: 'results.release', subject: `exam:${release._id}` });
    }
  }
}

/** The release of an exam if its results may be seen now. @throws AppError results.not-released */
async function requireReleased(ctx: Ctx, examId: string): Promise<Release> {
  const release = await ReleaseModel.findById(examId).lean<Release>();
  if (release === null || !isReleased(release, ctx.clock.now())) throw new AppError('results.not-released');
  return release;
}

/**
 * One candidate's released result: the only door to marks for every later stage, page and export.
 * @throws AppError platform.not-found, results.not-released
 */
export async function releasedResult(ctx: Ctx, enrolmentId: string): Promise<ResultView> {
  const enrolment = await EnrolmentModel.findById(enrolmentId).lean<Enrolment>();
  if (enrolment === null) throw new AppError('platform.not-found');
  const release = await requireReleased(ctx, enrolment.examId);
  const result = await ResultModel.findById(enrolmentId).lean<Result>();
  if (result === null) throw new AppError('results.not-released');
  const candidate = await CandidateModel.findById(enrolment.candidateId).lean();
  return view(result, enrolment, candidate?.name ?? '', release);
}

/** All released results of an exam, by admission number. @throws AppError results.not-released */
export async function releasedResults(ctx: Ctx, examId: string, query: PageQuery): Promise<Page<ResultView>> {
  await selectExam(examId);
  const release = await requireReleased(ctx, examId);
  const { offset = 0, limit = 50 } = query;
  const [enrolments, total] = await Promise.all([
    EnrolmentModel.find({ examId })
      .sort({ admissionNumber: 1 })
      .skip(offset)
      .limit(limit)
      .lean<Enrolment[]>(),
    EnrolmentModel.countDocuments({ examId }),
  ]);
  const [results, candidates] = await Promise.all([
    ResultModel.find({ _id: { $in: enrolments.map((e) => e._id) } }).lean<Result[]>(),
    CandidateModel.find({ _id: { $in: enrolments.map((e) => e.candidateId) } }).lean(),
  ]);
  const byId = new Map(results.map((result) => [result._id, result]));
  const names = new Map(candidates.map((candidate) => [candidate._id, candidate.name]));
  const items = enrolments.flatMap((enrolment) => {
    const result = byId.get(enrolment._id);
    return result === undefined
      ? []
      : [view(result, enrolment, names.get(enrolment.candidateId) ?? '', release)];
  });
  return { items, total, offset, limit };
}

/** A candidate asks for their own result; wrong numbers and unreleased results are answered alike. @throws AppError results.wrong-query */
export async function queryResult(
  ctx: Ctx,
  input: { admissionNumber: string; idTail: string },
): Promise<ResultView> {
  const enrolment = await EnrolmentModel.findOne({
    admissionNumber: input.admissionNumber,
  }).lean<Enrolment>();
  const candidate = enrolment === null ? null : await CandidateModel.findById(enrolment.candidateId).lean();
  if (enrolment === null || candidate === null || idTail(candidate.idNumber) !== input.idTail.toUpperCase()) {
    throw new AppError('results.wrong-query');
  }
  try {
    return await releasedResult(ctx, enrolment._id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'results.not-released')
      throw new AppError('results.wrong-query');
    throw error;
  }
}

function view(result: Result, enrolment: Enrolment, name: string, release: Release): ResultView {
  const { parts, missing, passed, level } = result;
  return {
    enrolmentId: enrolment._id,
    admissionNumber: enrolment.admissionNumber,
    name,
    level,
    parts,
    missing,
    passed,
    releasedAt: release.releaseAt,
  };
}
