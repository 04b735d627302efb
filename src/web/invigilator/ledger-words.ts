import type { LedgerView } from '../../proctoring/proctoring.views.contract.ts';
import type { Lang, Text } from '../../shared/text.ts';

/** What the server writes into the ledger by itself, in both languages. */
const SYSTEM_WORDS: Readonly<Record<string, Text>> = {
  system: { zh: '系统', en: 'System' },
  'attempt paused': { zh: '考生暂停', en: 'Candidate paused' },
  'room held': { zh: '考场暂停', en: 'Room on hold' },
};

const worded = (words: string, lang: Lang): string => SYSTEM_WORDS[words]?.[lang] ?? words;

/** A change of time as it is shown: "+5 min", below a minute in seconds. */
export function amountText(minutes: number, lang: Lang): string {
  const sign = minutes < 0 ? '−' : '+';
  const size = Math.abs(minutes);
  if (size < 1) return `${sign}${Math.round(size * 60)}${lang === 'zh' ? ' 秒' : ' s'}`;
  return `${sign}${Math.round(size * 10) / 10}${lang === 'zh' ? ' 分' : ' min'}`;
}

/** Why, and who gave it. */
export const reasonText = ({ reason }: LedgerView, lang: Lang): string => worded(reason, lang);
export const giverText = ({ byName }: LedgerView, lang: Lang): string => worded(byName, lang);
