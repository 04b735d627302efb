import { useState } from 'react';
import type { AttemptView } from '../../../sitting/attempt.contract.ts';
import { isAnswered } from '../../../sitting/answer-text.rules.ts';
import { PAGE_PROTOCOL } from '../../../sitting/page-protocol.contract.ts';
import { api, errorText } from '../../lib/api.ts';
import { useLanguage, useText, type Messages } from '../../lib/language.tsx';
import { timeText, type ServerClock } from '../../lib/time.ts';
import type { Question } from '../paper.ts';
import type { AnswersHandle } from '../use-answers.ts';
import { useReached } from '../use-reached.ts';
import { AnswerFileBox } from './answer-file-box.tsx';
import { Dialog } from './dialog.tsx';

const messages = {
  title: { zh: '交卷', en: 'Hand in' },
  answered: { zh: '已答 {n}/{total} 题', en: '{n} of {total} answered' },
  unanswered: { zh: '未答', en: 'Not answered' },
  marked: { zh: '已标记', en: 'Marked' },
  unsent: { zh: '等待上传', en: 'Waiting to be sent' },
  none: { zh: '无', en: 'none' },
  waitsForUnsent: {
    zh: '还有 {n} 题答案没有送到考试服务器，送到之前不能交卷。答案在这台电脑上是安全的，正在上传。',
    en: 'Answers that have not reached the exam server: {n}. You can hand in when they have; they are safe on this computer and are being sent.',
  },
  allSent: { zh: '全部答案已送到考试服务器', en: 'All your answers are at the exam server' },
  back: { zh: '返回作答', en: 'Back to the questions' },
  goOn: { zh: '继续交卷', en: 'Go on to hand in' },
  sure: { zh: '确定交卷？', en: 'Hand in for good?' },
  sureText: { zh: '交卷后不能再修改答案。', en: 'After this you cannot change an answer.' },
  sureUnanswered: { zh: '还有 {n} 题未答。', en: 'Not answered: {n}.' },
  final: { zh: '确定交卷', en: 'Hand in now' },
  handing: { zh: '正在交卷……', en: 'Handing in …' },
  tooEarly: {
    zh: '开考 {n} 分钟后才能交卷（{time} 起）。请再检查一遍答案。',
    en: 'You can hand in {n} minutes after the start, from {time}. Look over your answers again.',
  },
  question: { zh: '第 {n} 题', en: 'Question {n}' },
} satisfies Messages;

interface HandInProps {
  attempt: AttemptView;
  questions: readonly Question[];
  work: AnswersHandle;
  clock: ServerClock;
  refresh(): Promise<void>;
  onGo(number: number): void;
  onBack(): void;
}

/** What is unanswered, marked and unsent, with links; waits for what is unsent; then a second confirmation. */
export function HandIn(props: HandInProps) {
  const { attempt, questions, work, clock } = props;
  const earliest = attempt.limits.earliestHandInAt;
  const mayNow = useReached(earliest, clock);
  const [sure, setSure] = useState(false);
  const unanswered = questions.filter((q) => !isAnswered(work.answers.get(q.item.itemId)));
  const unsent = new Set(work.unsent());
  const waiting = 'waiting' in work.save ? work.save.waiting : 0;
  // Until the server has told the time, it alone knows whether it is too early.
  const notBefore = mayNow || !clock.told ? undefined : earliest;
  const { deadline } = attempt;
  const blocked = waiting > 0 || notBefore !== undefined;
  if (sure && !blocked) return <Sure {...props} unanswered={unanswered.length} />;
  return (
    <Overview
      {...props}
      unanswered={unanswered}
      marked={questions.filter((q) => work.marked.includes(q.item.itemId))}
      unsent={questions.filter((q) => unsent.has(q.item.itemId))}
      waiting={waiting}
      notBefore={notBefore}
      blocked={blocked}
      // Where the server has told the time, its end is a page of its own, with the file.
      seemsOver={deadline !== undefined && (clock.now() ?? 0) >= deadline}
      onGoOn={() => {
        setSure(true);
      }}
    />
  );
}

