import type { ReactNode } from 'react';

/** What a state means to the person who looks; each has its own colour, shape and, in `children`, word. */
export type Tone = 'ok' | 'attention' | 'trouble' | 'away' | 'held' | 'current';

const SHAPES: Record<Tone, string> = {
  ok: '✓',
  attention: '▲',
  trouble: '■',
  away: '○',
  held: '❚❚',
  current: '●',
};

/** A state by shape, word and colour. */
export function State({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`state ${tone}`}>
      <span aria-hidden="true">{SHAPES[tone]}</span> {children}
    </span>
  );
}
