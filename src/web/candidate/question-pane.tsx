import { memo, useEffect, useRef } from 'react';
import { useLanguage, useOf, useText, type Messages } from '../lib/language.tsx';
import { Note } from './note.tsx';
import type { Question } from './paper.ts';
import { QuestionAnswer } from './question-answer.tsx';
import './styles/question.css';

const messages = {
  part: { zh: '{n}、{title}', en: 'Part {n}: {title}' },
  question: { zh: '第 {n} 题', en: 'Question {n}' },
  points: { zh: '{points} 分', en: '{points} points' },
  onePoint: { zh: '1 分', en: '1 point' },
  single: { zh: '选出一个正确答案', en: 'Choose one answer' },
  multiple: { zh: '选出所有正确答案', en: 'Choose all right answers' },
  'true-false': { zh: '判断正误', en: 'True or false' },
  numeric: { zh: '填写数字', en: 'Enter a number' },
  ordering: { zh: '排出正确顺序', en: 'Put in order' },
  matching: { zh: '逐项匹配', en: 'Match each entry' },
  scenario: { zh: '按资料完成操作', en: 'Work with the facts' },
  mark: { zh: '标记', en: 'Mark' },
  note: { zh: '笔记', en: 'Note' },
  clear: { zh: '清除', en: 'Clear' },
  clearAnswer: { zh: '清除本题答案', en: 'Clear this answer' },
} satisfies Messages;

const CHINESE_PLACES = '一二三四五六七八九十';

interface QuestionPaneProps {
  question: Question;
  partTitle: string;
  value: unknown;
  marked: boolean;
  struck: readonly string[];
  note: string;
  noteOpen: boolean;
  /** The note was opened by hand just now. */
  noteFocused: boolean;
  /** 1 is 100 %. */
  zoom: number;
  disabled: boolean;
  onChange(value: unknown, typing?: boolean): void;
  onMark(): void;
  onStrike(optionId: string): void;
  onNote(text: string): void;
  onNoteOpen(open: boolean): void;
}

/** One question with its tools. */
export function QuestionPane(props: QuestionPaneProps) {
  const { question, note, noteOpen, onNoteOpen } = props;
  const { item } = question;
  const of = useOf();
  return (
    <article className={`question${item.type === 'scenario' ? ' wide' : ''}`}>
      <Head
        question={question}
        partTitle={props.partTitle}
        marked={props.marked}
        noted={note !== ''}
        noteOpen={noteOpen}
        disabled={props.disabled}
        onChange={props.onChange}
        onMark={props.onMark}
        onNoteOpen={onNoteOpen}
      />
      <div className="question-body" style={{ zoom: props.zoom }}>
        {item.type !== 'scenario' && <div className="stem">{of(item.stem)}</div>}
        <QuestionAnswer
          question={question}
          value={props.value}
          struck={props.struck}
          disabled={props.disabled}
          onChange={props.onChange}
          onStrike={props.onStrike}
        />
      </div>
      {noteOpen && (
        <Note
          key={item.itemId}
          text={note}
          focused={props.noteFocused}
          onChange={props.onNote}
          onClose={() => {
            onNoteOpen(false);
          }}
        />
      )}
    </article>
  );
}

type HeadProps = Pick<
  QuestionPaneProps,
  'question' | 'partTitle' | 'marked' | 'noteOpen' | 'disabled' | 'onChange' | 'onMark' | 'onNoteOpen'
> & { noted: boolean };

/** Part, number, points, and what can be done. The heading takes the focus when the question changes, so that a screen reader reads on. */
const Head = memo(function Head(props: HeadProps) {
  const { question, marked, noteOpen } = props;
  const { item, number } = question;
  const text = useText(messages);
  const { lang } = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else heading.current?.focus();
  }, [number]);
  const place = lang === 'zh' ? CHINESE_PLACES[question.part] : undefined;
  return (
    <header>
      <div className="question-title">
        <p className="part-title">
          {text('part', { n: place ?? question.part + 1, title: props.partTitle })}
        </p>
        <h1 ref={heading} tabIndex={-1}>
          {text('question', { n: number })}{' '}
          <small>
            {text(item.points === 1 ? 'onePoint' : 'points', { points: item.points })} · {text(item.type)}
          </small>
        </h1>
      </div>
      <span className="question-tools">
        <button type="button" className="button quiet" aria-pressed={marked} onClick={props.onMark}>
          <span aria-hidden="true">{marked ? '★' : '☆'}</span> {text('mark')}
        </button>
        <button
          type="button"
          className="button quiet"
          aria-expanded={noteOpen}
          onClick={() => {
            props.onNoteOpen(!noteOpen);
          }}
        >
          <span aria-hidden="true">✎</span> {text('note')}
          {props.noted && <span className="note-dot" aria-hidden="true" />}
        </button>
        <button
          type="button"
          className="button quiet"
          disabled={props.disabled}
          aria-label={text('clearAnswer')}
          onClick={() => {
            props.onChange(null);
          }}
        >
          <span aria-hidden="true">↺</span> {text('clear')}
        </button>
      </span>
    </header>
  );
});
