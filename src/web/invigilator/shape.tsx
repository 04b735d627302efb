import type { ShapeName } from './seat-status.ts';

const PATHS: Readonly<Record<ShapeName, string>> = {
  ok: 'M2.5 8.5l3.6 3.7 7.4-8.4',
  attention: 'M8 1.8 15 14.2H1z',
  trouble: 'M2 2h12v12H2z',
  away: 'M8 2.6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 0 0 8 2.6z',
  held: 'M3.4 2.5h3.4v11H3.4zM9.2 2.5h3.4v11H9.2z',
  hand: 'M4.2 9V4.1a1.1 1.1 0 0 1 2.1 0V2.3a1.1 1.1 0 0 1 2.1 0v1.1a1.1 1.1 0 0 1 2.1 0v1.5a1.1 1.1 0 0 1 2.1 0v5.2c0 3-1.7 5-4.5 5-2.2 0-3.3-1.1-4.2-2.7L1.7 9.3a1 1 0 0 1 1.6-1.2z',
  done: 'M2.5 3.5h11M2.5 8h11M2.5 12.5h6',
  ended: 'M3 3l10 10M13 3 3 13',
};
const LINES: readonly ShapeName[] = ['ok', 'away', 'done', 'ended'];

/** The drawn shape of a state; it always stands beside its word, so it is silent. */
export function Shape({ name }: { name: ShapeName }) {
  const line = LINES.includes(name);
  return (
    <svg className="shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill={line ? 'none' : 'currentColor'}
        stroke={line ? 'currentColor' : 'none'}
        strokeWidth={2.2}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
