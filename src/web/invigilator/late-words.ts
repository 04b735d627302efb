import type { LateAnswerRow, LateDecisionView } from '../../proctoring/proctoring.views.contract.ts';
import type { Lang, Text } from '../../shared/text.ts';
import { elapsedText, seatNumber } from './seat-status.ts';
import type { Report } from './use-orders.ts';

/** Why an answer does not count by itself. */
export const LATE_REASON_NAMES: Readonly<Record<LateAnswerRow['reason'], Text>> = {
  late: { zh: '时间到后到达', en: 'after time was over' },
  ended: { zh: '交卷后到达', en: 'after the hand-in' },
  'not-writer': { zh: '另一台电脑', en: 'another computer' },
  file: { zh: '答案文件', en: 'answer file' },
};

/** When nothing counted by itself any more: the deadline, or an earlier end, server ms. */
export const endOf = ({ deadline, endedAt }: { deadline?: number; endedAt?: number }): number | undefined =>
  deadline === undefined && endedAt === undefined
    ? undefined
    : Math.min(deadline ?? Infinity, endedAt ?? Infinity);

/** How long before or after the end: "0:02 before the end", "12 min after the end". */
export function besideEnd(at: number, end: number, lang: Lang): { early: boolean; words: string } {
  const early = at <= end;
  const age = elapsedText(Math.abs(at - end), lang);
  const words =
    lang === 'zh' ? `结束${early ? '前' : '后'} ${age}` : `${age} ${early ? 'before' : 'after'} the end`;
  return { early, words };
}

/** What a decision on late answers came to, in words. */
export function lateOutcome({ accepted, results }: LateDecisionView): Pick<Report, 'tone' | 'text'> {
  const failed = results.flatMap((result) => (result.ok ? [] : [result]));
  const done = results.flatMap((result) => (result.ok ? [result] : []));
  const items = done.reduce((sum, result) => sum + result.items, 0);
  const [first] = failed;
  const people = done.length === 1 ? '1 candidate' : `${done.length} candidates`;
  const questions = items === 1 ? '1 question' : `${items} questions`;
  const zh = `迟到答案${accepted ? '已采用' : '不采用，留作记录'}：${done.length} 人，${items} 题`;
  const en = `Late answers ${accepted ? 'accepted' : 'not accepted, kept as evidence'}: ${people}, ${questions}`;
  if (first === undefined) return { tone: 'ok', text: { zh, en } };
  const where = seatNumber(first.seat);
  return {
    tone: done.length === 0 ? 'trouble' : 'attention',
    text: {
      zh: `${zh}。${where} 号：${first.problem.zh}`,
      en: `${en}. Seat ${where}: ${first.problem.en}`,
    },
  };
}
