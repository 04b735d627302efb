import { Alert, Button, Descriptions, Drawer, Flex, Form, Input, Popconfirm, Select } from 'antd';
import type { CertificateView, RevocationBody } from '../../../certificate/certificate.contract.ts';
import { REVOCATION_REASONS } from '../../../certificate/certificate.rules.ts';
import { api } from '../../lib/api.ts';
import { useText } from '../../lib/language.tsx';
import { useSend } from '../lib/load.ts';
import { useMay, useMe } from '../lib/me.ts';
import { Refusal } from '../lib/refusal.tsx';
import { CertificateStateName } from './issued.tsx';
import { certificatesMessages } from './messages.ts';

interface DrawerProps {
  certificate: CertificateView;
  onClose(): void;
  onChanged(certificate: CertificateView): void;
}

/** One certificate: its PDF, and its revocation by two people. */
export function CertificateDrawer({ certificate, onClose, onChanged }: DrawerProps) {
  const text = useText(certificatesMessages);
  const officer = useMay('certificate-officer');
  const { busy, error, send } = useSend();
  const path = `/api/certificates/${certificate.id}/revocation`;
  const act = async (action: () => Promise<CertificateView>): Promise<void> => {
    const changed = await send(action);
    if (changed !== undefined) onChanged(changed);
  };
  return (
    <Drawer open onClose={onClose} title={certificate.number} size={480}>
      <Flex vertical gap="middle">
        <Descriptions
          column={1}
          size="small"
          items={[
            { key: 'name', label: text('name'), children: certificate.name },
            { key: 'issuedOn', label: text('issuedOn'), children: certificate.issuedOn },
            {
              key: 'state',
              label: text('state'),
              children: <CertificateStateName certificate={certificate} />,
            },
          ]}
        />
        {certificate.state !== 'pending' && (
          <Button type="primary" href={`/api/certificates/${certificate.id}/pdf`} download>
            {text('download')}
          </Button>
        )}
        {officer && certificate.state === 'issued' && certificate.revocation !== undefined && (
          <Pending
            certificate={certificate}
            busy={busy}
            onConfirm={() => act(() => api.post(`${path}/confirmation`))}
            onWithdraw={() => act(() => api.delete(path))}
          />
        )}
        {officer && certificate.state === 'issued' && certificate.revocation === undefined && (
          <RevocationForm busy={busy} onRequest={(body) => act(() => api.post(path, body))} />
        )}
        <Refusal error={error} />
      </Flex>
    </Drawer>
  );
}

function Pending({
  certificate,
  busy,
  onConfirm,
  onWithdraw,
}: {
  certificate: CertificateView;
  busy: boolean;
  onConfirm(): Promise<void>;
  onWithdraw(): Promise<void>;
}) {
  const text = useText(certificatesMessages);
  const me = useMe();
  const mine = certificate.revocation?.requestedBy === me.id;
  return (
    <Alert
      type="warning"
      showIcon
      title={text('waits', { note: certificate.revocation?.note ?? '' })}
      action={
        <Flex vertical gap="small">
          {!mine && (
            <Popconfirm title={text('confirmAsk', { number: certificate.number })} onConfirm={onConfirm}>
              <Button danger size="small" loading={busy}>
                {text('confirm')}
              </Button>
            </Popconfirm>
          )}
          <Button size="small" loading={busy} onClick={() => void onWithdraw()}>
            {text('withdraw')}
          </Button>
        </Flex>
      }
    />
  );
}

function RevocationForm({
  busy,
  onRequest,
}: {
  busy: boolean;
  onRequest(body: RevocationBody): Promise<void>;
}) {
  const text = useText(certificatesMessages);
  return (
    <Form<RevocationBody> layout="vertical" onFinish={(body) => void onRequest(body)} requiredMark={false}>
      <Form.Item name="reason" label={text('reason')} rules={[{ required: true }]}>
        <Select options={REVOCATION_REASONS.map((reason) => ({ value: reason, label: text(reason) }))} />
      </Form.Item>
      <Form.Item name="note" label={text('note')} rules={[{ required: true, min: 4, max: 500 }]}>
        <Input.TextArea rows={3} />
      </Form.Item>
      <Button danger htmlType="submit" loading={busy}>
        {text('revoke')}
      </Button>
    </Form>
  );
}
