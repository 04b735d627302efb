import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import {
  add,
  divide,
  multiply,
  parseDecimal,
  roundHalfUp,
  subtract,
  type Fraction,
} from '../../../shared/fraction.ts';
import { useText, type Messages } from '../../lib/language.tsx';
import { Tool } from './tool.tsx';

const messages = {
  calculator: { zh: '计算器', en: 'Calculator' },
  display: { zh: '结果', en: 'Display' },
  keys: { zh: '可用键盘输入', en: 'The keyboard works too' },
} satisfies Messages;

type Operator = '+' | '−' | '×' | '÷';
const APPLY: Record<Operator, (a: Fraction, b: Fraction) => Fraction | undefined> = {
  '+': add,
  '−': subtract,
  '×': multiply,
  '÷': (a, b) => (b.num === 0n ? undefined : divide(a, b)),
};
const KEYS = ['7', '8', '9', '÷', '4', '5', '6', '×', '1', '2', '3', '−', '0', '.', '=', '+'] as const;

interface State {
  shown: string;
  /** What is to be computed with once the second number is in. */
  held: Fraction | undefined;
  operator: Operator | undefined;
  /** The next digit begins a new number. */
  fresh: boolean;
}
const EMPTY: State = { shown: '0', held: undefined, operator: undefined, fresh: true };

/** Shows up to eight decimals, without trailing zeros. */
const show = (value: Fraction): string => {
  const text = roundHalfUp(value, 8);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
};

function press(state: State, key: (typeof KEYS)[number] | 'C'): State {
  if (key === 'C') return EMPTY;
  if (/^\d$/.test(key) || key === '.') {
    if (!state.fresh && key === '.' && state.shown.includes('.')) return state;
    if (!state.fresh && state.shown.length >= 15) return state;
    const start = state.fresh
      ? key === '.'
        ? '0'
        : ''
      : state.shown === '0' && key !== '.'
        ? ''
        : state.shown;
    return { ...state, shown: start + key, fresh: false };
  }
  const current = parseDecimal(state.shown.replace(/\.$/, ''));
  if (current === undefined) return EMPTY;
  const result =
    state.operator !== undefined && state.held !== undefined && !state.fresh
      ? APPLY[state.operator](state.held, current)
      : current;
  if (result === undefined) return { ...EMPTY, shown: '÷ 0' };
  if (key === '=') return { shown: show(result), held: undefined, operator: undefined, fresh: true };
  return { shown: show(result), held: result, operator: key as Operator, fresh: true };
}

/** Keys of a keyboard that stand for keys of the calculator. */
const TYPED: Readonly<Record<string, (typeof KEYS)[number] | 'C'>> = {
  '/': '÷',
  '*': '×',
  '-': '−',
  '+': '+',
  Enter: '=',
  '=': '=',
  '.': '.',
  c: 'C',
  C: 'C',
  Delete: 'C',
};

/** A plain calculator; exact inside. Opened, it takes the focus and the keyboard's figures. */
export function Calculator({ onClose }: { onClose: () => void }) {
  const text = useText(messages);
  const [state, setState] = useState(EMPTY);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    frame.current?.focus();
  }, []);
  const type = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = /^\d$/.test(event.key) ? (event.key as (typeof KEYS)[number]) : TYPED[event.key];
    // Enter on a button presses that button.
    if (key === undefined || (event.key === 'Enter' && event.target !== frame.current)) return;
    event.preventDefault();
    event.stopPropagation();
    setState((before) => press(before, key));
  };
  return (
    <Tool name={text('calculator')} onClose={onClose}>
      <div
        ref={frame}
        className="calculator"
        role="group"
        aria-label={text('keys')}
        tabIndex={-1}
        onKeyDown={type}
      >
        <output className="calculator-display number" aria-label={text('display')}>
          {state.operator !== undefined && <small>{state.operator}</small>} {state.shown}
        </output>
        <div className="calculator-keys">
          <button
            type="button"
            className="button wide"
            onClick={() => {
              setState(EMPTY);
            }}
          >
            C
          </button>
          {KEYS.map((key) => (
            <button
              key={key}
              type="button"
              className={`button${key === '=' ? ' primary' : ''}`}
              onClick={() => {
                setState((before) => press(before, key));
              }}
            >
              {key}
            </button>
          ))}
        </div>
      </div>
    </Tool>
  );
}
