import { useState } from 'react';
import { normaliseNumeric } from '../../../sitting/answer-text.rules.ts';
import { useOf, useText, type Messages } from '../../lib/language.tsx';
import type { Text } from '../../../shared/text.ts';

const messages = {
  answer: { zh: '您的答案', en: 'Your answer' },
  notNumber: { zh: '请填写数字，例如 12.50', en: 'Enter a number, such as 12.50' },
} satisfies Messages;

interface NumericProps {
  id: string;
  unit: Text | undefined;
  value: string;
  disabled: boolean;
  /** The number as the server takes it; undefined while what is typed is none. */
  onChange(value: string | undefined): void;
}

/** A number with its unit. The server reads it exactly. */
export function Numeric({ id, unit, value, disabled, onChange }: NumericProps) {
  const text = useText(messages);
  const of = useOf();
  // What is typed stays as typed ("１２." on the way to "12.5"); what is saved is the number it stands for.
  const [typed, setTyped] = useState(value);
  // Changed from outside (cleared, or read back after a reload): what was typed does not stand for it.
  const shown = value === (normaliseNumeric(typed) ?? '') ? typed : value;
  const wrong = shown !== '' && normaliseNumeric(shown) === undefined;
  return (
    <div className="numeric">
      <label htmlFor={id}>{text('answer')}</label>
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        maxLength={30}
        value={shown}
        disabled={disabled}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(normaliseNumeric(event.target.value));
        }}
      />
      {unit !== undefined && <span className="unit">{of(unit)}</span>}
      {wrong && (
        <p id={`${id}-wrong`} className="field-wrong">
          ▲ {text('notNumber')}
        </p>
      )}
    </div>
  );
}
