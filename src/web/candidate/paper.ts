import type { CandidateForm, CandidateItem } from '../../assembly/form.contract.ts';
import type { Text } from '../../shared/text.ts';

/** One question with its number over the whole paper (1, 2, 3 …). */
export interface Question {
  number: number;
  /** Place of its part, from 0. */
  part: number;
  item: CandidateItem;
}

/** One part of the paper with its questions, in this candidate's order. */
export interface PaperPart {
  title: Text;
  questions: Question[];
}

/** Numbers the questions of a paper through. */
export function numbered(form: CandidateForm): PaperPart[] {
  let number = 0;
  return form.parts
    .filter((part) => part.kind !== 'on-site')
    .map((part, index) => ({
      title: part.title,
      questions: part.items.map((item) => {
        number += 1;
        return { number, part: index, item };
      }),
    }));
}

/** What the card shows of a question. */
export interface CardMark {
  answered: boolean;
  marked: boolean;
  seen: boolean;
  noted: boolean;
}

const BITS = ['answered', 'marked', 'seen', 'noted'] as const;

/** The marks of all questions as one text, a hex digit a question: two are the same if nothing on the card is to be redrawn. */
export const writeMarks = (marks: readonly CardMark[]): string =>
  marks.map((mark) => BITS.reduce((sum, bit, i) => sum + (mark[bit] ? 2 ** i : 0), 0).toString(16)).join('');

/** The mark of one question in such a text. */
export function readMark(marks: string, number: number): CardMark {
  const digit = Number.parseInt(marks[number - 1] ?? '0', 16);
  const has = (bit: number): boolean => Math.floor(digit / 2 ** bit) % 2 === 1;
  return { answered: has(0), marked: has(1), seen: has(2), noted: has(3) };
}
