import type { ErrorTable } from './error-table.ts';

export const resultsErrors = {
  'results.not-released': {
    status: 409,
    zh: '成绩尚未发布。发布后才能查看。',
    en: 'The results have not been released. They can be seen after the release.',
  },
  'results.incomplete': {
    status: 409,
    zh: '还有 {count} 名考生的评分未完成。全部完成后才能申请发布。',
    en: 'Marking of {count} candidates is not complete. A release can be requested when all are.',
  },
  'results.same-person': {
    status: 409,
    zh: '发布须由另一人核准，不能由申请人自己核准。',
    en: 'A release must be approved by a person other than the one who requested it.',
  },
  'results.already-released': {
    status: 409,
    zh: '成绩已核准发布，不能再更改发布时间。',
    en: 'The release has been approved; its time can no longer be changed.',
  },
  'results.no-request': {
    status: 409,
    zh: '没有待核准的发布申请。',
    en: 'There is no release waiting for approval.',
  },
  'results.release-in-past': {
    status: 400,
    zh: '发布时间不能早于现在。',
    en: 'The time of release cannot be in the past.',
  },
  'results.wrong-query': {
    status: 404,
    zh: '准考证号或证件号后四位不正确，或成绩尚未发布。请检查后再试。',
    en: 'The admission number or the ID tail is not right, or the results are not released. Check both and try again.',
  },
} as const satisfies ErrorTable;
