import { actorName, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { InstitutionModel, type Institution } from './institution.model.ts';
import { judgeInstitution } from './institution.rules.ts';

/** Records an institution, not yet approved; a known code is brought up to date. */
export async function saveInstitution(
  ctx: Ctx,
  actor: Actor,
  input: Omit<Institution, '_id' | 'approvedAt'>,
): Promise<Institution> {
  return ctx.transact(async (session) => {
    const existing = await InstitutionModel.findOne({ code: input.code }).session(session).lean();
    const id = existing?._id ?? ctx.random.id('inst');
    const saved = await InstitutionModel.findOneAndUpdate(
      { _id: id },
      { $set: input, $unset: { approvedAt: 1 } },
      { upsert: true, returnDocument: 'after', session },
    ).lean();
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'people.institution.save',
        subject: `institution:${id}`,
        facts: { code: input.code },
      },
      session,
    );
    return saved;
  });
}

/** Approves an institution whose facts meet 5.1 and 5.2.1. @throws AppError naming the clause that is not met */
export async function approveInstitution(
  ctx: Ctx,
  actor: Actor,
  institutionId: string,
): Promise<Institution> {
  return ctx.transact(async (session) => {
    const institution = await InstitutionModel.findById(institutionId).session(session).lean();
    if (institution === null) throw new AppError('people.unknown-institution');
    const approved = { ...institution, approvedAt: ctx.clock.now() };
    requireApproved(approved);
    await InstitutionModel.updateOne(
      { _id: institutionId },
      { $set: { approvedAt: approved.approvedAt } },
      { session },
    );
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'people.institution.approve',
        subject: `institution:${institutionId}`,
      },
      session,
    );
    return approved;
  });
}

/** What an institution can lack, in words. */
const MISSING = {
  'legal-person': { zh: '独立法人资格（5.1.2）', en: 'independent legal person (5.1.2)' },
  'good-credit': { zh: '信用良好（5.1.3）', en: 'good credit (5.1.3)' },
  approval: { zh: '系统管理员核准', en: 'approval by an administrator' },
} as const;

/** Refuses an institution that may not hold examinations. @throws AppError people.institution-not-approved, people.venue-too-small */
export function requireApproved(institution: Institution): void {
  const verdict = judgeInstitution(institution);
  if (verdict.ok) return;
  if (verdict.code === 'people.venue-too-small') {
    throw new AppError(verdict.code, { params: { area: verdict.area, needed: verdict.needed } });
  }
  const names = verdict.missing.map((fact) => MISSING[fact]);
  throw new AppError(verdict.code, {
    params: {
      missing: names.map(({ en }) => en).join(', '),
      missingZh: names.map(({ zh }) => zh).join('、'),
    },
  });
}

/** All institutions, by code. */
export function listInstitutions(): Promise<Institution[]> {
  return InstitutionModel.find({}).sort({ code: 1 }).lean<Institution[]>();
}

/** One institution. @throws AppError people.unknown-institution */
export async function selectInstitution(institutionId: string): Promise<Institution> {
  const institution = await InstitutionModel.findById(institutionId).lean<Institution>();
  if (institution === null) throw new AppError('people.unknown-institution');
  return institution;
}
