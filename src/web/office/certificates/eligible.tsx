import { Alert, Button, Popconfirm, Progress, Table } from 'antd';
import { useState } from 'react';
import type {
  CertificateView,
  IssueAnswer,
  IssueOutcome,
} from '../../../certificate/certificate.contract.ts';
import type { ReadinessReport, ResultView } from '../../../results/results.contract.ts';
import type { Page } from '../../../shared/paging.ts';
import { api } from '../../lib/api.ts';
import { useLanguage, useText } from '../../lib/language.tsx';
import { useLoad, useSend } from '../lib/load.ts';
import { Refusal } from '../lib/refusal.tsx';
import { certificatesMessages } from './messages.ts';

/** Certificates of one request: few enough that the progress bar moves. */
const AT_ONCE = 10;

/** Passed candidates without a certificate; the chosen ones are issued with a progress bar. */
export function Eligible({ examId, onIssued }: { examId: string; onIssued(): void }) {
  const text = useText(certificatesMessages);
  const { lang } = useLanguage();
  const readiness = useLoad<ReadinessReport>(`/api/exams/${examId}/readiness`);
  const released = readiness.data?.released === true;
  const results = useLoad<Page<ResultView>>(released ? `/api/exams/${examId}/results?limit=200` : undefined);
  const issued = useLoad<Page<CertificateView>>(`/api/certificates?examId=${examId}&limit=200`);
  const [chosen, setChosen] = useState<string[]>([]);
  const [progress, setProgress] = useState<number>();
  const [outcomes, setOutcomes] = useState<IssueOutcome[]>([]);
  const { busy, error, send } = useSend();
  if (readiness.error !== undefined) return <Refusal error={readiness.error} onRetry={readiness.reload} />;
  if (readiness.data !== undefined && !released) return <p className="muted">{text('notReleased')}</p>;
  if (results.error !== undefined) return <Refusal error={results.error} onRetry={results.reload} />;
  const have = new Set(issued.data?.items.map((certificate) => certificate.enrolmentId));
  const waiting = (results.data?.items ?? []).filter(
    (result) => result.passed && !have.has(result.enrolmentId),
  );
  const issue = async (): Promise<void> => {
    const all: IssueOutcome[] = [];
    for (let at = 0; at < chosen.length; at += AT_ONCE) {
      setProgress(Math.round((at / chosen.length) * 100));
      const answer = await send(() =>
        api.post<IssueAnswer>('/api/certificates', { enrolmentIds: chosen.slice(at, at + AT_ONCE) }),
      );
      if (answer === undefined) break;
      all.push(...answer.outcomes);
    }
    setProgress(undefined);
    setOutcomes(all);
    setChosen([]);
    issued.reload();
    onIssued();
  };
  const refused = outcomes.filter((outcome) => !outcome.ok);
  return (
    <>
      <div className="toolbar">
        <Popconfirm
          title={text('issueAsk', { n: chosen.length })}
          onConfirm={issue}
          disabled={chosen.length === 0}
        >
          <Button type="primary" disabled={chosen.length === 0} loading={busy}>
            {text('issue', { n: chosen.length })}
          </Button>
        </Popconfirm>
        {progress !== undefined && <Progress percent={progress} style={{ width: 240 }} />}
      </div>
      <Refusal error={error} />
      {outcomes.length > 0 && (
        <Alert
          type={refused.length === 0 ? 'success' : 'warning'}
          showIcon
          title={text('done', { issued: outcomes.length - refused.length, refused: refused.length })}
          description={
            refused.length > 0 && refused.map((outcome) => <p key={outcome.enrolmentId}>{outcome[lang]}</p>)
          }
        />
      )}
      <Table<ResultView>
        size="medium"
        dataSource={waiting}
        loading={readiness.loading || results.loading || issued.loading}
        rowKey={(result) => result.enrolmentId}
        rowSelection={{
          selectedRowKeys: chosen,
          onChange: (keys) => {
            setChosen(keys.map(String));
          },
        }}
        locale={{ emptyText: text('allIssued') }}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        columns={[
          { key: 'number', title: text('admissionNumber'), width: 200, dataIndex: 'admissionNumber' },
          { key: 'name', title: text('name'), dataIndex: 'name' },
          ...['theory', 'skill', 'review'].map((part) => ({
            key: part,
            title: '',
            width: 100,
            className: 'number',
            render: (_: unknown, result: ResultView) =>
              result.parts.find((row) => row.part === part)?.mark ?? '',
          })),
        ]}
      />
    </>
  );
}
