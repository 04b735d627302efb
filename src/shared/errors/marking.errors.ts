import type { ErrorTable } from './error-table.ts';

export const markingErrors = {
  'marking.not-collected': {
    status: 409,
    zh: '本场考试尚未全部收卷（现为“{state}”），不能评分。请先结束并收卷。',
    en: 'This sitting has not been collected yet (it is “{state}”), so it cannot be marked. End and collect it first.',
  },
  'marking.too-few-judges': {
    status: 409,
    clause: '11.2',
    zh: '评分人员应为3人以上单数（11.2），现有 {judges} 人。请补足人员。',
    en: 'Judges must be an odd number of three or more (11.2); there are {judges}. Add people.',
  },
  'marking.even-judges': {
    status: 409,
    clause: '11.2',
    zh: '评分人员应为单数（11.2），现有 {judges} 人。请增加或减少一人。',
    en: 'The number of judges must be odd (11.2); there are {judges}. Add or withdraw one.',
  },
  'marking.criterion-missing': {
    status: 409,
    zh: '评分项“{criterion}”还没有打分。请打分后再封存。',
    en: 'The criterion “{criterion}” has no score yet. Score it, then seal the sheet.',
  },
  'marking.criterion-unknown': {
    status: 400,
    zh: '评分表中没有评分项“{criterion}”。请刷新页面。',
    en: 'The sheet has no criterion “{criterion}”. Refresh the page.',
  },
  'marking.outside-scale': {
    status: 400,
    zh: '评分项“{criterion}”的分数应在 0 到 {max} 之间，最多一位小数。',
    en: 'The score for “{criterion}” must be from 0 to {max}, with one decimal at most.',
  },
  'marking.sheet-sealed': {
    status: 409,
    zh: '评分表已封存，不能再改。',
    en: 'The sheet is sealed and cannot be changed.',
  },
  'marking.sheets-open': {
    status: 409,
    zh: '还有 {open} 份评分表未封存。全部封存后才能公开分数。',
    en: '{open} sheets are not sealed yet. Scores are disclosed once all are sealed.',
  },
  'marking.no-adjudication': {
    status: 409,
    zh: '各评分表的分差没有超过 {limit} 分，不需要裁定。',
    en: 'The scores are within {limit} points of each other, so no adjudication is needed.',
  },
  'marking.adjudicator-judged': {
    status: 409,
    zh: '裁定须由未参与本次评分的人员作出。',
    en: 'An adjudication must come from somebody who did not score this performance.',
  },
  'marking.not-an-examiner': {
    status: 403,
    zh: '您不是本考场的考评员，不能评分。',
    en: 'You are not an examiner of this room and cannot score here.',
  },
  'marking.not-skill': {
    status: 409,
    zh: '本场次没有现场操作任务，不需要评分表。',
    en: 'This sitting has no on-site task, so there are no score sheets.',
  },
} as const satisfies ErrorTable;