interface OverviewProps extends HandInProps {
  unanswered: readonly Question[];
  marked: readonly Question[];
  unsent: readonly Question[];
  waiting: number;
  /** Handing in is refused until then, server ms; undefined when it may be done now. */
  notBefore: number | undefined;
  blocked: boolean;
  /** The time is over as far as this computer can tell without the server. */
  seemsOver: boolean;
  onGoOn(): void;
}

function Overview(props: OverviewProps) {
  const { attempt, questions, unanswered, waiting, notBefore, onGo } = props;
  const text = useText(messages);
  const total = questions.length;
  return (
    <Dialog label={text('title')} onClose={props.onBack}>
      <h2>
        {text('title')}{' '}
        <small className="muted">{text('answered', { n: total - unanswered.length, total })}</small>
      </h2>
      <table className="hand-in-table">
        <tbody>
          <Row label={text('unanswered')} questions={unanswered} onGo={onGo} />
          <Row label={text('marked')} questions={props.marked} onGo={onGo} />
          <Row label={text('unsent')} questions={props.unsent} onGo={onGo} />
        </tbody>
      </table>
      <div role="status" className="hand-in-verdict">
        {waiting > 0 ? (
          <p className="notice attention">▲ {text('waitsForUnsent', { n: waiting })}</p>
        ) : (
          <p className="all-sent">✓ {text('allSent')}</p>
        )}
        {waiting > 0 && props.seemsOver && <AnswerFileBox attempt={attempt} work={props.work} />}
        {notBefore !== undefined && (
          <p className="notice attention">
            ▲ {text('tooEarly', { n: attempt.limits.earliestHandInMinutes, time: timeText(notBefore) })}
          </p>
        )}
      </div>
      <footer>
        <button type="button" className="button" onClick={props.onBack} data-first>
          {text('back')}
        </button>
        <button type="button" className="button primary" disabled={props.blocked} onClick={props.onGoOn}>
          {text('goOn')}
        </button>
      </footer>
    </Dialog>
  );
}

function Row({
  label,
  questions,
  onGo,
}: {
  label: string;
  questions: readonly Question[];
  onGo: (number: number) => void;
}) {
  const text = useText(messages);
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="number">{questions.length}</td>
      <td>
        {questions.length === 0 ? (
          <span className="muted">{text('none')}</span>
        ) : (
          questions.map(({ number }) => (
            <button
              key={number}
              type="button"
              className="link number"
              aria-label={text('question', { n: number })}
              onClick={() => {
                onGo(number);
              }}
            >
              {number}
            </button>
          ))
        )}
      </td>
    </tr>
  );
}

/** The second confirmation; the first one showed what is missing. */
function Sure({ attempt, work, unanswered, refresh, onBack }: HandInProps & { unanswered: number }) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(undefined);
  const handIn = (): void => {
    setBusy(true);
    setRefusal(undefined);
    api
      .post(`/api/attempts/${attempt.attemptId}/hand-in`, { protocol: PAGE_PROTOCOL, fence: work.fence })
      .then(refresh)
      .catch(setRefusal)
      .finally(() => {
        setBusy(false);
      });
  };
  return (
    <Dialog label={text('sure')} onClose={onBack}>
      <h2>{text('sure')}</h2>
      <p>{text('sureText')}</p>
      {unanswered > 0 && <p className="notice attention">▲ {text('sureUnanswered', { n: unanswered })}</p>}
      {refusal !== undefined && (
        <p className="notice trouble" role="alert">
          {errorText(refusal, lang)}
        </p>
      )}
      <footer>
        <button type="button" className="button" onClick={onBack} data-first>
          {text('back')}
        </button>
        <button type="button" className="button primary" disabled={busy} onClick={handIn}>
          {text(busy ? 'handing' : 'final')}
        </button>
      </footer>
    </Dialog>
  );
}
