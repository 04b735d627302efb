import type {
  Criterion,
  Judges,
  Range,
  ReviewTemplate,
  SkillTemplate,
  Staffing,
  Template,
  TheoryTemplate,
} from './template.contract.ts';

/** Least minutes of a theory and of a skill test, and of a review (clause 11.3). */
export const LEAST_MINUTES = { theory: 90, skill: 90, review: 15 } as const;
/** Most candidates a member of staff may watch, and the least number of staff in a room (clause 11.2). */
export const MOST_CANDIDATES_PER_STAFF = 15;
export const LEAST_STAFF = { theory: 2, skill: 3 } as const;
/** Least number of examiners of a performance and of panel members, always odd (clause 11.2). */
export const LEAST_JUDGES = 3;
/** Points of every test. */
export const FULL_MARK = 100;

/** One fault of a template whose shape is right. */
export interface TemplateFault {
  /** JSON pointer into the template. */
  path: string;
  code:
    | 'assembly.too-short'
    | 'assembly.review-too-short'
    | 'assembly.staffing-too-loose'
    | 'assembly.staffing-too-few'
    | 'assembly.too-few-judges'
    | 'assembly.even-judges'
    | 'assembly.points-not-100'
    | 'assembly.criteria-points'
    | 'assembly.descriptors-broken'
    | 'assembly.twice'
    | 'assembly.range-turned'
    | 'assembly.quotas-over'
    | 'assembly.quotas-under'
    | 'assembly.unknown-code'
    | 'assembly.warnings-broken'
    | 'assembly.hand-in-before-late-entry'
    | 'assembly.window-too-short'
    | 'assembly.minutes-do-not-fit';
  params: Record<string, string | number>;
}

/** Function and content codes of a level. */
export interface LevelCodes {
  functions: readonly string[];
  contents: readonly string[];
}

/** Everything wrong with a template: the guide's floors first (11.2, 11.3), then whether its numbers agree. */
export function judgeTemplate(template: Template, codes: LevelCodes): TemplateFault[] {
  switch (template.kind) {
    case 'theory':
      return [...judgeMinutes(template), ...judgeRoom(template), ...judgeTheory(template, codes)];
    case 'skill':
      return [...judgeMinutes(template), ...judgeRoom(template), ...judgeSkill(template)];
    case 'review':
      return [...judgeMinutes(template), ...judgeReview(template)];
  }
}

/** Clause 11.3. */
function judgeMinutes({ kind, minutes }: Template): TemplateFault[] {
  const floor = LEAST_MINUTES[kind];
  if (minutes >= floor) return [];
  return [
    {
      path: '/minutes',
      code: kind === 'review' ? 'assembly.review-too-short' : 'assembly.too-short',
      params: { minutes, floor },
    },
  ];
}

/** Clause 11.2, rooms; and the clock of a room. */
function judgeRoom(template: TheoryTemplate | SkillTemplate): TemplateFault[] {
  const faults = judgeStaffingTerms(template.kind, template.staffing ?? {});
  const { warnings, minutes, lateEntryMinutes: late, earliestHandInMinutes: earliest } = template;
  const longest = template.longestMinutes;
  if (warnings.some((warning, i) => warning >= minutes || warning >= (warnings[i - 1] ?? Infinity))) {
    faults.push({ path: '/warnings', code: 'assembly.warnings-broken', params: {} });
  }
  // Whoever leaves must not meet somebody who has yet to see the paper.
  if (earliest < late || earliest > minutes) {
    faults.push({
      path: '/earliestHandInMinutes',
      code: 'assembly.hand-in-before-late-entry',
      params: { earliest, late },
    });
  }
  if (longest !== undefined && longest < minutes) {
    faults.push({
      path: '/longestMinutes',
      code: 'assembly.window-too-short',
      params: { longest, minutes },
    });
  }
  return faults;
}

function judgeStaffingTerms(
  kind: 'theory' | 'skill',
  { candidatesPerStaff, minimum }: Staffing,
): TemplateFault[] {
  const faults: TemplateFault[] = [];
  if (candidatesPerStaff !== undefined && candidatesPerStaff > MOST_CANDIDATES_PER_STAFF) {
    const params = { limit: MOST_CANDIDATES_PER_STAFF, value: candidatesPerStaff };
    faults.push({ path: '/staffing/candidatesPerStaff', code: 'assembly.staffing-too-loose', params });
  }
  if (minimum !== undefined && minimum < LEAST_STAFF[kind]) {
    faults.push({
      path: '/staffing/minimum',
      code: 'assembly.staffing-too-few',
      params: { limit: LEAST_STAFF[kind], value: minimum },
    });
  } else if (kind === 'skill' && minimum !== undefined && minimum % 2 === 0) {
    faults.push({ path: '/staffing/minimum', code: 'assembly.even-judges', params: { members: minimum } });
  }
  return faults;
}

