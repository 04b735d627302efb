import type { ErrorTable } from './error-table.ts';

export const certificateErrors = {
  'certificate.bad-template': {
    status: 400,
    zh: '证书编号规则有误（{problem}）。规则须含年份（{year} 或 {year2}）和一处 {serial:n}（n 为 4–9），其余为大写字母、数字和短横线，例如 KC{level}{year}{serial:6}。',
    en: 'The number template is not valid ({problem}). It needs a year ({year} or {year2}) and one {serial:n} (n 4–9), and for the rest capitals, digits and dashes, such as KC{level}{year}{serial:6}.',
  },
  'certificate.serials-exhausted': {
    status: 409,
    zh: '编号序列 {series} 已用完。请由证书管理员设置新的编号规则。',
    en: 'The series {series} has no more numbers. A certificate officer must set another number template.',
  },
  'certificate.not-passed': {
    status: 409,
    zh: '该考生成绩未全部合格，不能颁发证书。',
    en: 'Not every part was passed, so no certificate can be issued.',
  },
  'certificate.undrawable-name': {
    status: 409,
    zh: '证书字体中没有这些字：{characters}。请核对姓名，或改用其规范字形后再颁发。',
    en: 'The certificate font lacks these characters: {characters}. Check the name, or use their standard form, before issue.',
  },
  'certificate.unusable-photo': {
    status: 409,
    zh: '照片无法用于证书（{problem}）。请上传白底一寸 PNG 或 RGB JPEG 照片后再颁发。',
    en: 'The photo cannot be printed ({problem}). Upload a one-inch PNG or RGB JPEG on white before issue.',
  },
  'certificate.keys-locked': {
    status: 503,
    zh: '签名密钥无法打开：口令不对或文件已损坏。请由系统管理员检查证书口令设置。',
    en: 'The signing key cannot be opened: the passphrase is wrong or the file is damaged. An administrator must check the certificate passphrase.',
  },
  'certificate.not-issued': {
    status: 409,
    zh: '证书尚未签署完成。请稍候再试。',
    en: 'The certificate has not been signed yet. Try again in a moment.',
  },
  'certificate.already-issued': {
    status: 409,
    zh: '证书已经颁发。',
    en: 'The certificate has already been issued.',
  },
  'certificate.already-revoked': {
    status: 409,
    zh: '证书已撤销，不能再进行此操作。',
    en: 'The certificate has been revoked; nothing more can be done with it.',
  },
  'certificate.revocation-pending': {
    status: 409,
    zh: '撤销申请已提交，等待另一人确认。',
    en: 'A revocation has been requested and waits for a second person.',
  },
  'certificate.no-revocation-request': {
    status: 409,
    zh: '没有待确认的撤销申请。',
    en: 'There is no revocation waiting to be confirmed.',
  },
  'certificate.same-person': {
    status: 409,
    zh: '撤销须由另一名证书管理员确认，不能由申请人自己确认。',
    en: 'A revocation must be confirmed by a certificate officer other than the one who requested it.',
  },
  'certificate.not-verified': {
    status: 404,
    zh: '证书编号与姓名（或校验码）不相符，或没有这份证书。请逐字核对后再试。',
    en: 'The number and the name (or check code) do not belong together, or there is no such certificate. Check both and try again.',
  },
} as const satisfies ErrorTable;
