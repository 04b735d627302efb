import { memo, useEffect } from 'react';
import { LanguageSwitch, useText, type Messages } from '../lib/language.tsx';
import { recallValue, useKept } from './kept.ts';

const messages = {
  group: { zh: '显示', en: 'Appearance' },
  small: { zh: '字号小', en: 'Small text' },
  medium: { zh: '字号中', en: 'Medium text' },
  large: { zh: '字号大', en: 'Large text' },
  contrast: { zh: '高对比', en: 'High contrast' },
} satisfies Messages;

const SIZES = [
  { px: 14, sign: 'A⁻', name: 'small' },
  { px: 16, sign: 'A', name: 'medium' },
  { px: 20, sign: 'A⁺', name: 'large' },
] as const;
const SIZE = { key: 'kaochang-text-size', fallback: 16 };
const CONTRAST = { key: 'kaochang-contrast', fallback: false };

function apply(size: number, contrast: boolean): void {
  const { documentElement } = document;
  documentElement.style.setProperty('--paper-text', `${size}px`);
  if (contrast) documentElement.dataset['theme'] = 'contrast';
  else delete documentElement.dataset['theme'];
}

/** Text size and contrast as this computer keeps them, before anything is drawn. */
export function recallAppearance(): void {
  apply(recallValue(SIZE.key, SIZE.fallback), recallValue(CONTRAST.key, CONTRAST.fallback));
}

/** Text size, contrast and language; kept on this computer. */
export const Appearance = memo(function Appearance() {
  const text = useText(messages);
  const [size, setSize] = useKept(SIZE.key, SIZE.fallback);
  const [contrast, setContrast] = useKept(CONTRAST.key, CONTRAST.fallback);
  useEffect(() => {
    apply(size, contrast);
  }, [size, contrast]);
  return (
    <span className="appearance" role="group" aria-label={text('group')}>
      {SIZES.map(({ px, sign, name }) => (
        <button
          key={px}
          type="button"
          className="button quiet small"
          aria-pressed={size === px}
          aria-label={`${sign} ${text(name)}`}
          title={text(name)}
          onClick={() => {
            setSize(px);
          }}
        >
          {sign}
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
});
