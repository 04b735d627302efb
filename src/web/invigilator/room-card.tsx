import type { RoomRow } from '../../proctoring/proctoring.views.contract.ts';
import { useOf, useText, type Messages } from '../lib/language.tsx';
import { dateTimeText, timeText } from '../lib/time.ts';
import { ROOM_SHAPES } from './headline.tsx';
import { DUTY_NAMES } from './room-panel.tsx';
import { Shape } from './shape.tsx';
import { LEVEL_SHORT, missingWords, PART_SHORT, RULE_WORDS, STAFF_WORDS } from './staffing-words.ts';

const messages = {
  closed: { zh: '未开放', en: 'Not open' },
  admitting: { zh: '入场', en: 'Admitting' },
  running: { zh: '考试中', en: 'Running' },
  held: { zh: '已暂停', en: 'On hold' },
  collected: { zh: '已收卷', en: 'Collected' },
  duty: { zh: '您：{duty}', en: 'You: {duty}' },
  expected: { zh: '应到 {n}', en: 'expected {n}' },
  arrived: { zh: '在场 {n}', en: 'in {n}' },
  offline: { zh: '离线 {n}', en: 'off line {n}' },
  hands: { zh: '举手 {n}', en: 'hands up {n}' },
  incidents: { zh: '异常 {n}', en: 'incidents {n}' },
  late: { zh: '{n} 人有迟到答案，待主考决定', en: 'late answers of {n}, for the chief to decide' },
} satisfies Messages;

/** One room of the list: when, what, its state and its staffing verdict. The whole card opens the console. */
export function RoomCard({ room }: { room: RoomRow }) {
  const text = useText(messages);
  const of = useOf();
  const { counts, verdict, part } = room;
  const breach = room.breachSince !== undefined;
  const tone = verdict.ok ? 'ok' : room.state === 'closed' ? 'attention' : 'trouble';
  const over = room.state === 'collected';
  return (
    <a className={`room-card${breach || room.state === 'held' ? ' alarm' : ''}`} href={`#${room.roomId}`}>
      <span className="card-head">
        <strong>
          {room.name} <small>{room.code}</small>
        </strong>
        <span className={`chip room-state ${room.state}`}>
          <Shape name={ROOM_SHAPES[room.state]} /> {text(room.state)}
        </span>
      </span>
      <span className="card-time number">
        {dateTimeText(room.startsAt)}–{timeText(room.startsAt + room.minutes * 60_000)}
      </span>
      <span>
        {of(LEVEL_SHORT[room.level])} · {of(PART_SHORT[part])}
      </span>
      {!over && (
        <span className={`status ${tone}`}>
          <Shape name={tone} />{' '}
          {verdict.ok ? (
            <>
              {of(STAFF_WORDS[part])} {verdict.present}/{verdict.needed} · {of(RULE_WORDS[part])}
            </>
          ) : (
            of(missingWords(part, verdict))
          )}
        </span>
      )}
      {counts.late > 0 && (
        <span className="status attention">
          <Shape name="attention" /> {text('late', { n: counts.late })}
        </span>
      )}
      <span className="card-counts muted number">
        {[
          text('expected', { n: counts.expected }),
          text('arrived', { n: counts.arrived }),
          counts.offline > 0 ? text('offline', { n: counts.offline }) : '',
          counts.hands > 0 ? text('hands', { n: counts.hands }) : '',
          counts.openIncidents > 0 ? text('incidents', { n: counts.openIncidents }) : '',
          room.duty === undefined ? '' : text('duty', { duty: of(DUTY_NAMES[room.duty]) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </a>
  );
}
