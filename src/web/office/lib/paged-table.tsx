import { Empty, Table } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Page } from '../../../shared/paging.ts';
import { useText } from '../../lib/language.tsx';
import { useLoad, withQuery } from './load.ts';
import { commonMessages } from './messages.ts';
import { Refusal } from './refusal.tsx';

/** A column: what its head says and what a row shows there. Columns without a width share what is left. */
export interface Column<T> {
  key: string;
  title: ReactNode;
  render(row: T): ReactNode;
  width?: number;
  align?: 'right' | 'center';
}

interface PagedTableProps<T> {
  path: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Grows when something has changed and the page is to be asked for again. */
  version?: number;
  columns: readonly Column<T>[];
  rowKey(row: T): string;
  /** Opens a row; the first column becomes its button. */
  onOpen?(row: T): void;
  /** What is said when there is nothing, and what to do about it. */
  empty: ReactNode;
  /** Least width before the table scrolls inside its frame. */
  minWidth?: number;
  selection?: {
    keys: readonly string[];
    onChange(keys: string[], rows: T[]): void;
    disabled?(row: T): boolean;
  };
  pageSize?: number;
}

const SIZES = [20, 50, 100];

/** A list that the server pages. Asks again from the first page when the query changes. */
export function PagedTable<T extends object>(props: PagedTableProps<T>) {
  const { path, query = {}, version = 0, pageSize = 20 } = props;
  const text = useText(commonMessages);
  const asked = withQuery(path, query);
  const [at, setAt] = useState({ asked, page: 1, size: pageSize });
  const page = at.asked === asked ? at.page : 1;
  const url = withQuery(path, { ...query, offset: (page - 1) * at.size, limit: at.size });
  const load = useLoad<Page<T>>(url, true);
  const [seen, setSeen] = useState(version);
  if (seen !== version) {
    setSeen(version);
    load.reload();
  }
  if (load.error !== undefined) return <Refusal error={load.error} onRetry={load.reload} />;
  const still = props.onOpen === undefined && props.selection === undefined;
  return (
    <Table<T>
      ref={still ? scrollByKeyboard : null}
      size="medium"
      tableLayout="fixed"
      dataSource={load.data?.items ?? []}
      loading={load.loading && { delay: 150 }}
      rowKey={props.rowKey}
      columns={tableColumns(props)}
      scroll={{ x: props.minWidth ?? 720 }}
      {...(props.onOpen === undefined
        ? {}
        : { rowClassName: 'opens', onRow: (row: T) => opensRow(row, props.onOpen) })}
      {...(props.selection === undefined ? {} : { rowSelection: selectionOf(props.selection) })}
      locale={{ emptyText: load.data === undefined ? text('loading') : <Nothing>{props.empty}</Nothing> }}
      pagination={{
        current: page,
        pageSize: at.size,
        total: load.data?.total ?? 0,
        showSizeChanger: (load.data?.total ?? 0) > 20,
        pageSizeOptions: SIZES,
        hideOnSinglePage: false,
        size: 'small',
        showTotal: (n) => text('total', { n }),
        onChange: (next, size) => {
          setAt({ asked, page: size === at.size ? next : 1, size });
        },
      }}
    />
  );
}

/** A table without anything to press must itself take the focus, or its frame cannot be scrolled by keyboard. */
function scrollByKeyboard(table: { nativeElement: HTMLElement } | null): void {
  table?.nativeElement.querySelector('.ant-table-content')?.setAttribute('tabindex', '0');
}

function Nothing({ children }: { children: ReactNode }) {
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={children} />;
}

function opensRow<T>(row: T, onOpen: ((row: T) => void) | undefined) {
  return {
    onClick: (event: React.MouseEvent) => {
      if ((event.target as HTMLElement).closest('button, a, input, label') === null) onOpen?.(row);
    },
  };
}

function tableColumns<T extends object>({ columns, onOpen }: PagedTableProps<T>) {
  return columns.map(({ key, title, render, width, align }, index) => ({
    key,
    title,
    ...(width === undefined ? {} : { width }),
    ...(align === undefined ? {} : { align, className: 'number' }),
    ellipsis: true,
    render: (_: unknown, row: T) =>
      index === 0 && onOpen !== undefined ? (
        <button
          type="button"
          className="row-link"
          onClick={() => {
            onOpen(row);
          }}
        >
          {render(row)}
        </button>
      ) : (
        render(row)
      ),
  }));
}

function selectionOf<T extends object>(selection: NonNullable<PagedTableProps<T>['selection']>) {
  return {
    selectedRowKeys: [...selection.keys],
    preserveSelectedRowKeys: true,
    onChange: (keys: React.Key[], rows: T[]) => {
      selection.onChange(keys.map(String), rows);
    },
    getCheckboxProps: (row: T) => ({ disabled: selection.disabled?.(row) ?? false }),
  };
}
