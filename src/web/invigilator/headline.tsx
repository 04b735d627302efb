import type { ConsoleView } from '../../proctoring/proctoring.views.contract.ts';
import type { RoomState } from '../../sitting/room.rules.ts';
import { LanguageSwitch, useOf, useText, type Messages } from '../lib/language.tsx';
import { clockText, timeText } from '../lib/time.ts';
import { roomClock, type RoomClock } from './room-clock.ts';
import { Shape } from './shape.tsx';
import { LEVEL_SHORT, missingWords, PART_SHORT, RULE_WORDS, STAFF_WORDS } from './staffing-words.ts';
import type { ShapeName } from './seat-status.ts';
import type { SoundHandle } from './use-sound.ts';

const messages = {
  rooms: { zh: '我的考场', en: 'My rooms' },
  here: { zh: '在场', en: 'in' },
  inOf: { zh: '在场 {n}，应到 {m}', en: '{n} in, {m} expected' },
  offline: { zh: '离线', en: 'Off line' },
  incidents: { zh: '异常', en: 'Incidents' },
  untilStart: { zh: '距开考', en: 'Starts in' },
  overdue: { zh: '已过开考时间', en: 'Start overdue' },
  left: { zh: '剩余', en: 'Left' },
  stopped: { zh: '剩余（停表）', en: 'Left (stopped)' },
  over: { zh: '已结束', en: 'Over' },
  closed: { zh: '未开放', en: 'Not open' },
  admitting: { zh: '入场', en: 'Admitting' },
  running: { zh: '考试中', en: 'Running' },
  held: { zh: '已暂停', en: 'On hold' },
  collected: { zh: '已收卷', en: 'Collected' },
  grace: { zh: '{n} 秒后考场暂停', en: 'on hold in {n} s' },
  heldStaffed: { zh: '考场暂停中，可以恢复', en: 'On hold; it can be resumed' },
  closedNow: { zh: '考场已结束', en: 'The room is closed' },
  collectedAt: { zh: '{time} 收卷', en: 'collected at {time}' },
  heldNow: { zh: '考场已暂停', en: 'The room is on hold' },
  mute: { zh: '静音 1 分钟', en: 'Mute for a minute' },
  muted: { zh: '已静音', en: 'Muted' },
} satisfies Messages;

export const ROOM_SHAPES: Readonly<Record<RoomState, ShapeName>> = {
  closed: 'away',
  admitting: 'ok',
  running: 'ok',
  held: 'held',
  collected: 'done',
};

/** The head of the console: first of all whether the room is lawfully staffed. A breach turns the whole line into a red band. */
export function Headline({ view, now, sound }: { view: ConsoleView; now: number; sound: SoundHandle }) {
  const text = useText(messages);
  const of = useOf();
  const { room, sitting, staffing } = view;
  const breach = staffing.breachSince !== undefined;
  return (
    <header className={`headline${breach ? ' breach' : ''}`}>
      <div className="headline-room">
        <a href="#" aria-label={text('rooms')} title={text('rooms')} className="back">
          ‹
        </a>
        <div>
          <h1>
            {room.name} <small>{room.code}</small>
          </h1>
          <p>
            {of(LEVEL_SHORT[sitting.level])} · {of(PART_SHORT[sitting.part])} · {timeText(sitting.startsAt)}–
            {timeText(sitting.startsAt + sitting.minutes * 60_000)}
          </p>
        </div>
        <span className={`chip room-state ${room.state}`}>
          <Shape name={ROOM_SHAPES[room.state]} /> {text(room.state)}
        </span>
      </div>
      {breach ? <Breach view={view} now={now} /> : <Verdict view={view} />}
      <Counts view={view} />
      <Clock clock={roomClock(view, now)} />
      <span className="headline-tools">
        <button
          type="button"
          className="button quiet small"
          aria-pressed={sound.muted}
          onClick={() => {
            sound.toggle();
          }}
        >
          {text(sound.muted ? 'muted' : 'mute')}
        </button>
        <LanguageSwitch />
      </span>
    </header>
  );
}

function Verdict({ view }: { view: ConsoleView }) {
  const text = useText(messages);
  const of = useOf();
  const { part, verdict } = view.staffing;
  // Before the opening too few is no breach yet, but the reason why the room stays shut.
  const tone = verdict.ok ? 'ok' : 'attention';
  const { collectedAt } = view.room;
  if (view.room.state === 'collected') {
    return (
      <div className="verdict" role="status">
        <strong>{text('closedNow')}</strong>
        {collectedAt !== undefined && (
          <span className="muted number">{text('collectedAt', { time: timeText(collectedAt) })}</span>
        )}
      </div>
    );
  }
  return (
    <div className={`verdict ${tone}`} role="status">
      <strong>
        <Shape name={tone} /> {of(STAFF_WORDS[part])}{' '}
        <span className="number">
          {verdict.present}/{verdict.needed}
        </span>
      </strong>
      {view.room.state === 'held' ? (
        <b className="status held">
          <Shape name="held" /> {text('heldStaffed')}
        </b>
      ) : (
        <span>{verdict.ok ? of(RULE_WORDS[part]) : of(missingWords(part, verdict))}</span>
      )}
    </div>
  );
}

/** The seconds run beside the alert, not in it: it is read out once, not each second. */
function Breach({ view, now }: { view: ConsoleView; now: number }) {
  const text = useText(messages);
  const of = useOf();
  const { part, verdict, holdsAt } = view.staffing;
  const held = view.room.state === 'held';
  return (
    <div className="verdict">
      <strong role="alert">
        <Shape name="trouble" /> {of(missingWords(part, verdict))}
      </strong>
      <span className="number" role="timer" aria-live="off">
        {held
          ? text('heldNow')
          : holdsAt !== undefined && text('grace', { n: Math.max(0, Math.ceil((holdsAt - now) / 1000)) })}
      </span>
    </div>
  );
}

function Counts({ view }: { view: ConsoleView }) {
  const text = useText(messages);
  const expected = view.seats.length;
  const present = view.seats.filter((seat) => seat.arrivedAt !== undefined).length;
  const offline = view.seats.filter(({ troubles }) => troubles.includes('line-lost')).length;
  const incidents = view.openIncidents.length;
  return (
    <ul className="counts">
      <li aria-label={text('inOf', { n: present, m: expected })}>
        <b className="number">
          {present}/{expected}
        </b>{' '}
        {text('here')}
      </li>
      <li className={offline > 0 ? 'trouble' : 'quiet'}>
        {offline > 0 && <Shape name="trouble" />} {text('offline')} <b className="number">{offline}</b>
      </li>
      <li className={incidents > 0 ? 'attention' : 'quiet'}>
        {incidents > 0 && <Shape name="attention" />} {text('incidents')}{' '}
        <b className="number">{incidents}</b>
      </li>
    </ul>
  );
}

function Clock({ clock }: { clock: RoomClock }) {
  const text = useText(messages);
  const word = ((): string => {
    switch (clock.kind) {
      case 'until-start':
        return text('untilStart');
      case 'overdue':
        return text('overdue');
      case 'left':
        return text(clock.stopped ? 'stopped' : 'left');
      case 'over':
        return '';
    }
  })();
  return (
    <span className="room-clock">
      <span>{word}</span>
      <b className="number" role="timer" aria-live="off">
        {clock.kind === 'over' ? text('over') : clockText(clock.ms)}
      </b>
    </span>
  );
}
