import type { KeyboardEvent } from 'react';
import { useOf, useText } from '../lib/language.tsx';
import { candidateMessages } from './messages.ts';
import type { CardMark, PaperPart, Question } from './paper.ts';

interface AnswerCardProps {
  parts: readonly PaperPart[];
  markOf(question: Question): CardMark;
  answered: number;
  total: number;
  onGo(number: number): void;
}

/** The answer card (答题卡): a button a question, grouped by part; state by shape, weight and text. */
export function AnswerCard({ parts, markOf, answered, total, onGo }: AnswerCardProps) {
  const text = useText(candidateMessages);
  const of = useOf();
  const byArrows = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 6, ArrowUp: -6 };
    const step = steps[event.key];
    const target = event.target as HTMLElement;
    const from = Number(target.dataset['number']);
    if (step === undefined || !Number.isFinite(from)) return;
    event.preventDefault();
    event.stopPropagation();
    const to = Math.min(total, Math.max(1, from + step));
    event.currentTarget.querySelector<HTMLElement>(`[data-number="${to}"]`)?.focus();
  };
  const describe = (question: Question, mark: CardMark): string =>
    [
      text('question', { n: question.number }),
      mark.answered ? text('legendAnswered') : mark.seen ? text('legendSeen') : text('legendUnseen'),
      mark.marked ? text('legendMarked') : '',
      mark.current ? text('legendCurrent') : '',
    ]
      .filter(Boolean)
      .join(' ');
  return (
    <nav className="answer-card" aria-label={text('card')} onKeyDown={byArrows}>
      <h2>
        {text('card')}{' '}
        <span className="number">
          {answered}/{total}
        </span>
      </h2>
      {parts.map((part) => (
        <section key={part.title.zh}>
          <h3>{of(part.title)}</h3>
          <div className="cells">
            {part.questions.map((question) => {
              const mark = markOf(question);
              const classes = [
                'cell',
                mark.answered ? 'answered' : mark.seen ? 'seen' : 'unseen',
                mark.marked ? 'marked' : '',
                mark.current ? 'current' : '',
              ];
              return (
                <button
                  key={question.number}
                  type="button"
                  data-number={question.number}
                  className={classes.filter(Boolean).join(' ')}
                  aria-current={mark.current ? 'true' : undefined}
                  aria-label={describe(question, mark)}
                  tabIndex={mark.current ? 0 : -1}
                  onClick={() => {
                    onGo(question.number);
                  }}
                >
                  {question.number}
                </button>
              );
            })}
          </div>
        </section>
      ))}
      <ul className="legend" aria-hidden="true">
        <li>
          <span className="cell unseen" /> {text('legendUnseen')}
        </li>
        <li>
          <span className="cell seen" /> {text('legendSeen')}
        </li>
        <li>
          <span className="cell answered" /> {text('legendAnswered')}
        </li>
        <li>
          <span className="cell current" /> {text('legendCurrent')}
        </li>
        <li>
          <span className="cell marked" /> {text('legendMarked')}
        </li>
      </ul>
    </nav>
  );
}
