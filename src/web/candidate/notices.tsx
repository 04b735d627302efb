import { useCallback, useEffect, useRef, useState } from 'react';
import type { CandidateMessage } from '../../proctoring/proctoring.views.contract.ts';
import type { AttemptView } from '../../sitting/attempt.contract.ts';
import { api } from '../lib/api.ts';
import { useLanguage, useText, type Messages } from '../lib/language.tsx';
import { timeText } from '../lib/time.ts';

const messages = {
  from: { zh: '监考通知 {time}', en: 'From the invigilator {time}' },
  added: { zh: '您的考试时间增加了 {minutes} 分钟。', en: 'You have {minutes} more minutes.' },
  reduced: { zh: '您的考试时间调整了 {minutes} 分钟。', en: 'Your time was changed by {minutes} minutes.' },
  read: { zh: '知道了', en: 'Read' },
  warning: { zh: '离考试结束还有 {n} 分钟。', en: '{n} minutes left.' },
} satisfies Messages;

/** Messages, changes of time and warnings: at the foot of the page, each with one button, none taking the focus. */
export function Notices({
  attempt,
  version,
  now,
  onRead,
}: {
  attempt: AttemptView;
  version: number;
  now: () => number | undefined;
  onRead: () => Promise<void>;
}) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const [inbox, setInbox] = useState<CandidateMessage[]>([]);
  const load = useCallback(() => {
    api.get<{ items: CandidateMessage[] }>(`/api/attempts/${attempt.attemptId}/messages`).then(
      ({ items }) => {
        setInbox(items.filter((message) => !message.acknowledged));
      },
      () => undefined,
    );
  }, [attempt.attemptId]);
  useEffect(load, [load, version]);
  const [dismissed, setDismissed] = useState<string[]>([]);
  const warning = useWarning(attempt, now);
  const acknowledge = (path: string): void => {
    api.post(path).then(
      () => {
        load();
        void onRead();
      },
      () => undefined,
    );
  };
  const times = attempt.ledger.filter(
    (line) => !dismissed.includes(line.id) && line.kind !== 'accommodation',
  );
  return (
    <div className="notices" role="status" lang={lang === 'zh' ? 'zh-CN' : 'en'}>
      {warning.minutes !== undefined && (
        <Notice
          tone="attention"
          words={text('warning', { n: warning.minutes })}
          action={text('read')}
          onAction={warning.dismiss}
        />
      )}
      {times.map((line) => (
        <Notice
          key={line.id}
          tone="ok"
          words={text(line.minutes > 0 ? 'added' : 'reduced', { minutes: line.minutes })}
          action={text('read')}
          onAction={() => {
            setDismissed((before) => [...before, line.id]);
          }}
        />
      ))}
      {inbox.map((message) => (
        <Notice
          key={message.id}
          tone="attention"
          head={text('from', { time: timeText(message.at) })}
          words={message.text}
          action={text('read')}
          onAction={() => {
            acknowledge(`/api/attempts/${attempt.attemptId}/messages/${message.id}/ack`);
          }}
        />
      ))}
    </div>
  );
}

function Notice({
  tone,
  head,
  words,
  action,
  onAction,
}: {
  tone: string;
  head?: string;
  words: string;
  action: string;
  onAction: () => void;
}) {
  return (
    <div className={`notice ${tone}`}>
      <p>
        {head !== undefined && <b>{head} </b>}
        {words}
      </p>
      <button type="button" className="button" onClick={onAction}>
        {action}
      </button>
    </div>
  );
}

/** The warning that is due: each once, and not the ones that were over before the page was opened. */
function useWarning(
  attempt: AttemptView,
  now: () => number | undefined,
): { minutes: number | undefined; dismiss: () => void } {
  const [minutes, setMinutes] = useState<number>();
  const told = useRef(new Set<number>());
  const { deadline, clockStopped, warnings } = attempt;
  useEffect(() => {
    const check = (first: boolean): void => {
      const at = now();
      if (deadline === undefined || at === undefined || clockStopped) return;
      const left = (deadline - at) / 60_000;
      for (const warning of warnings) {
        if (left > warning || left <= 0 || told.current.has(warning)) continue;
        told.current.add(warning);
        if (!first || left > warning - 1) setMinutes(warning);
      }
    };
    check(true);
    const timer = setInterval(() => {
      check(false);
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [deadline, clockStopped, warnings, now]);
  const dismiss = useCallback(() => {
    setMinutes(undefined);
  }, []);
  return { minutes, dismiss };
}
