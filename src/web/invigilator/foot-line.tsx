import type { ConsoleView } from '../../proctoring/proctoring.views.contract.ts';
import { useLanguage, useOf, useText, type Messages } from '../lib/language.tsx';
import { errorText } from '../lib/api.ts';
import { timeText } from '../lib/time.ts';
import { Acknowledged } from './acknowledged.tsx';
import { LEDGER_KIND_NAMES } from './command-names.ts';
import { amountText } from './ledger-words.ts';
import { seatNumber } from './seat-status.ts';
import { Shape } from './shape.tsx';
import type { PresenceHandle } from './use-presence.ts';

const messages = {
  label: { zh: '最近的加时与消息', en: 'Latest changes of time and messages' },
  time: { zh: '{at} {who}{n}（{why}）', en: '{at} {who}{n} ({why})' },
  message: { zh: '{at} {who}消息“{text}”', en: '{at} {who}message “{text}”' },
  seat: { zh: '{seat} 号 ', en: 'Seat {seat} ' },
  seats: { zh: '{n} 人 ', en: '{n} candidates ' },
  whole: { zh: '全场 ', en: 'Whole room ' },
  nothing: { zh: '还没有加时或消息', en: 'No changes of time and no messages yet' },
  here: { zh: '我在岗', en: 'I am here' },
  present: { zh: '在岗', en: 'Present' },
  leave: { zh: '交接离岗', en: 'Hand over and leave' },
  live: { zh: '实时', en: 'Live' },
  offline: { zh: '连接中断，所示为 {time} 的情况', en: 'The line is down; shown as of {time}' },
} satisfies Messages;

interface FootLineProps {
  view: ConsoleView;
  connected: boolean;
  presence: PresenceHandle;
  onLeave(): void;
  onSelect(attemptIds: readonly string[]): void;
}

/** The foot: the last change of time and message with how many have acknowledged them, the line, and one's own presence. */
export function FootLine({ view, connected, presence, onLeave, onSelect }: FootLineProps) {
  const text = useText(messages);
  const { lang } = useLanguage();
  return (
    <footer className="foot">
      <Latest view={view} onSelect={onSelect} />
      <span className={`status ${connected ? 'ok' : 'trouble'}`} role="status">
        <Shape name={connected ? 'ok' : 'trouble'} />{' '}
        {connected ? text('live') : text('offline', { time: timeText(view.now, true) })}
      </span>
      {view.me.duty !== undefined && view.room.state !== 'collected' && (
        <span className="presence">
          {presence.error !== undefined && (
            <span className="status trouble" role="alert">
              <Shape name="trouble" /> {errorText(presence.error, lang)}
            </span>
          )}
          {presence.present ? (
            <>
              <span className="status ok">
                <Shape name="ok" /> {text('present')}
              </span>
              <button type="button" className="button small" onClick={onLeave}>
                {text('leave')}
              </button>
            </>
          ) : (
            <button type="button" className="button primary" onClick={() => void presence.enter()}>
              {text('here')}
            </button>
          )}
        </span>
      )}
    </footer>
  );
}

const SHOWN = 3;

function Latest({ view, onSelect }: Pick<FootLineProps, 'view' | 'onSelect'>) {
  const text = useText(messages);
  const of = useOf();
  const { lang } = useLanguage();
  const whom = (attemptIds: readonly string[], all: boolean): string => {
    if (all) return text('whole');
    const [first] = view.seats.filter(({ attemptId }) => attemptIds.includes(attemptId));
    return attemptIds.length === 1 && first !== undefined
      ? text('seat', { seat: seatNumber(first.seat) })
      : text('seats', { n: attemptIds.length });
  };
  const times = view.ledger
    .filter(({ kind }) => kind !== 'accommodation' && kind !== 'pause-credit')
    .map((entry) => ({
      kind: 'time' as const,
      entry,
      words: text('time', {
        at: timeText(entry.at),
        who: whom([entry.scopeId], entry.scope !== 'candidate'),
        n: amountText(entry.minutes, lang),
        why: entry.reason === '' ? of(LEDGER_KIND_NAMES[entry.kind]) : entry.reason,
      }),
    }));
  const told = view.messages.map((message) => ({
    kind: 'message' as const,
    entry: message,
    words: text('message', {
      at: timeText(message.at),
      who: whom(message.attemptIds, message.toAll),
      text: message.text.length > 18 ? `${message.text.slice(0, 18)}…` : message.text,
    }),
  }));
  const latest = [...times, ...told].sort((one, other) => other.entry.at - one.entry.at).slice(0, SHOWN);
  if (latest.length === 0) return <p className="latest muted">{text('nothing')}</p>;
  return (
    <ul className="latest" aria-label={text('label')}>
      {latest.map(({ kind, entry, words }) => (
        <li key={entry.id}>
          <span className="words" title={words}>
            {words}
          </span>{' '}
          {entry.of > 0 && (
            <Acknowledged
              kind={kind}
              acknowledged={entry.acknowledged}
              of={entry.of}
              waitingFor={entry.waitingFor}
              seats={view.seats}
              onSelect={onSelect}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
