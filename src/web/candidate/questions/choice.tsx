import { useOf } from '../../lib/language.tsx';
import type { Text } from '../../../shared/text.ts';

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
  strikeLabel: string;
}

/** Single or multiple choice: native inputs, the whole row is the target; each option can be struck out. */
export function Choice({
  name,
  label,
  options,
  multiple,
  chosen,
  struck,
  disabled,
  onChoose,
  onStrike,
  strikeLabel,
}: ChoiceProps) {
  const of = useOf();
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
    <fieldset className="options" disabled={disabled}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option, place) => {
        const checked = chosen.includes(option.id);
        const isStruck = struck.includes(option.id);
        return (
          <div key={option.id} className={`option${checked ? ' checked' : ''}${isStruck ? ' struck' : ''}`}>
            <label>
              <input
                type={multiple ? 'checkbox' : 'radio'}
                name={name}
                checked={checked}
                onChange={() => {
                  toggle(option.id);
                }}
              />
              <span className="letter" aria-hidden="true">
                {letterOf(place)}
              </span>
              <span className="option-text">{of(option.text)}</span>
            </label>
            <button
              type="button"
              className="strike"
              aria-pressed={isStruck}
              aria-label={`${strikeLabel} ${letterOf(place)}`}
              title={`${strikeLabel} ${letterOf(place)}`}
              onClick={() => {
                onStrike(option.id);
              }}
            >
              <span className="strike-sign" aria-hidden="true" />
            </button>
          </div>
        );
      })}
    </fieldset>
  );
}
