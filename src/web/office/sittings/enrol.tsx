import { App, Button, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import type { CandidateView } from '../../../people/people.contract.ts';
import type { EnrolmentView, ExamView } from '../../../sitting/sitting.contract.ts';
import { api } from '../../lib/api.ts';
import { useText } from '../../lib/language.tsx';
import { useSend } from '../lib/load.ts';
import { PagedTable } from '../lib/paged-table.tsx';
import { Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { sittingMessages } from './messages.ts';

/** Chooses candidates over all pages of the list and enrols them together, with extra time if they need it. */
export function EnrolPanel({
  exam,
  open,
  onClose,
  onEnrolled,
}: {
  exam: ExamView;
  open: boolean;
  onClose(): void;
  onEnrolled(): void;
}) {
  const text = useText(sittingMessages);
  const { message } = App.useApp();
  const { busy, error, send, clear } = useSend();
  const [chosen, setChosen] = useState<string[]>([]);
  const [q, setQ] = useState('');
  const [minutes, setMinutes] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const close = (): void => {
    setChosen([]);
    setMinutes(null);
    setReason('');
    clear();
    onClose();
  };
  const enrol = async (): Promise<void> => {
    const accommodation = minutes === null ? {} : { accommodation: { minutes, reason: reason.trim() } };
    const made = await send(() =>
      api.post<{ items: EnrolmentView[] }>(`/api/exams/${exam.id}/enrolments`, {
        candidates: chosen.map((candidateId) => ({ candidateId, ...accommodation })),
      }),
    );
    if (made === undefined) return;
    message.success(text('enrolledN', { n: made.items.length }));
    onEnrolled();
    close();
  };
  const reasonMissing = minutes !== null && reason.trim().length < 2;
  return (
    <SidePanel
      open={open}
      title={text('enrolTitle', { exam: exam.code })}
      width={660}
      onClose={close}
      footer={
        <div className="drawer-actions">
          <Button
            type="primary"
            loading={busy}
            disabled={chosen.length === 0 || reasonMissing}
            onClick={() => void enrol()}
          >
            {text('enrolN', { n: chosen.length })}
          </Button>
        </div>
      }
    >
      <Refusal error={error} />
      <div className="toolbar">
        <Input.Search
          className="search"
          aria-label={text('searchNames')}
          placeholder={text('searchNames')}
          allowClear
          onSearch={(value) => {
            setQ(value.trim());
          }}
        />
      </div>
      <PagedTable<CandidateView>
        path="/api/candidates"
        query={{ q }}
        rowKey={(candidate) => candidate.id}
        empty={text('noCandidates')}
        minWidth={420}
        pageSize={50}
        selection={{ keys: chosen, onChange: setChosen }}
        columns={[
          { key: 'name', title: text('name'), render: (candidate) => candidate.name },
          { key: 'tail', title: text('idTail'), width: 120, render: (candidate) => candidate.idTail },
        ]}
      />
      <Form layout="vertical" className="extra-time">
        <Form.Item label={text('extraMinutes')} htmlFor="extra-minutes">
          <InputNumber id="extra-minutes" min={1} max={240} value={minutes} onChange={setMinutes} />
        </Form.Item>
        <Form.Item
          label={text('extraReason')}
          htmlFor="extra-reason"
          help={text('extraHelp')}
          validateStatus={reasonMissing ? 'error' : ''}
        >
          <Input
            id="extra-reason"
            maxLength={300}
            disabled={minutes === null}
            value={reason}
            onChange={(event) => {
              setReason(event.target.value);
            }}
          />
        </Form.Item>
      </Form>
    </SidePanel>
  );
}
