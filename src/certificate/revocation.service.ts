import { actorName, type StaffActor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { CertificateView, RevocationBody } from './certificate.contract.ts';
import { CertificateModel, type Certificate, type Revocation } from './certificate.model.ts';
import { judgeCertificate, type CertificateCommand } from './certificate.rules.ts';
import { selectCertificate, viewCertificate } from './certificates.service.ts';

/** Asks for a revocation; the certificate stays in force until a second person confirms. */
export function requestRevocation(
  ctx: Ctx,
  actor: StaffActor,
  certificateId: string,
  body: RevocationBody,
): Promise<CertificateView> {
  return move(ctx, actor, certificateId, 'request-revocation', () => ({
    ...body,
    requestedBy: actor.accountId,
    requestedAt: ctx.clock.now(),
  }));
}

/** Confirms a revocation that somebody else has asked for; it is in force at once and for good. */
export function confirmRevocation(
  ctx: Ctx,
  actor: StaffActor,
  certificateId: string,
): Promise<CertificateView> {
  return move(ctx, actor, certificateId, 'confirm-revocation', ({ revocation }) =>
    revocation === undefined
      ? undefined
      : { ...revocation, confirmedBy: actor.accountId, confirmedAt: ctx.clock.now() },
  );
}

/** Takes a request for revocation back; either person may. */
export function withdrawRevocation(
  ctx: Ctx,
  actor: StaffActor,
  certificateId: string,
): Promise<CertificateView> {
  return move(ctx, actor, certificateId, 'withdraw-revocation', () => undefined);
}

async function move(
  ctx: Ctx,
  actor: StaffActor,
  certificateId: string,
  command: Exclude<CertificateCommand, 'complete'>,
  change: (certificate: Certificate) => Revocation | undefined,
): Promise<CertificateView> {
  const certificate = await selectCertificate(certificateId);
  const requester = certificate.revocation?.requestedBy;
  const facts = {
    state: certificate.state,
    ...(requester === undefined ? {} : { revocationRequestedBy: requester }),
  };
  const verdict = judgeCertificate(facts, command, actor.accountId);
  if (!verdict.ok) throw new AppError(verdict.code);
  const revocation = change(certificate);
  await ctx.transact(async (session) => {
    const moved = await CertificateModel.updateOne(
      {
        _id: certificateId,
        state: certificate.state,
        'revocation.requestedAt': certificate.revocation?.requestedAt ?? null,
      },
      revocation === undefined
        ? { $unset: { revocation: 1 } }
        : { $set: { revocation, state: verdict.next } },
      { session },
    );
    if (moved.modifiedCount !== 1) throw new AppError('platform.conflict');
    const { reason, note } = revocation ?? certificate.revocation ?? {};
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: `certificate.${command}`,
        subject: `certificate:${certificateId}`,
        facts: { number: certificate.number, reason, note },
      },
      session,
    );
  });
  return viewCertificate(await selectCertificate(certificateId));
}
