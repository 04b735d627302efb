import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useText, type Messages } from '../../lib/language.tsx';
import { useKept } from '../kept.ts';

const messages = {
  divider: {
    zh: '左右分栏，用 ← → 调整宽度',
    en: 'Divider of the two panes; ← → move it',
  },
} satisfies Messages;

/** Width of the left pane, per cent. */
const SPLIT = { least: 25, most: 75, first: 52, step: 3 };
const within = (percent: number): number => Math.min(SPLIT.most, Math.max(SPLIT.least, percent));

interface TwoPanesProps {
  left: { label: string; content: ReactNode };
  right: { label: string; content: ReactNode };
}

/** Material and work side by side, each scrolling by itself, with a divider for pointer and keys. On a narrow page they follow each other. */
export function TwoPanes({ left, right }: TwoPanesProps) {
  const text = useText(messages);
  const [split, setSplit] = useKept('kaochang-split', SPLIT.first);
  const byKey = (event: KeyboardEvent): void => {
    const next: Record<string, number> = {
      ArrowLeft: split - SPLIT.step,
      ArrowRight: split + SPLIT.step,
      Home: SPLIT.least,
      End: SPLIT.most,
      Enter: SPLIT.first,
    };
    const to = next[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setSplit(within(to));
  };
  const drag = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const frame = event.currentTarget.parentElement?.getBoundingClientRect();
    if (frame === undefined || frame.width === 0) return;
    setSplit(within(Math.round(((event.clientX - frame.left) / frame.width) * 100)));
  };
  return (
    <div className="two-panes" style={{ gridTemplateColumns: `${split}fr auto ${100 - split}fr` }}>
      <section className="pane" aria-label={left.label} tabIndex={0}>
        {left.content}
      </section>
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={text('divider')}
        aria-valuenow={split}
        aria-valuemin={SPLIT.least}
        aria-valuemax={SPLIT.most}
        tabIndex={0}
        className="divider"
        onKeyDown={byKey}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={drag}
        onDoubleClick={() => {
          setSplit(SPLIT.first);
        }}
      />
      <section className="pane" aria-label={right.label}>
        {right.content}
      </section>
    </div>
  );
}
