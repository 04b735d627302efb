import { useEffect, useRef } from 'react';
import type { CandidateItem } from '../../assembly/form.contract.ts';
import { useOf, useText } from '../lib/language.tsx';
import { candidateMessages } from './messages.ts';
import type { Question } from './paper.ts';
import { Choice } from './questions/choice.tsx';
import { Matching } from './questions/matching.tsx';
import { Numeric } from './questions/numeric.tsx';
import { Ordering } from './questions/ordering.tsx';
import { Scenario } from './questions/scenario.tsx';

interface QuestionPaneProps {
  question: Question;
  value: unknown;
  marked: boolean;
  struck: readonly string[];
  disabled: boolean;
  onChange(value: unknown, typing?: boolean): void;
  onMark(): void;
  onStrike(optionId: string): void;
}

const KIND = {
  single: 'single',
  multiple: 'multiple',
  'true-false': 'trueFalse',
  numeric: 'numeric',
  ordering: 'ordering',
  matching: 'matching',
  scenario: 'scenario',
} as const;

/** One question with its tools. The heading takes the focus when the question changes, so that a screen reader reads on. */
export function QuestionPane(props: QuestionPaneProps) {
  const { question, marked, disabled } = props;
  const { item } = question;
  const text = useText(candidateMessages);
  const of = useOf();
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else heading.current?.focus();
  }, [question.number]);
  return (
    <article className="question">
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {text('question', { n: question.number })}{' '}
          <small>
            {text(KIND[item.type])} · {text('points', { points: item.points })}
          </small>
        </h1>
        <span className="question-tools">
          <button type="button" className="button quiet" aria-pressed={marked} onClick={props.onMark}>
            <span aria-hidden="true">{marked ? '★' : '☆'}</span> {marked ? text('unmark') : text('mark')}
          </button>
          <button
            type="button"
            className="button quiet"
            disabled={disabled}
            onClick={() => {
              props.onChange(null);
            }}
          >
            <span aria-hidden="true">↺</span> {text('clear')}
          </button>
        </span>
      </header>
      {item.type === 'scenario' ? null : <div className="stem">{of(item.stem)}</div>}
      <Answer {...props} item={item} />
    </article>
  );
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];

/** The input that fits the item's type. */
function Answer({
  item,
  value,
  struck,
  disabled,
  onChange,
  onStrike,
  question,
}: QuestionPaneProps & { item: CandidateItem }) {
  const text = useText(candidateMessages);
  const name = `q-${item.itemId}`;
  const common = { name, disabled, onStrike, struck, strikeLabel: text('strike') };
  switch (item.type) {
    case 'single':
      return (
        <Choice
          {...common}
          label={text('single')}
          options={item.options}
          multiple={false}
          chosen={typeof value === 'string' ? [value] : []}
          onChoose={([id]) => {
            onChange(id);
          }}
        />
      );
    case 'multiple':
      return (
        <Choice
          {...common}
          label={text('multiple')}
          options={item.options}
          multiple
          chosen={texts(value)}
          onChoose={(ids) => {
            onChange(ids.length > 0 ? ids : null);
          }}
        />
      );
    case 'true-false':
      return (
        <Choice
          {...common}
          label={text('trueFalse')}
          options={[
            { id: 'true', text: candidateMessages.right },
            { id: 'false', text: candidateMessages.wrong },
          ]}
          multiple={false}
          chosen={typeof value === 'boolean' ? [String(value)] : []}
          onChoose={([id]) => {
            onChange(id === 'true');
          }}
        />
      );
    case 'numeric':
      return (
        <Numeric
          key={name}
          id={name}
          unit={item.unit}
          value={typeof value === 'string' ? value : ''}
          disabled={disabled}
          onChange={(number) => {
            onChange(number ?? null, true);
          }}
        />
      );
    case 'ordering':
      return <Ordering options={item.options} value={texts(value)} disabled={disabled} onChange={onChange} />;
    case 'matching':
      return (
        <Matching
          name={name}
          prompts={item.prompts}
          options={item.options}
          value={(value ?? {}) as Record<string, string>}
          disabled={disabled}
          onChange={(pairs) => {
            onChange(Object.keys(pairs).length > 0 ? pairs : null);
          }}
        />
      );
    case 'scenario':
      return (
        <Scenario
          key={question.number}
          scenario={item.scenario}
          value={value}
          disabled={disabled}
          onChange={onChange}
        />
      );
  }
}
