import { useEffect, useState } from 'react';
import { LanguageSwitch, useText } from '../lib/language.tsx';
import { clockText, timeText } from '../lib/time.ts';
import type { SaveState } from './answer-sender.ts';
import { HandIcon } from './hand-icon.tsx';
import { candidateMessages } from './messages.ts';

interface TitleBarProps {
  title: string;
  place: string;
  name: string;
  answered: number;
  total: number;
  marked: number;
  save: SaveState;
  online: boolean;
  /** Milliseconds left by the server's clock; undefined until known. */
  remaining(): number | undefined;
  handUp: boolean;
  onHand(up: boolean): void;
  onHandIn(): void;
}

const FORCE_SHOWN_MS = 5 * 60_000;

/** The head of the page, always there. */
export function TitleBar(props: TitleBarProps) {
  const text = useText(candidateMessages);
  return (
    <header className="title-bar">
      <div className="who">
        <strong>{props.title}</strong>
        <span>
          {props.place} {props.name}
        </span>
      </div>
      <SaveLine save={props.save} online={props.online} />
      <span className="count">
        {text('answered')}{' '}
        <b className="number">
          {props.answered}/{props.total}
        </b>
      </span>
      <span className="count">
        {text('markedCount')} <b className="number">{props.marked}</b>
      </span>
      <Remaining remaining={props.remaining} />
      <Appearance />
      <button
        type="button"
        className={`button${props.handUp ? ' hand-up' : ''}`}
        aria-pressed={props.handUp}
        title={props.handUp ? text('handUp') : ''}
        onClick={() => {
          props.onHand(!props.handUp);
        }}
      >
        <HandIcon /> {props.handUp ? text('lower') : text('raise')}
      </button>
      <button type="button" className="button primary" onClick={props.onHandIn}>
        {text('handIn')}
      </button>
    </header>
  );
}

/** The save state in words and shape. */
function SaveLine({ save, online }: { save: SaveState; online: boolean }) {
  const text = useText(candidateMessages);
  const [shape, tone, words] = ((): [string, string, string] => {
    switch (save.kind) {
      case 'saved':
        return ['✓', 'ok', text('saved', { time: timeText(save.at, true) })];
      case 'saving':
        return online
          ? ['…', 'muted', text('saving')]
          : ['▲', 'attention', text('waiting', { k: save.waiting })];
      case 'waiting':
        return ['▲', 'attention', text('waiting', { k: save.waiting })];
      case 'not-kept':
      case 'outdated':
      case 'refused':
        return ['■', 'trouble', text('notSaved')];
      case 'nothing-yet':
        return ['○', 'muted', text('nothingYet')];
    }
  })();
  return (
    <span className={`save-line ${tone}`} role="status" data-save={save.kind}>
      <span aria-hidden="true">{shape}</span> {words}
    </span>
  );
}

/** The clock: hidden by choice, shown by force in the last five minutes; not read out as it runs. */
function Remaining({ remaining }: { remaining: () => number | undefined }) {
  const text = useText(candidateMessages);
  const [left, setLeft] = useState(remaining);
  const [hidden, setHidden] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => {
      setLeft(remaining());
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [remaining]);
  const forced = left !== undefined && left <= FORCE_SHOWN_MS;
  const shown = !hidden || forced;
  return (
    <span className={`clock${forced ? ' last-minutes' : ''}`}>
      <span>{text('remaining')}</span>{' '}
      <b className="number" role="timer" aria-live="off">
        {left === undefined ? '--:--:--' : shown ? clockText(left) : text('hidden')}
      </b>
      <button
        type="button"
        className="button quiet small"
        disabled={forced}
        onClick={() => {
          setHidden(!hidden);
        }}
      >
        {hidden ? text('show') : text('hide')}
      </button>
    </span>
  );
}

const SIZES = ['14px', '16px', '20px'] as const;
const SIZE_SIGNS = ['A⁻', 'A', 'A⁺'] as const;

/** Text size, contrast and language; kept on this computer. */
function Appearance() {
  const text = useText(candidateMessages);
  const [size, setSize] = useState(localStorage.getItem('kaochang-size') ?? '16px');
  const [contrast, setContrast] = useState(localStorage.getItem('kaochang-theme') === 'contrast');
  useEffect(() => {
    document.documentElement.style.setProperty('--paper-text', size);
    localStorage.setItem('kaochang-size', size);
  }, [size]);
  useEffect(() => {
    if (contrast) document.documentElement.dataset['theme'] = 'contrast';
    else delete document.documentElement.dataset['theme'];
    localStorage.setItem('kaochang-theme', contrast ? 'contrast' : 'light');
  }, [contrast]);
  const labels = [text('smaller'), text('medium'), text('larger')];
  return (
    <span className="appearance">
      {SIZES.map((choice, index) => (
        <button
          key={choice}
          type="button"
          className="button quiet small"
          aria-pressed={size === choice}
          aria-label={`${SIZE_SIGNS[index] ?? ''} ${labels[index] ?? ''}`}
          title={labels[index]}
          onClick={() => {
            setSize(choice);
          }}
        >
          {SIZE_SIGNS[index]}
        </button>
      ))}
      <button
        type="button"
        className="button quiet small"
        aria-pressed={contrast}
        aria-label={`◐ ${text('contrast')}`}
        title={text('contrast')}
        onClick={() => {
          setContrast(!contrast);
        }}
      >
        ◐
      </button>
      <LanguageSwitch />
    </span>
  );
}
