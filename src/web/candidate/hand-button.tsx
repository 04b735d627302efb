import { memo, useEffect, useState } from 'react';
import type { AttemptView } from '../../sitting/attempt.contract.ts';
import { api } from '../lib/api.ts';
import { useText, type Messages } from '../lib/language.tsx';
import { HandIcon } from './hand-icon.tsx';

const messages = {
  raise: { zh: '举手', en: 'Raise hand' },
  lower: { zh: '放下手', en: 'Lower hand' },
  handUp: { zh: '已举手，监考员看得到', en: 'Your hand is up; the invigilator sees it' },
  unheard: {
    zh: '举手没有送到，请直接举手示意。',
    en: 'That did not get through: raise your own hand.',
  },
} satisfies Messages;

const SHOWN_MS = 10_000;

interface HandButtonProps {
  attempt: AttemptView;
  refresh(): Promise<void>;
}

/** Calls the invigilator, or takes the call back. Where the line is down it says to raise the real hand. */
export const HandButton = memo(function HandButton({ attempt, refresh }: HandButtonProps) {
  const text = useText(messages);
  const [busy, setBusy] = useState(false);
  const [unheard, setUnheard] = useState(false);
  const up = attempt.handRaised;
  useEffect(() => {
    if (!unheard) return;
    const timer = setTimeout(() => {
      setUnheard(false);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [unheard]);
  const send = (): void => {
    if (busy) return;
    setBusy(true);
    setUnheard(false);
    api
      .post(`/api/attempts/${attempt.attemptId}/hand`, { raised: !up })
      .then(refresh)
      .catch(() => {
        setUnheard(true);
      })
      .finally(() => {
        setBusy(false);
      });
  };
  return (
    <span className="hand">
      <button
        type="button"
        className={`button${up ? ' hand-up' : ''}`}
        title={up ? text('handUp') : undefined}
        onClick={send}
      >
        <HandIcon /> <span>{text(up ? 'lower' : 'raise')}</span>
      </button>
      <span role="status" className={unheard ? 'hand-unheard' : undefined}>
        {unheard ? text('unheard') : ''}
      </span>
    </span>
  );
});
