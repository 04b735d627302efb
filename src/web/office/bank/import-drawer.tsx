import { Button, Progress, Steps } from 'antd';
import { useText } from '../../lib/language.tsx';
import { JsonDrop } from '../lib/json-drop.tsx';
import { commonMessages } from '../lib/messages.ts';
import { Issues, Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { State, type Tone } from '../lib/state.tsx';
import { faultsOf, useImport, type FileLine, type FileState } from './import-files.ts';
import { bankMessages } from './messages.ts';

const TONES: Record<FileState['kind'], Tone> = {
  checking: 'current',
  importing: 'current',
  checked: 'ok',
  imported: 'ok',
  refused: 'trouble',
  unreadable: 'trouble',
};

/** Import of bank and scenario files: choose, dry run with every fault, import. */
export function ImportDrawer({
  open,
  onClose,
  onImported,
}: {
  open: boolean;
  onClose(): void;
  onImported(): void;
}) {
  const text = useText(bankMessages);
  const common = useText(commonMessages);
  const { lines, choose, importAll, clear } = useImport(text('neither'), (file) =>
    common('notJson', { file: file.name, detail: file.fault ?? '' }),
  );
  const is = (...kinds: FileState['kind'][]): FileLine[] =>
    lines.filter((line) => kinds.includes(line.state.kind));
  const ready = is('checked').length;
  const busy = is('checking', 'importing').length > 0;
  const done = is('imported').length;
  const step = lines.length === 0 ? 0 : done > 0 && ready === 0 && !busy ? 2 : 1;
  return (
    <SidePanel
      open={open}
      width={760}
      title={text('import')}
      onClose={() => {
        if (!busy) clear();
        onClose();
      }}
      footer={
        <div className="drawer-actions">
          {lines.length > 0 && (
            <Button disabled={busy} onClick={clear}>
              {text('again')}
            </Button>
          )}
          <Button
            type="primary"
            disabled={busy || ready === 0}
            onClick={() => void importAll().then(onImported)}
          >
            {text('importN', { n: ready })}
          </Button>
        </div>
      }
    >
      <p className="muted">{text('importLead')}</p>
      <Steps
        size="small"
        current={step}
        items={(['stepChoose', 'stepCheck', 'stepImport'] as const).map((key) => ({ title: text(key) }))}
      />
      {lines.length === 0 ? (
        <JsonDrop hint={text('importHint')} onFiles={(files) => void choose(files)} />
      ) : (
        <>
          <Done done={lines.length - is('checking', 'importing').length} all={lines.length} busy={busy} />
          <FileList lines={lines} />
        </>
      )}
    </SidePanel>
  );
}

function Done({ done, all, busy }: { done: number; all: number; busy: boolean }) {
  const text = useText(bankMessages);
  if (!busy) return null;
  return (
    <Progress
      percent={Math.round((100 * done) / all)}
      format={() => text('progress', { done, all })}
      aria-label={text('progress', { done, all })}
    />
  );
}

function FileList({ lines }: { lines: readonly FileLine[] }) {
  const text = useText(bankMessages);
  return (
    <ul className="file-list">
      {lines.map(({ file, state }) => (
        <li key={file.name}>
          <div className="file-head">
            <strong>{file.name}</strong>
            <State tone={TONES[state.kind]}>
              {faultsOf(state) > 0 ? text('refused', { n: faultsOf(state) }) : text(stateWord(state))}
            </State>
            <span className="muted">
              <Counts state={state} />
            </span>
          </div>
          <Faults state={state} />
        </li>
      ))}
    </ul>
  );
}

/** The word of a file without faults. */
function stateWord(state: FileState): 'checking' | 'checked' | 'importing' | 'imported' {
  return state.kind === 'refused' || state.kind === 'unreadable' ? 'checked' : state.kind;
}

function Counts({ state }: { state: FileState }) {
  const text = useText(bankMessages);
  if (!('report' in state) || state.report === undefined || state.kind === 'refused') return null;
  const { items, imported, updated, unchanged } = state.report;
  return text('counts', { items, imported, updated, unchanged });
}

function Faults({ state }: { state: FileState }) {
  if (state.kind === 'unreadable') return <p>{state.fault}</p>;
  if (state.kind !== 'refused') return null;
  return state.report === undefined ? (
    <Refusal error={state.error} />
  ) : (
    <Issues issues={state.report.issues} />
  );
}
