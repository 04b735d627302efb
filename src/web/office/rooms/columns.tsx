import type { RoomState } from '../../../sitting/room.rules.ts';
import type { RoomCounts, RoomRow } from '../../../proctoring/proctoring.views.contract.ts';
import { missingWords, RULE_WORDS, STAFF_WORDS } from '../../invigilator/staffing-words.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { dateTimeText, timeText } from '../../lib/time.ts';
import { LEVEL_SHORT, PART_SHORT } from '../lib/names.ts';
import type { Column } from '../lib/paged-table.tsx';
import { State, type Tone } from '../lib/state.tsx';
import { roomsMessages } from './messages.ts';

const TONES: Record<RoomState, Tone> = {
  closed: 'away',
  admitting: 'current',
  running: 'ok',
  held: 'held',
  collected: 'away',
};

/** The state of a room in words. */
export function RoomStateName({ state }: { state: RoomState }) {
  const text = useText(roomsMessages);
  return <State tone={TONES[state]}>{text(state)}</State>;
}

const dayText = (ms: number): string => dateTimeText(ms).slice(0, 10);

/** Time of a room: day, start and planned end. */
export const spanText = ({ startsAt, minutes }: RoomRow): string =>
  `${dateTimeText(startsAt)}–${timeText(startsAt + minutes * 60_000)}`;

/** The staffing verdict in short, with its numbers, over the rule with its clause; in a sentence when pointed at. */
function Staffing({ room: { part, state, verdict } }: { room: RoomRow }) {
  const text = useText(roomsMessages);
  const of = useOf();
  const { present, needed } = verdict;
  // Before a room opens nobody need be there yet: a lack is a reminder, not a breach.
  const tone = verdict.ok ? 'ok' : state === 'closed' ? 'attention' : 'trouble';
  const lack = verdict.ok
    ? ''
    : verdict.code === 'proctoring.even-examiners'
      ? text('even')
      : text('missing', { n: Math.max(1, needed - present) });
  return (
    <span className="room-cell" title={of(verdict.ok ? RULE_WORDS[part] : missingWords(part, verdict))}>
      <State tone={tone}>
        {of(STAFF_WORDS[part])}{' '}
        <span className="number">
          {present}/{needed}
        </span>
        {lack !== '' && ` · ${lack}`}
      </State>
      <small>{of(RULE_WORDS[part])}</small>
    </span>
  );
}

/** The room, the way to its console, and what is held there. */
function RoomName({ room }: { room: RoomRow }) {
  const of = useOf();
  const name = `${room.code} · ${room.name}`;
  return (
    <span className="room-cell">
      <a href={`/room#${room.roomId}`} title={name}>
        {name}
      </a>
      <small title={of(room.title)}>
        {of(LEVEL_SHORT[room.level])} · {of(PART_SHORT[room.part])}
      </small>
    </span>
  );
}

/** A count; nothing stands out at zero, and what wants attention is marked. */
function Count({ n, tone }: { n: number; tone?: Tone }) {
  if (n === 0) return <span className="muted">0</span>;
  return tone === undefined ? n : <State tone={tone}>{n}</State>;
}

/** The columns of the duty overview. */
export function useRoomColumns(): Column<RoomRow>[] {
  const text = useText(roomsMessages);
  const count = (
    key: 'answering' | 'offline' | 'hands' | 'incidents',
    field: keyof RoomCounts,
    width: number,
    tone?: Tone,
  ): Column<RoomRow> => ({
    key,
    title: text(key),
    width,
    align: 'right',
    render: ({ counts }) => <Count n={counts[field]} {...(tone === undefined ? {} : { tone })} />,
  });
  return [
    { key: 'room', title: text('room'), render: (room) => <RoomName room={room} /> },
    {
      key: 'startsAt',
      title: text('startsAt'),
      width: 124,
      render: ({ startsAt, minutes }) => (
        <span className="room-cell number">
          <span>{dayText(startsAt)}</span>
          <small>{`${timeText(startsAt)}–${timeText(startsAt + minutes * 60_000)}`}</small>
        </span>
      ),
    },
    {
      key: 'state',
      title: text('state'),
      width: 112,
      render: ({ state }) => <RoomStateName state={state} />,
    },
    { key: 'staffing', title: text('staffing'), width: 250, render: (room) => <Staffing room={room} /> },
    {
      key: 'arrived',
      title: text('arrived'),
      width: 76,
      align: 'right',
      render: ({ counts }) => `${String(counts.arrived)}/${String(counts.expected)}`,
    },
    count('answering', 'answering', 92),
    count('offline', 'offline', 78, 'attention'),
    count('hands', 'hands', 72, 'attention'),
    count('incidents', 'openIncidents', 90, 'trouble'),
  ];
}
