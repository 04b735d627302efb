import type { Messages } from '../../lib/language.tsx';

export const resultsMessages = {
  title: { zh: '成绩', en: 'Results' },
  lead: {
    zh: '成绩由两人核准、到发布时间才能查看；之前任何人都看不到分数。',
    en: 'Two people release results, and from the hour on they are seen; before it nobody sees a mark.',
  },
  candidates: { zh: '考生', en: 'Candidates' },
  complete: { zh: '评分完成', en: 'Complete' },
  open: { zh: '未完成', en: 'Not complete' },
  gaps: { zh: '尚未完成评分的考生', en: 'Candidates whose marking is not complete' },
  admissionNumber: { zh: '准考证号', en: 'Admission number' },
  missing: { zh: '缺', en: 'Missing' },
  releaseAt: { zh: '发布时间', en: 'Time of release' },
  request: { zh: '申请发布', en: 'Request release' },
  requested: {
    zh: '已申请于 {time} 发布，等待另一人核准。',
    en: 'Release at {time} is requested and waits for another person.',
  },
  approved: { zh: '已核准，将于 {time} 发布。', en: 'Approved; results are seen from {time} on.' },
  released: { zh: '已发布（{time}）', en: 'Released ({time})' },
  approve: { zh: '核准发布', en: 'Approve the release' },
  approveAsk: {
    zh: '核准后，{n} 名考生的成绩将在发布时间公开，不能再改。确定吗？',
    en: 'The results of {n} candidates will be public at that time and can no longer be changed. Approve?',
  },
  name: { zh: '姓名', en: 'Name' },
  passed: { zh: '合格', en: 'Passed' },
  failed: { zh: '不合格', en: 'Not passed' },
  absent: { zh: '缺考', en: 'Absent' },
  outcome: { zh: '结论', en: 'Outcome' },
  none: { zh: '没有考生。', en: 'No candidates.' },
} satisfies Messages;
