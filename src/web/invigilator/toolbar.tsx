import { useEffect, useRef } from 'react';
import type { ConsoleSeat } from '../../proctoring/proctoring.views.contract.ts';
import { useText, type Messages } from '../lib/language.tsx';
import { FILTERS, passes, type Filter } from './seat-status.ts';

const messages = {
  filters: { zh: '筛选座位', en: 'Filter the seats' },
  all: { zh: '全部', en: 'All' },
  attention: { zh: '需关注', en: 'Needs attention' },
  missing: { zh: '未到', en: 'Not arrived' },
  hand: { zh: '举手', en: 'Hand up' },
  search: { zh: '座位号、姓名或准考证号', en: 'Seat, name or number' },
  selectShown: { zh: '选中所示', en: 'Select shown' },
  view: { zh: '显示方式', en: 'Shown as' },
  map: { zh: '座位图', en: 'Seat map' },
  table: { zh: '列表', en: 'Table' },
} satisfies Messages;

export type Shown = 'map' | 'table';

interface ToolbarProps {
  seats: readonly ConsoleSeat[];
  filter: Filter;
  onFilter(filter: Filter): void;
  search: string;
  onSearch(search: string): void;
  shown: Shown;
  onShown(shown: Shown): void;
  onSelectShown(): void;
}

/** Filters with their counts, search, and the choice of map or table. "/" goes to the search. */
export function Toolbar(props: ToolbarProps) {
  const text = useText(messages);
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const typing = (event.target as HTMLElement).closest('input, textarea, select, dialog') !== null;
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      search.current?.focus();
    };
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', listen);
    };
  }, []);
  return (
    <div className="toolbar">
      <div className="segments" role="group" aria-label={text('filters')}>
        {FILTERS.map((filter) => (
          <button
            key={filter}
            type="button"
            className={`segment ${filter}`}
            aria-pressed={props.filter === filter}
            onClick={() => {
              props.onFilter(filter);
            }}
          >
            {text(filter)}{' '}
            <b className="number">{props.seats.filter((seat) => passes(seat, filter)).length}</b>
          </button>
        ))}
      </div>
      <input
        ref={search}
        type="search"
        className="search"
        aria-label={text('search')}
        placeholder={`${text('search')}  /`}
        value={props.search}
        onChange={(event) => {
          props.onSearch(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') props.onSearch('');
        }}
      />
      <button
        type="button"
        className="button small"
        onClick={() => {
          props.onSelectShown();
        }}
      >
        {text('selectShown')}
      </button>
      <div className="segments views" role="group" aria-label={text('view')}>
        {(['map', 'table'] as const).map((shown) => (
          <button
            key={shown}
            type="button"
            className="segment"
            aria-pressed={props.shown === shown}
            onClick={() => {
              props.onShown(shown);
            }}
          >
            {text(shown)}
          </button>
        ))}
      </div>
    </div>
  );
}
