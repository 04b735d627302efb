import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Empty, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useOf, useText } from '../../lib/language.tsx';
import { useMay } from '../lib/me.ts';
import { commonMessages } from '../lib/messages.ts';
import { Refusal } from '../lib/refusal.tsx';
import { State } from '../lib/state.tsx';
import { InstitutionForm } from './institution-form.tsx';
import { InstitutionPanel } from './institution-panel.tsx';
import { conditionsOf, useInstitutions, type Institution } from './institution.ts';
import { institutionMessages } from './messages.ts';

/** Approved, waiting for it, or what is not met. */
export function InstitutionState({ institution }: { institution: Institution }) {
  const text = useText(institutionMessages);
  if (institution.approvedAt !== undefined) return <State tone="ok">{text('approved')}</State>;
  const unmet = conditionsOf(institution).filter(({ met }) => !met);
  return unmet.length === 0 ? (
    <State tone="attention">{text('waits')}</State>
  ) : (
    <State tone="trouble">{text('unmet', { clauses: unmet.map(({ clause }) => clause).join(' · ') })}</State>
  );
}

type Open = { kind: 'look'; id: string } | { kind: 'form'; id?: string };

/** The bodies that train and hold examinations. The server answers them all at once: there are few. */
export function InstitutionsTab() {
  const text = useText(institutionMessages);
  const { message } = App.useApp();
  const records = useMay('administrator', 'exam-officer');
  const { load, items } = useInstitutions();
  const [open, setOpen] = useState<Open>();
  const current = items.find(({ _id }) => _id === open?.id);
  const close = (): void => {
    setOpen(undefined);
  };
  return (
    <>
      {records && (
        <div className="toolbar">
          <span className="spring" />
          <Button
            type="primary"
            icon={<PlusOutlined />}
            onClick={() => {
              setOpen({ kind: 'form' });
            }}
          >
            {text('create')}
          </Button>
        </div>
      )}
      {load.error !== undefined ? (
        <Refusal error={load.error} onRetry={load.reload} />
      ) : (
        <InstitutionTable
          items={items}
          loading={load.loading}
          onOpen={({ _id }) => {
            setOpen({ kind: 'look', id: _id });
          }}
        />
      )}
      <InstitutionPanel
        institution={open?.kind === 'look' ? current : undefined}
        onClose={close}
        onChange={() => {
          setOpen({ kind: 'form', ...(current === undefined ? {} : { id: current._id }) });
        }}
        onApproved={(code) => {
          message.success(text('approveDone', { code }));
          load.reload();
        }}
      />
      <InstitutionForm
        key={open?.id ?? 'new'}
        open={open?.kind === 'form'}
        institution={current}
        items={items}
        onClose={close}
        onSaved={({ _id, code }) => {
          message.success(text('saved', { code }));
          load.reload();
          setOpen({ kind: 'look', id: _id });
        }}
      />
    </>
  );
}

function InstitutionTable({
  items,
  loading,
  onOpen,
}: {
  items: readonly Institution[];
  loading: boolean;
  onOpen(institution: Institution): void;
}) {
  const text = useText(institutionMessages);
  const common = useText(commonMessages);
  return (
    <Table<Institution>
      size="medium"
      tableLayout="fixed"
      dataSource={[...items]}
      loading={loading && { delay: 150 }}
      rowKey={({ _id }) => _id}
      columns={useColumns(onOpen)}
      scroll={{ x: 720 }}
      rowClassName="opens"
      onRow={(row) => ({
        onClick: (event) => {
          if ((event.target as HTMLElement).closest('button') === null) onOpen(row);
        },
      })}
      locale={{
        emptyText: loading ? (
          common('loading')
        ) : (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text('none')} />
        ),
      }}
      pagination={{
        pageSize: 20,
        size: 'small',
        showSizeChanger: false,
        showTotal: (n) => common('total', { n }),
      }}
    />
  );
}

function useColumns(onOpen: (institution: Institution) => void): TableColumnsType<Institution> {
  const text = useText(institutionMessages);
  const of = useOf();
  return [
    {
      key: 'code',
      title: text('code'),
      width: 140,
      render: (_, row) => (
        <button
          type="button"
          className="row-link"
          onClick={() => {
            onOpen(row);
          }}
        >
          {row.code}
        </button>
      ),
    },
    { key: 'name', title: text('name'), ellipsis: true, render: (_, row) => of(row.name) },
    { key: 'kind', title: text('kind'), width: 180, render: (_, row) => text(row.kind) },
    {
      key: 'area',
      title: text('area'),
      width: 150,
      align: 'right',
      className: 'number',
      render: (_, row) => row.areaSquareMetres,
    },
    {
      key: 'state',
      title: text('state'),
      width: 240,
      render: (_, row) => <InstitutionState institution={row} />,
    },
  ];
}
