import type { ErrorTable } from './error-table.ts';

export const reviewErrors = {
  'review.panel-too-small': {
    status: 409,
    clause: '11.2',
    zh: '评审委员应为3人以上单数（11.2），现有 {members} 人。请从备选委员中补足。',
    en: 'A panel needs three members or more, an odd number (11.2); it has {members}. Replace from the reserve.',
  },
  'review.panel-even': {
    status: 409,
    clause: '11.2',
    zh: '评审委员应为单数（11.2），现有 {members} 人。请增补或减少一人后再继续。',
    en: 'The panel must be odd in number (11.2); it has {members}. Add or withdraw a member before going on.',
  },
  'review.pool-too-small': {
    status: 409,
    zh: '回避后可抽取的委员只有 {available} 人，需要 {needed} 人。请扩大评审专家库。',
    en: 'After conflicts are excluded {available} members can be drawn and {needed} are needed. Enlarge the pool.',
  },
  'review.too-early': {
    status: 409,
    clause: '11.3',
    zh: '综合评审时间不少于 {minutes} 分钟（11.3），还需 {seconds} 秒才能结束。',
    en: 'A review lasts {minutes} minutes or more (11.3); it can be closed in {seconds} seconds.',
  },
  'review.wrong-state': {
    status: 409,
    zh: '评审现处于“{state}”，不能进行此操作。',
    en: 'The review is “{state}”, so this cannot be done now.',
  },
  'review.not-a-member': {
    status: 403,
    zh: '您不是本次评审的现任委员。',
    en: 'You are not an acting member of this panel.',
  },
  'review.not-chair': {
    status: 403,
    zh: '此操作由评审组长进行。',
    en: 'This is for the chair of the panel.',
  },
  'review.no-materials': {
    status: 409,
    zh: '还没有上传申报材料，不能开始答辩。',
    en: 'No application materials have been uploaded, so the defence cannot start.',
  },
  'review.ballots-open': {
    status: 409,
    zh: '还有 {open} 张评分票未封存。全部封存后才能公开。',
    en: '{open} ballots are not sealed yet. They are disclosed once all are sealed.',
  },
  'review.ballot-sealed': {
    status: 409,
    zh: '评分票已封存，不能再改。',
    en: 'The ballot is sealed and cannot be changed.',
  },
  'review.note-needed': {
    status: 409,
    zh: '各委员分差超过 {limit} 分，须由组长填写合议意见后定分。',
    en: 'The members differ by more than {limit} points: the chair must record a deliberation note before the score is final.',
  },
  'review.not-in-exam': {
    status: 409,
    zh: '该考试没有综合评审。',
    en: 'This examination has no comprehensive review.',
  },
} as const satisfies ErrorTable;
