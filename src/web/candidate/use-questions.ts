import { useCallback, useEffect, useMemo } from 'react';
import type { CandidateForm } from '../../assembly/form.contract.ts';
import { isAnswered } from '../../sitting/answer-text.rules.ts';
import { numbered, type CardMark, type PaperPart, type Question } from './paper.ts';
import type { AnswersHandle } from './use-answers.ts';

/** The paper with what the candidate has done to it. */
export interface QuestionsHandle {
  parts: readonly PaperPart[];
  questions: readonly Question[];
  /** The question shown; undefined on an empty paper only. */
  question: Question | undefined;
  /** By question number. */
  marks: ReadonlyMap<number, CardMark>;
  answered: number;
  go(number: number): void;
  toggleMark(): void;
  strike(optionId: string): void;
  note(text: string): void;
}

/** Finds the way through the paper: what is shown, what is marked, struck out and noted. */
export function useQuestions(form: CandidateForm, work: AnswersHandle): QuestionsHandle {
  const { answers, current, marked, seen, notes, struck, remember } = work;
  const parts = useMemo(() => numbered(form), [form]);
  const questions = useMemo(() => parts.flatMap((part) => part.questions), [parts]);
  const question = questions.find(({ item }) => item.itemId === current) ?? questions[0];
  const itemId = question?.item.itemId;
  const go = useCallback(
    (number: number) => {
      const target = questions[number - 1];
      if (target !== undefined) remember({ current: target.item.itemId });
    },
    [questions, remember],
  );
  useEffect(() => {
    if (itemId !== undefined && !seen.includes(itemId)) remember({ seen: [...seen, itemId] });
  }, [itemId, seen, remember]);
  const marks = useMemo(
    () =>
      new Map(
        questions.map(({ number, item }) => [
          number,
          {
            answered: isAnswered(answers.get(item.itemId)),
            marked: marked.includes(item.itemId),
            seen: seen.includes(item.itemId),
            noted: (notes[item.itemId] ?? '') !== '',
          },
        ]),
      ),
    [questions, answers, marked, seen, notes],
  );
  const without = (list: readonly string[], id: string): string[] => list.filter((other) => other !== id);
  const toggled = (list: readonly string[], id: string): string[] =>
    list.includes(id) ? without(list, id) : [...list, id];
  return {
    parts,
    questions,
    question,
    marks,
    answered: [...marks.values()].filter((mark) => mark.answered).length,
    go,
    toggleMark: () => {
      if (itemId !== undefined) remember({ marked: toggled(marked, itemId) });
    },
    strike: (optionId) => {
      if (itemId !== undefined)
        remember({ struck: { ...struck, [itemId]: toggled(struck[itemId] ?? [], optionId) } });
    },
    note: (text) => {
      if (itemId !== undefined) remember({ notes: { ...notes, [itemId]: text } });
    },
  };
}
