import { memo } from 'react';
import type { AttemptView } from '../../sitting/attempt.contract.ts';
import { useLanguage, useText, type Messages } from '../lib/language.tsx';
import { timeText } from '../lib/time.ts';
import { useInbox } from './use-inbox.ts';
import { useWarning, type TimeChanges } from './use-time-notices.ts';
import './styles/notices.css';

const messages = {
  from: { zh: '监考通知 {time}', en: 'From the invigilator {time}' },
  added: { zh: '您的考试时间增加了 {n} 分钟。', en: 'Your time is longer by {n} min.' },
  reduced: { zh: '您的考试时间减少了 {n} 分钟。', en: 'Your time is shorter by {n} min.' },
  credited: { zh: '暂停的 {n} 分钟已补给您。', en: 'The {n} min of the pause are yours again.' },
  endsAt: { zh: '现在于 {time} 结束。', en: 'It now ends at {time}.' },
  warning: { zh: '离考试结束还有 {n} 分钟，{time} 结束。', en: '{n} min left; the exam ends at {time}.' },
  read: { zh: '知道了', en: 'Read' },
} satisfies Messages;

interface NoticesProps {
  attempt: AttemptView;
  times: TimeChanges;
  /** Grows each time there may be new messages. */
  version: number;
  /** Ms left; undefined while unknown or the clock stands. */
  left(): number | undefined;
}

/** Messages, changes of time and warnings: at the foot of the page, each with one button, none taking the focus. */
export const Notices = memo(function Notices({ attempt, times, version, left }: NoticesProps) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const { inbox, read } = useInbox(attempt.attemptId, version);
  const warning = useWarning(attempt, left);
  const { deadline } = attempt;
  const end = deadline === undefined ? '' : timeText(deadline);
  return (
    <div className="notices" role="status">
      {warning.minutes !== undefined && (
        <Notice
          tone="attention"
          shape="▲"
          words={text('warning', { n: warning.minutes, time: end })}
          onRead={warning.dismiss}
        />
      )}
      {times.changes.map(({ id, kind, minutes }) => (
        <Notice
          key={id}
          tone="ok"
          shape="✓"
          words={[
            text(kind === 'pause-credit' ? 'credited' : minutes > 0 ? 'added' : 'reduced', {
              n: Math.round(Math.abs(minutes) * 10) / 10,
            }),
            deadline === undefined ? '' : text('endsAt', { time: end }),
          ].join(lang === 'zh' ? '' : ' ')}
          onRead={() => {
            times.dismiss(id);
          }}
        />
      ))}
      {inbox.map(({ id, at, text: words }) => (
        <Notice
          key={id}
          tone="message"
          shape="✉"
          head={text('from', { time: timeText(at) })}
          words={words}
          onRead={() => {
            read(id);
          }}
        />
      ))}
    </div>
  );
});

interface NoticeProps {
  tone: 'attention' | 'ok' | 'message';
  shape: string;
  head?: string;
  words: string;
  onRead(): void;
}

function Notice({ tone, shape, head, words, onRead }: NoticeProps) {
  const text = useText(messages);
  return (
    <div className={`notice ${tone}`}>
      <p>
        <span aria-hidden="true">{shape}</span> {head !== undefined && <b>{head} </b>}
        {words}
      </p>
      <button type="button" className="button" onClick={onRead}>
        {text('read')}
      </button>
    </div>
  );
}
