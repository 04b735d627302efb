import { useEffect } from 'react';
import type { AttemptView } from '../../../sitting/attempt.contract.ts';
import { LanguageSwitch, useText, type Messages } from '../../lib/language.tsx';
import { timeText } from '../../lib/time.ts';
import type { AnswersHandle } from '../use-answers.ts';
import { AnswerFileBox } from './answer-file-box.tsx';
import { Place } from './place.tsx';
import '../styles/covers.css';

const messages = {
  title: { zh: '考试时间到', en: 'The time is over' },
  at: { zh: '{time}（考试服务器时间）', en: '{time} by the clock of the exam server' },
  collecting: {
    zh: '正在自动交卷，请稍候。不用做什么。',
    en: 'Your paper is being handed in for you. There is nothing to do.',
  },
  sending: {
    zh: '还有 {n} 题答案正在上传……',
    en: 'Answers still on their way: {n} …',
  },
  safe: {
    zh: '您的答案安全地保存在这台电脑上，请不要离开。',
    en: 'Your answers are safe on this computer: do not leave.',
  },
  offlineUnsent: {
    zh: '网络中断，{n} 题答案还没有送到考试服务器。连上后自动上传；请不要关闭电脑或这个页面。',
    en: 'The line is down. Answers that have not reached the exam server: {n}. They are sent when it is back; do not switch off or close this page.',
  },
  offlineSent: {
    zh: '网络中断，但您的全部答案都已送到考试服务器。请在座位上等候。',
    en: 'The line is down, but all your answers have reached the exam server. Wait at your seat.',
  },
  late: {
    zh: '时间到之前的作答在规定的宽限内送到都算数；更晚送到的留作记录，由主考决定。',
    en: 'What you answered in time counts if it arrives within the grace; what comes later is kept and the chief invigilator decides.',
  },
} satisfies Messages;

interface TimeOverProps {
  attempt: AttemptView;
  work: AnswersHandle;
  online: boolean;
  refresh(): Promise<void>;
}

/** How often the page asks whether the paper has been collected, ms. */
const ASK_EVERY_MS = 2_000;

/** The deadline has passed by the server's clock: nothing can be changed here any more; the server collects. */
export function TimeOver({ attempt, work, online, refresh }: TimeOverProps) {
  const text = useText(messages);
  const { nudge } = work;
  useEffect(() => {
    nudge();
    const timer = setInterval(() => void refresh(), ASK_EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }, [nudge, refresh]);
  const unsent = 'waiting' in work.save ? work.save.waiting : 0;
  return (
    <main className="centre">
      <section className="panel cover-panel">
        <header>
          <h1>{text('title')}</h1>
          <LanguageSwitch />
        </header>
        {attempt.deadline !== undefined && (
          <p className="muted number">{text('at', { time: timeText(attempt.deadline, true) })}</p>
        )}
        <Place attempt={attempt} />
        <div role="status" className="cover-text">
          {online && <p>{text('collecting')}</p>}
          {online && unsent > 0 && <p className="notice attention">… {text('sending', { n: unsent })}</p>}
          {!online && unsent === 0 && <p className="notice ok">✓ {text('offlineSent')}</p>}
          {!online && unsent > 0 && (
            <>
              <p className="cover-strong">{text('safe')}</p>
              <p className="notice attention">▲ {text('offlineUnsent', { n: unsent })}</p>
            </>
          )}
        </div>
        {!online && unsent > 0 && (
          <>
            <AnswerFileBox attempt={attempt} work={work} />
            <p className="muted">{text('late')}</p>
          </>
        )}
      </section>
    </main>
  );
}
