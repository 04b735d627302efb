import { useState, type ReactNode } from 'react';
import type { Field, ScenarioValue } from '../../../bank/scenario.contract.ts';
import { useLanguage, useOf, useText, type Messages } from '../../lib/language.tsx';

const messages = {
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  notWhole: { zh: '请填写整数，例如 12', en: 'Enter a whole number, such as 12' },
  notNumber: { zh: '请填写数字，例如 12.50', en: 'Enter a number, such as 12.50' },
} satisfies Messages;

interface InputProps {
  id: string;
  describedBy: string | undefined;
  field: Field;
  value: ScenarioValue | undefined;
  onSet(value: ScenarioValue, typing: boolean): void;
}

/** A field of the shop with its label, unit and hint. */
export function FieldInput(props: Pick<InputProps, 'field' | 'value' | 'onSet'>) {
  const { field } = props;
  const of = useOf();
  const id = `field-${field.path}`;
  const describedBy = field.hint === undefined ? undefined : `${id}-hint`;
  return (
    <div className="field">
      <label htmlFor={id}>
        {of(field.label)}
        {field.unit !== undefined && <span className="unit"> ({of(field.unit)})</span>}
      </label>
      <Input {...props} id={id} describedBy={describedBy} />
      {field.hint !== undefined && (
        <p id={describedBy} className="hint">
          {of(field.hint)}
        </p>
      )}
    </div>
  );
}

function Input(props: InputProps): ReactNode {
  switch (props.field.type) {
    case 'choice':
    case 'boolean':
      return <ListInput {...props} />;
    case 'integer':
    case 'decimal':
      return <NumberInput {...props} />;
    case 'text':
      return <TextInput {...props} />;
  }
}

function ListInput({ id, describedBy, field, value, onSet }: InputProps) {
  const { lang } = useLanguage();
  const text = useText(messages);
  const yesNo = field.type === 'boolean';
  const choices = yesNo
    ? [
        { id: 'true', label: text('yes') },
        { id: 'false', label: text('no') },
      ]
    : (field.choices ?? []).map((choice) => ({ id: choice.id, label: choice.label[lang] }));
  return (
    <select
      id={id}
      aria-describedby={describedBy}
      value={yesNo ? String(value === true) : String(value ?? '')}
      onChange={(event) => {
        onSet(yesNo ? event.target.value === 'true' : event.target.value, false);
      }}
    >
      {choices.map((choice) => (
        <option key={choice.id} value={choice.id}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

const PLAIN = { whole: /^-?\d{1,12}$/, decimal: /^-?\d*\.?\d*$/ } as const;

function NumberInput({ id, describedBy, field, value, onSet }: InputProps) {
  const text = useText(messages);
  const whole = field.type === 'integer';
  // What is typed stays as typed until it is a number again; what is saved is the last number it was.
  const [typed, setTyped] = useState<string>();
  const fits = (entry: string): boolean => (whole ? PLAIN.whole : PLAIN.decimal).test(entry);
  const wrong = typed !== undefined && typed !== '' && typed !== '-' && !fits(typed);
  return (
    <>
      <input
        id={id}
        aria-describedby={wrong ? `${id}-wrong` : describedBy}
        aria-invalid={wrong}
        inputMode={whole ? 'numeric' : 'decimal'}
        maxLength={whole ? 12 : 24}
        autoComplete="off"
        value={typed ?? String(value ?? '')}
        onBlur={() => {
          if (!wrong) setTyped(undefined);
        }}
        onChange={(event) => {
          const next = event.target.value.normalize('NFKC').replace(/[\s,]/g, '');
          setTyped(next);
          if (fits(next)) onSet(whole ? Number(next) : next, true);
        }}
      />
      {wrong && (
        <p id={`${id}-wrong`} className="field-wrong">
          ▲ {text(whole ? 'notWhole' : 'notNumber')}
        </p>
      )}
    </>
  );
}

function TextInput({ id, describedBy, field, value, onSet }: InputProps) {
  const longest = field.maxLength ?? 2_000;
  return (
    <textarea
      id={id}
      aria-describedby={describedBy}
      rows={longest > 160 ? 4 : 2}
      maxLength={longest}
      value={String(value ?? '')}
      onChange={(event) => {
        onSet(event.target.value, true);
      }}
    />
  );
}
