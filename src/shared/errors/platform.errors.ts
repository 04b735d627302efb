import type { ErrorTable } from './error-table.ts';

export const platformErrors = {
  'platform.invalid-body': {
    status: 400,
    zh: '提交的内容有误：{detail}。请改正后再提交。',
    en: 'The request is not valid: {detail}. Correct it and send it again.',
  },
  'platform.malformed-json': {
    status: 400,
    zh: '提交的内容不是合法的 JSON。请检查格式后再提交。',
    en: 'The request is not valid JSON. Check its format and send it again.',
  },
  'platform.body-too-large': {
    status: 413,
    zh: '提交的内容超过 {limit} 上限。请缩小后再提交。',
    en: 'The request is larger than the limit of {limit}. Make it smaller and send it again.',
  },
  'platform.not-signed-in': {
    status: 401,
    zh: '您尚未登录，或登录已结束。请重新登录。',
    en: 'You are not signed in, or your session has ended. Sign in again.',
  },
  'platform.forbidden': {
    status: 403,
    zh: '您的角色不能进行此操作。如有需要，请联系系统管理员。',
    en: 'Your role may not do this. Ask an administrator if you need it.',
  },
  'platform.foreign-origin': {
    status: 403,
    zh: '请求来自其他网站，已拒绝。请从考试系统页面操作。',
    en: 'The request comes from another site and was refused. Use the pages of this system.',
  },
  'platform.not-found': {
    status: 404,
    zh: '没有找到所请求的内容。请检查地址或编号。',
    en: 'Nothing was found there. Check the address or the number.',
  },
  'platform.too-many-requests': {
    status: 429,
    zh: '尝试过于频繁。请稍候再试。',
    en: 'Too many attempts. Wait a moment and try again.',
  },
  'platform.overloaded': {
    status: 503,
    zh: '服务器繁忙，您的内容尚未保存。系统将自动重试。',
    en: 'The server is busy and has not saved this yet. It will be tried again.',
  },
  'platform.demo-only': {
    status: 403,
    zh: '此操作只在演示配置下可用。',
    en: 'This can be done in the demo configuration only.',
  },
  'platform.conflict': {
    status: 409,
    zh: '内容已被他人更改。请刷新后再试。',
    en: 'Somebody else has changed this. Refresh and try again.',
  },
  'platform.internal': {
    status: 500,
    zh: '服务器出现错误，已记录（编号 {reference}）。请重试；如仍出现，请告知管理员此编号。',
    en: 'The server had an error, which was recorded ({reference}). Try again; if it stays, give the administrator this reference.',
  },
} as const satisfies ErrorTable;
