import { useState } from 'react';
import type { ConsoleSeat, ConsoleView } from '../../proctoring/proctoring.views.contract.ts';
import { byTrouble } from '../../proctoring/trouble.rules.ts';
import { useLanguage, useOf, useText, type Messages } from '../lib/language.tsx';
import { clockText } from '../lib/time.ts';
import { ownMinutes, seatRemaining } from './room-clock.ts';
import { agoText, elapsedText, seatNumber, statusOf } from './seat-status.ts';
import { Shape } from './shape.tsx';
import type { SelectionHandle } from './use-selection.ts';

const messages = {
  caption: { zh: '本考场考生', en: 'Candidates of this room' },
  choose: { zh: '选择 {seat} 号 {name}', en: 'Choose seat {seat}, {name}' },
  chosen: { zh: '选择', en: 'Choose' },
  seat: { zh: '座位', en: 'Seat' },
  name: { zh: '姓名', en: 'Name' },
  number: { zh: '准考证号', en: 'Admission no.' },
  state: { zh: '状态', en: 'State' },
  progress: { zh: '已答', en: 'Answered' },
  saved: { zh: '最后保存', en: 'Last save' },
  left: { zh: '剩余', en: 'Left' },
  flags: { zh: '标记', en: 'Flags' },
  form: { zh: '试卷', en: 'Form' },
  extra: { zh: '加时 {n} 分', en: '+{n} min' },
  twice: { zh: '登录 {n} 次', en: '{n} sign-ins' },
  nobody: { zh: '没有符合条件的座位。', en: 'No seat answers to this.' },
} satisfies Messages;

type Order = 'trouble' | 'seat' | 'name' | 'progress';
const ORDERS: Readonly<Record<Order, (one: ConsoleSeat, other: ConsoleSeat) => number>> = {
  trouble: byTrouble,
  seat: (one, other) => one.seat - other.seat,
  name: (one, other) => one.name.localeCompare(other.name, 'zh-CN'),
  progress: (one, other) => one.answered - other.answered || one.seat - other.seat,
};

interface SeatTableProps {
  view: ConsoleView;
  seats: readonly ConsoleSeat[];
  now: number;
  selection: SelectionHandle;
}

/** The same seats as a table: trouble first, or by what its head is pressed for. */
export function SeatTable({ view, seats, now, selection }: SeatTableProps) {
  const text = useText(messages);
  const [order, setOrder] = useState<Order>('trouble');
  const rows = [...seats].sort(ORDERS[order]);
  const head = (key: Order, word: keyof typeof messages, className = '') => (
    <th scope="col" className={className} aria-sort={order === key ? 'ascending' : 'none'}>
      <button
        type="button"
        className="sort"
        onClick={() => {
          setOrder(key);
        }}
      >
        {text(word)} <span aria-hidden="true">{order === key ? '↑' : ''}</span>
      </button>
    </th>
  );
  if (rows.length === 0) return <p className="empty-note">{text('nobody')}</p>;
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={text('caption')}>
      <table className="seat-table">
        <caption className="visually-hidden">{text('caption')}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{text('chosen')}</span>
            </th>
            {head('seat', 'seat', 'number')}
            {head('name', 'name')}
            {head('trouble', 'state')}
            {head('progress', 'progress', 'number')}
            <th scope="col" className="number">
              {text('saved')}
            </th>
            <th scope="col" className="number">
              {text('left')}
            </th>
            <th scope="col">{text('flags')}</th>
            <th scope="col">{text('form')}</th>
            <th scope="col">{text('number')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((seat) => (
            <Row
              key={seat.attemptId}
              view={view}
              seat={seat}
              now={now}
              selection={selection}
              order={rows.map(({ attemptId }) => attemptId)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  view,
  seat,
  now,
  selection,
  order,
}: Omit<SeatTableProps, 'seats'> & { seat: ConsoleSeat; order: readonly string[] }) {
  const text = useText(messages);
  const of = useOf();
  const { lang } = useLanguage();
  const status = statusOf(seat, view.room.startedAt);
  const left = seatRemaining(view, seat, now);
  const extra = ownMinutes(view, seat);
  const chosen = selection.chosen.has(seat.attemptId);
  return (
    <tr
      className={`${status.routine === true ? 'routine' : status.tone}${chosen ? ' chosen' : ''}`}
      onClick={(event) => {
        if ((event.target as HTMLElement).closest('input') !== null) return;
        const held = { shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey };
        selection.choose(seat.attemptId, held, order);
      }}
    >
      <td>
        <input
          type="checkbox"
          checked={chosen}
          aria-label={text('choose', { seat: seat.seat, name: seat.name })}
          onChange={() => {
            selection.choose(seat.attemptId, { shift: false, ctrl: true });
          }}
        />
      </td>
      <td className="number">{seatNumber(seat.seat)}</td>
      <th scope="row">{seat.name}</th>
      <td>
        <span className={`status ${status.tone}`}>
          <Shape name={status.shape} /> {of(status.word)}
          {status.since !== undefined && <i className="number"> {elapsedText(now - status.since, lang)}</i>}
        </span>
      </td>
      <td className="number">{seat.startedAt !== undefined && `${seat.answered}/${seat.total}`}</td>
      <td className="number">{seat.lastSaveAt !== undefined && agoText(now - seat.lastSaveAt, lang)}</td>
      <td className="number">{left !== undefined && clockText(left)}</td>
      <td>
        {[
          extra > 0 ? text('extra', { n: extra }) : '',
          seat.signIns > 1 ? text('twice', { n: seat.signIns }) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </td>
      <td>{seat.formLabel}</td>
      <td className="number left">{seat.admissionNumber}</td>
    </tr>
  );
}
