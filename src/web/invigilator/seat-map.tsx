import { useMemo, useRef, type CSSProperties, type KeyboardEvent, type MouseEvent } from 'react';
import type { ConsoleSeat, ConsoleView } from '../../proctoring/proctoring.views.contract.ts';
import { useText, type Messages } from '../lib/language.tsx';
import type { SeatAction } from './actions.ts';
import { ACTION_KEYS } from './command-names.ts';
import { SeatCell } from './seat-cell.tsx';
import { seatNumber } from './seat-status.ts';
import type { SelectionHandle } from './use-selection.ts';

const messages = {
  label: {
    zh: '座位图。方向键移动，空格选择，Shift 或 Ctrl 多选，Ctrl+A 全选，Esc 取消',
    en: 'Seat map. Arrow keys move, Space chooses, Shift or Ctrl several, Ctrl+A all, Escape none',
  },
} satisfies Messages;

interface SeatMapProps {
  view: ConsoleView;
  seats: readonly ConsoleSeat[];
  now: number;
  selection: SelectionHandle;
  /** Whether a seat is inside the filter and the search. */
  inside(seat: ConsoleSeat): boolean;
  onAction(action: SeatAction): void;
}

/** Where an arrow key leads from a seat number; undefined for other keys. */
function stepOf(key: string, columns: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
  };
  return steps[key];
}

/** The next taken seat from `from` in steps of `step`; undefined at the wall. */
function nextSeat(
  seats: ReadonlyMap<number, ConsoleSeat>,
  from: number,
  step: number,
  last: number,
): ConsoleSeat | undefined {
  for (let number = from + step; number >= 1 && number <= last; number += step) {
    const seat = seats.get(number);
    if (seat !== undefined) return seat;
  }
  return undefined;
}

/** The seats as they stand in the room, row by row from the front. */
export function SeatMap({ view, seats, now, selection, inside, onAction }: SeatMapProps) {
  const text = useText(messages);
  const map = useRef<HTMLDivElement>(null);
  const byNumber = useMemo(() => new Map(seats.map((seat) => [seat.seat, seat])), [seats]);
  const last = Math.max(view.room.seats, ...byNumber.keys());
  const { columns } = view.room;
  const cursor = seats.find(({ attemptId }) => attemptId === selection.cursor) ?? seats[0];

  const focusSeat = (seat: ConsoleSeat): void => {
    map.current?.querySelector<HTMLElement>(`[data-attempt="${CSS.escape(seat.attemptId)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (cursor === undefined) return;
    const held = { shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey };
    const focused = document.activeElement?.getAttribute('data-attempt');
    const here = seats.find(({ attemptId }) => attemptId === focused) ?? cursor;
    const step = stepOf(event.key, columns);
    if (step !== undefined) {
      event.preventDefault();
      const next = nextSeat(byNumber, here.seat, step, last);
      if (next === undefined) return;
      focusSeat(next);
      if (!held.ctrl) selection.choose(next.attemptId, held);
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      selection.choose(here.attemptId, { ...held, ctrl: held.ctrl || event.key === ' ' });
    } else if (held.ctrl && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      selection.set(seats.filter(inside).map(({ attemptId }) => attemptId));
    } else if (event.key === 'Escape') {
      selection.clear();
    } else if (!held.ctrl && !event.altKey) {
      const action = Object.entries(ACTION_KEYS).find(([, key]) => key === event.key.toUpperCase())?.[0];
      if (action === undefined) return;
      event.preventDefault();
      onAction(action as SeatAction);
    }
  };
  const onClick = (event: MouseEvent): void => {
    const id = (event.target as HTMLElement).closest('[data-attempt]')?.getAttribute('data-attempt');
    if (id === undefined || id === null) return;
    selection.choose(id, { shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey });
  };

  return (
    <div
      ref={map}
      className="seat-map"
      role="listbox"
      aria-multiselectable="true"
      aria-label={text('label')}
      style={{ '--columns': columns } as CSSProperties}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {Array.from({ length: last }, (_, index) => {
        const seat = byNumber.get(index + 1);
        if (seat === undefined) {
          return (
            <div key={index} className="seat empty" aria-hidden="true">
              <span className="number">{seatNumber(index + 1)}</span>
            </div>
          );
        }
        return (
          <SeatCell
            key={index}
            view={view}
            seat={seat}
            now={now}
            chosen={selection.chosen.has(seat.attemptId)}
            current={seat.attemptId === cursor?.attemptId}
            faded={!inside(seat)}
          />
        );
      })}
    </div>
  );
}
