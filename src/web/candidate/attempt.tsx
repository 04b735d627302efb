import { useCallback, useEffect, useState } from 'react';
import type { AttemptView } from '../../sitting/attempt.contract.ts';
import type { ServerClock } from '../lib/time.ts';
import { CalmPage } from './calm-page.tsx';
import { Identity } from './entry/identity.tsx';
import { Waiting } from './entry/waiting.tsx';
import { Exam } from './exam.tsx';
import { keepPage } from './page-cache.ts';
import { LATER, SCENARIO, usePart } from './parts.ts';
import { hasEnded, isWorking, screenOf } from './screen.ts';
import { useAnswers } from './use-answers.ts';
import { useAttempt } from './use-attempt.ts';
import { usePaper } from './use-paper.ts';
import { useReached } from './use-reached.ts';
import { useTimeChanges } from './use-time-notices.ts';
import type { Visitor } from './use-visitor.ts';

interface AttemptProps {
  visitor: Extract<Visitor, { kind: 'candidate' }>;
  /** The session has ended. */
  onSignedOut(): void;
  /** The person here wants to sign in anew. */
  onLeave(): void;
}

/** Ms left by the server's clock; stands still while the clock does. */
function useRemainingMs(attempt: AttemptView | undefined, clock: ServerClock): () => number | undefined {
  const stopped = attempt?.clockStopped === true;
  const { deadline, remainingMs } = attempt ?? {};
  return useCallback(() => {
    if (stopped) return remainingMs;
    const now = clock.now();
    return deadline === undefined || now === undefined ? undefined : deadline - now;
  }, [stopped, deadline, remainingMs, clock]);
}

const NO_LINES: AttemptView['ledger'] = [];

/** One candidate's attempt: which screen it is at, and what every screen needs. */
export function Attempt({ visitor, onSignedOut, onLeave }: AttemptProps) {
  const { attemptId } = visitor;
  // What was kept when the page was opened; what is kept from now on is this page's own.
  const [{ kept, silent }] = useState(visitor);
  const handle = useAttempt(attemptId, { kept, silent });
  const { attempt, refresh, clock, signedOut, online } = handle;
  const paper = usePaper(attempt, refresh, kept?.paper);
  const state = attempt?.state ?? 'expected';
  const now = useCallback(() => clock.now(), [clock]);
  const work = useAnswers(attemptId, {
    wanted: isWorking(state) || hasEnded(state),
    attempt,
    paperKey: paper.key,
    now,
  });
  const remaining = useRemainingMs(attempt, clock);
  const over = useReached(attempt?.clockStopped === true ? undefined : attempt?.deadline, clock);
  const times = useTimeChanges(attemptId, attempt?.ledger ?? NO_LINES);
  const screen = attempt && screenOf(attempt, { opened: paper.form !== undefined, over });
  const atOnce = screen === undefined || ['exam', 'waiting', 'identity'].includes(screen);
  const later = usePart(LATER, !atOnce ? 'now' : screen === 'exam' ? 'at-rest' : 'not-yet');
  usePart(SCENARIO, attempt?.part === 'skill' ? 'now' : 'not-yet');
  const stalled = work.save.kind === 'waiting';
  useEffect(() => {
    // Saving has stalled, or goes on again: whether that is the line is asked at once, not at the next poll.
    void refresh();
  }, [stalled, refresh]);
  useEffect(() => {
    const at = clock.now();
    if (attempt !== undefined && at !== undefined) void keepPage(attempt, at, paper.keep);
  }, [attempt, clock, paper.keep]);
  useEffect(() => {
    if (signedOut) onSignedOut();
  }, [signedOut, onSignedOut]);

  if (attempt === undefined || screen === undefined) return <CalmPage offline={!online} />;
  switch (screen) {
    case 'identity':
      return <Identity handle={handle} attempt={attempt} onLeave={onLeave} />;
    case 'waiting':
      return <Waiting handle={handle} attempt={attempt} paperReady={paper.sealed} />;
    case 'exam':
      return paper.form === undefined ? (
        <CalmPage offline={!online} />
      ) : (
        <Exam
          handle={handle}
          attempt={attempt}
          form={paper.form}
          work={work}
          remaining={remaining}
          times={times}
          later={later}
        />
      );
    case 'elsewhere':
    case 'away':
    case 'time-over':
    case 'finished':
      break;
  }
  if (later === undefined) return <CalmPage offline={!online} />;
  switch (screen) {
    case 'elsewhere':
      return <later.Elsewhere attempt={attempt} work={work} online={online} onLeave={onLeave} />;
    case 'away':
      return <later.AwayCover attempt={attempt} remaining={remaining} refresh={refresh} />;
    case 'time-over':
      return <later.TimeOver attempt={attempt} work={work} online={online} refresh={refresh} />;
    case 'finished':
      return <later.Finished attempt={attempt} work={work} />;
  }
}
