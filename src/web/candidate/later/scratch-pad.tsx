import { useText, type Messages } from '../../lib/language.tsx';
import { Tool } from './tool.tsx';

const messages = {
  scratch: { zh: '草稿', en: 'Scratch pad' },
  hint: { zh: '草稿只给自己看，不计分。', en: 'For yourself only; not marked.' },
} satisfies Messages;

const LONGEST = 20_000;

/** Text to think with, over all questions. */
export function ScratchPad({
  value,
  onChange,
  onClose,
}: {
  value: string;
  onChange: (text: string) => void;
  onClose: () => void;
}) {
  const text = useText(messages);
  return (
    <Tool name={text('scratch')} onClose={onClose}>
      <textarea
        aria-label={text('scratch')}
        value={value}
        rows={16}
        maxLength={LONGEST}
        autoFocus
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      <p className="hint">{text('hint')}</p>
    </Tool>
  );
}
