import { CandidateModel } from '../../src/people/candidate.model.ts';
import { InstitutionModel } from '../../src/people/institution.model.ts';
import { storeFile } from '../../src/platform/files/files.ts';
import { ReleaseModel, ResultModel } from '../../src/results/result.model.ts';
import { EnrolmentModel } from '../../src/sitting/enrolment.model.ts';
import { ExamModel } from '../../src/sitting/exam.model.ts';
import type { TestApp } from '../support/app.ts';

/** A junior examination as the results stage leaves it: results composed, the release approved for a time to come. */
export interface PassedExam {
  examId: string;
  institutionId: string;
  enrolmentIds: string[];
  /** Lets the time of the release come. */
  release(): Promise<void>;
}

let exams = 0;
let people = 0;

export async function passedExam(
  { ctx, clock }: TestApp,
  candidates: { name: string; passed: boolean; photo?: Buffer }[],
  knownInstitution?: string,
): Promise<PassedExam> {
  exams += 1;
  const institutionId = knownInstitution ?? ctx.random.id('inst');
  if (knownInstitution === undefined) {
    await InstitutionModel.create({
      _id: institutionId,
      code: `HZ${exams}`,
      name: { zh: '杭州跨境电商职业技能评价中心', en: 'Hangzhou Centre for Skills Assessment' },
      kind: 'professional-body',
      areaSquareMetres: 400,
      legalPerson: true,
      goodCredit: true,
      approvedAt: 1,
    });
  }
  const examId = ctx.random.id('exam');
  await ExamModel.create({
    _id: examId,
    code: `J-${exams}`,
    level: 'junior',
    title: { zh: '2026年11月初级考核', en: 'Junior examination, November 2026' },
    institutionId,
    templates: { theory: 'theory-junior', skill: 'skill-junior' },
    lastSerial: candidates.length,
    state: 'open',
    createdAt: clock.now(),
  });
  const enrolmentIds: string[] = [];
  for (const candidate of candidates) enrolmentIds.push(await enrol(ctx, examId, institutionId, candidate));
  const releaseAt = clock.now() + 60_000;
  await ReleaseModel.create({
    _id: examId,
    releaseAt,
    requestedBy: 'a',
    requestedAt: 1,
    approvedBy: 'b',
    approvedAt: 1,
  });
  return {
    examId,
    institutionId,
    enrolmentIds,
    release() {
      clock.advance(60_000);
      return Promise.resolve();
    },
  };
}

async function enrol(
  ctx: TestApp['ctx'],
  examId: string,
  institutionId: string,
  { name, passed, photo }: { name: string; passed: boolean; photo?: Buffer },
): Promise<string> {
  people += 1;
  const candidateId = ctx.random.id('cand');
  const stored =
    photo === undefined
      ? undefined
      : await storeFile(ctx, { name: 'photo', bytes: photo, owner: `candidate:${candidateId}` });
  await CandidateModel.create({
    _id: candidateId,
    name,
    idNumber: `33010219900101${String(people).padStart(4, '0')}`,
    institutionId,
    taughtBy: [],
    ...(stored === undefined ? {} : { photoFileId: stored.fileId }),
  });
  const enrolmentId = ctx.random.id('enr');
  await EnrolmentModel.create({
    _id: enrolmentId,
    examId,
    candidateId,
    level: 'junior',
    admissionNumber: `J26${String(people).padStart(6, '0')}`,
    createdAt: 1,
  });
  await ResultModel.create({
    _id: enrolmentId,
    examId,
    level: 'junior',
    parts: [
      { part: 'theory', mark: '86.5', passed: true },
      { part: 'skill', mark: passed ? '91.0' : '59.9', passed },
    ],
    missing: [],
    passed,
    composedAt: 1,
  });
  return enrolmentId;
}
