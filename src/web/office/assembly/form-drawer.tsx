import { App, Button, Skeleton, Tabs } from 'antd';
import { useState } from 'react';
import type { Conformance, FormView } from '../../../assembly/assembly.contract.ts';
import type { CandidateForm, FormKey } from '../../../assembly/form.contract.ts';
import type { Page } from '../../../shared/paging.ts';
import { api } from '../../lib/api.ts';
import { useText } from '../../lib/language.tsx';
import { useLoad, useSend } from '../lib/load.ts';
import { useMay } from '../lib/me.ts';
import { Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { ConformanceReport } from './conformance.tsx';
import { assemblyMessages } from './messages.ts';
import { PaperPreview } from './paper.tsx';

/** One form beside the list: the paper as printed, and its report against the template. */
export function FormDrawer({ view, onClose }: { view: FormView | undefined; onClose(): void }) {
  const text = useText(assemblyMessages);
  return (
    <SidePanel
      open={view !== undefined}
      onClose={onClose}
      width={820}
      title={view === undefined ? '' : `${view.templateCode} · ${text('labelN', { label: view.label })}`}
    >
      {view !== undefined && (
        <Tabs
          key={view.formId}
          items={[
            { key: 'paper', label: text('paper'), children: <PaperTab view={view} /> },
            { key: 'conformance', label: text('conformance'), children: <ConformanceTab view={view} /> },
          ]}
        />
      )}
    </SidePanel>
  );
}

function PaperTab({ view }: { view: FormView }) {
  const text = useText(assemblyMessages);
  const mayKeys = useMay('exam-officer');
  const { modal } = App.useApp();
  const load = useLoad<{ form: CandidateForm }>(`/api/assembly/forms/${view.formId}`);
  const [keys, setKeys] = useState<ReadonlyMap<string, FormKey>>(new Map());
  const { busy, error, send } = useSend();
  const showKeys = async (): Promise<void> => {
    const answer = await send(() =>
      api.get<{ keys: { itemId: string; key: FormKey }[] }>(`/api/assembly/forms/${view.formId}/keys`),
    );
    if (answer !== undefined) setKeys(new Map(answer.keys.map(({ itemId, key }) => [itemId, key])));
  };
  if (load.data === undefined)
    return load.loading ? <Skeleton active /> : <Refusal error={load.error} onRetry={load.reload} />;
  return (
    <div className="stack">
      {mayKeys && keys.size === 0 && (
        <Button
          className="start"
          loading={busy}
          onClick={() => {
            void modal.confirm({ title: text('showKeysAsk'), okText: text('showKeys'), onOk: showKeys });
          }}
        >
          {text('showKeys')}
        </Button>
      )}
      <Refusal error={error} />
      <PaperPreview form={load.data.form} keys={keys} />
    </div>
  );
}

function ConformanceTab({ view }: { view: FormView }) {
  const load = useLoad<Conformance>(`/api/assembly/forms/${view.formId}/conformance`);
  const forms = useLoad<Page<FormView>>(
    `/api/assembly/forms?templateCode=${encodeURIComponent(view.templateCode)}&limit=200`,
  );
  const paper = useLoad<{ form: CandidateForm }>(`/api/assembly/forms/${view.formId}`);
  if (load.data === undefined || forms.data === undefined)
    return load.loading || forms.loading ? (
      <Skeleton active />
    ) : (
      <Refusal error={load.error ?? forms.error} onRetry={load.reload} />
    );
  const labels = forms.data.items
    .filter((form) => form.batchId === view.batchId)
    .map((form) => form.label)
    .sort();
  return <ConformanceReport conformance={load.data} labels={labels} parts={paper.data?.form.parts ?? []} />;
}
