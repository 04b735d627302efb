import type { ReadinessReport } from '../../../results/results.contract.ts';
import { useText } from '../../lib/language.tsx';
import { ExamSelect, useExamChoice } from '../lib/exam-select.tsx';
import { useLoad } from '../lib/load.ts';
import { commonMessages } from '../lib/messages.ts';
import { Page } from '../lib/page.tsx';
import { Refusal } from '../lib/refusal.tsx';
import { resultsMessages } from './messages.ts';
import { Readiness } from './readiness.tsx';
import { ResultsTable } from './results-table.tsx';

/** Readiness, release and released results of one examination. */
export function ResultsPage() {
  const text = useText(resultsMessages);
  const common = useText(commonMessages);
  const choice = useExamChoice();
  const { exam } = choice;
  const readiness = useLoad<ReadinessReport>(
    exam === undefined ? undefined : `/api/exams/${exam.id}/readiness`,
  );
  return (
    <Page title={text('title')} lead={text('lead')} action={<ExamSelect choice={choice} />}>
      {choice.load.error !== undefined && <Refusal error={choice.load.error} onRetry={choice.load.reload} />}
      {choice.load.data !== undefined && exam === undefined && <p className="muted">{common('noExams')}</p>}
      {readiness.error !== undefined && <Refusal error={readiness.error} onRetry={readiness.reload} />}
      {readiness.data !== undefined && <Readiness report={readiness.data} onChanged={readiness.reload} />}
      {exam !== undefined && readiness.data?.released === true && <ResultsTable exam={exam} />}
    </Page>
  );
}
