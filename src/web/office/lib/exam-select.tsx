import { Select } from 'antd';
import { useState } from 'react';
import type { Page } from '../../../shared/paging.ts';
import type { ExamView } from '../../../sitting/sitting.contract.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { useLoad, type Load } from './load.ts';
import { commonMessages } from './messages.ts';

/** The examinations, newest first (at most 200), and the one that is looked at. */
export interface ExamChoice {
  load: Load<Page<ExamView>>;
  exams: readonly ExamView[];
  exam: ExamView | undefined;
  choose(examId: string): void;
}

const KEY = 'kaochang-office-exam';

/** Chooses one examination for a page; the choice is remembered for the other pages. */
export function useExamChoice(fits: (exam: ExamView) => boolean = () => true): ExamChoice {
  const load = useLoad<Page<ExamView>>('/api/exams?limit=200');
  const [chosen, setChosen] = useState(() => sessionStorage.getItem(KEY) ?? '');
  const exams = (load.data?.items ?? []).filter(fits);
  return {
    load,
    exams,
    exam: exams.find((exam) => exam.id === chosen) ?? exams[0],
    choose: (examId) => {
      sessionStorage.setItem(KEY, examId);
      setChosen(examId);
    },
  };
}

/** The field for an examination choice. */
export function ExamSelect({ choice }: { choice: ExamChoice }) {
  const text = useText(commonMessages);
  const of = useOf();
  return (
    <Select
      className="exam-select"
      aria-label={text('exam')}
      placeholder={text('chooseExam')}
      loading={choice.load.loading}
      value={choice.exam?.id}
      onChange={choice.choose}
      showSearch={{ optionFilterProp: 'label' }}
      options={choice.exams.map((exam) => ({ value: exam.id, label: `${exam.code} · ${of(exam.title)}` }))}
    />
  );
}
