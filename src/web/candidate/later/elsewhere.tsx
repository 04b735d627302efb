import type { AttemptView } from '../../../sitting/attempt.contract.ts';
import { LanguageSwitch, useText, type Messages } from '../../lib/language.tsx';
import { recall } from '../page-memory.ts';
import { AnswerFileBox } from './answer-file-box.tsx';
import { Place } from './place.tsx';
import type { AnswersHandle } from '../use-answers.ts';
import '../styles/covers.css';

const messages = {
  second: {
    zh: '这份答卷正在另一台电脑上作答',
    en: 'This attempt is being answered at another computer',
  },
  secondTold: {
    zh: '已通知监考员。监考员会来核对，然后把考试移交到这台电脑。',
    en: 'The invigilator has been told, will come to look, and can hand the exam over to this computer.',
  },
  secondNext: {
    zh: '移交后这里自动继续：同一题、全部已保存的答案、正确的剩余时间。您不用做什么，请留在座位上。',
    en: 'Then it goes on here by itself: same question, every saved answer, the right time left. There is nothing to do: stay seated.',
  },
  moved: { zh: '考试已移到另一台电脑', en: 'Your exam has moved to another computer' },
  movedText: {
    zh: '请到新座位继续，这台电脑可以不用了。已保存的答案都在那里。',
    en: 'Go on at your new seat; this computer is not needed any more. Every saved answer is there.',
  },
  movedUnsent: {
    zh: '这台电脑上还有 {n} 题答案没有上传。请告诉监考员，不要关闭电脑。',
    en: 'Answers on this computer that were not sent: {n}. Tell the invigilator, and do not switch it off.',
  },
  again: {
    zh: '您已在另一台电脑签到',
    en: 'You have checked in at another computer',
  },
  againText: {
    zh: '请在您的座位上等候。如果您坐在这里，请重新签到。',
    en: 'Wait at your seat. If you are sitting here, check in again.',
  },
  checkIn: { zh: '在这里重新签到', en: 'Check in here again' },
  offline: { zh: '暂时连不上考试服务器，正在重试。', en: 'The exam server cannot be reached; trying again.' },
} satisfies Messages;

interface ElsewhereProps {
  attempt: AttemptView;
  work: AnswersHandle;
  online: boolean;
  onLeave(): void;
}

/** Another computer holds the writing of this attempt: a second sign-in that waits, or the computer that was left. */
export function Elsewhere({ attempt, work, online, onLeave }: ElsewhereProps) {
  const text = useText(messages);
  const admitted = attempt.state !== 'expected';
  // This computer has written under a fence of its own: it is the one that was left.
  const left = (recall(attempt.attemptId)?.fence ?? 0) > 0;
  const unsent = 'waiting' in work.save ? work.save.waiting : 0;
  const headline = !admitted ? 'again' : left ? 'moved' : 'second';
  return (
    <main className="centre">
      <section className="panel cover-panel">
        <header>
          <h1>{text(headline)}</h1>
          <LanguageSwitch />
        </header>
        <Place attempt={attempt} />
        <div role="status" className="cover-text">
          {headline === 'second' && (
            <>
              <p>✓ {text('secondTold')}</p>
              <p>{text('secondNext')}</p>
            </>
          )}
          {headline === 'moved' && <p>{text('movedText')}</p>}
          {headline === 'again' && <p>{text('againText')}</p>}
          {!online && <p className="notice attention">▲ {text('offline')}</p>}
        </div>
        {headline === 'moved' && unsent > 0 && (
          <>
            <p className="notice attention">▲ {text('movedUnsent', { n: unsent })}</p>
            <AnswerFileBox attempt={attempt} work={work} />
          </>
        )}
        {headline === 'again' && (
          <footer>
            <button type="button" className="button primary" onClick={onLeave}>
              {text('checkIn')}
            </button>
          </footer>
        )}
      </section>
    </main>
  );
}
