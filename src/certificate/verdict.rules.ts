import type { Text } from '../shared/text.ts';

/** The four things that are checked, each with a verdict of its own. */
export const VERDICT_LINES = ['signature', 'issuer', 'status', 'record'] as const;
export type VerdictLine = (typeof VERDICT_LINES)[number];

/** What was found, by line. `unknown` states mean "could not be checked", which is neither good nor bad. */
const FOUND = {
  'signature.valid': {
    state: 'good',
    zh: '签名有效，文件签署后未被改动。',
    en: 'The signature is valid and the file is unchanged since it was signed.',
  },
  'signature.not-a-pdf': {
    state: 'bad',
    zh: '这不是 PDF 文件。请选择颁发时收到的证书文件。',
    en: 'This is not a PDF file. Choose the certificate file as it was issued.',
  },
  'signature.encrypted': {
    state: 'unknown',
    zh: '文件有密码保护，无法核对。请使用颁发时的原文件。',
    en: 'The file is encrypted and cannot be checked. Use the file as it was issued.',
  },
  'signature.none': {
    state: 'bad',
    zh: '文件没有数字签名。扫描件、打印件或另存的文件不能核对，请使用原文件。',
    en: 'The file carries no digital signature. A scan or a re-saved copy cannot be checked: use the original file.',
  },
  'signature.several': {
    state: 'bad',
    zh: '文件有多个签名，不是本系统颁发的原文件。',
    en: 'The file carries several signatures, so it is not the file as issued.',
  },
  'signature.part-only': {
    state: 'bad',
    zh: '签名没有覆盖整个文件，签署后可能被添加内容。',
    en: 'The signature does not cover the whole file: something may have been added after signing.',
  },
  'signature.altered': {
    state: 'bad',
    zh: '文件内容在签署后被改动。',
    en: 'The file has been altered since it was signed.',
  },
  'signature.malformed': {
    state: 'bad',
    zh: '签名数据已损坏，或不是本系统的签名。',
    en: 'The signature data is damaged, or is not a signature of this system.',
  },
  'signature.invalid': {
    state: 'bad',
    zh: '签名与签署证书不符。',
    en: 'The signature does not match the signing certificate.',
  },
  'issuer.known': {
    state: 'good',
    zh: '由本机构的签名证书签署。',
    en: 'Signed with the signing certificate of this issuer.',
  },
  'issuer.foreign': {
    state: 'bad',
    zh: '签署者不是本机构。',
    en: 'It was signed by somebody else, not by this issuer.',
  },
  'issuer.out-of-date': {
    state: 'bad',
    zh: '签署时间不在签名证书的有效期内。',
    en: 'It claims to be signed outside the validity of the signing certificate.',
  },
  'issuer.not-checked': {
    state: 'unknown',
    zh: '签名未通过，无法确认签署者。',
    en: 'Without a valid signature the issuer cannot be confirmed.',
  },
  'status.in-force': {
    state: 'good',
    zh: '证书有效，未被撤销。',
    en: 'The certificate is in force; it has not been revoked.',
  },
  'status.revoked': {
    state: 'bad',
    zh: '证书已于 {day} 撤销。',
    en: 'The certificate was revoked on {day}.',
  },
  'status.not-checked': {
    state: 'unknown',
    zh: '没有找到登记，无法核对状态。',
    en: 'Without a register entry the status cannot be checked.',
  },
  'record.matches': {
    state: 'good',
    zh: '与登记簿中的记录一致。',
    en: 'It agrees with the entry in the register.',
  },
  'record.other-file': {
    state: 'bad',
    zh: '登记簿中此证书编号对应的是另一份文件。',
    en: 'The register holds another file under this number.',
  },
  'record.not-found': {
    state: 'bad',
    zh: '登记簿中没有这份证书。',
    en: 'The register holds no such certificate.',
  },
  'record.not-checked': {
    state: 'unknown',
    zh: '签名未通过，未查询登记簿。',
    en: 'Without a valid signature the register is not consulted.',
  },
} as const satisfies Record<`${VerdictLine}.${string}`, { state: 'good' | 'bad' | 'unknown' } & Text>;

export type VerdictCode = keyof typeof FOUND;
type CodeOf<L extends VerdictLine> = Extract<VerdictCode, `${L}.${string}`>;

/** What checking a file's signature found. */
export type SignatureCode = CodeOf<'signature'>;

/** One line of a verdict, ready to be shown. `unknown`: could not be checked. */
export interface Verdict {
  state: 'good' | 'bad' | 'unknown';
  code: VerdictCode;
  zh: string;
  en: string;
}
export type Verdicts = Record<VerdictLine, Verdict>;

/** All that is known about a certificate when it is judged. */
export interface VerdictFacts {
  signature: SignatureCode;
  /** Missing when the signature is not valid. */
  issuer?: 'known' | 'foreign' | 'out-of-date';
  /** The register's entry that the file names; missing when there is none, or when an invalid signature forbids to look. */
  entry?: {
    /** The file (or its record) is the one of the entry. */
    sameFile: boolean;
    /** Day of the revocation, YYYY-MM-DD. */
    revokedOn?: string;
  };
}

/** Four separate verdicts: a bare "valid" would hide which of them was looked at. */
export function judgeFile(facts: VerdictFacts): Verdicts {
  const { entry } = facts;
  return {
    signature: show(facts.signature),
    issuer: show(facts.issuer === undefined ? 'issuer.not-checked' : `issuer.${facts.issuer}`),
    status: statusOf(entry),
    record: show(recordOf(facts)),
  };
}

function recordOf({ signature, entry }: VerdictFacts): VerdictCode {
  if (entry !== undefined) return entry.sameFile ? 'record.matches' : 'record.other-file';
  return signature === 'signature.valid' ? 'record.not-found' : 'record.not-checked';
}

function statusOf(entry: VerdictFacts['entry']): Verdict {
  if (entry === undefined) return show('status.not-checked');
  return entry.revokedOn === undefined ? show('status.in-force') : show('status.revoked', entry.revokedOn);
}

function show(code: VerdictCode, day = ''): Verdict {
  const { state, zh, en } = FOUND[code];
  return { state, code, zh: zh.replace('{day}', day), en: en.replace('{day}', day) };
}

/** The whole verdict in one: good only when all four lines are. */
export function overall(verdicts: Verdicts): Verdict['state'] {
  const states = VERDICT_LINES.map((line) => verdicts[line].state);
  if (states.includes('bad')) return 'bad';
  return states.includes('unknown') ? 'unknown' : 'good';
}
