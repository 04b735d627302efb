import type { ResultView } from '../../../results/results.contract.ts';
import { PARTS } from '../../../shared/levels.ts';
import type { ExamView } from '../../../sitting/sitting.contract.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { PART_SHORT } from '../lib/names.ts';
import { PagedTable } from '../lib/paged-table.tsx';
import { State } from '../lib/state.tsx';
import { resultsMessages } from './messages.ts';

/** The released results of an examination, a column a part. */
export function ResultsTable({ exam }: { exam: ExamView }) {
  const text = useText(resultsMessages);
  const of = useOf();
  const parts = PARTS.filter((part) => exam.templates[part] !== undefined);
  return (
    <PagedTable<ResultView>
      path={`/api/exams/${exam.id}/results`}
      rowKey={(result) => result.enrolmentId}
      empty={text('none')}
      columns={[
        {
          key: 'number',
          title: text('admissionNumber'),
          width: 180,
          render: (result) => result.admissionNumber,
        },
        { key: 'name', title: text('name'), render: (result) => result.name },
        ...parts.map((part) => ({
          key: part,
          title: of(PART_SHORT[part]),
          width: 110,
          align: 'right' as const,
          render: (result: ResultView) =>
            result.parts.find((row) => row.part === part)?.mark ?? text('absent'),
        })),
        {
          key: 'outcome',
          title: text('outcome'),
          width: 140,
          render: (result) => (
            <State tone={result.passed ? 'ok' : 'away'}>{text(result.passed ? 'passed' : 'failed')}</State>
          ),
        },
      ]}
    />
  );
}
