import { useCallback, useEffect, useMemo } from 'react';
import type { CandidateForm } from '../../assembly/form.contract.ts';
import { isAnswered } from '../../sitting/answer-text.rules.ts';
import { numbered, writeMarks, type PaperPart, type Question } from './paper.ts';
import type { AnswersHandle } from './use-answers.ts';

/** The paper with what the candidate has done to it. Acts and lists stay the same objects while nothing of theirs changes. */
export interface QuestionsHandle {
  parts: readonly PaperPart[];
  questions: readonly Question[];
  /** The question shown; undefined on an empty paper only. */
  question: Question | undefined;
  /** `writeMarks` of all questions. */
  marks: string;
  answered: number;
  go(number: number): void;
  change(value: unknown, typing?: boolean): void;
  toggleMark(): void;
  strike(optionId: string): void;
  note(text: string): void;
}

const toggled = (list: readonly string[], id: string): string[] =>
  list.includes(id) ? list.filter((other) => other !== id) : [...list, id];

/** Finds the way through the paper: what is shown, what is marked, struck out and noted. */
export function useQuestions(form: CandidateForm, work: AnswersHandle): QuestionsHandle {
  const { answers, current, marked, seen, notes, struck, ready, remember } = work;
  const parts = useMemo(() => numbered(form), [form]);
  const questions = useMemo(() => parts.flatMap((part) => part.questions), [parts]);
  const question = questions.find(({ item }) => item.itemId === current) ?? questions[0];
  const itemId = question?.item.itemId ?? '';
  const go = useCallback(
    (number: number) => {
      const target = questions[number - 1]?.item.itemId;
      if (target === undefined) return;
      remember({ current: target, ...(seen.includes(target) ? {} : { seen: [...seen, target] }) });
    },
    [questions, seen, remember],
  );
  useEffect(() => {
    // Not before the page knows where it is: the first question may only be there because nothing has been recalled yet.
    if (ready && itemId !== '' && !seen.includes(itemId)) remember({ seen: [...seen, itemId] });
  }, [ready, itemId, seen, remember]);
  const answered = questions.map(({ item }) => isAnswered(answers.get(item.itemId)));
  const marks = writeMarks(
    questions.map(({ item }, index) => ({
      answered: answered[index] ?? false,
      marked: marked.includes(item.itemId),
      seen: seen.includes(item.itemId),
      noted: (notes[item.itemId] ?? '') !== '',
    })),
  );
  return {
    parts,
    questions,
    question,
    marks,
    answered: answered.filter(Boolean).length,
    go,
    ...useActs(itemId, { marked, struck, notes, remember, change: work.change }),
  };
}

/** What can be done to the question shown. */
function useActs(
  itemId: string,
  {
    marked,
    struck,
    notes,
    remember,
    change,
  }: Pick<AnswersHandle, 'marked' | 'struck' | 'notes' | 'remember' | 'change'>,
): Pick<QuestionsHandle, 'change' | 'toggleMark' | 'strike' | 'note'> {
  return {
    change: useCallback(
      (value: unknown, typing?: boolean) => {
        change(itemId, value, typing);
      },
      [itemId, change],
    ),
    toggleMark: useCallback(() => {
      remember({ marked: toggled(marked, itemId) });
    }, [itemId, marked, remember]),
    strike: useCallback(
      (optionId: string) => {
        remember({ struck: { ...struck, [itemId]: toggled(struck[itemId] ?? [], optionId) } });
      },
      [itemId, struck, remember],
    ),
    note: useCallback(
      (text: string) => {
        remember({ notes: { ...notes, [itemId]: text } });
      },
      [itemId, notes, remember],
    ),
  };
}
