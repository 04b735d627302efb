import { AccountModel } from '../people/account.model.ts';
import { CandidateModel, type Candidate } from '../people/candidate.model.ts';
import { actorName, type StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { storeFile } from '../platform/files/files.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import { EnrolmentModel, type Enrolment } from '../sitting/enrolment.model.ts';
import { ExamModel, type Exam } from '../sitting/exam.model.ts';
import { DefenceModel, type Defence } from './defence.model.ts';
import { reviewTemplate, selectDefence, summarise, viewDefence } from './defence.view.ts';
import { drawPanel, type PanelDraw, type PoolMember } from './panel.rules.ts';
import type { DefenceBody, DefenceSummary, DefenceView } from './review.contract.ts';

/** Largest material, bytes. */
export const MATERIAL_LIMIT = 8 * 1024 * 1024;

/**
 * Schedules one candidate's defence and draws its panel by a fresh, recorded seed.
 * @throws AppError review.not-in-exam, review.panel-even, review.panel-too-small, review.pool-too-small, platform.conflict (one already)
 */
export async function scheduleDefence(
  ctx: Ctx,
  actor: StaffActor,
  examId: string,
  body: DefenceBody,
): Promise<DefenceView> {
  const { exam, enrolment, candidate } = await whoIsReviewed(examId, body.enrolmentId);
  const templateCode = exam.templates.review;
  if (templateCode === undefined) throw new AppError('review.not-in-exam');
  const template = await reviewTemplate(templateCode);
  const seed = ctx.random.seed();
  const declared = body.declared ?? [];
  const facts = { candidateInstitutionId: candidate.institutionId, taughtBy: candidate.taughtBy, declared };
  const draw = lawful(
    drawPanel(await poolMembers(body.pool), facts, body.members ?? template.panel.members, seed),
  );
  const defence: Defence = {
    _id: ctx.random.id('def'),
    examId,
    enrolmentId: enrolment._id,
    candidateId: candidate._id,
    admissionNumber: enrolment.admissionNumber,
    templateCode,
    startsAt: body.startsAt,
    pool: body.pool,
    seed,
    declared,
    excluded: draw.excluded,
    members: draw.members,
    reserve: draw.reserve,
    recusals: [],
    files: [],
    questions: [],
    state: 'scheduled',
    version: 1,
  };
  await ctx.transact(async (session) => {
    if (await DefenceModel.exists({ enrolmentId: enrolment._id }).session(session))
      throw new AppError('platform.conflict');
    await DefenceModel.create([defence], { session });
    const facts = {
      seed,
      pool: body.pool,
      members: draw.members,
      reserve: draw.reserve,
      excluded: draw.excluded,
    };
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'review.defence.schedule',
        subject: `defence:${defence._id}`,
        facts,
      },
      session,
    );
  });
  return viewDefence(ctx, actor, defence);
}

async function whoIsReviewed(
  examId: string,
  enrolmentId: string,
): Promise<{ exam: Exam; enrolment: Enrolment; candidate: Candidate }> {
  const exam = await ExamModel.findById(examId).lean<Exam>();
  const enrolment = await EnrolmentModel.findOne({ _id: enrolmentId, examId }).lean<Enrolment>();
  const candidate =
    enrolment === null ? null : await CandidateModel.findById(enrolment.candidateId).lean<Candidate>();
  if (exam === null || enrolment === null || candidate === null) throw new AppError('platform.not-found');
  return { exam, enrolment, candidate };
}

/** The people of a pool who are active panel members, with their institutions. */
async function poolMembers(accountIds: readonly string[]): Promise<PoolMember[]> {
  const accounts = await AccountModel.find({
    _id: { $in: [...accountIds] },
    roles: 'panel-member',
    active: true,
  }).lean();
  return accounts.map(({ _id, institutionId }) => ({
    accountId: _id,
    ...(institutionId === undefined ? {} : { institutionId }),
  }));
}

function lawful(draw: PanelDraw): Extract<PanelDraw, { ok: true }> {
  if (draw.ok) return draw;
  if (draw.code === 'review.pool-too-small') {
    throw new AppError(draw.code, {
      field: '/pool',
      params: { available: draw.available, needed: draw.needed },
    });
  }
  throw new AppError(draw.code, { field: '/members', params: { members: draw.members } });
}

/** Adds a PDF or picture to the application materials, before the defence has ended. */
export async function addMaterial(
  ctx: Ctx,
  actor: StaffActor,
  defenceId: string,
  name: string,
  bytes: Buffer,
): Promise<DefenceView> {
  const defence = await selectDefence(defenceId);
  if (defence.state !== 'scheduled')
    throw new AppError('review.wrong-state', { params: { state: defence.state } });
  const { fileId, digest } = await storeFile(ctx, { name, bytes, owner: `defence:${defenceId}` });
  const changed = await ctx.transact(async (session) => {
    const added = await DefenceModel.findOneAndUpdate(
      { _id: defenceId, state: 'scheduled' },
      { $push: { files: { fileId, name } }, $inc: { version: 1 } },
      { returnDocument: 'after', session },
    ).lean<Defence>();
    if (added === null) throw new AppError('platform.conflict');
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'review.material.add',
        subject: `defence:${defenceId}`,
        facts: { name, digest },
      },
      session,
    );
    return added;
  });
  return viewDefence(ctx, actor, changed);
}

/** Defences of an examination, by time. */
export async function listDefences(examId: string, query: PageQuery): Promise<Page<DefenceSummary>> {
  const { offset = 0, limit = 50 } = query;
  const [defences, total] = await Promise.all([
    DefenceModel.find({ examId }).sort({ startsAt: 1, _id: 1 }).skip(offset).limit(limit).lean<Defence[]>(),
    DefenceModel.countDocuments({ examId }),
  ]);
  return { items: await summaries(defences), total, offset, limit };
}

/** The defences on whose panel a person sits, by time. */
export async function myDefences(accountId: string): Promise<DefenceSummary[]> {
  return summaries(
    await DefenceModel.find({ members: accountId }).sort({ startsAt: 1 }).limit(200).lean<Defence[]>(),
  );
}

async function summaries(defences: readonly Defence[]): Promise<DefenceSummary[]> {
  return Promise.all(
    defences.map(async (defence) => summarise(defence, await reviewTemplate(defence.templateCode))),
  );
}
