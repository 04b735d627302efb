import { useState } from 'react';
import type { AttemptView } from '../../../sitting/attempt.contract.ts';
import { api, ApiError, errorText } from '../../lib/api.ts';
import { LanguageSwitch, useLanguage, useText, type Messages } from '../../lib/language.tsx';
import { timeText } from '../../lib/time.ts';
import { useRemaining } from '../clock.tsx';
import { HandButton } from '../hand-button.tsx';
import { Dialog } from './dialog.tsx';
import { Place } from './place.tsx';
import '../styles/covers.css';

const messages = {
  leave: { zh: '离开座位？', en: 'Leave your seat?' },
  leaveText: {
    zh: '屏幕会被遮住，监考员会看到您离座。计时继续。回来后输入证件号后四位，就回到这一题。',
    en: 'The screen is covered and the invigilator sees that you are away. The clock runs on. Back here, enter the last four characters of your ID to go on at this question.',
  },
  stay: { zh: '返回作答', en: 'Back to the questions' },
  cover: { zh: '遮住屏幕，离座', en: 'Cover the screen and leave' },
  noLine: {
    zh: '连接中断，现在不能遮住屏幕。请举手请监考员处理。',
    en: 'The line is down and the screen cannot be covered now. Raise your own hand for the invigilator.',
  },
  title: { zh: '考生暂时离座', en: 'The candidate has left the seat' },
  since: { zh: '{time} 离座', en: 'Away since {time}' },
  runsOn: { zh: '计时继续，剩余时间', en: 'The clock runs on. Time left' },
  stands: { zh: '考试暂停中，计时停止，剩余时间', en: 'The exam is paused and the clock stands. Time left' },
  back: { zh: '回到考试', en: 'Back to the exam' },
  tail: { zh: '证件号后四位', en: 'Last four characters of your ID' },
  backOffline: {
    zh: '连接中断，暂时不能核对。请举手请监考员处理；您的答案都已保存。',
    en: 'The line is down and this cannot be checked now. Raise your own hand for the invigilator; your answers are safe.',
  },
} satisfies Messages;

const setAway = (attemptId: string, away: boolean, idTail?: string): Promise<unknown> =>
  api.post(`/api/attempts/${attemptId}/away`, { away, ...(idTail === undefined ? {} : { idTail }) });

const isOffline = (error: unknown): boolean => error instanceof ApiError && error.status === 0;

interface LeaveDialogProps {
  attempt: AttemptView;
  refresh(): Promise<void>;
  onClose(): void;
}

/** Asks once more before the screen is covered. */
export function LeaveDialog({ attempt, refresh, onClose }: LeaveDialogProps) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const leave = (): void => {
    setBusy(true);
    setAway(attempt.attemptId, true)
      .then(refresh)
      .then(onClose, (refusal: unknown) => {
        setError(refusal);
        setBusy(false);
      });
  };
  return (
    <Dialog label={text('leave')} onClose={onClose}>
      <h2>{text('leave')}</h2>
      <p>{text('leaveText')}</p>
      {error !== undefined && (
        <p className="notice trouble" role="alert">
          {isOffline(error) ? text('noLine') : errorText(error, lang)}
        </p>
      )}
      <footer>
        <button type="button" className="button" data-first onClick={onClose}>
          {text('stay')}
        </button>
        <button type="button" className="button primary" disabled={busy} onClick={leave}>
          {text('cover')}
        </button>
      </footer>
    </Dialog>
  );
}

interface AwayCoverProps {
  attempt: AttemptView;
  remaining(): number | undefined;
  refresh(): Promise<void>;
}

/** Covers the page while the candidate is away; the tail of the ID uncovers it. The server keeps it, so a reload does not. */
export function AwayCover({ attempt, remaining, refresh }: AwayCoverProps) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const { words } = useRemaining(remaining);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const comeBack = (tail: string): void => {
    setBusy(true);
    setError(undefined);
    setAway(attempt.attemptId, false, tail)
      .then(refresh)
      .catch(setError)
      .finally(() => {
        setBusy(false);
      });
  };
  return (
    <Dialog label={text('title')} cover>
      <section className="panel cover-panel">
        <header>
          <h1>
            <span aria-hidden="true">○</span> {text('title')}
          </h1>
          <LanguageSwitch />
        </header>
        <p className="muted number">{text('since', { time: timeText(attempt.awaySince ?? attempt.now) })}</p>
        <Place attempt={attempt} />
        <p className="cover-clock">
          <span className="muted">{text(attempt.clockStopped ? 'stands' : 'runsOn')}</span>
          <b className="number" role="timer" aria-live="off">
            {words}
          </b>
        </p>
        <form
          className="back-form"
          onSubmit={(event) => {
            event.preventDefault();
            const tail = new FormData(event.currentTarget).get('tail');
            comeBack(typeof tail === 'string' ? tail.normalize('NFKC').trim() : '');
          }}
        >
          <div className="field">
            <label htmlFor="tail">{text('tail')}</label>
            <input
              id="tail"
              name="tail"
              required
              minLength={4}
              maxLength={4}
              autoComplete="off"
              data-first
              aria-invalid={error !== undefined}
            />
          </div>
          <button type="submit" className="button primary" disabled={busy}>
            {text('back')}
          </button>
        </form>
        {error !== undefined && (
          <p className="notice trouble" role="alert">
            {isOffline(error) ? text('backOffline') : errorText(error, lang)}
          </p>
        )}
        <footer>
          <HandButton attempt={attempt} refresh={refresh} />
        </footer>
      </section>
    </Dialog>
  );
}
