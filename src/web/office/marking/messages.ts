import type { Messages } from '../../lib/language.tsx';

export const markingMessages = {
  title: { zh: '阅卷', en: 'Marking' },
  lead: {
    zh: '机考自动评分；现场操作须全部评分表封存、分差超限的经过裁定。这里只显示数量，不显示分数。',
    en: 'Computer answers are scored automatically; on-site tasks need every sheet sealed and wide spreads adjudicated. Counts only, no marks.',
  },
  sitting: { zh: '场次', en: 'Sitting' },
  startsAt: { zh: '开考时间', en: 'Start' },
  part: { zh: '考核', en: 'Part' },
  state: { zh: '状态', en: 'State' },
  draft: { zh: '草稿', en: 'Draft' },
  published: { zh: '已发布', en: 'Published' },
  admitting: { zh: '入场中', en: 'Admitting' },
  running: { zh: '考试中', en: 'Running' },
  collected: { zh: '已收卷，待评分', en: 'Collected, to be marked' },
  marked: { zh: '已评分', en: 'Marked' },
  released: { zh: '已发布成绩', en: 'Released' },
  archived: { zh: '已归档', en: 'Archived' },
  none: { zh: '还没有场次。', en: 'No sittings yet.' },
  score: { zh: '自动评分', en: 'Score' },
  scored: { zh: '已评答卷', en: 'Attempts scored' },
  sheetsOpen: { zh: '未封存评分表', en: 'Sheets not sealed' },
  adjudications: { zh: '等待裁定', en: 'Adjudications open' },
  waiting: { zh: '等待裁定的座位', en: 'Seats that wait for an adjudication' },
  seat: { zh: '{room} 考场 {seat} 号座', en: 'Room {room}, seat {seat}' },
  notCollected: { zh: '收卷后才能评分。', en: 'It can be marked after it has been collected.' },
} satisfies Messages;
