import { useOf, useText, type Messages } from '../../lib/language.tsx';
import type { Text } from '../../../shared/text.ts';

const messages = {
  strike: { zh: '划去 {letter}', en: 'Strike out {letter}' },
  keep: { zh: '恢复 {letter}', en: 'Keep {letter}' },
} satisfies Messages;

/** One option as it is shown: its place gives the letter, its id is what is saved. */
export interface Option {
  id: string;
  text: Text;
}

/** The letter of an option's place: A, B, C … */
export const letterOf = (place: number): string => String.fromCharCode(65 + place);

interface ChoiceProps {
  name: string;
  label: string;
  options: readonly Option[];
  multiple: boolean;
  chosen: readonly string[];
  struck: readonly string[];
  disabled: boolean;
  onChoose(ids: string[]): void;
  onStrike(id: string): void;
}

/** Single or multiple choice: native inputs, the whole row is the target; each option can be struck out. */
export function Choice(props: ChoiceProps) {
  const { options, multiple, chosen, onChoose } = props;
  const toggle = (id: string): void => {
    if (!multiple) onChoose([id]);
    else
      onChoose(
        chosen.includes(id)
          ? chosen.filter((c) => c !== id)
          : options.map((o) => o.id).filter((o) => o === id || chosen.includes(o)),
      );
  };
  return (
    <fieldset className="options" disabled={props.disabled}>
      <legend className="visually-hidden">{props.label}</legend>
      {options.map((option, place) => (
        <Row
          key={option.id}
          option={option}
          letter={letterOf(place)}
          type={multiple ? 'checkbox' : 'radio'}
          name={props.name}
          checked={chosen.includes(option.id)}
          struck={props.struck.includes(option.id)}
          onToggle={() => {
            toggle(option.id);
          }}
          onStrike={() => {
            props.onStrike(option.id);
          }}
        />
      ))}
    </fieldset>
  );
}

interface RowProps {
  option: Option;
  letter: string;
  type: 'checkbox' | 'radio';
  name: string;
  checked: boolean;
  struck: boolean;
  onToggle(): void;
  onStrike(): void;
}

function Row({ option, letter, type, name, checked, struck, onToggle, onStrike }: RowProps) {
  const of = useOf();
  const text = useText(messages);
  const strike = text(struck ? 'keep' : 'strike', { letter });
  return (
    <div className={`option${checked ? ' checked' : ''}${struck ? ' struck' : ''}`}>
      <label>
        <input type={type} name={name} checked={checked} onChange={onToggle} />
        <span className="letter" aria-hidden="true">
          {letter}
        </span>
        <span className="option-text">{of(option.text)}</span>
      </label>
      <button type="button" className="strike" aria-label={strike} title={strike} onClick={onStrike}>
        <span className="strike-sign" aria-hidden="true" />
      </button>
    </div>
  );
}
