import { Alert, App, Button, Form, Input, Progress, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useText } from '../../lib/language.tsx';
import { commonMessages } from '../lib/messages.ts';
import { Issues, Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { State } from '../lib/state.tsx';
import { readCandidateRows, type FaultyRow, type PastedRows } from './candidate-rows.ts';
import type { Institutions } from './institution.ts';
import { candidateMessages } from './messages.ts';
import { useCandidateImport } from './use-candidate-import.ts';

interface CandidateImportProps {
  open: boolean;
  institutions: Institutions;
  onClose(): void;
  onImported(): void;
}

/** Takes candidates in from a pasted list; every fault is shown with its line before anything is sent. */
export function CandidateImport({ open, institutions, onClose, onImported }: CandidateImportProps) {
  const text = useText(candidateMessages);
  const common = useText(commonMessages);
  const { message } = App.useApp();
  const [pasted, setPasted] = useState('');
  const [chosen, setChosen] = useState<string>();
  const { busy, error, progress, importRows, clear } = useCandidateImport();
  const read = useMemo(() => readCandidateRows(pasted), [pasted]);
  const institutionId =
    chosen ?? (institutions.options.length === 1 ? institutions.options[0]?.value : undefined);
  const ready = institutionId !== undefined && read.rows.length > 0 && read.faults.length === 0;
  const close = (): void => {
    if (busy) return;
    clear();
    onClose();
  };
  const start = async (): Promise<void> => {
    if (institutionId === undefined) return;
    const whole = await importRows(read.rows, institutionId);
    onImported();
    if (!whole) return;
    message.success(text('imported', { n: read.rows.length }));
    setPasted('');
    clear();
    onClose();
  };
  return (
    <SidePanel
      open={open}
      width={640}
      title={text('import')}
      onClose={close}
      footer={
        <div className="drawer-actions">
          <Button onClick={close}>{common('cancel')}</Button>
          <Button type="primary" disabled={!ready} loading={busy} onClick={() => void start()}>
            {text('importN', { n: read.rows.length })}
          </Button>
        </div>
      }
    >
      <p className="muted">{text('importLead')}</p>
      <Fields
        pasted={pasted}
        onPaste={setPasted}
        institutions={institutions}
        institutionId={institutionId}
        onChoose={setChosen}
      />
      <ReadReport read={read} />
      {progress !== undefined && (
        <Progress
          percent={Math.round((100 * progress.done) / progress.all)}
          format={() => text('progress', { done: progress.done, all: progress.all })}
          aria-label={text('progress', { done: progress.done, all: progress.all })}
        />
      )}
      {error !== undefined && progress !== undefined && progress.done > 0 && (
        <Alert type="warning" showIcon title={text('partly', { done: progress.done })} />
      )}
      <Refusal error={error} />
    </SidePanel>
  );
}

function Fields({
  pasted,
  onPaste,
  institutions,
  institutionId,
  onChoose,
}: {
  pasted: string;
  onPaste(text: string): void;
  institutions: Institutions;
  institutionId: string | undefined;
  onChoose(id: string): void;
}) {
  const text = useText(candidateMessages);
  return (
    <Form layout="vertical" component="div">
      <Form.Item label={text('institution')} htmlFor="import-institution">
        <Select
          id="import-institution"
          options={institutions.options}
          loading={institutions.load.loading}
          value={institutionId}
          onChange={onChoose}
          notFoundContent={text('noInstitutions')}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Form.Item label={text('rows')} htmlFor="import-rows">
        <Input.TextArea
          id="import-rows"
          className="import-rows"
          rows={10}
          value={pasted}
          spellCheck={false}
          placeholder={text('placeholder')}
          onChange={(event) => {
            onPaste(event.target.value);
          }}
        />
      </Form.Item>
    </Form>
  );
}

function ReadReport({ read }: { read: PastedRows }) {
  const text = useText(candidateMessages);
  const { rows, faults } = read;
  if (rows.length + faults.length === 0) return null;
  const said = (fault: FaultyRow): string => text(fault.code, { id: fault.id, first: fault.first ?? 0 });
  return (
    <section className="tight" aria-live="polite">
      <p className="read-counts">
        <State tone={faults.length === 0 ? 'ok' : 'away'}>{text('ready', { n: rows.length })}</State>
        {faults.length > 0 && (
          <>
            <State tone="trouble">{text('faulty', { n: faults.length })}</State>
            <span className="muted">{text('faultyHint')}</span>
          </>
        )}
      </p>
      {faults.length > 0 && (
        <Issues
          issues={faults.map((fault) => ({ path: text('line', { n: fault.line }), message: said(fault) }))}
        />
      )}
    </section>
  );
}
