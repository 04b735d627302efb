import type { ExaminerRoom } from '../../marking/marking.contract.ts';
import type { DefenceState } from '../../review/defence.rules.ts';
import type { DefenceSummary } from '../../review/review.contract.ts';
import type { Role } from '../../shared/roles.ts';
import { useOf, useText, type Messages } from '../lib/language.tsx';
import { LoadState } from '../lib/load-state.tsx';
import { dateTimeText } from '../lib/time.ts';
import { useLoaded } from '../lib/use-loaded.ts';

const messages = {
  rooms: { zh: '技能考评', en: 'Skill tests' },
  noRooms: { zh: '暂时没有分配给您的考场。', en: 'No room has been given to you yet.' },
  reviews: { zh: '综合评审', en: 'Comprehensive reviews' },
  noReviews: { zh: '暂时没有您参加的评审。', en: 'You sit on no panel yet.' },
  room: { zh: '{code} 考场', en: 'Room {code}' },
  sealed: { zh: '已封存 {sealed}/{candidates}', en: '{sealed} of {candidates} sealed' },
  candidate: { zh: '考生 {number}', en: 'Candidate {number}' },
  members: { zh: '委员 {n} 人', en: '{n} members' },
} satisfies Messages;

const STATES: Record<DefenceState, { zh: string; en: string }> = {
  scheduled: { zh: '○ 待答辩', en: '○ Scheduled' },
  defending: { zh: '▶ 答辩中', en: '▶ In progress' },
  deliberating: { zh: '… 评议中', en: '… Deliberating' },
  final: { zh: '✓ 已定', en: '✓ Final' },
};

const EVERY_MS = 15_000;

/** What waits for the person: rooms to score, reviews to sit on. */
export function Work({ roles }: { roles: readonly Role[] }) {
  return (
    <main className="work">
      {roles.includes('examiner') && <Rooms />}
      {roles.includes('panel-member') && <Reviews />}
    </main>
  );
}

function Rooms() {
  const text = useText(messages);
  const of = useOf();
  const { state, reload } = useLoaded<{ items: ExaminerRoom[] }>('/api/marking/rooms', EVERY_MS);
  const items = state.kind === 'loaded' ? state.value.items : [];
  return (
    <section aria-labelledby="rooms">
      <h1 id="rooms">{text('rooms')}</h1>
      <LoadState state={state} onRetry={reload} />
      {state.kind === 'loaded' && items.length === 0 && <p className="empty">{text('noRooms')}</p>}
      <ul className="cards">
        {items.map((room) => (
          <li key={room.roomId}>
            <a className="card" href={`#/room/${encodeURIComponent(room.roomId)}`}>
              <strong>{text('room', { code: room.roomCode })}</strong>
              <span>{of(room.title)}</span>
              <span className="number">{dateTimeText(room.startsAt)}</span>
              <span className={room.sealed === room.candidates && room.candidates > 0 ? 'done' : ''}>
                {text('sealed', { sealed: room.sealed, candidates: room.candidates })}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Reviews() {
  const text = useText(messages);
  const of = useOf();
  const { state, reload } = useLoaded<{ items: DefenceSummary[] }>('/api/review/defences', EVERY_MS);
  const items = state.kind === 'loaded' ? state.value.items : [];
  return (
    <section aria-labelledby="reviews">
      <h1 id="reviews">{text('reviews')}</h1>
      <LoadState state={state} onRetry={reload} />
      {state.kind === 'loaded' && items.length === 0 && <p className="empty">{text('noReviews')}</p>}
      <ul className="cards">
        {items.map((defence) => (
          <li key={defence.id}>
            <a className="card" href={`#/defence/${encodeURIComponent(defence.id)}`}>
              <strong>{text('candidate', { number: defence.admissionNumber })}</strong>
              <span>{of(defence.title)}</span>
              <span className="number">{dateTimeText(defence.startsAt)}</span>
              <span>
                {of(STATES[defence.state])} · {text('members', { n: defence.members })}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
