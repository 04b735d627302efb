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
