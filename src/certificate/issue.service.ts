import { createHash } from 'node:crypto';
import { actorName, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { FileModel } from '../platform/files/file.model.ts';
import { readFile } from '../platform/files/files.ts';
import { AppError, problemOf } from '../shared/errors/index.ts';
import type { IssueAnswer, IssueOutcome } from './certificate.contract.ts';
import { CertificateModel, type Certificate } from './certificate.model.ts';
import { viewCertificate } from './certificates.service.ts';
import { draftCertificate, type Draft } from './draft.service.ts';
import { takeNumber } from './numbering.service.ts';
import { recordDigest, writtenTexts, type CertificateJob } from './pdf/certificate-pdf.ts';
import { openPress } from './press/office.ts';
import { chinaDay, type CertificateRecord } from './record.rules.ts';

/** Enrolments worked on at once: while the press signs one, the store takes in another. */
const AT_ONCE = 4;
/** A pending certificate this old, ms, belongs to nobody's request any more: its server died before signing. */
const ABANDONED_MS = 30_000;
const COMPLETED_PER_SWEEP = 50;

/** Issues for many enrolments; each has an outcome of its own, in the order asked. A repeated issue answers what there is. */
export async function issueCertificates(
  ctx: Ctx,
  actor: Actor,
  enrolmentIds: readonly string[],
): Promise<IssueAnswer> {
  const outcomes: IssueOutcome[] = [];
  const queue = [...enrolmentIds.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [place, enrolmentId] = next;
      outcomes[place] = await outcomeOf(ctx, actor, enrolmentId);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const issued = outcomes.filter(({ ok }) => ok).length;
  return { outcomes, issued, refused: outcomes.length - issued };
}

async function outcomeOf(ctx: Ctx, actor: Actor, enrolmentId: string): Promise<IssueOutcome> {
  try {
    const certificate = await issueCertificate(ctx, actor, enrolmentId);
    return { enrolmentId, ok: true, certificate: viewCertificate(certificate) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, zh, en } = problemOf(error.code, error.details);
    return { enrolmentId, ok: false, code, zh, en };
  }
}

/**
 * Issues one certificate: number and record are stored as pending in one transaction, then it is signed, then the file is stored
 * with the state issued in another. A crash between leaves a pending certificate that keeps its number and is completed later.
 */
export async function issueCertificate(ctx: Ctx, actor: Actor, enrolmentId: string): Promise<Certificate> {
  const existing = await ofEnrolment(enrolmentId);
  if (existing !== null) return completeCertificate(ctx, existing);
  const draft = await draftCertificate(ctx, enrolmentId);
  const press = await openPress(ctx);
  const texts = writtenTexts(draft.record);
  await press.check(draft.photo === undefined ? { texts } : { texts, photo: draft.photo.bytes });
  return completeCertificate(ctx, await inTurn(() => reserve(ctx, actor, draft)));
}

const ofEnrolment = (enrolmentId: string): Promise<Certificate | null> =>
  CertificateModel.findOne({ enrolmentId }).lean<Certificate>();

let turn: Promise<unknown> = Promise.resolve();
/** One reservation at a time in this process: they meet at the counter, and queueing is cheaper than retried conflicts. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work, work);
  turn = mine.catch(() => undefined);
  return mine;
}

/** Takes a number and stores the record, or gives the certificate that a faster request stored. */
async function reserve(ctx: Ctx, actor: Actor, draft: Draft): Promise<Certificate> {
  try {
    return await ctx.transact(async (session) => {
      const faster = await CertificateModel.findOne({ enrolmentId: draft.enrolmentId })
        .session(session)
        .lean<Certificate>();
      if (faster !== null) return faster;
      const issuedOn = chinaDay(ctx.clock.now());
      const facts = { year: Number(issuedOn.slice(0, 4)), level: draft.record.level.code };
      const number = await takeNumber(draft.institutionId, facts, session);
      const certificate = newCertificate(ctx, draft, {
        ...draft.record,
        number,
        checkCode: newCheckCode(ctx),
        issuedOn,
      });
      await CertificateModel.create([certificate], { session });
      const { recordDigest: digest } = certificate;
      await ctx.audit.append(
        {
          actor: actorName(actor),
          action: 'certificate.reserve',
          subject: subjectOf(certificate),
          facts: { number, enrolmentId: draft.enrolmentId, recordDigest: digest },
        },
        session,
      );
      return certificate;
    });
  } catch (error) {
    // Another node was faster: the unique index on the enrolment said so, and this transaction took nothing.
    const faster = (error as { code?: number }).code === 11000 ? await ofEnrolment(draft.enrolmentId) : null;
    if (faster === null) throw error;
    return faster;
  }
}

function newCertificate(ctx: Ctx, draft: Draft, record: CertificateRecord): Certificate {
  const { enrolmentId, examId, candidateId, institutionId, photo } = draft;
  return {
    _id: ctx.random.id('cert'),
    number: record.number,
    ...{ enrolmentId, examId, candidateId, institutionId },
    state: 'pending',
    record,
    recordDigest: recordDigest(record),
    ...(photo === undefined ? {} : { photoFileId: photo.fileId }),
    createdAt: ctx.clock.now(),
  };
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** Ten characters, 50 random bits. */
const newCheckCode = (ctx: Ctx): string =>
  [...ctx.random.bytes(10)].map((byte) => ALPHABET[byte & 31]).join('');

const subjectOf = ({ _id }: Certificate): string => `certificate:${_id}`;

/** Signs and stores a pending certificate; one that is further on is given back as it is. */
async function completeCertificate(ctx: Ctx, certificate: Certificate): Promise<Certificate> {
  if (certificate.state !== 'pending') return certificate;
  const { _id, record, photoFileId } = certificate;
  const photo = photoFileId === undefined ? undefined : (await readFile(photoFileId)).bytes;
  const issuedAt = ctx.clock.now();
  const job: CertificateJob = {
    record,
    publicUrl: ctx.config.publicUrl,
    at: issuedAt,
    ...(photo === undefined ? {} : { photo }),
  };
  const bytes = await (await openPress(ctx)).print(job);
  const fileDigest = createHash('sha256').update(bytes).digest('hex');
  const fileId = ctx.random.id('fil');
  const file = {
    _id: fileId,
    name: `${record.number}.pdf`,
    type: 'application/pdf',
    bytes,
    digest: fileDigest,
    createdAt: issuedAt,
    owner: subjectOf(certificate),
  };
  await ctx.transact(async (session) => {
    const set = { state: 'issued', fileId, fileDigest, issuedAt };
    const done = await CertificateModel.updateOne({ _id, state: 'pending' }, { $set: set }, { session });
    // Somebody else completed it meanwhile: theirs counts, and this file is dropped.
    if (done.modifiedCount !== 1) return;
    await FileModel.create([file], { session });
    await ctx.audit.append(
      {
        actor: 'system',
        action: 'certificate.issue',
        subject: subjectOf(certificate),
        facts: { number: record.number, fileDigest },
      },
      session,
    );
  });
  const completed = await CertificateModel.findById(_id).lean<Certificate>();
  if (completed === null) throw new AppError('platform.not-found');
  return completed;
}

/** Completes what a crash left pending. */
export async function completeAbandoned(ctx: Ctx): Promise<void> {
  const before = ctx.clock.now() - ABANDONED_MS;
  const pending = await CertificateModel.find({ state: 'pending', createdAt: { $lte: before } })
    .sort({ createdAt: 1 })
    .limit(COMPLETED_PER_SWEEP)
    .lean<Certificate[]>();
  for (const certificate of pending) {
    try {
      await completeCertificate(ctx, certificate);
    } catch (error) {
      // One that cannot be printed must not keep the others waiting.
      ctx.log.error({ err: error, certificate: certificate._id }, 'certificate left pending');
    }
  }
}
