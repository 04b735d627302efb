import { useOf, useText, type Messages } from '../../lib/language.tsx';
import { letterOf, type Option } from './choice.tsx';

const messages = {
  choose: { zh: '请选择', en: 'Choose' },
  match: { zh: '与第 {n} 项对应的选项', en: 'Option that goes with entry {n}' },
  options: { zh: '可选项', en: 'Options' },
} satisfies Messages;

interface MatchingProps {
  name: string;
  prompts: readonly Option[];
  options: readonly Option[];
  /** Option id by prompt id. */
  value: Readonly<Record<string, string>>;
  disabled: boolean;
  onChange(value: Record<string, string>): void;
}

/** Matching: a native list for each prompt; an option chosen elsewhere moves here. */
export function Matching({ name, prompts, options, value, disabled, onChange }: MatchingProps) {
  const text = useText(messages);
  const of = useOf();
  const choose = (prompt: string, option: string): void => {
    const next = Object.fromEntries(Object.entries(value).filter(([p, o]) => p !== prompt && o !== option));
    onChange(option === '' ? next : { ...next, [prompt]: option });
  };
  return (
    <div className="matching">
      <ul className="matching-options" aria-label={text('options')}>
        {options.map((option, place) => (
          <li key={option.id} className={Object.values(value).includes(option.id) ? 'used' : ''}>
            <span className="letter">{letterOf(place)}</span> {of(option.text)}
          </li>
        ))}
      </ul>
      <ol className="matching-prompts">
        {prompts.map((prompt, place) => (
          <li key={prompt.id}>
            <span id={`${name}-${prompt.id}`}>{of(prompt.text)}</span>
            <select
              aria-label={text('match', { n: place + 1 })}
              aria-describedby={`${name}-${prompt.id}`}
              value={value[prompt.id] ?? ''}
              disabled={disabled}
              onChange={(event) => {
                choose(prompt.id, event.target.value);
              }}
            >
              <option value="">{text('choose')}</option>
              {options.map((option, optionPlace) => (
                <option key={option.id} value={option.id}>
                  {letterOf(optionPlace)} {of(option.text)}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ol>
    </div>
  );
}
