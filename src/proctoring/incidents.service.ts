import { actorName, type StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import { AttemptModel } from '../sitting/attempt.model.ts';
import { selectRoom } from '../sitting/sittings.service.ts';
import { IncidentModel, type Incident } from './incident.model.ts';
import type { IncidentBody } from './proctoring.contract.ts';
import type { IncidentView } from './proctoring.views.contract.ts';

/** Writes down something out of the ordinary. @throws AppError proctoring.text-needed, proctoring.incident-in-future, platform.not-found */
export async function reportIncident(
  ctx: Ctx,
  actor: Pick<StaffActor, 'accountId' | 'name'>,
  roomId: string,
  input: IncidentBody,
): Promise<IncidentView> {
  const now = ctx.clock.now();
  if (input.text.trim() === '') throw new AppError('proctoring.text-needed', { field: '/text' });
  if ((input.occurredAt ?? now) > now) {
    throw new AppError('proctoring.incident-in-future', { field: '/occurredAt' });
  }
  const room = await selectRoom(roomId);
  const attemptIds = input.attemptIds ?? [];
  const here = await AttemptModel.countDocuments({ _id: { $in: attemptIds }, roomId });
  if (here !== attemptIds.length) throw new AppError('platform.not-found', { field: '/attemptIds' });
  const decision = input.decision?.trim() ?? '';
  const incident: Incident = {
    _id: ctx.random.id('inc'),
    roomId,
    sittingId: room.sittingId,
    category: input.category,
    kind: input.kind.trim(),
    attemptIds,
    people: input.people ?? [],
    text: input.text.trim(),
    ...(decision === '' ? {} : { decision, decidedBy: actor.accountId, decidedAt: now }),
    by: actor.accountId,
    byName: actor.name,
    occurredAt: input.occurredAt ?? now,
    at: now,
  };
  await ctx.transact(async (session) => {
    await IncidentModel.create([incident], { session });
    const facts = { incident: incident._id, category: incident.category, kind: incident.kind, attemptIds };
    await ctx.audit.append(
      {
        actor: `account:${actor.accountId}`,
        action: 'proctoring.incident.report',
        subject: `room:${roomId}`,
        facts,
      },
      session,
    );
  });
  return announceIncident(ctx, incident);
}

/** Adds the decision to an incident, once. @throws AppError proctoring.text-needed, proctoring.incident-decided, platform.not-found */
export async function decideIncident(
  ctx: Ctx,
  actor: StaffActor,
  input: { roomId: string; incidentId: string; decision: string },
): Promise<IncidentView> {
  const decision = input.decision.trim();
  if (decision === '') throw new AppError('proctoring.text-needed', { field: '/decision' });
  const { incidentId, roomId } = input;
  const incident = await ctx.transact(async (session) => {
    const decided = await IncidentModel.findOneAndUpdate(
      { _id: incidentId, roomId, decidedAt: null },
      { $set: { decision, decidedBy: actor.accountId, decidedAt: ctx.clock.now() } },
      { returnDocument: 'after', session },
    ).lean();
    if (decided === null) {
      const known = await IncidentModel.exists({ _id: incidentId, roomId }).session(session);
      throw new AppError(known === null ? 'platform.not-found' : 'proctoring.incident-decided');
    }
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'proctoring.incident.decide',
        subject: `room:${roomId}`,
        facts: { incident: incidentId, decision },
      },
      session,
    );
    return decided;
  });
  return announceIncident(ctx, incident);
}

function announceIncident(ctx: Ctx, incident: Incident): IncidentView {
  const view = viewIncident(incident);
  ctx.live.publish(`staff:${incident.roomId}`, 'incident.changed', view);
  return view;
}

/** An incident as the console and the record show it. */
export function viewIncident(incident: Incident): IncidentView {
  const { _id, roomId: _room, sittingId: _sitting, by: _by, ...shown } = incident;
  return { id: _id, ...shown };
}

/** Incidents of a room, oldest first. */
export async function incidentsOfRoom(
  roomId: string,
  { offset = 0, limit = 50 }: PageQuery,
): Promise<Page<IncidentView>> {
  const [incidents, total] = await Promise.all([
    IncidentModel.find({ roomId }).sort({ at: 1, _id: 1 }).skip(offset).limit(limit).lean(),
    IncidentModel.countDocuments({ roomId }),
  ]);
  return { items: incidents.map(viewIncident), total, offset, limit };
}
