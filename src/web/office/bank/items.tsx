import { Input, Select } from 'antd';
import { useState } from 'react';
import {
  DIFFICULTIES,
  ITEM_STATES,
  ITEM_TYPES,
  ITEM_TYPE_NAMES,
  type ItemState,
} from '../../../bank/item.contract.ts';
import type { ItemsQuery, ItemView } from '../../../bank/bank.contract.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { LEVEL_SHORT, useLevelOptions } from '../lib/names.ts';
import { PagedTable, type Column } from '../lib/paged-table.tsx';
import { State, type Tone } from '../lib/state.tsx';
import { ItemDrawer } from './item-drawer.tsx';
import { bankMessages } from './messages.ts';
import { useSyllabus, type SyllabusHandle } from './syllabus.ts';

export const ITEM_TONES: Record<ItemState, Tone> = {
  draft: 'away',
  'in-review': 'attention',
  approved: 'ok',
  retired: 'held',
};

type Filters = Pick<ItemsQuery, 'level' | 'function' | 'content' | 'type' | 'difficulty' | 'status' | 'q'>;

/** The items, filtered. */
export function ItemsTab({ version }: { version: number }) {
  const text = useText(bankMessages);
  const syllabus = useSyllabus();
  const [filters, setFilters] = useState<Filters>({});
  const [open, setOpen] = useState<string>();
  const [moved, setMoved] = useState(0);
  const columns = useColumns(syllabus);
  return (
    <>
      <FilterBar syllabus={syllabus} filters={filters} onChange={setFilters} />
      <PagedTable<ItemView>
        path="/api/bank/items"
        query={filters}
        version={version + moved}
        columns={columns}
        rowKey={(item) => item.id}
        onOpen={(item) => {
          setOpen(item.id);
        }}
        empty={text('noItems')}
        minWidth={860}
      />
      <ItemDrawer
        itemId={open}
        syllabus={syllabus}
        onClose={() => {
          setOpen(undefined);
        }}
        onMoved={() => {
          setMoved((n) => n + 1);
        }}
      />
    </>
  );
}

function useColumns(syllabus: SyllabusHandle): Column<ItemView>[] {
  const text = useText(bankMessages);
  const of = useOf();
  return [
    { key: 'id', title: text('id'), width: 100, render: (item) => item.id },
    { key: 'stem', title: text('stem'), render: (item) => of(item.body.stem) },
    { key: 'level', title: text('level'), width: 104, render: (item) => of(LEVEL_SHORT[item.level]) },
    {
      key: 'content',
      title: text('content'),
      width: 170,
      render: (item) => `${item.content} ${syllabus.content(item.content)?.name ?? ''}`,
    },
    { key: 'type', title: text('type'), width: 116, render: (item) => of(ITEM_TYPE_NAMES[item.body.type]) },
    { key: 'difficulty', title: text('difficulty'), width: 82, render: (item) => text(item.difficulty) },
    {
      key: 'status',
      title: text('status'),
      width: 110,
      render: (item) => <State tone={ITEM_TONES[item.status]}>{text(item.status)}</State>,
    },
  ];
}

function FilterBar({
  syllabus,
  filters,
  onChange,
}: {
  syllabus: SyllabusHandle;
  filters: Filters;
  onChange(filters: Filters): void;
}) {
  const text = useText(bankMessages);
  const of = useOf();
  const levels = useLevelOptions();
  const functions = syllabus.functions(filters.level);
  const contents = functions.find((fn) => fn.code === filters.function)?.contents;
  const set = (change: Filters): void => {
    onChange({ ...filters, ...change });
  };
  const field = (
    name: keyof Filters & keyof typeof bankMessages,
    options: { value: string; label: string }[],
  ) => (
    <Select
      aria-label={text(name)}
      placeholder={text(name)}
      allowClear
      value={filters[name]}
      onChange={(value: string | undefined) => {
        set({ [name]: value });
      }}
      options={options}
      popupMatchSelectWidth={false}
    />
  );
  return (
    <div className="toolbar" role="search">
      <Select
        aria-label={text('level')}
        placeholder={text('level')}
        allowClear
        value={filters.level}
        onChange={(level) => {
          set({ level, function: undefined, content: undefined });
        }}
        options={levels}
      />
      <Select
        aria-label={text('function')}
        placeholder={text('function')}
        allowClear
        value={filters.function}
        onChange={(code: string | undefined) => {
          set({ function: code, content: undefined });
        }}
        options={functions.map((fn) => ({ value: fn.code, label: `${fn.code} ${fn.name}` }))}
        popupMatchSelectWidth={false}
      />
      {contents !== undefined &&
        field(
          'content',
          contents.map((content) => ({ value: content.code, label: `${content.code} ${content.name}` })),
        )}
      {field(
        'type',
        ITEM_TYPES.map((type) => ({ value: type, label: of(ITEM_TYPE_NAMES[type]) })),
      )}
      {field(
        'difficulty',
        DIFFICULTIES.map((value) => ({ value, label: text(value) })),
      )}
      {field(
        'status',
        ITEM_STATES.map((value) => ({ value, label: text(value) })),
      )}
      <Input.Search
        className="search"
        aria-label={text('searchItems')}
        placeholder={text('searchItems')}
        allowClear
        maxLength={100}
        onSearch={(q) => {
          set({ q: q.trim() === '' ? undefined : q.trim() });
        }}
      />
    </div>
  );
}
