import { useEffect, useId, useRef } from 'react';
import { useText, type Messages } from '../lib/language.tsx';

const messages = {
  label: { zh: '本题笔记', en: 'Your note on this question' },
  hint: { zh: '只给自己看，不计分。', en: 'For yourself only; not marked.' },
  close: { zh: '收起笔记', en: 'Close the note' },
} satisfies Messages;

const LONGEST = 2_000;

/** The candidate's own note on a question. Opened by hand, it takes the focus; Escape closes it. */
export function Note({
  text: value,
  focused,
  onChange,
  onClose,
}: {
  text: string;
  focused: boolean;
  onChange: (text: string) => void;
  onClose: () => void;
}) {
  const text = useText(messages);
  const id = useId();
  const frame = useRef<HTMLElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!focused) return;
    field.current?.focus();
    frame.current?.scrollIntoView({ block: 'nearest' });
  }, [focused]);
  return (
    <section
      ref={frame}
      className="note"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header>
        <label htmlFor={id}>{text('label')}</label>
        <span className="hint">{text('hint')}</span>
        <button
          type="button"
          className="button quiet small"
          aria-label={text('close')}
          title={text('close')}
          onClick={onClose}
        >
          ✕
        </button>
      </header>
      <textarea
        ref={field}
        id={id}
        value={value}
        rows={3}
        maxLength={LONGEST}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </section>
  );
}
