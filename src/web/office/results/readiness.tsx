import { Alert, Button, Card, DatePicker, Flex, Popconfirm, Statistic } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import type { ReadinessReport } from '../../../results/results.contract.ts';
import { api } from '../../lib/api.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { dateTimeText } from '../../lib/time.ts';
import { useSend } from '../lib/load.ts';
import { useMay, useMe } from '../lib/me.ts';
import { PART_SHORT } from '../lib/names.ts';
import { Refusal } from '../lib/refusal.tsx';
import { resultsMessages } from './messages.ts';

interface ReadinessProps {
  report: ReadinessReport;
  onChanged(): void;
}

/** How far the marking has come and how far the release; never a mark. */
export function Readiness({ report, onChanged }: ReadinessProps) {
  const text = useText(resultsMessages);
  const of = useOf();
  const open = report.candidates - report.complete;
  return (
    <Card size="small">
      <div className="stack">
        <Flex gap="large" wrap align="center">
          <Statistic title={text('candidates')} value={report.candidates} />
          <Statistic title={text('complete')} value={report.complete} />
          <Statistic title={text('open')} value={open} />
        </Flex>
        {report.gaps.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={text('gaps')}
            description={
              <ul className="issues" tabIndex={0}>
                {report.gaps.map((gap) => (
                  <li key={gap.admissionNumber}>
                    <code>{gap.admissionNumber}</code>
                    <span>
                      {text('missing')} {gap.missing.map((part) => of(PART_SHORT[part])).join(' ')}
                    </span>
                  </li>
                ))}
              </ul>
            }
          />
        )}
        <Release report={report} onChanged={onChanged} complete={open === 0} />
      </div>
    </Card>
  );
}

function Release({ report, onChanged, complete }: ReadinessProps & { complete: boolean }) {
  const text = useText(resultsMessages);
  const me = useMe();
  const officer = useMay('exam-officer');
  const { busy, error, send } = useSend();
  const { release } = report;
  const path = `/api/exams/${report.examId}/release`;
  const act = async (action: () => Promise<unknown>): Promise<void> => {
    if ((await send(action)) !== undefined) onChanged();
  };
  if (report.released)
    return (
      <Alert
        type="success"
        showIcon
        title={text('released', { time: dateTimeText(release?.releaseAt ?? 0) })}
      />
    );
  if (release?.approvedBy !== undefined)
    return <Alert type="info" showIcon title={text('approved', { time: dateTimeText(release.releaseAt) })} />;
  return (
    <>
      {release !== undefined && (
        <Alert
          type="info"
          showIcon
          title={text('requested', { time: dateTimeText(release.releaseAt) })}
          action={
            officer &&
            release.requestedBy !== me.id && (
              <Popconfirm
                title={text('approveAsk', { n: report.candidates })}
                onConfirm={() => act(() => api.post(`${path}/approval`))}
              >
                <Button type="primary" size="small" loading={busy}>
                  {text('approve')}
                </Button>
              </Popconfirm>
            )
          }
        />
      )}
      {officer && (
        <RequestForm
          now={me.now}
          busy={busy}
          disabled={!complete}
          onRequest={(releaseAt) => act(() => api.post(path, { releaseAt }))}
        />
      )}
      <Refusal error={error} />
    </>
  );
}

function RequestForm({
  now,
  busy,
  disabled,
  onRequest,
}: {
  now: number;
  busy: boolean;
  disabled: boolean;
  onRequest(releaseAt: number): Promise<void>;
}) {
  const text = useText(resultsMessages);
  const [at, setAt] = useState<Dayjs | null>(() => dayjs(now).add(1, 'hour').startOf('minute'));
  return (
    <Flex gap="small" align="center" wrap>
      <label htmlFor="release-at">{text('releaseAt')}</label>
      <DatePicker
        id="release-at"
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        value={at}
        onChange={setAt}
      />
      <Button
        type="primary"
        loading={busy}
        disabled={disabled || at === null}
        onClick={() => {
          if (at !== null) void onRequest(at.valueOf());
        }}
      >
        {text('request')}
      </Button>
    </Flex>
  );
}
