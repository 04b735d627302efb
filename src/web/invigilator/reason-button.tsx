import { useId, type ReactNode } from 'react';

/** A button that keeps its place when it cannot be used: it stays reachable, and its reason is shown beside it or on focus and hover. */
export function ReasonButton({
  reason,
  beside = false,
  className = 'button',
  busy = false,
  onPress,
  children,
}: {
  /** Why it cannot be used now. */
  reason?: string | undefined;
  /** The reason is always shown, not only on focus. */
  beside?: boolean;
  className?: string;
  busy?: boolean;
  onPress(): void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <span className="reason-button">
      <button
        type="button"
        className={className}
        aria-disabled={reason !== undefined || busy}
        {...(reason === undefined ? {} : { 'aria-describedby': id })}
        onClick={() => {
          if (reason === undefined && !busy) onPress();
        }}
      >
        {children}
      </button>
      {reason !== undefined && (
        <span id={id} className={beside ? 'reason beside' : 'reason'} role="note">
          {reason}
        </span>
      )}
    </span>
  );
}
