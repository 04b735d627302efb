import { useCallback, useEffect, useState } from 'react';
import type { Me } from '../../people/people.contract.ts';
import { api } from '../lib/api.ts';
import { useText, type Messages } from '../lib/language.tsx';
import { CheckIn, ConfirmIdentity } from './check-in.tsx';
import { Exam } from './exam.tsx';
import { Finished } from './finished.tsx';
import { useAnswers } from './use-answers.ts';
import { useAttempt } from './use-attempt.ts';
import { usePaper } from './use-paper.ts';
import { Waiting } from './waiting.tsx';
import './candidate.css';

const messages = {
  opening: { zh: '正在打开……', en: 'Opening …' },
  offline: {
    zh: '暂时连不上考试服务器，正在重试。请不要离开座位。',
    en: 'The exam server cannot be reached; trying again. Stay at your seat.',
  },
  elsewhere: {
    zh: '您已在另一台电脑登录，此页面只能查看。如需在此作答，请举手找监考员。',
    en: 'You have signed in at another computer; this page can only be read. Ask the invigilator if you should go on here.',
  },
} satisfies Messages;

/** Who is this browser's candidate? Then their exam. */
export function CandidateApp() {
  const text = useText(messages);
  const [attemptId, setAttemptId] = useState<string | null>();
  const [offline, setOffline] = useState(false);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    api.get<Me>('/api/me').then(
      (me) => {
        setAttemptId(me.kind === 'candidate' ? (me.attemptId ?? null) : null);
        setOffline(false);
      },
      () => {
        setOffline(true);
        timer = setTimeout(() => {
          setTries((n) => n + 1);
        }, 2_000);
      },
    );
    return () => {
      clearTimeout(timer);
    };
  }, [tries]);
  const signOut = useCallback(() => {
    setAttemptId(null);
  }, []);
  if (attemptId === undefined)
    return (
      <main className="centre" role="status">
        {text(offline ? 'offline' : 'opening')}
      </main>
    );
  if (attemptId === null) return <CheckIn onSignedIn={setAttemptId} />;
  return <Attempt key={attemptId} attemptId={attemptId} onSignedOut={signOut} />;
}

const WORKING = ['answering', 'paused'];
const MAY_WRITE = ['claiming', 'mine'];
const ENDED = ['handed-in', 'collected', 'terminated', 'marked', 'released'];

function Attempt({ attemptId, onSignedOut }: { attemptId: string; onSignedOut: () => void }) {
  const text = useText(messages);
  const handle = useAttempt(attemptId);
  const { attempt, refresh, clock, signedOut } = handle;
  const paper = usePaper(attempt, refresh);
  const state = attempt?.state ?? 'expected';
  const now = useCallback(() => clock.now(), [clock]);
  const wanted = WORKING.includes(state) || ENDED.includes(state);
  const work = useAnswers(attemptId, { wanted, attempt, paperKey: paper.key, now });
  useEffect(() => {
    if (signedOut) onSignedOut();
  }, [signedOut, onSignedOut]);

  if (attempt === undefined)
    return (
      <main className="centre" role="status">
        {text(handle.online ? 'opening' : 'offline')}
      </main>
    );
  const waiting = 'waiting' in work.save ? work.save.waiting : 0;
  if (ENDED.includes(state)) return <Finished attempt={attempt} waiting={waiting} />;
  if (!attempt.identityConfirmed)
    return <ConfirmIdentity attempt={attempt} onConfirmed={() => void refresh()} />;
  if (!WORKING.includes(state) || paper.form === undefined) {
    return <Waiting attempt={attempt} paperReady={paper.sealed} online={handle.online} now={now} />;
  }
  return (
    <>
      {!MAY_WRITE.includes(work.writing) && (
        <p className="band" role="alert">
          ■ {text('elsewhere')}
        </p>
      )}
      <Exam handle={handle} attempt={attempt} form={paper.form} work={work} />
    </>
  );
}
