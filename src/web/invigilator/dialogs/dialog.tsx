import { useCallback, useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type { Text } from '../../../shared/text.ts';
import { useOf, useText, type Messages } from '../../lib/language.tsx';

const messages = {
  cancel: { zh: '取消', en: 'Cancel' },
} satisfies Messages;

interface DialogProps {
  title: string;
  /** The word on the button that does it. */
  action: string;
  danger?: boolean;
  /** Why it cannot be done now; the button stays, and says so. */
  blocked?: string | undefined;
  /** What the server said against it. */
  refusal: Text | undefined;
  busy: boolean;
  wide?: boolean;
  onDo(): void;
  onClose(): void;
  children: ReactNode;
}

/** A native modal dialog with a form: focus is kept inside, Escape closes, Enter does it. */
export function Dialog(props: DialogProps) {
  const { title, action, danger, blocked, refusal, busy, wide, onDo, onClose, children } = props;
  const text = useText(messages);
  const of = useOf();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // What the dialog names, the first field, or else the act itself: never the button that refuses.
    const first =
      element?.querySelector<HTMLElement>('[data-first=true]') ??
      element?.querySelector<HTMLElement>('input:not([type=radio]), textarea, select');
    (first ?? element?.querySelector<HTMLElement>('[type=submit]'))?.focus();
    return () => {
      element?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      className={`dialog${wide === true ? ' wide' : ''}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (blocked === undefined && !busy) onDo();
        }}
      >
        <h2 id={`${id}-title`}>{title}</h2>
        {children}
        {refusal !== undefined && (
          <p className="notice trouble" role="alert">
            {of(refusal)}
          </p>
        )}
        <footer>
          <p id={`${id}-why`} className="why" role="status">
            {blocked}
          </p>
          <button type="button" className="button" onClick={onClose}>
            {text('cancel')}
          </button>
          <button
            type="submit"
            className={`button ${danger === true ? 'danger' : 'primary'}`}
            aria-disabled={blocked !== undefined || busy}
            aria-describedby={`${id}-why`}
          >
            {action}
          </button>
        </footer>
      </form>
    </dialog>
  );
}

/** Sends what a dialog asks for: closes it when done, keeps the refusal to be shown when not. */
export function useAsking(onClose: () => void): {
  refusal: Text | undefined;
  ask(work: Promise<Text | undefined>): void;
} {
  const [refusal, setRefusal] = useState<Text>();
  const ask = useCallback(
    (work: Promise<Text | undefined>) => {
      void work.then((answer) => {
        if (answer === undefined) onClose();
        else setRefusal(answer);
      });
    },
    [onClose],
  );
  return { refusal, ask };
}
