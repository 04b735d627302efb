import { Select } from 'antd';
import { useState } from 'react';
import type { FormView } from '../../../assembly/assembly.contract.ts';
import type { Level } from '../../../shared/levels.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { dateTimeText } from '../../lib/time.ts';
import { useMay } from '../lib/me.ts';
import { LEVEL_SHORT, useLevelOptions } from '../lib/names.ts';
import { PagedTable, type Column } from '../lib/paged-table.tsx';
import { FormDrawer } from './form-drawer.tsx';
import { assemblyMessages } from './messages.ts';

/** The forms that have been made, newest first. */
export function FormsTab() {
  const text = useText(assemblyMessages);
  const of = useOf();
  const levels = useLevelOptions();
  const mayOpen = useMay('exam-officer', 'auditor');
  const [level, setLevel] = useState<Level>();
  const [open, setOpen] = useState<FormView>();
  const columns: Column<FormView>[] = [
    {
      key: 'label',
      title: text('label'),
      width: 90,
      render: (form) => text('labelN', { label: form.label }),
    },
    { key: 'title', title: text('name'), render: (form) => of(form.title) },
    {
      key: 'template',
      title: text('template'),
      width: 200,
      render: (form) => `${form.templateCode} v${form.templateVersion}`,
    },
    { key: 'level', title: text('level'), width: 116, render: (form) => of(LEVEL_SHORT[form.level]) },
    { key: 'items', title: text('items'), width: 80, align: 'right', render: (form) => form.items },
    {
      key: 'digest',
      title: text('digest'),
      width: 130,
      render: (form) => <code className="digest">{form.digest.slice(0, 12)}</code>,
    },
    { key: 'at', title: text('at'), width: 150, render: (form) => <time>{dateTimeText(form.at)}</time> },
  ];
  return (
    <>
      <div className="toolbar">
        <Select
          aria-label={text('level')}
          placeholder={text('level')}
          allowClear
          value={level}
          onChange={setLevel}
          options={levels}
        />
        {!mayOpen && <span className="muted">{text('noPaper')}</span>}
      </div>
      <PagedTable<FormView>
        path="/api/assembly/forms"
        query={{ level }}
        columns={columns}
        rowKey={(form) => form.formId}
        {...(mayOpen ? { onOpen: setOpen } : {})}
        empty={text('noForms')}
        minWidth={880}
      />
      <FormDrawer
        view={open}
        onClose={() => {
          setOpen(undefined);
        }}
      />
    </>
  );
}
