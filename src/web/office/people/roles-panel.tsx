import { Alert, Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { AccountView } from '../../../people/people.contract.ts';
import { api } from '../../lib/api.ts';
import { useText } from '../../lib/language.tsx';
import { useSend } from '../lib/load.ts';
import { useMe } from '../lib/me.ts';
import { commonMessages } from '../lib/messages.ts';
import { Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { useRoleOptions } from './accounts.tsx';
import { accountMessages } from './messages.ts';

interface RolesPanelProps {
  account: AccountView | undefined;
  onClose(): void;
  /** Gets what is to be said of the change. */
  onSaved(said: string): void;
}

/** Changes the roles of one account. */
export function RolesPanel({ account, onClose, onSaved }: RolesPanelProps) {
  return account === undefined ? null : (
    <Roles key={account.id} account={account} onClose={onClose} onSaved={onSaved} />
  );
}

function Roles({ account, onClose, onSaved }: RolesPanelProps & { account: AccountView }) {
  const text = useText(accountMessages);
  const common = useText(commonMessages);
  const me = useMe();
  const [roles, setRoles] = useState<string[]>(account.roles);
  const { busy, error, send } = useSend();
  const same = [...roles].sort().join() === [...account.roles].sort().join();
  const resigns = account.id === me.id && !roles.includes('administrator');
  const save = async (): Promise<void> => {
    const changed = await send(() => api.put<AccountView>(`/api/accounts/${account.id}/roles`, { roles }));
    if (changed !== undefined) onSaved(text('rolesSaved', { name: changed.name }));
  };
  return (
    <SidePanel
      open
      width={440}
      title={`${account.name} · ${account.login}`}
      onClose={onClose}
      footer={
        <div className="drawer-actions">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button
            type="primary"
            danger={resigns}
            loading={busy}
            disabled={same || roles.length === 0}
            onClick={() => void save()}
          >
            {text('changeRoles')}
          </Button>
        </div>
      }
    >
      <p className="muted">{text('rolesLead', { name: account.name })}</p>
      <Checkbox.Group
        className="tight role-boxes"
        value={roles}
        onChange={setRoles}
        options={useRoleOptions()}
      />
      {resigns && <Alert type="warning" showIcon title={text('ownRole')} />}
      <Refusal error={error} />
    </SidePanel>
  );
}
