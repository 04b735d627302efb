import type { ReviewTemplate } from '../assembly/template.contract.ts';
import { selectTemplate } from '../assembly/templates.service.ts';
import { AccountModel } from '../people/account.model.ts';
import type { StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { BallotModel, DefenceModel, type Ballot, type Defence } from './defence.model.ts';
import { REVIEW_FLOOR_MINUTES } from './defence.rules.ts';
import { judgePanel } from './panel.rules.ts';
import type { DefenceSummary, DefenceView } from './review.contract.ts';

/** One defence. @throws AppError platform.not-found */
export async function selectDefence(defenceId: string): Promise<Defence> {
  const defence = await DefenceModel.findById(defenceId).lean<Defence>();
  if (defence === null) throw new AppError('platform.not-found');
  return defence;
}

/** The review template of a defence. @throws AppError review.not-in-exam */
export async function reviewTemplate(code: string): Promise<ReviewTemplate> {
  const template = await selectTemplate(code);
  if (template.kind !== 'review') throw new AppError('review.not-in-exam');
  return template;
}

/** A defence as lists show it. */
export function summarise(defence: Defence, template: ReviewTemplate): DefenceSummary {
  return {
    id: defence._id,
    examId: defence.examId,
    title: template.title,
    admissionNumber: defence.admissionNumber,
    startsAt: defence.startsAt,
    state: defence.state,
    members: defence.members.length,
    materials: defence.files.length,
  };
}

async function namesOf(accountIds: readonly string[]): Promise<Map<string, string>> {
  const accounts = await AccountModel.find({ _id: { $in: [...accountIds] } }).lean();
  return new Map(accounts.map((account) => [account._id, account.name]));
}

/** A defence as a member or officer sees it: who has sealed, never what. */
export async function viewDefence(ctx: Ctx, actor: StaffActor, defence: Defence): Promise<DefenceView> {
  const template = await reviewTemplate(defence.templateCode);
  const ballots = await BallotModel.find({ defenceId: defence._id }).lean<Ballot[]>();
  const people = [...defence.pool, ...defence.questions.map((question) => question.accountId)];
  const names = await namesOf(people);
  const name = (accountId: string): string => names.get(accountId) ?? accountId;
  const mine = ballots.find((ballot) => ballot.accountId === actor.accountId);
  const isSealed = (accountId: string): boolean =>
    ballots.some((ballot) => ballot.accountId === accountId && ballot.state === 'sealed');
  const member = defence.members.includes(actor.accountId);
  return {
    ...summarise(defence, template),
    now: ctx.clock.now(),
    minutes: Math.max(REVIEW_FLOOR_MINUTES, template.minutes),
    ...(defence.startedAt === undefined ? {} : { startedAt: defence.startedAt }),
    ...(defence.endedAt === undefined ? {} : { endedAt: defence.endedAt }),
    chair: defence.members[0] === actor.accountId,
    panel: defence.members.map((accountId, index) => ({
      accountId,
      name: name(accountId),
      chair: index === 0,
      sealed: isSealed(accountId),
    })),
    reserve: defence.reserve.length,
    seed: defence.seed,
    recusals: defence.recusals.map(({ accountId, reason, at }) => ({ name: name(accountId), reason, at })),
    excluded: defence.excluded.map(({ accountId, reason }) => ({ name: name(accountId), reason })),
    files: defence.files,
    questions: defence.questions.map(({ accountId, text, at }) => ({ by: name(accountId), text, at })),
    criteria: template.criteria,
    spreadLimit: template.panel.spreadLimit,
    lawful: judgePanel(defence.members.length).ok,
    ...(member
      ? { mine: { scores: mine?.scores ?? {}, note: mine?.note ?? '', sealed: mine?.state === 'sealed' } }
      : {}),
    ...(defence.note === undefined ? {} : { note: defence.note }),
  };
}
