/** A raised hand, drawn: not every lab computer has a font with the sign. */
export function HandIcon() {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <path
        d="M7 13V6a1.5 1.5 0 0 1 3 0v5-7a1.5 1.5 0 0 1 3 0v7-6a1.5 1.5 0 0 1 3 0v8-4a1.5 1.5 0 0 1 3 0v6c0 4-2.5 7-6.5 7-3 0-4.5-1.5-6-4l-2.6-4.4a1.5 1.5 0 0 1 2.5-1.6L7 13z"
        strokeLinejoin="round"
      />
    </svg>
  );
}