/** Clause 11.2, judges. */
function judgeJudges({ members }: Judges, path: string): TemplateFault[] {
  if (members < LEAST_JUDGES) return [{ path, code: 'assembly.too-few-judges', params: { members } }];
  return members % 2 === 0 ? [{ path, code: 'assembly.even-judges', params: { members } }] : [];
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function judgeSum(path: string, points: readonly number[]): TemplateFault[] {
  const sum = total(points);
  return sum === FULL_MARK ? [] : [{ path, code: 'assembly.points-not-100', params: { sum } }];
}

/** Every name that is used a second time. */
function twice(path: string, names: readonly string[]): TemplateFault[] {
  const again = names.filter((id, index) => names.indexOf(id) < index);
  return again.map((id) => ({ path, code: 'assembly.twice', params: { id } }));
}

function judgeTheory(template: TheoryTemplate, codes: LevelCodes): TemplateFault[] {
  const { parts, quotas, level } = template;
  const items = total(parts.map((part) => part.count));
  const known = (
    path: string,
    table: Record<string, Range> | undefined,
    allowed: readonly string[],
  ): TemplateFault[] =>
    Object.keys(table ?? {})
      .filter((code) => !allowed.includes(code))
      .map((code) => ({ path: `${path}/${code}`, code: 'assembly.unknown-code', params: { code, level } }));
  return [
    ...judgeSum(
      '/parts',
      parts.map((part) => part.count * part.pointsEach),
    ),
    ...twice(
      '/parts',
      parts.map((part) => part.id),
    ),
    // A type in two parts would leave open which part an item is for.
    ...twice(
      '/parts',
      parts.flatMap((part) => part.types),
    ),
    ...known('/quotas/byFunction', quotas.byFunction, codes.functions),
    ...known('/quotas/byContent', quotas.byContent, codes.contents),
    ...judgeRanges('/quotas/byFunction', '职业功能', 'function', quotas.byFunction, codes.functions, items),
    ...judgeRanges('/quotas/byContent', '培训内容', 'content', quotas.byContent, codes.contents, items),
    ...judgeRanges(
      '/quotas/byDifficulty',
      '难度',
      'difficulty',
      quotas.byDifficulty,
      ['easy', 'medium', 'hard'],
      items,
    ),
  ];
}

/** Whether ranges can add up to a form: least numbers not above its items, most numbers not below when all codes have one. */
function judgeRanges(
  path: string,
  zh: string,
  en: string,
  table: Record<string, Range> | undefined,
  codes: readonly string[],
  items: number,
): TemplateFault[] {
  if (table === undefined) return [];
  const faults: TemplateFault[] = [];
  for (const [quota, { min, max }] of Object.entries(table)) {
    if (min > max)
      faults.push({ path: `${path}/${quota}`, code: 'assembly.range-turned', params: { quota, min, max } });
  }
  const least = total(Object.values(table).map((range) => range.min));
  const most = total(Object.values(table).map((range) => range.max));
  const group = `${zh}（${en}）`;
  if (least > items)
    faults.push({ path, code: 'assembly.quotas-over', params: { group, sum: least, items } });
  if (codes.every((code) => table[code] !== undefined) && most < items) {
    faults.push({ path, code: 'assembly.quotas-under', params: { group, sum: most, items } });
  }
  return faults;
}

function judgeSkill({ parts, examiners }: SkillTemplate): TemplateFault[] {
  return [
    ...judgeJudges(examiners, '/examiners/members'),
    ...judgeSum(
      '/parts',
      parts.map((part) => part.points),
    ),
    ...twice(
      '/parts',
      parts.map((part) => part.id),
    ),
    ...twice(
      '/parts',
      parts.flatMap((part) => (part.kind === 'computer' ? part.scenarios : [])),
    ),
    ...twice(
      '/parts',
      parts.flatMap((part) =>
        part.kind === 'on-site' ? part.criteria.map((criterion) => criterion.id) : [],
      ),
    ),
    ...parts.flatMap((part, index) =>
      part.kind === 'on-site' ? judgeCriteria(part.criteria, part.points, `/parts/${index}/criteria`) : [],
    ),
  ];
}

function judgeReview({
  panel,
  criteria,
  materials,
  minutes,
  statementMinutes,
}: ReviewTemplate): TemplateFault[] {
  const faults = [
    ...judgeJudges(panel, '/panel/members'),
    ...twice(
      '/criteria',
      criteria.map((criterion) => criterion.id),
    ),
    ...twice(
      '/materials',
      materials.map((material) => material.id),
    ),
    ...judgeCriteria(criteria, FULL_MARK, '/criteria'),
  ];
  if (statementMinutes > minutes) {
    faults.push({
      path: '/statementMinutes',
      code: 'assembly.minutes-do-not-fit',
      params: { needed: statementMinutes, minutes },
    });
  }
  return faults;
}

function judgeCriteria(criteria: readonly Criterion[], points: number, path: string): TemplateFault[] {
  const sum = total(criteria.map((criterion) => criterion.points));
  const faults: TemplateFault[] =
    sum === points ? [] : [{ path, code: 'assembly.criteria-points', params: { sum, points } }];
  criteria.forEach((criterion, index) => {
    if (!descriptorsFit(criterion)) {
      const params = { criterion: criterion.title.zh, points: criterion.points };
      faults.push({ path: `${path}/${index}/descriptors`, code: 'assembly.descriptors-broken', params });
    }
  });
  return faults;
}

/** Whole points from the most down to 0, each described once. */
function descriptorsFit({ points, descriptors }: Criterion): boolean {
  let next = points;
  for (const { from, to } of descriptors) {
    if (to !== next || from > to) return false;
    next = from - 1;
  }
  return next === -1;
}
