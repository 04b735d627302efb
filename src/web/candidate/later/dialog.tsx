import { useEffect, useRef, type ReactNode } from 'react';
import '../styles/dialog.css';

interface DialogProps {
  label: string;
  /** Without it Escape does nothing: the dialog can only be answered. */
  onClose?: () => void;
  /** Covers the whole page; nothing of it can be seen. */
  cover?: boolean;
  children: ReactNode;
}

/** A native modal dialog: focus is kept inside, beginning at what is marked `data-first`; the page behind is out of reach. */
export function Dialog({ label, onClose, cover = false, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => {
      element?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      className={cover ? 'dialog cover' : 'dialog'}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      // A second Escape closes a native dialog whatever was said to the first.
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose?.();
      }}
    >
      {children}
    </dialog>
  );
}
