import { useState } from 'react';
import type { SessionHandle } from '../lib/session.tsx';
import { errorText } from '../lib/api.ts';
import { LanguageSwitch, useLanguage, useText, type Messages } from '../lib/language.tsx';
import type { RoomRow } from '../../proctoring/proctoring.views.contract.ts';
import { RoomCard } from './room-card.tsx';
import { useRooms } from './use-rooms.ts';

const messages = {
  mine: { zh: '我的考场', en: 'My rooms' },
  duty: { zh: '全部考场', en: 'All rooms' },
  choose: { zh: '显示', en: 'Show' },
  loading: { zh: '正在打开……', en: 'Opening …' },
  none: { zh: '今天没有安排给您的考场。', en: 'No room is assigned to you today.' },
  noneHint: {
    zh: '排班由考务员在场次中安排。如应有考场，请联系考务员。',
    en: 'The exam officer draws up the roster. If there should be one, call the office.',
  },
  noneDuty: { zh: '没有考场。', en: 'There are no rooms.' },
  recordsOnly: { zh: '请从链接打开考场记录。', en: 'Open a room record by its link.' },
  retry: { zh: '重试', en: 'Try again' },
  signOut: { zh: '退出', en: 'Sign out' },
  trouble: { zh: '异常 {n}', en: 'In trouble: {n}' },
  total: { zh: '共 {n} 间', en: '{n} rooms' },
} satisfies Messages;

type List = 'mine' | 'duty';

/** The rooms that a staff member has to do with: their own today, and for the duty office all, trouble first. */
export function Lobby({ session }: { session: SessionHandle }) {
  const text = useText(messages);
  const { roles, name } = session.me;
  const works = roles.some((role) => ['invigilator', 'chief-invigilator', 'examiner'].includes(role));
  const oversees = roles.some((role) => ['chief-invigilator', 'exam-officer'].includes(role));
  const [list, setList] = useState<List>(works ? 'mine' : 'duty');
  const lists: readonly List[] = [
    ...(works ? (['mine'] as const) : []),
    ...(oversees ? (['duty'] as const) : []),
  ];
  return (
    <main className="lobby">
      <header>
        <h1>{text(list)}</h1>
        {lists.length > 1 && (
          <div className="segments" role="group" aria-label={text('choose')}>
            {lists.map((choice) => (
              <button
                key={choice}
                type="button"
                className="segment"
                aria-pressed={list === choice}
                onClick={() => {
                  setList(choice);
                }}
              >
                {text(choice)}
              </button>
            ))}
          </div>
        )}
        <span className="who">
          {name} <LanguageSwitch />
          <button type="button" className="button small" onClick={() => void session.signOut()}>
            {text('signOut')}
          </button>
        </span>
      </header>
      {lists.length > 0 ? (
        <Rooms key={list} list={list} hears={oversees} />
      ) : (
        <p className="empty-note">{text('recordsOnly')}</p>
      )}
    </main>
  );
}

const inTrouble = (room: RoomRow): boolean => room.breachSince !== undefined || room.state === 'held';

function Rooms({ list, hears }: { list: List; hears: boolean }) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const { rooms, total, error, refresh } = useRooms(list === 'mine' ? '/api/rooms' : '/api/duty', hears);
  const failure = error !== undefined && (
    <p className="notice trouble" role="alert">
      {errorText(error, lang)}{' '}
      <button type="button" className="button small" onClick={refresh}>
        {text('retry')}
      </button>
    </p>
  );
  if (rooms === undefined) return failure === false ? <p role="status">{text('loading')}</p> : failure;
  if (rooms.length === 0) {
    return (
      <div className="empty-note">
        <p>{text(list === 'mine' ? 'none' : 'noneDuty')}</p>
        {list === 'mine' && <p className="muted">{text('noneHint')}</p>}
      </div>
    );
  }
  const shown =
    list === 'mine'
      ? rooms
      : [...rooms].sort(
          (one, other) =>
            Number(inTrouble(other)) - Number(inTrouble(one)) ||
            Number(other.counts.late > 0) - Number(one.counts.late > 0) ||
            one.startsAt - other.startsAt,
        );
  const troubled = rooms.filter(inTrouble).length;
  return (
    <>
      {failure}
      {list === 'duty' && (
        <p className="summary">
          <b className={troubled > 0 ? 'status trouble' : 'status ok'}>{text('trouble', { n: troubled })}</b>{' '}
          <span className="muted">{text('total', { n: total })}</span>
        </p>
      )}
      <ul className="cards">
        {shown.map((room) => (
          <li key={room.roomId}>
            <RoomCard room={room} />
          </li>
        ))}
      </ul>
    </>
  );
}
