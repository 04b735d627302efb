import type { ReactNode } from 'react';
import { useText, type Messages } from '../../lib/language.tsx';
import '../styles/tools.css';

const messages = { close: { zh: '关闭{name}', en: 'Close: {name}' } } satisfies Messages;

/** A tool beside the question: its name, a way to close it (Escape too), its content. */
export function Tool({
  name,
  onClose,
  children,
}: {
  name: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const text = useText(messages);
  return (
    <section
      className="tool"
      aria-label={name}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header>
        <h2>{name}</h2>
        <button
          type="button"
          className="button quiet small"
          aria-label={text('close', { name })}
          onClick={onClose}
        >
          ✕
        </button>
      </header>
      {children}
    </section>
  );
}
