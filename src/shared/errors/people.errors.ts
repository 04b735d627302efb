import type { ErrorTable } from './error-table.ts';

export const peopleErrors = {
  'people.wrong-credentials': {
    status: 401,
    zh: '用户名或密码不正确。请检查后重新输入。',
    en: 'The name or the password is not right. Check both and enter them again.',
  },
  'people.login-taken': {
    status: 409,
    zh: '用户名“{login}”已被使用。请换一个。',
    en: 'The sign-in name “{login}” is taken. Choose another.',
  },
  'people.weak-password': {
    status: 400,
    zh: '密码至少需要 {min} 个字符。',
    en: 'A password needs at least {min} characters.',
  },
  'people.unknown-institution': {
    status: 404,
    zh: '没有找到该机构。',
    en: 'There is no such institution.',
  },
  'people.institution-not-approved': {
    status: 409,
    clause: '5.1',
    zh: '机构资质尚未核准（5.1）：{missingZh}。核准后才能安排考试。',
    en: 'The institution has not been approved (5.1): {missing}. It can run an examination after approval.',
  },
  'people.venue-too-small': {
    status: 409,
    clause: '5.2.1',
    zh: '场地面积 {area} m² 不足，应大于 {needed} m²（5.2.1）。',
    en: 'The venue has {area} m² and needs more than {needed} m² (5.2.1).',
  },
} as const satisfies ErrorTable;
