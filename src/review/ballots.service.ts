import { aggregate, type AggregateVerdict } from '../marking/aggregate.rules.ts';
import { totalOnScale } from '../marking/on-scale.ts';
import { AccountModel } from '../people/account.model.ts';
import { actorName, type StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import { fraction, readFraction, writeFraction, ZERO, type Fraction } from '../shared/fraction.ts';
import type { Level } from '../shared/levels.ts';
import { BallotModel, DefenceModel, type Ballot, type Defence } from './defence.model.ts';
import { requireChair, requireLawful, requireMember, requireMove } from './defence.service.ts';
import { reviewTemplate, selectDefence, viewDefence } from './defence.view.ts';
import type { BallotBody, DefenceView, DisclosedBallots } from './review.contract.ts';

/** Saves a member's draft while the candidate defends or the panel deliberates. */
export async function saveBallot(
  ctx: Ctx,
  actor: StaffActor,
  defenceId: string,
  body: BallotBody,
): Promise<{ savedAt: number }> {
  const defence = await selectDefence(defenceId);
  requireMember(defence, actor);
  if (defence.state !== 'defending' && defence.state !== 'deliberating') {
    throw new AppError('review.wrong-state', { params: { state: defence.state } });
  }
  totalOnScale((await reviewTemplate(defence.templateCode)).criteria, body.scores, false);
  const now = ctx.clock.now();
  try {
    await BallotModel.updateOne(
      { _id: `${defenceId}:${actor.accountId}`, state: 'open' },
      {
        $set: { scores: body.scores, note: body.note ?? '', updatedAt: now },
        $setOnInsert: { defenceId, accountId: actor.accountId },
      },
      { upsert: true },
    );
  } catch (error) {
    // A sealed ballot does not match, and the upsert meets its id.
    if ((error as { code?: number }).code === 11000) throw new AppError('review.ballot-sealed');
    throw error;
  }
  return { savedAt: now };
}

/** Seals a member's ballot for good, once the defence is closed. The panel must be lawful (11.2). */
export async function sealBallot(ctx: Ctx, actor: StaffActor, defenceId: string): Promise<DefenceView> {
  const defence = await selectDefence(defenceId);
  requireMember(defence, actor);
  requireLawful(defence);
  if (defence.state !== 'deliberating')
    throw new AppError('review.wrong-state', { params: { state: defence.state } });
  const _id = `${defenceId}:${actor.accountId}`;
  const ballot = await BallotModel.findById(_id).lean<Ballot>();
  if (ballot?.state === 'sealed') throw new AppError('review.ballot-sealed');
  const total = totalOnScale(
    (await reviewTemplate(defence.templateCode)).criteria,
    ballot?.scores ?? {},
    true,
  );
  await ctx.transact(async (session) => {
    const sealed = await BallotModel.updateOne(
      { _id, state: 'open', updatedAt: ballot?.updatedAt ?? 0 },
      { $set: { state: 'sealed', total: writeFraction(total), sealedAt: ctx.clock.now() } },
      { session },
    );
    if (sealed.modifiedCount !== 1) throw new AppError('platform.conflict');
    await ctx.audit.append(
      { actor: actorName(actor), action: 'review.ballot.seal', subject: `defence:${defenceId}` },
      session,
    );
  });
  return viewDefence(ctx, actor, defence);
}

interface Count {
  ballots: Ballot[];
  verdict: Extract<AggregateVerdict, { ok: true }>;
  limit: number;
}

/** All ballots of the acting members and their aggregate. @throws AppError review.ballots-open while one is not sealed */
async function countBallots(defence: Defence): Promise<Count> {
  requireLawful(defence);
  const sealed = await BallotModel.find({ defenceId: defence._id, state: 'sealed' }).lean<Ballot[]>();
  const ballots = sealed.filter((ballot) => defence.members.includes(ballot.accountId));
  const open = defence.members.length - ballots.length;
  if (open > 0) throw new AppError('review.ballots-open', { params: { open } });
  const { panel } = await reviewTemplate(defence.templateCode);
  const totals = ballots.map((ballot) => readFraction(ballot.total ?? '') ?? ZERO);
  const verdict = aggregate(totals, panel.aggregation, fraction(panel.spreadLimit));
  if (!verdict.ok) throw new AppError(verdict.code, { params: { judges: verdict.judges } });
  return { ballots, verdict, limit: panel.spreadLimit };
}

/** All ballots side by side, once all are sealed; for the members. */
export async function disclosedBallots(actor: StaffActor, defenceId: string): Promise<DisclosedBallots> {
  const defence = await selectDefence(defenceId);
  requireMember(defence, actor);
  const { ballots, verdict, limit } = await countBallots(defence);
  const accounts = await AccountModel.find({ _id: { $in: defence.members } }).lean();
  const names = new Map(accounts.map((account) => [account._id, account.name]));
  return {
    ballots: ballots.map(({ accountId, scores, note, total }) => ({
      member: names.get(accountId) ?? '',
      scores,
      note,
      total: total ?? '0',
    })),
    spread: writeFraction(verdict.spread),
    spreadLimit: limit,
    beyondLimit: verdict.beyondLimit,
  };
}

/** The chair makes the result final; with a deliberation note where the members lay too far apart. */
export async function finaliseDefence(
  ctx: Ctx,
  actor: StaffActor,
  defenceId: string,
  note: string | undefined,
): Promise<DefenceView> {
  const defence = await selectDefence(defenceId);
  requireChair(defence, actor);
  const state = requireMove(defence.state, 'finalise');
  const { verdict, limit } = await countBallots(defence);
  if (verdict.beyondLimit && note === undefined)
    throw new AppError('review.note-needed', { params: { limit } });
  const final = await ctx.transact(async (session) => {
    const changed = await DefenceModel.findOneAndUpdate(
      { _id: defenceId, version: defence.version },
      {
        $set: { state, score: writeFraction(verdict.score), ...(note === undefined ? {} : { note }) },
        $inc: { version: 1 },
      },
      { returnDocument: 'after', session },
    ).lean<Defence>();
    if (changed === null) throw new AppError('platform.conflict');
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'review.defence.finalise',
        subject: `defence:${defenceId}`,
        facts: { members: defence.members },
      },
      session,
    );
    return changed;
  });
  return viewDefence(ctx, actor, final);
}

/** A final, unreleased review score. */
export interface UnreleasedReviewScore {
  enrolmentId: string;
  level: Level;
  earned: Fraction;
  possible: Fraction;
}

/** Exact scores of final reviews. A hazard: these marks are unreleased. Only results/ may call it. */
export async function unsafeReviewScores(exam: {
  _id: string;
  level: Level;
}): Promise<UnreleasedReviewScore[]> {
  const defences = await DefenceModel.find({ examId: exam._id, state: 'final' }).lean<Defence[]>();
  return Promise.all(
    defences.map(async ({ enrolmentId, score, templateCode }) => {
      const { criteria } = await reviewTemplate(templateCode);
      const possible = criteria.reduce((total, criterion) => total + criterion.points, 0);
      return {
        enrolmentId,
        level: exam.level,
        earned: readFraction(score ?? '') ?? ZERO,
        possible: fraction(possible),
      };
    }),
  );
}
