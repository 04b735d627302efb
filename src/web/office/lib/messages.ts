import type { Messages } from '../../lib/language.tsx';

export const commonMessages = {
  clause: { zh: '指南 {clause}', en: 'Clause {clause}' },
  signInAgain: { zh: '重新登录', en: 'Sign in again' },
  retry: { zh: '重试', en: 'Try again' },
  loading: { zh: '正在读取……', en: 'Loading …' },
  total: { zh: '共 {n} 条', en: '{n} in all' },
  cancel: { zh: '取消', en: 'Cancel' },
  save: { zh: '保存', en: 'Save' },
  required: { zh: '请填写此项', en: 'Needed' },
  dropFiles: { zh: '把 JSON 文件拖到这里，或点击选择', en: 'Drop JSON files here, or click to choose' },
  notJson: {
    zh: '文件“{file}”不是合法的 JSON：{detail}',
    en: 'The file “{file}” is not valid JSON: {detail}',
  },
  chooseExam: { zh: '选择考试', en: 'Choose an examination' },
  exam: { zh: '考试', en: 'Examination' },
  noExams: {
    zh: '还没有考试。请先在“场次”页创建考试。',
    en: 'No examinations yet. Create one on the Sittings page.',
  },
  level: { zh: '级别', en: 'Level' },
  state: { zh: '状态', en: 'State' },
} satisfies Messages;
