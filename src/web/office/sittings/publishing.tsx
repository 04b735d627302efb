import { Alert, App, Button, Skeleton, Tag } from 'antd';
import type { PreflightCheck, SittingView } from '../../../sitting/sitting.contract.ts';
import { api } from '../../lib/api.ts';
import { useLanguage, useText } from '../../lib/language.tsx';
import { dateTimeText } from '../../lib/time.ts';
import { useLoad, useSend } from '../lib/load.ts';
import { commonMessages } from '../lib/messages.ts';
import { Refusal } from '../lib/refusal.tsx';
import { State } from '../lib/state.tsx';
import { sittingMessages } from './messages.ts';

const NAMES: Record<PreflightCheck['check'], keyof typeof sittingMessages> = {
  institution: 'checkInstitution',
  template: 'checkTemplate',
  forms: 'checkForms',
  time: 'checkTime',
  window: 'checkWindow',
  seating: 'checkSeating',
  seats: 'checkSeats',
  equipment: 'checkEquipment',
  staffing: 'checkStaffing',
  persons: 'checkPersons',
};

/** The pre-flight list, and publication once every line of it holds. */
export function Publishing({ sitting, onChanged }: { sitting: SittingView; onChanged(): void }) {
  const text = useText(sittingMessages);
  const draft = sitting.state === 'draft';
  const load = useLoad<{ ok: boolean; checks: PreflightCheck[] }>(
    draft ? `/api/sittings/${sitting.id}/preflight` : undefined,
  );
  if (!draft) return <Alert type="success" showIcon title={text('alreadyPublished')} />;
  if (load.data === undefined)
    return load.loading ? <Skeleton active /> : <Refusal error={load.error} onRetry={load.reload} />;
  const { ok, checks } = load.data;
  const failing = checks.filter((check) => !check.ok).length;
  return (
    <div className="stack">
      <Alert
        type={ok ? 'success' : 'warning'}
        showIcon
        title={ok ? text('allGreen') : text('notGreen', { n: failing })}
        action={
          <Button size="small" loading={load.loading} onClick={load.reload}>
            {text('checkAgain')}
          </Button>
        }
      />
      <CheckList checks={checks} />
      <PublishButton sitting={sitting} ok={ok} onPublished={onChanged} />
    </div>
  );
}

function CheckList({ checks }: { checks: readonly PreflightCheck[] }) {
  const text = useText(sittingMessages);
  const common = useText(commonMessages);
  const { lang } = useLanguage();
  return (
    <ul className="checks">
      {checks.map((check, index) => (
        <li key={`${check.check} ${check.roomCode ?? ''} ${String(index)}`}>
          <State tone={check.ok ? 'ok' : 'trouble'}>
            {text(NAMES[check.check])}
            {check.roomCode === undefined ? '' : ` · ${check.roomCode}`}
          </State>
          {!check.ok && (
            <p>
              {check[lang]}
              {check.clause !== undefined && (
                <Tag className="clause" color="error">
                  {common('clause', { clause: check.clause })}
                </Tag>
              )}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function PublishButton({
  sitting,
  ok,
  onPublished,
}: {
  sitting: SittingView;
  ok: boolean;
  onPublished(): void;
}) {
  const text = useText(sittingMessages);
  const { modal, message } = App.useApp();
  const { busy, error, send } = useSend();
  const publish = async (): Promise<void> => {
    const published = await send(() => api.post<SittingView>(`/api/sittings/${sitting.id}/publication`));
    if (published === undefined) return;
    message.success(text('isPublished'));
    onPublished();
  };
  return (
    <>
      <Refusal error={error} />
      <Button
        type="primary"
        className="start"
        disabled={!ok}
        loading={busy}
        onClick={() => {
          void modal.confirm({
            title: text('publishAsk', { n: sitting.seated, at: dateTimeText(sitting.startsAt) }),
            okText: text('publish'),
            onOk: publish,
          });
        }}
      >
        {text('publish')}
      </Button>
    </>
  );
}
