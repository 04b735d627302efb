import { Button, Form, Input, Select } from 'antd';
import { AccountBody, type AccountView } from '../../../people/people.contract.ts';
import type { Role } from '../../../shared/roles.ts';
import { api } from '../../lib/api.ts';
import { useText } from '../../lib/language.tsx';
import { useSend } from '../lib/load.ts';
import { commonMessages } from '../lib/messages.ts';
import { Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { useRoleOptions } from './accounts.tsx';
import { useInstitutions } from './institution.ts';
import { accountMessages } from './messages.ts';

const LOGIN = new RegExp(AccountBody.properties.login.pattern ?? '');
/** The server's least length (people.weak-password); said beforehand, judged there. */
const PASSWORD_MIN = 8;

interface Fields {
  login: string;
  name: string;
  roles: Role[];
  password: string;
  institutionId?: string;
}

interface AccountFormProps {
  open: boolean;
  onClose(): void;
  /** Gets what is to be said of the new account. */
  onCreated(said: string): void;
}

/** A new staff account. */
export function AccountForm({ open, onClose, onCreated }: AccountFormProps) {
  const text = useText(accountMessages);
  const common = useText(commonMessages);
  const [form] = Form.useForm<Fields>();
  const { busy, error, send, clear } = useSend();
  const create = async (fields: Fields): Promise<void> => {
    const account = await send(() => api.post<AccountView>('/api/accounts', fields));
    if (account === undefined) return;
    onCreated(text('created', { name: account.name, login: account.login }));
  };
  const close = (): void => {
    clear();
    onClose();
  };
  return (
    <SidePanel
      open={open}
      width={480}
      title={text('create')}
      onClose={close}
      footer={
        <div className="drawer-actions">
          <Button onClick={close}>{common('cancel')}</Button>
          <Button type="primary" loading={busy} onClick={form.submit}>
            {text('create')}
          </Button>
        </div>
      }
    >
      <Refusal error={error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        onFinish={(fields) => void create(fields)}
      >
        <AccountFields />
      </Form>
    </SidePanel>
  );
}

function AccountFields() {
  const text = useText(accountMessages);
  const institutions = useInstitutions();
  const roles = useRoleOptions();
  return (
    <>
      <Form.Item name="name" label={text('name')} rules={[{ required: true, max: 60, whitespace: true }]}>
        <Input autoComplete="off" maxLength={60} />
      </Form.Item>
      <Form.Item
        name="login"
        label={text('login')}
        extra={text('loginHint')}
        rules={[{ required: true }, { pattern: LOGIN, message: text('loginWrong') }]}
      >
        <Input autoComplete="off" maxLength={40} spellCheck={false} />
      </Form.Item>
      <Form.Item name="roles" label={text('roles')} rules={[{ required: true }]}>
        <Select mode="multiple" options={roles} optionFilterProp="label" />
      </Form.Item>
      <Form.Item
        name="password"
        label={text('password')}
        extra={text('passwordHint', { n: PASSWORD_MIN })}
        rules={[{ required: true, min: PASSWORD_MIN, max: 200 }]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item name="institutionId" label={text('institution')} extra={text('institutionHint')}>
        <Select allowClear options={institutions.options} loading={institutions.load.loading} />
      </Form.Item>
    </>
  );
}
