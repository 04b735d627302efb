import { useOf, useText, type Messages } from '../../lib/language.tsx';
import { letterOf, type Option } from './choice.tsx';

const messages = {
  order: { zh: '按您认为正确的顺序排列', en: 'Put these in the right order' },
  untouched: {
    zh: '还没有排列。用箭头移动任意一项即开始作答。',
    en: 'Not ordered yet. Move any entry to begin.',
  },
  confirm: { zh: '就按现在的顺序', en: 'Keep this order' },
  up: { zh: '上移', en: 'Move up' },
  down: { zh: '下移', en: 'Move down' },
} satisfies Messages;

interface OrderingProps {
  options: readonly Option[];
  /** Ids in the chosen order; empty when not answered. */
  value: readonly string[];
  disabled: boolean;
  onChange(ids: string[]): void;
}

/** Ordering by buttons, so that it works with keyboard and screen reader alike. */
export function Ordering({ options, value, disabled, onChange }: OrderingProps) {
  const text = useText(messages);
  const of = useOf();
  const ids = value.length > 0 ? value : options.map((option) => option.id);
  const move = (from: number, by: -1 | 1): void => {
    const next = [...ids];
    const [moved] = next.splice(from, 1);
    if (moved !== undefined) next.splice(from + by, 0, moved);
    onChange(next);
  };
  return (
    <div>
      <ol className="ordering" aria-label={text('order')}>
        {ids.map((id, place) => {
          const original = options.findIndex((option) => option.id === id);
          const option = options[original];
          if (option === undefined) return null;
          return (
            <li key={id}>
              <span className="place number">{place + 1}</span>
              <span className="option-text">
                <span className="letter">{letterOf(original)}</span> {of(option.text)}
              </span>
              <span className="moves">
                <button
                  type="button"
                  className="button"
                  disabled={disabled || place === 0}
                  aria-label={`${text('up')} ${letterOf(original)}`}
                  onClick={() => {
                    move(place, -1);
                  }}
                >
                  ↑
                </button>
                <button
                  type="button"
                  className="button"
                  disabled={disabled || place === ids.length - 1}
                  aria-label={`${text('down')} ${letterOf(original)}`}
                  onClick={() => {
                    move(place, 1);
                  }}
                >
                  ↓
                </button>
              </span>
            </li>
          );
        })}
      </ol>
      {value.length === 0 && (
        <p className="ordering-hint">
          {text('untouched')}{' '}
          <button
            type="button"
            className="button"
            disabled={disabled}
            onClick={() => {
              onChange([...ids]);
            }}
          >
            {text('confirm')}
          </button>
        </p>
      )}
    </div>
  );
}
