import { Button } from 'antd';
import { useState } from 'react';
import type { TemplateReport } from '../../../assembly/assembly.contract.ts';
import { api } from '../../lib/api.ts';
import { useText } from '../../lib/language.tsx';
import { JsonDrop, type JsonFile } from '../lib/json-drop.tsx';
import { withQuery } from '../lib/load.ts';
import { commonMessages } from '../lib/messages.ts';
import { Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { State, type Tone } from '../lib/state.tsx';
import { assemblyMessages } from './messages.ts';

type LineState =
  | { kind: 'checking' | 'valid' | 'unchanged' | 'imported' }
  | { kind: 'refused'; error?: unknown; fault?: string };
interface Line {
  file: JsonFile;
  state: LineState;
}

const TONES: Record<LineState['kind'], Tone> = {
  checking: 'current',
  valid: 'ok',
  unchanged: 'away',
  imported: 'ok',
  refused: 'trouble',
};

async function submit(file: JsonFile, dryRun: boolean): Promise<LineState> {
  try {
    const report = await api.post<TemplateReport>(
      withQuery('/api/assembly/templates', { dryRun }),
      file.content,
    );
    return { kind: report.outcome };
  } catch (error) {
    return { kind: 'refused', error };
  }
}

/** Import of templates: judged first, refused with the clause, imported when valid. */
export function TemplateImport({
  open,
  onClose,
  onImported,
}: {
  open: boolean;
  onClose(): void;
  onImported(): void;
}) {
  const text = useText(assemblyMessages);
  const common = useText(commonMessages);
  const [lines, setLines] = useState<readonly Line[]>([]);
  const put = (file: JsonFile, state: LineState): void => {
    setLines((all) => all.map((line) => (line.file === file ? { file, state } : line)));
  };
  const choose = async (files: readonly JsonFile[]): Promise<void> => {
    setLines(files.map((file) => ({ file, state: { kind: 'checking' } })));
    for (const file of files) {
      if (file.fault === undefined) put(file, await submit(file, true));
      else
        put(file, {
          kind: 'refused',
          fault: common('notJson', { file: file.name, detail: file.fault }),
        });
    }
  };
  const ready = lines.filter((line) => line.state.kind === 'valid');
  const importAll = async (): Promise<void> => {
    for (const { file } of ready) put(file, await submit(file, false));
    onImported();
  };
  return (
    <SidePanel
      open={open}
      title={text('import')}
      onClose={() => {
        setLines([]);
        onClose();
      }}
      footer={
        <div className="drawer-actions">
          {lines.length > 0 && (
            <Button
              onClick={() => {
                setLines([]);
              }}
            >
              {text('again')}
            </Button>
          )}
          <Button type="primary" disabled={ready.length === 0} onClick={() => void importAll()}>
            {text('importN', { n: ready.length })}
          </Button>
        </div>
      }
    >
      <p className="muted">{text('importLead')}</p>
      {lines.length === 0 ? (
        <JsonDrop hint={text('importHint')} onFiles={(files) => void choose(files)} />
      ) : (
        <ul className="file-list">
          {lines.map(({ file, state }) => (
            <li key={file.name}>
              <div className="file-head">
                <strong>{file.name}</strong>
                <State tone={TONES[state.kind]}>{text(state.kind)}</State>
              </div>
              {state.kind === 'refused' && state.fault !== undefined && <p>{state.fault}</p>}
              {state.kind === 'refused' && <Refusal error={state.error} />}
            </li>
          ))}
        </ul>
      )}
    </SidePanel>
  );
}
