import { add, fraction, readFraction, ZERO, type Fraction } from '../shared/fraction.ts';
import type { Level, Part } from '../shared/levels.ts';
import { AttemptModel, type Attempt } from '../sitting/attempt.model.ts';
import { SittingModel, type Sitting } from '../sitting/sitting.model.ts';
import { AttemptScoreModel, type AttemptScore } from './attempt-score.model.ts';
import { AdjudicationModel, type Adjudication } from './score-sheet.model.ts';
import { aggregateSheets, onSiteTask, sheetsOfSitting, type OnSiteTask } from './sheets.service.ts';

/** An unreleased exact score of one part of one candidate. */
export interface UnreleasedPartScore {
  enrolmentId: string;
  level: Level;
  part: Part;
  earned: Fraction;
  possible: Fraction;
}

/**
 * Exact scores of the theory and skill parts of an examination, of sittings that are marked.
 * A hazard: these marks are unreleased. Only results/ may call it.
 */
export async function unsafePartScores(examId: string): Promise<UnreleasedPartScore[]> {
  const sittings = await SittingModel.find({
    examId,
    state: { $in: ['marked', 'released', 'archived'] },
  }).lean<Sitting[]>();
  const scores = await Promise.all(sittings.map(scoresOfSitting));
  return scores.flat();
}

async function scoresOfSitting(sitting: Sitting): Promise<UnreleasedPartScore[]> {
  const [attempts, automatic, task] = await Promise.all([
    AttemptModel.find({ sittingId: sitting._id, absent: { $ne: true } }).lean<Attempt[]>(),
    AttemptScoreModel.find({ sittingId: sitting._id }).lean<AttemptScore[]>(),
    onSiteTask(sitting),
  ]);
  const byAttempt = new Map(automatic.map((score) => [score._id, score]));
  const judged = task === undefined ? new Map<string, Fraction>() : await judgedScores(sitting, task);
  return attempts.flatMap((attempt) => {
    const score = byAttempt.get(attempt._id);
    if (score === undefined) return [];
    return [
      {
        enrolmentId: attempt.enrolmentId,
        level: sitting.level,
        part: sitting.part,
        earned: add(readFraction(score.total) ?? ZERO, judged.get(attempt._id) ?? ZERO),
        possible: add(readFraction(score.possible) ?? ZERO, fraction(task?.part.points ?? 0)),
      },
    ];
  });
}

/** Points of the on-site task by attempt: the adjudication where there is one, else the aggregate of the sheets. */
async function judgedScores(sitting: Sitting, task: OnSiteTask): Promise<Map<string, Fraction>> {
  const sheets = await sheetsOfSitting(sitting._id);
  const adjudications = await AdjudicationModel.find({ _id: { $in: [...sheets.keys()] } }).lean<
    Adjudication[]
  >();
  const decided = new Map(
    adjudications.map((adjudication) => [adjudication._id, readFraction(adjudication.total) ?? ZERO]),
  );
  return new Map(
    [...sheets].map(([attemptId, entry]) => [
      attemptId,
      decided.get(attemptId) ?? aggregateSheets(task, entry.sheets).score,
    ]),
  );
}
