import { memo, useEffect, useRef, type KeyboardEvent } from 'react';
import { useOf, useText, type Messages } from '../lib/language.tsx';
import { cardStep } from './card-moves.ts';
import { readMark, type CardMark, type PaperPart } from './paper.ts';
import './styles/answer-card.css';

const messages = {
  card: { zh: '答题卡', en: 'Answer card' },
  fold: { zh: '收起答题卡', en: 'Fold the answer card away' },
  question: { zh: '第 {n} 题', en: 'Question {n}' },
  unseen: { zh: '未看', en: 'not seen' },
  seen: { zh: '未答', en: 'not answered' },
  answered: { zh: '已答', en: 'answered' },
  current: { zh: '当前', en: 'current' },
  marked: { zh: '已标记', en: 'marked' },
  noted: { zh: '有笔记', en: 'with a note' },
} satisfies Messages;

interface AnswerCardProps {
  parts: readonly PaperPart[];
  /** `writeMarks` of all questions. */
  marks: string;
  /** Number of the question shown. */
  current: number;
  answered: number;
  total: number;
  /** Lies over the page (narrow window) and takes the focus. */
  drawer: boolean;
  onGo(number: number): void;
  onFold(): void;
}

/** The answer card (答题卡): a button a question, grouped by part; state by shape, weight and text. */
export const AnswerCard = memo(function AnswerCard(props: AnswerCardProps) {
  const { parts, marks, current, drawer, onFold } = props;
  const text = useText(messages);
  const of = useOf();
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    const cell = card.current?.querySelector<HTMLElement>('[aria-current]');
    if (drawer) cell?.focus();
    else cell?.scrollIntoView({ block: 'nearest' });
  }, [drawer, current]);
  const byKeys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && drawer) {
      event.stopPropagation();
      onFold();
      return;
    }
    const from = Number((event.target as HTMLElement).dataset['number']);
    const rows = parts.map(({ questions }) => questions.map(({ number }) => number));
    const to = Number.isFinite(from) ? cardStep(rows, from, event.key) : undefined;
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    card.current?.querySelector<HTMLElement>(`[data-number="${to}"]`)?.focus();
  };
  return (
    <nav
      ref={card}
      className={`answer-card${drawer ? ' drawer' : ''}`}
      aria-label={text('card')}
      onKeyDown={byKeys}
    >
      <header>
        <h2>
          {text('card')}{' '}
          <span className="number">
            {props.answered}/{props.total}
          </span>
        </h2>
        <button
          type="button"
          className="button quiet small"
          aria-label={text('fold')}
          title={text('fold')}
          onClick={onFold}
        >
          «
        </button>
      </header>
      <div className="card-parts">
        {parts.map((part) => (
          <section key={`${part.title.zh}-${part.questions[0]?.number ?? 0}`}>
            <h3>
              {of(part.title)}{' '}
              <span className="number">
                {part.questions.filter(({ number }) => readMark(marks, number).answered).length}/
                {part.questions.length}
              </span>
            </h3>
            <div className="cells">
              {part.questions.map(({ number }) => (
                <Cell
                  key={number}
                  number={number}
                  {...readMark(marks, number)}
                  current={number === current}
                  onGo={props.onGo}
                />
              ))}
            </div>
          </section>
        ))}
      </div>
      <Legend />
    </nav>
  );
});

interface CellProps extends CardMark {
  number: number;
  current: boolean;
  onGo(number: number): void;
}

/** One button of the card; redrawn only when its own state changes. */
const Cell = memo(function Cell({ number, answered, seen, marked, noted, current, onGo }: CellProps) {
  const text = useText(messages);
  const state = answered ? 'answered' : seen ? 'seen' : 'unseen';
  const label = [
    text('question', { n: number }),
    text(state),
    marked ? text('marked') : '',
    noted ? text('noted') : '',
    current ? text('current') : '',
  ];
  const classes = ['cell', state, marked ? 'marked' : '', noted ? 'noted' : '', current ? 'current' : ''];
  return (
    <button
      type="button"
      data-number={number}
      className={classes.filter(Boolean).join(' ')}
      aria-current={current ? 'true' : undefined}
      aria-label={label.filter(Boolean).join(' ')}
      tabIndex={current ? 0 : -1}
      onClick={() => {
        onGo(number);
      }}
    >
      {number}
    </button>
  );
});

const LEGEND = ['unseen', 'seen', 'answered', 'current', 'marked', 'noted'] as const;

const Legend = memo(function Legend() {
  const text = useText(messages);
  return (
    <ul className="legend" aria-hidden="true">
      {LEGEND.map((state) => (
        <li key={state}>
          <span className={`cell ${state}`} /> {text(state)}
        </li>
      ))}
    </ul>
  );
});
