import type { Messages } from '../lib/language.tsx';

/** The defence page's texts. */
export const defenceMessages = {
  candidate: { zh: '考生 {number} 综合评审', en: 'Review of candidate {number}' },
  unlawful: {
    zh: '评审委员现为 {n} 人。应为3人以上单数（11.2），补足前不能进行。',
    en: 'The panel has {n} members. It must be odd, three or more (11.2), and cannot act until it is.',
  },
  plannedAt: { zh: '计划 {time} 开始', en: 'Planned for {time}' },
  floor: { zh: '不少于 {n} 分钟（11.3）', en: 'At least {n} minutes (11.3)' },
  floorReached: { zh: '已满 {n} 分钟，可以结束', en: '{n} minutes have run; it may be closed' },
  start: { zh: '开始答辩', en: 'Start the defence' },
  close: { zh: '结束答辩', en: 'Close the defence' },
  chair: { zh: '您是组长', en: 'You are the chair' },
  chairMark: { zh: '组长', en: 'chair' },
  materials: { zh: '申报材料', en: 'Application materials' },
  noMaterials: { zh: '还没有上传材料。', en: 'No materials have been uploaded.' },
  panel: { zh: '评审委员', en: 'Panel' },
  sealed: { zh: '✓ 已封存', en: '✓ sealed' },
  open: { zh: '○ 未封存', en: '○ not sealed' },
  draw: { zh: '抽签种子 {seed}，备选 {n} 人', en: 'Drawn with seed {seed}; {n} in reserve' },
  recused: { zh: '{name} 已回避：{reason}', en: '{name} stepped down: {reason}' },
  recuse: { zh: '我要回避', en: 'Step down' },
  recusalReason: { zh: '回避原因', en: 'Reason' },
  cancel: { zh: '取消', en: 'Cancel' },
  questions: { zh: '提问记录', en: 'Questions' },
  question: { zh: '记录一个问题', en: 'Note a question' },
  add: { zh: '添加', en: 'Add' },
  scoreLater: { zh: '答辩开始后可以评分。', en: 'You can score once the defence has started.' },
  sealAfterClose: { zh: '答辩结束后才能封存', en: 'You can seal once the defence is closed' },
  deliberation: { zh: '合议意见（分差超过上限时必填）', en: 'Deliberation note (needed beyond the limit)' },
  finalise: { zh: '确定评审结果', en: 'Make the result final' },
  final: {
    zh: '评审结果已确定，成绩统一发布。',
    en: 'The result is final; marks are released with the others.',
  },
} satisfies Messages;
