import { Select } from 'antd';
import { useState } from 'react';
import type { TemplateView } from '../../../assembly/assembly.contract.ts';
import { TEMPLATE_KINDS, type TemplateKind } from '../../../assembly/template.contract.ts';
import type { Level } from '../../../shared/levels.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { dateTimeText } from '../../lib/time.ts';
import { LEVEL_SHORT, PART_SHORT, useLevelOptions } from '../lib/names.ts';
import { PagedTable, type Column } from '../lib/paged-table.tsx';
import { assemblyMessages } from './messages.ts';
import { TemplateDrawer } from './template-drawer.tsx';

/** The templates; each opens its blueprint, and from there assembly. */
export function TemplatesTab({ version }: { version: number }) {
  const text = useText(assemblyMessages);
  const of = useOf();
  const levels = useLevelOptions();
  const [level, setLevel] = useState<Level>();
  const [kind, setKind] = useState<TemplateKind>();
  const [open, setOpen] = useState<TemplateView>();
  const columns: Column<TemplateView>[] = [
    { key: 'code', title: text('code'), width: 190, render: (template) => template.code },
    { key: 'title', title: text('name'), render: (template) => of(template.title) },
    { key: 'kind', title: text('kind'), width: 90, render: (template) => of(PART_SHORT[template.kind]) },
    { key: 'level', title: text('level'), width: 116, render: (template) => of(LEVEL_SHORT[template.level]) },
    {
      key: 'minutes',
      title: text('minutes'),
      width: 100,
      align: 'right',
      render: (template) => text('minutesN', { n: template.minutes }),
    },
    { key: 'version', title: text('version'), width: 80, align: 'right', render: (t) => t.version },
    {
      key: 'at',
      title: text('importedAt'),
      width: 150,
      render: (template) => <time>{dateTimeText(template.at)}</time>,
    },
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
        <Select
          aria-label={text('kind')}
          placeholder={text('kind')}
          allowClear
          value={kind}
          onChange={setKind}
          options={TEMPLATE_KINDS.map((value) => ({ value, label: of(PART_SHORT[value]) }))}
        />
      </div>
      <PagedTable<TemplateView>
        path="/api/assembly/templates"
        query={{ level, kind }}
        version={version}
        columns={columns}
        rowKey={(template) => template.code}
        onOpen={setOpen}
        empty={text('noTemplates')}
        minWidth={880}
      />
      <TemplateDrawer
        view={open}
        onClose={() => {
          setOpen(undefined);
        }}
      />
    </>
  );
}
