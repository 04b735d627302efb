import { actorName, type Actor } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { readFile, storeFile } from '../platform/files/files.ts';
import type { StoredFile } from '../platform/files/file.model.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import { CandidateModel, idTail, type Candidate } from './candidate.model.ts';
import { InstitutionModel } from './institution.model.ts';
import type { CandidateView } from './people.contract.ts';

/** A candidate to be taken in; `photo` is base64. */
export interface CandidateInput {
  name: string;
  idNumber: string;
  institutionId: string;
  photo?: string;
  taughtBy?: string[];
}

/** Takes candidates in; one whose identity number is known is brought up to date. Returns their ids, in order. */
export async function importCandidates(
  ctx: Ctx,
  actor: Actor,
  inputs: readonly CandidateInput[],
): Promise<CandidateView[]> {
  const institutions = [...new Set(inputs.map((input) => input.institutionId))];
  const known = await InstitutionModel.countDocuments({ _id: { $in: institutions } });
  if (known !== institutions.length)
    throw new AppError('people.unknown-institution', { field: '/candidates' });
  const views: CandidateView[] = [];
  for (const input of inputs) views.push(await importCandidate(ctx, input));
  await ctx.audit.record({
    actor: actorName(actor),
    action: 'people.candidates.import',
    subject: `institution:${institutions.join(',')}`,
    facts: { count: views.length },
  });
  return views;
}

async function importCandidate(ctx: Ctx, input: CandidateInput): Promise<CandidateView> {
  const existing = await CandidateModel.findOne({ idNumber: input.idNumber }).lean();
  const id = existing?._id ?? ctx.random.id('cand');
  const photo =
    input.photo === undefined
      ? undefined
      : await storeFile(ctx, {
          name: `${id}-photo`,
          bytes: Buffer.from(input.photo, 'base64'),
          owner: `candidate:${id}`,
        });
  const fields = {
    name: input.name,
    institutionId: input.institutionId,
    taughtBy: input.taughtBy ?? existing?.taughtBy ?? [],
    ...(photo === undefined ? {} : { photoFileId: photo.fileId }),
  };
  const candidate = await CandidateModel.findOneAndUpdate(
    { _id: id },
    { $set: fields, $setOnInsert: { idNumber: input.idNumber } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  return viewCandidate(candidate);
}

/** Candidates by name. */
export async function listCandidates(query: PageQuery): Promise<Page<CandidateView>> {
  const { offset = 0, limit = 50 } = query;
  const filter = query.q === undefined ? {} : { name: { $gte: query.q, $lt: `${query.q}\uffff` } };
  const [candidates, total] = await Promise.all([
    CandidateModel.find(filter).sort({ name: 1, _id: 1 }).skip(offset).limit(limit).lean(),
    CandidateModel.countDocuments(filter),
  ]);
  return { items: candidates.map(viewCandidate), total, offset, limit };
}

/** A candidate's portrait. @throws AppError platform.not-found */
export async function candidatePhoto(candidateId: string): Promise<StoredFile> {
  const candidate = await CandidateModel.findById(candidateId).lean();
  if (candidate?.photoFileId === undefined) throw new AppError('platform.not-found');
  return readFile(candidate.photoFileId);
}

function viewCandidate(candidate: Candidate): CandidateView {
  return {
    id: candidate._id,
    name: candidate.name,
    idTail: idTail(candidate.idNumber),
    institutionId: candidate.institutionId,
    hasPhoto: candidate.photoFileId !== undefined,
  };
}
