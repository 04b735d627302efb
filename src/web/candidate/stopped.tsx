import type { AttemptView } from '../../sitting/attempt.contract.ts';
import { useText, type Messages } from '../lib/language.tsx';
import { clockText, timeText } from '../lib/time.ts';
import './styles/stopped.css';

const messages = {
  paused: { zh: '您的考试已暂停', en: 'Your exam is paused' },
  held: { zh: '本考场暂停', en: 'This room is on hold' },
  stands: {
    zh: '计时已停止，您的时间不会减少。剩余 {left}。',
    en: 'Your clock is stopped and you lose no time. {left} left.',
  },
  runs: { zh: '计时继续，考场规定如此。', en: 'The clock runs on, as the rules of this test say.' },
  since: { zh: '{time} 起', en: 'Since {time}' },
  text: {
    zh: '答案都已保存。请在座位上等候，恢复后自动回到这一题。',
    en: 'Your answers are saved. Stay seated; it goes on at this question by itself.',
  },
} satisfies Messages;

/** Instead of the question while the candidate or the room is stopped. */
export function Stopped({ attempt }: { attempt: AttemptView }) {
  const text = useText(messages);
  const paused = attempt.state === 'paused';
  const since = paused ? attempt.pausedAt : attempt.room.heldAt;
  return (
    <section className="stopped" role="alert">
      <h1>
        <span aria-hidden="true">❚❚</span> {text(paused ? 'paused' : 'held')}
      </h1>
      {since !== undefined && <p className="muted">{text('since', { time: timeText(since) })}</p>}
      <p>
        {attempt.clockStopped ? text('stands', { left: clockText(attempt.remainingMs ?? 0) }) : text('runs')}
      </p>
      <p>{text('text')}</p>
    </section>
  );
}
