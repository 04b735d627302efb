import { memo, useEffect, useState } from 'react';
import { useText, type Messages } from '../lib/language.tsx';
import { clockText } from '../lib/time.ts';
import { useKept } from './kept.ts';

const messages = {
  remaining: { zh: '剩余', en: 'Left' },
  hide: { zh: '隐藏', en: 'Hide' },
  show: { zh: '显示', en: 'Show' },
  hideTime: { zh: '隐藏剩余时间', en: 'Hide the time left' },
  showTime: { zh: '显示剩余时间', en: 'Show the time left' },
  forced: { zh: '最后 5 分钟一直显示', en: 'Always shown in the last 5 minutes' },
} satisfies Messages;

/** From here on the clock cannot be hidden, ms. */
const FORCE_SHOWN_MS = 5 * 60_000;
const UNKNOWN = '--:--:--';

/** The time left as text, asked four times a second and redrawn when a second has passed. */
export function useRemaining(remaining: () => number | undefined): { words: string; forced: boolean } {
  const [shown, setShown] = useState({ words: UNKNOWN, forced: false });
  useEffect(() => {
    const tick = (): void => {
      const left = remaining();
      const words = left === undefined ? UNKNOWN : clockText(left);
      const forced = left !== undefined && left <= FORCE_SHOWN_MS;
      setShown((before) => (before.words === words && before.forced === forced ? before : { words, forced }));
    };
    tick();
    const timer = setInterval(tick, 250);
    return () => {
      clearInterval(timer);
    };
  }, [remaining]);
  return shown;
}

/** The clock: hidden by choice, shown by force in the last five minutes; not read out as it runs. */
export const Clock = memo(function Clock({ remaining }: { remaining: () => number | undefined }) {
  const text = useText(messages);
  const { words, forced } = useRemaining(remaining);
  const [hidden, setHidden] = useKept('kaochang-clock-hidden', false);
  const shown = !hidden || forced;
  return (
    <span className={`clock${forced ? ' last-minutes' : ''}`}>
      <span>{text('remaining')}</span>{' '}
      <b className="number" role="timer" aria-live="off">
        {shown ? words : '··:··:··'}
      </b>
      <button
        type="button"
        className="button quiet small"
        aria-disabled={forced}
        aria-label={text(shown ? 'hideTime' : 'showTime')}
        title={forced ? text('forced') : undefined}
        onClick={() => {
          if (!forced) setHidden(!hidden);
        }}
      >
        {text(shown ? 'hide' : 'show')}
      </button>
    </span>
  );
});
