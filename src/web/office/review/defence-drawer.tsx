import { Alert, Button, Descriptions, Drawer, Flex, Upload } from 'antd';
import type { DefenceView } from '../../../review/review.contract.ts';
import { api } from '../../lib/api.ts';
import { useText } from '../../lib/language.tsx';
import { dateTimeText } from '../../lib/time.ts';
import { useLoad, useSend } from '../lib/load.ts';
import { Refusal } from '../lib/refusal.tsx';
import { reviewMessages } from './messages.ts';

interface DefenceDrawerProps {
  defenceId: string;
  onClose(): void;
  onChanged(): void;
}

/** One defence as the officer sees it: the draw, the materials, a replacement after a recusal. */
export function DefenceDrawer({ defenceId, onClose, onChanged }: DefenceDrawerProps) {
  const text = useText(reviewMessages);
  const path = `/api/defences/${defenceId}`;
  const load = useLoad<DefenceView>(path);
  const { busy, error, send } = useSend();
  const act = async (action: () => Promise<unknown>): Promise<void> => {
    if ((await send(action)) === undefined) return;
    load.reload();
    onChanged();
  };
  const defence = load.data;
  return (
    <Drawer
      open
      onClose={onClose}
      loading={load.loading && defence === undefined}
      title={defence?.admissionNumber ?? text('candidate')}
      size={520}
    >
      {load.error !== undefined && <Refusal error={load.error} onRetry={load.reload} />}
      {defence !== undefined && (
        <Flex vertical gap="middle">
          {!defence.lawful && <Alert type="error" showIcon title={text('unlawful')} />}
          <Draw defence={defence} />
          {defence.state === 'scheduled' && defence.reserve > 0 && (
            <Button loading={busy} onClick={() => void act(() => api.post(`${path}/replacement`))}>
              {text('replace')}
            </Button>
          )}
          <Materials
            defence={defence}
            busy={busy}
            onUpload={(file) =>
              act(() => api.post(`${path}/materials?name=${encodeURIComponent(file.name)}`, file))
            }
          />
          <Refusal error={error} />
        </Flex>
      )}
    </Drawer>
  );
}

const REASONS = {
  'same-institution': 'same-institution',
  taught: 'taught',
  declared: 'declaredReason',
} as const;

function Draw({ defence }: { defence: DefenceView }) {
  const text = useText(reviewMessages);
  const panel = defence.panel.map(({ name, chair, sealed }) =>
    [name, chair ? `(${text('chair')})` : '', sealed ? `✓ ${text('sealed')}` : ''].filter(Boolean).join(' '),
  );
  const excluded = defence.excluded.map(
    ({ name, reason }) =>
      `${name} (${reason in REASONS ? text(REASONS[reason as keyof typeof REASONS]) : reason})`,
  );
  const lines = (list: readonly string[]) =>
    list.length === 0 ? '—' : list.map((line) => <div key={line}>{line}</div>);
  return (
    <Descriptions
      title={text('panel')}
      column={1}
      size="small"
      items={[
        { key: 'startsAt', label: text('startsAt'), children: dateTimeText(defence.startsAt) },
        { key: 'state', label: text('state'), children: text(defence.state) },
        { key: 'members', label: text('members'), children: <div>{lines(panel)}</div> },
        { key: 'reserve', label: text('reserve'), children: defence.reserve },
        { key: 'excluded', label: text('excluded'), children: <div>{lines(excluded)}</div> },
        {
          key: 'recused',
          label: text('recused'),
          children: <div>{lines(defence.recusals.map(({ name, reason }) => `${name}: ${reason}`))}</div>,
        },
        { key: 'seed', label: text('seed'), children: <code>{defence.seed}</code> },
      ]}
    />
  );
}

function Materials({
  defence,
  busy,
  onUpload,
}: {
  defence: DefenceView;
  busy: boolean;
  onUpload(file: File): Promise<void>;
}) {
  const text = useText(reviewMessages);
  return (
    <section>
      <h3>{text('materials')}</h3>
      {defence.files.length === 0 && <p className="muted">{text('noMaterials')}</p>}
      <ul>
        {defence.files.map((file) => (
          <li key={file.fileId}>
            <a href={`/api/defences/${defence.id}/materials/${file.fileId}`} target="_blank" rel="noreferrer">
              {file.name}
            </a>
          </li>
        ))}
      </ul>
      {defence.state === 'scheduled' && (
        <Upload
          accept="application/pdf,image/png,image/jpeg"
          showUploadList={false}
          beforeUpload={(file) => {
            void onUpload(file);
            return false;
          }}
        >
          <Button loading={busy}>{text('upload')}</Button>
        </Upload>
      )}
    </section>
  );
}
