import { parseDecimal } from '../../../shared/fraction.ts';
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
  onChange(value: string): void;
}

/** A number with its unit. What is typed is kept as typed; the server reads it exactly. */
export function Numeric({ id, unit, value, disabled, onChange }: NumericProps) {
  const text = useText(messages);
  const of = useOf();
  const wrong = value !== '' && parseDecimal(value) === undefined;
  return (
    <div className="numeric">
      <label htmlFor={id}>{text('answer')}</label>
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        maxLength={30}
        value={value}
        disabled={disabled}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={(event) => {
          onChange(event.target.value.normalize('NFKC').replace(/[\s,]/g, ''));
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
