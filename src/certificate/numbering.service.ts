import type { ClientSession } from 'mongoose';
import { InstitutionModel } from '../people/institution.model.ts';
import { actorName, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { NumberingView } from './certificate.contract.ts';
import { CounterModel, NumberingModel } from './certificate.model.ts';
import {
  OWN_TEMPLATE,
  parseTemplate,
  seriesOf,
  writeNumber,
  type NumberFacts,
  type NumberTemplate,
} from './number.rules.ts';
import { chinaDay } from './record.rules.ts';

/** Sets how an institution numbers its certificates from now on. @throws AppError certificate.bad-template, platform.not-found */
export async function setNumbering(
  ctx: Ctx,
  actor: Actor,
  institutionId: string,
  text: string,
): Promise<NumberingView> {
  const template = readTemplate(text);
  if (!(await InstitutionModel.exists({ _id: institutionId }))) throw new AppError('platform.not-found');
  await ctx.transact(async (session) => {
    await NumberingModel.updateOne(
      { _id: institutionId },
      { $set: { template: text } },
      { upsert: true, session },
    );
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'certificate.numbering.set',
        subject: `institution:${institutionId}`,
        facts: { template: text },
      },
      session,
    );
  });
  return view(ctx, institutionId, template);
}

/** How an institution numbers its certificates. */
export async function numberingOf(ctx: Ctx, institutionId: string): Promise<NumberingView> {
  if (!(await InstitutionModel.exists({ _id: institutionId }))) throw new AppError('platform.not-found');
  return view(ctx, institutionId, await templateOf(institutionId));
}

/**
 * Takes the next number of an institution, within the transaction that stores its certificate: so numbers have no gaps,
 * and one is never given twice. @throws AppError certificate.serials-exhausted
 */
export async function takeNumber(
  institutionId: string,
  facts: NumberFacts,
  session: ClientSession,
): Promise<string> {
  const template = await templateOf(institutionId, session);
  const counter = await CounterModel.findOneAndUpdate(
    { _id: seriesOf(template, facts) },
    { $inc: { last: 1 } },
    { upsert: true, returnDocument: 'after', session },
  ).lean();
  const verdict = writeNumber(template, facts, counter.last);
  if (!verdict.ok) throw new AppError(verdict.code, { params: { series: verdict.series } });
  return verdict.number;
}

async function templateOf(institutionId: string, session?: ClientSession): Promise<NumberTemplate> {
  const numbering = await NumberingModel.findById(institutionId)
    .session(session ?? null)
    .lean();
  return readTemplate(numbering?.template ?? OWN_TEMPLATE);
}

function readTemplate(text: string): NumberTemplate {
  const verdict = parseTemplate(text);
  if (!verdict.ok)
    throw new AppError(verdict.code, { field: '/template', params: { problem: verdict.problem } });
  return verdict.template;
}

function view(ctx: Ctx, institutionId: string, template: NumberTemplate): NumberingView {
  const year = Number(chinaDay(ctx.clock.now()).slice(0, 4));
  const sample = writeNumber(template, { year, level: 'senior' }, 1);
  return { institutionId, template: template.text, sample: sample.ok ? sample.number : '' };
}
