import { Button, Descriptions } from 'antd';
import { areaFloor } from '../../../people/institution.rules.ts';
import { api } from '../../lib/api.ts';
import { useText } from '../../lib/language.tsx';
import { dateTimeText } from '../../lib/time.ts';
import { useSend } from '../lib/load.ts';
import { useMay } from '../lib/me.ts';
import { Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { State } from '../lib/state.tsx';
import { conditionsOf, type Institution } from './institution.ts';
import { InstitutionState } from './institutions.tsx';
import { institutionMessages } from './messages.ts';

interface InstitutionPanelProps {
  institution: Institution | undefined;
  onClose(): void;
  onChange(): void;
  onApproved(code: string): void;
}

/** One institution: its facts, the conditions of 5.1 and 5.2.1, and the approval. */
export function InstitutionPanel({ institution, ...props }: InstitutionPanelProps) {
  return institution === undefined ? null : (
    <Look key={institution._id} institution={institution} {...props} />
  );
}

function Look({
  institution,
  onClose,
  onChange,
  onApproved,
}: InstitutionPanelProps & { institution: Institution }) {
  const text = useText(institutionMessages);
  const administrator = useMay('administrator');
  const records = useMay('administrator', 'exam-officer');
  const { busy, error, send } = useSend();
  const approve = async (): Promise<void> => {
    const path = `/api/institutions/${institution._id}/approval`;
    const approved = await send(() => api.post<Institution>(path));
    if (approved !== undefined) onApproved(approved.code);
  };
  return (
    <SidePanel
      open
      width={520}
      title={institution.code}
      onClose={onClose}
      footer={
        records && (
          <div className="drawer-actions">
            <Button onClick={onChange}>{text('change')}</Button>
            {administrator && institution.approvedAt === undefined && (
              <Button type="primary" loading={busy} onClick={() => void approve()}>
                {text('approve')}
              </Button>
            )}
          </div>
        )
      }
    >
      <Refusal error={error} />
      <Facts institution={institution} />
      <Conditions institution={institution} />
    </SidePanel>
  );
}

function Facts({ institution }: { institution: Institution }) {
  const text = useText(institutionMessages);
  const { name, kind, approvedAt } = institution;
  return (
    <Descriptions
      column={1}
      size="small"
      items={[
        { key: 'zh', label: text('nameZh'), children: name.zh },
        { key: 'en', label: text('nameEn'), children: name.en },
        { key: 'kind', label: text('kind'), children: text(kind) },
        { key: 'state', label: text('state'), children: <InstitutionState institution={institution} /> },
        ...(approvedAt === undefined
          ? []
          : [{ key: 'at', label: text('approvedAt'), children: dateTimeText(approvedAt) }]),
      ]}
    />
  );
}

function Conditions({ institution }: { institution: Institution }) {
  const text = useText(institutionMessages);
  const numbers = { area: institution.areaSquareMetres, needed: areaFloor(institution.kind) };
  return (
    <section className="tight">
      <h2>{text('conditions')}</h2>
      <ul className="conditions">
        {conditionsOf(institution).map(({ key, met }) => (
          <li key={key}>
            <State tone={met ? 'ok' : 'trouble'}>{text(key, numbers)}</State>
          </li>
        ))}
      </ul>
    </section>
  );
}
