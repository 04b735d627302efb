import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { AccountView } from '../../../people/people.contract.ts';
import { ROLE_NAMES, STAFF_ROLES, type Role } from '../../../shared/roles.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { useMay } from '../lib/me.ts';
import { PagedTable, type Column } from '../lib/paged-table.tsx';
import { State } from '../lib/state.tsx';
import { AccountForm } from './account-form.tsx';
import { useInstitutions } from './institution.ts';
import { accountMessages } from './messages.ts';
import { RolesPanel } from './roles-panel.tsx';

/** The names of the staff roles as options of a field. */
export function useRoleOptions(): { value: Role; label: string }[] {
  const of = useOf();
  return STAFF_ROLES.map((role) => ({ value: role, label: of(ROLE_NAMES[role]) }));
}

/** Staff accounts; administrators create them and change their roles. */
export function AccountsTab() {
  const text = useText(accountMessages);
  const { message } = App.useApp();
  const administrator = useMay('administrator');
  const [filters, setFilters] = useState<{ role?: Role | undefined; q?: string | undefined }>({});
  const [version, setVersion] = useState(0);
  const [open, setOpen] = useState<AccountView | 'new'>();
  const columns = useColumns();
  const done = (said: string): void => {
    message.success(said);
    setOpen(undefined);
    setVersion((n) => n + 1);
  };
  const close = (): void => {
    setOpen(undefined);
  };
  return (
    <>
      <div className="toolbar" role="search">
        <Filters
          role={filters.role}
          onChange={(change) => {
            setFilters({ ...filters, ...change });
          }}
        />
        <span className="spring" />
        {administrator && (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            onClick={() => {
              setOpen('new');
            }}
          >
            {text('create')}
          </Button>
        )}
      </div>
      <PagedTable<AccountView>
        path="/api/accounts"
        query={filters}
        version={version}
        columns={columns}
        rowKey={(account) => account.id}
        {...(administrator ? { onOpen: setOpen } : {})}
        empty={text('none')}
      />
      <AccountForm open={open === 'new'} onClose={close} onCreated={done} />
      <RolesPanel account={open === 'new' ? undefined : open} onClose={close} onSaved={done} />
    </>
  );
}

function Filters({
  role,
  onChange,
}: {
  role: Role | undefined;
  onChange(change: { role?: Role | undefined; q?: string | undefined }): void;
}) {
  const text = useText(accountMessages);
  return (
    <>
      <Select
        aria-label={text('roles')}
        placeholder={text('roles')}
        allowClear
        value={role}
        onChange={(chosen: Role | undefined) => {
          onChange({ role: chosen });
        }}
        options={useRoleOptions()}
        popupMatchSelectWidth={false}
      />
      <Input.Search
        className="search"
        aria-label={text('search')}
        placeholder={text('search')}
        allowClear
        maxLength={40}
        onSearch={(q) => {
          onChange({ q: q.trim() === '' ? undefined : q.trim() });
        }}
      />
    </>
  );
}

function useColumns(): Column<AccountView>[] {
  const text = useText(accountMessages);
  const of = useOf();
  const institutions = useInstitutions();
  const names = (roles: readonly string[]): string =>
    roles.map((role) => of(ROLE_NAMES[role as Role])).join(' · ');
  const seesInstitutions = useMay('administrator', 'exam-officer');
  return [
    { key: 'login', title: text('login'), width: 180, render: (account) => account.login },
    { key: 'name', title: text('name'), width: 180, render: (account) => account.name },
    {
      key: 'roles',
      title: text('roles'),
      render: (account) => <span title={names(account.roles)}>{names(account.roles)}</span>,
    },
    ...(seesInstitutions
      ? [
          {
            key: 'institution',
            title: text('institution'),
            render: (account: AccountView) => institutions.nameOf(account.institutionId),
          },
        ]
      : []),
    {
      key: 'state',
      title: text('state'),
      width: 110,
      render: (account) => (
        <State tone={account.active ? 'ok' : 'away'}>{text(account.active ? 'active' : 'closed')}</State>
      ),
    },
  ];
}
