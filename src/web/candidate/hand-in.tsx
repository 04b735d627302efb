import { useState } from 'react';
import { useText, type Messages } from '../lib/language.tsx';
import { Dialog } from './dialog.tsx';
import { isAnswered } from '../../sitting/answer-text.rules.ts';
import type { Question } from './paper.ts';

const messages = {
  title: { zh: '交卷', en: 'Hand in' },
  unanswered: { zh: '未答 {n} 题', en: '{n} not answered' },
  marked: { zh: '已标记 {n} 题', en: '{n} marked' },
  unsent: { zh: '等待上传 {n} 题', en: '{n} waiting to be sent' },
  none: { zh: '无', en: 'none' },
  waitsForUnsent: {
    zh: '还有答案没有送到考试服务器。送达之前不能交卷；您的答案在这台电脑上是安全的，系统正在重试。',
    en: 'Some answers have not reached the exam server. You can hand in when they have; they are safe on this computer and are being sent.',
  },
  back: { zh: '返回作答', en: 'Back to the questions' },
  goOn: { zh: '继续交卷', en: 'Go on to hand in' },
  sure: { zh: '确定交卷？', en: 'Hand in for good?' },
  sureText: { zh: '交卷后不能再修改答案。', en: 'After this you cannot change an answer.' },
  final: { zh: '确定交卷', en: 'Hand in now' },
  tooEarly: {
    zh: '开考 {n} 分钟后才能交卷，请再检查一遍。',
    en: 'You can hand in {n} minutes after the start. Look over your answers again.',
  },
  question: { zh: '第 {n} 题', en: 'Question {n}' },
} satisfies Messages;

interface HandInProps {
  questions: readonly Question[];
  answers: ReadonlyMap<string, unknown>;
  marked: readonly string[];
  waiting: number;
  /** Minutes after the start before which handing in is refused; undefined when it may be done now. */
  tooEarlyMinutes: number | undefined;
  busy: boolean;
  refusal: string | undefined;
  onGo(number: number): void;
  onBack(): void;
  onHandIn(): void;
}

/** What is unanswered, marked and unsent, with links; then a second confirmation. */
export function HandIn(props: HandInProps) {
  const text = useText(messages);
  const [sure, setSure] = useState(false);
  const unanswered = props.questions.filter((q) => !isAnswered(props.answers.get(q.item.itemId)));
  const marked = props.questions.filter((q) => props.marked.includes(q.item.itemId));
  const blocked = props.waiting > 0 || props.tooEarlyMinutes !== undefined;
  if (sure && !blocked) {
    return (
      <Dialog label={text('sure')} onClose={props.onBack}>
        <h2>{text('sure')}</h2>
        <p>{text('sureText')}</p>
        {unanswered.length > 0 && (
          <p className="notice attention">▲ {text('unanswered', { n: unanswered.length })}</p>
        )}
        {props.refusal !== undefined && (
          <p className="notice trouble" role="alert">
            {props.refusal}
          </p>
        )}
        <footer>
          <button type="button" className="button" onClick={props.onBack}>
            {text('back')}
          </button>
          <button type="button" className="button primary" disabled={props.busy} onClick={props.onHandIn}>
            {text('final')}
          </button>
        </footer>
      </Dialog>
    );
  }
  return (
    <Dialog label={text('title')} onClose={props.onBack}>
      <h2>{text('title')}</h2>
      <Row label={text('unanswered', { n: unanswered.length })} questions={unanswered} onGo={props.onGo} />
      <Row label={text('marked', { n: marked.length })} questions={marked} onGo={props.onGo} />
      <p>
        <b>{text('unsent', { n: props.waiting })}</b>
      </p>
      {props.waiting > 0 && (
        <p className="notice attention" role="status">
          {text('waitsForUnsent')}
        </p>
      )}
      {props.tooEarlyMinutes !== undefined && (
        <p className="notice attention">{text('tooEarly', { n: props.tooEarlyMinutes })}</p>
      )}
      <footer>
        <button type="button" className="button" onClick={props.onBack} autoFocus>
          {text('back')}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={blocked}
          onClick={() => {
            setSure(true);
          }}
        >
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
    <div className="hand-in-row">
      <b>{label}</b>
      <span>
        {questions.length === 0
          ? text('none')
          : questions.map((q) => (
              <button
                key={q.number}
                type="button"
                className="link number"
                aria-label={text('question', { n: q.number })}
                onClick={() => {
                  onGo(q.number);
                }}
              >
                {q.number}
              </button>
            ))}
      </span>
    </div>
  );
}
