import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { go, usePlace } from '../router.ts';

/** A page: one heading, a line of what it is for, its one primary action. */
export function Page({
  title,
  lead,
  action,
  children,
}: {
  title: string;
  lead?: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {lead !== undefined && <p>{lead}</p>}
        </div>
        {action}
      </header>
      {children}
    </>
  );
}

/** Parts of a page that the address remembers: `#/bank/coverage`. */
export function PageTabs({
  page,
  tabs,
}: {
  page: string;
  tabs: readonly { key: string; label: string; content: ReactNode }[];
}) {
  const { tab } = usePlace();
  const active = tabs.find(({ key }) => key === tab)?.key ?? tabs[0]?.key ?? '';
  return (
    <Tabs
      activeKey={active}
      onChange={(key) => {
        go(page, key);
      }}
      destroyOnHidden
      items={tabs.map(({ key, label, content }) => ({ key, label, children: content }))}
    />
  );
}
