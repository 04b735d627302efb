import type { ReactNode } from 'react';
import { problemOf } from '../../shared/errors/index.ts';
import type { ConsoleSeat, ConsoleView } from '../../proctoring/proctoring.views.contract.ts';
import type { Duty } from '../../sitting/staffing.rules.ts';
import type { Text } from '../../shared/text.ts';
import { useLanguage, useOf, useText, type Messages } from '../lib/language.tsx';
import { timeText } from '../lib/time.ts';
import { judgeRoomAction, REFUSALS, type RoomAction, type SeatAction } from './actions.ts';
import { ActionGrid } from './action-grid.tsx';
import { AnswerFileOutcomes, AnswerFilePicker } from './answer-files.tsx';
import { LateRoom } from './late-room.tsx';
import { ReasonButton } from './reason-button.tsx';
import { Shape } from './shape.tsx';
import type { AnswerFilesHandle } from './use-answer-files.ts';

const messages = {
  label: { zh: '全场', en: 'Whole room' },
  hint: { zh: '点选座位以操作单个或多个考生', en: 'Choose seats to act on one or several' },
  open: { zh: '开放考场', en: 'Open the room' },
  present: { zh: '在岗', en: 'Present' },
  nobody: { zh: '还没有人在岗', en: 'Nobody is present yet' },
  since: { zh: '{time} 起', en: 'since {time}' },
  hold: { zh: '暂停考场', en: 'Put on hold' },
  resume: { zh: '恢复考场', en: 'Resume room' },
  close: { zh: '结束考场', en: 'Close room' },
  sign: { zh: '签署记录', en: 'Sign record' },
  record: { zh: '考场记录', en: 'Room record' },
} satisfies Messages;

export const DUTY_NAMES: Readonly<Record<Duty, Text>> = {
  invigilator: { zh: '监考员', en: 'Invigilator' },
  'chief-invigilator': { zh: '主考', en: 'Chief' },
  examiner: { zh: '考评员', en: 'Examiner' },
};

interface RoomPanelProps {
  view: ConsoleView;
  seats: readonly ConsoleSeat[];
  now: number;
  busy: boolean;
  onOpen(): void;
  onRoomAction(action: RoomAction): void;
  onAction(action: SeatAction): void;
  answerFiles: AnswerFilesHandle;
  onDecideLate(attemptIds: readonly string[]): void;
  /** The open incidents. */
  children: ReactNode;
}

/** Nothing chosen: the room itself. Opening with its reasons, who is present, what can be done to all. */
export function RoomPanel(props: RoomPanelProps) {
  const { view, seats, busy, onOpen, onAction } = props;
  const text = useText(messages);
  const { room } = view;
  return (
    <aside className="side-panel" aria-label={text('label')}>
      <header className="panel-head plain">
        <h2>{text('label')}</h2>
      </header>
      {room.state === 'closed' && <Opening view={view} busy={busy} onOpen={onOpen} />}
      <AnswerFileOutcomes handle={props.answerFiles} />
      <LateRoom view={view} seats={seats} busy={busy} onDecideLate={props.onDecideLate} />
      {props.children}
      <Present view={view} />
      <RoomActions {...props} />
      {room.state !== 'closed' && room.state !== 'collected' && (
        <>
          <ActionGrid
            view={view}
            targets={seats}
            without={['refuse-identity', 'move-seat', 'hand-over', 'terminate']}
            busy={busy}
            onAction={onAction}
          />
          <p className="muted hint">{text('hint')}</p>
        </>
      )}
    </aside>
  );
}

/** "Open the room", and beside it every reason why not. */
function Opening({ view, busy, onOpen }: { view: ConsoleView; busy: boolean; onOpen: () => void }) {
  const text = useText(messages);
  const of = useOf();
  const { lang } = useLanguage();
  const reasons = view.opening.map(({ code, params }) => problemOf(code, { params })[lang]);
  if (!view.me.commands) reasons.push(of(REFUSALS['looks-only']));
  return (
    <section className="opening">
      <ReasonButton
        className="button primary large"
        beside
        busy={busy}
        reason={reasons.length === 0 ? undefined : reasons.join('\n')}
        onPress={onOpen}
      >
        {text('open')}
      </ReasonButton>
    </section>
  );
}

function Present({ view }: { view: ConsoleView }) {
  const text = useText(messages);
  const of = useOf();
  const { present } = view.staffing;
  return (
    <section>
      <h3>{text('present')}</h3>
      {present.length === 0 && <p className="muted">{text('nobody')}</p>}
      <ul className="present-list">
        {present.map((person) => (
          <li key={person.accountId}>
            <span className="status ok">
              <Shape name="ok" />
            </span>
            <b>{person.name}</b>
            <span className="muted">
              {of(DUTY_NAMES[person.duty])} ·{' '}
              <span className="number">{text('since', { time: timeText(person.since) })}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RoomActions({ view, seats, now, busy, answerFiles, onRoomAction }: RoomPanelProps) {
  const text = useText(messages);
  const of = useOf();
  const { room, me } = view;
  const actions: readonly RoomAction[] = room.state === 'collected' ? ['sign'] : ['hold', 'resume', 'close'];
  return (
    <div className="action-grid" role="group" aria-label={text('label')}>
      {room.state !== 'closed' &&
        actions.map((action) => {
          const refusal = judgeRoomAction(action, room, seats, {
            commands: me.commands,
            now,
            staffed: view.staffing.verdict.ok,
          });
          return (
            <ReasonButton
              key={action}
              className={`button action do-${action}`}
              busy={busy}
              reason={refusal === undefined ? undefined : of(REFUSALS[refusal])}
              onPress={() => {
                onRoomAction(action);
              }}
            >
              {text(action)}
            </ReasonButton>
          );
        })}
      <a className="button action" href={`#${room.id}/record`}>
        {text('record')}
      </a>
      {room.startedAt !== undefined && me.commands && <AnswerFilePicker handle={answerFiles} />}
    </div>
  );
}
