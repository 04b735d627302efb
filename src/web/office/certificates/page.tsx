import { useState } from 'react';
import { useText } from '../../lib/language.tsx';
import { ExamSelect, useExamChoice } from '../lib/exam-select.tsx';
import { commonMessages } from '../lib/messages.ts';
import { Page, PageTabs } from '../lib/page.tsx';
import { Refusal } from '../lib/refusal.tsx';
import { Eligible } from './eligible.tsx';
import { Issued } from './issued.tsx';
import { certificatesMessages } from './messages.ts';

/** Who can be given a certificate, and the certificates there are. */
export function CertificatesPage() {
  const text = useText(certificatesMessages);
  const common = useText(commonMessages);
  const choice = useExamChoice();
  const [version, setVersion] = useState(0);
  const { exam } = choice;
  return (
    <Page title={text('title')} lead={text('lead')} action={<ExamSelect choice={choice} />}>
      {choice.load.error !== undefined && <Refusal error={choice.load.error} onRetry={choice.load.reload} />}
      {choice.load.data !== undefined && exam === undefined && <p className="muted">{common('noExams')}</p>}
      {exam !== undefined && (
        <PageTabs
          page="certificates"
          tabs={[
            {
              key: 'eligible',
              label: text('eligible'),
              content: (
                <Eligible
                  key={exam.id}
                  examId={exam.id}
                  onIssued={() => {
                    setVersion((n) => n + 1);
                  }}
                />
              ),
            },
            { key: 'issued', label: text('issued'), content: <Issued examId={exam.id} version={version} /> },
          ]}
        />
      )}
    </Page>
  );
}
