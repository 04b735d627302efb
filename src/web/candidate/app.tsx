import { useCallback, useEffect, useState } from 'react';
import type { Me } from '../../people/people.contract.ts';
import { api } from '../lib/api.ts';
import { Attempt } from './attempt.tsx';
import { CalmPage } from './calm-page.tsx';
import { CheckIn } from './entry/check-in.tsx';
import './styles/page.css';
import './styles/entry.css';

const RETRY_MS = 2_000;

/** Nobody has signed in here; or a session here has ended, and its candidate should sign in again. */
type Visitor = { kind: 'unknown' | 'nobody' | 'signed-out' } | { kind: 'candidate'; attemptId: string };

/** Who is this browser's candidate? Then their exam. */
export function CandidateApp() {
  const [visitor, setVisitor] = useState<Visitor>({ kind: 'unknown' });
  const [offline, setOffline] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const life = { over: false };
    const ask = (): void => {
      api.get<Me>('/api/me').then(
        ({ kind, attemptId }) => {
          if (life.over) return;
          setOffline(false);
          setVisitor(
            kind === 'candidate' && attemptId !== undefined
              ? { kind: 'candidate', attemptId }
              : { kind: 'nobody' },
          );
        },
        () => {
          if (life.over) return;
          setOffline(true);
          timer = setTimeout(ask, RETRY_MS);
        },
      );
    };
    ask();
    return () => {
      life.over = true;
      clearTimeout(timer);
    };
  }, []);
  const signedIn = useCallback((attemptId: string) => {
    setVisitor({ kind: 'candidate', attemptId });
  }, []);
  const signedOut = useCallback(() => {
    setVisitor({ kind: 'signed-out' });
  }, []);
  const leave = useCallback(() => {
    // Whether or not the server heard: the next sign-in replaces the session.
    void api.post('/api/sign-out').catch(() => undefined);
    setVisitor({ kind: 'nobody' });
  }, []);
  switch (visitor.kind) {
    case 'unknown':
      return <CalmPage offline={offline} />;
    case 'nobody':
    case 'signed-out':
      return <CheckIn again={visitor.kind === 'signed-out'} onSignedIn={signedIn} />;
    case 'candidate':
      return (
        <Attempt
          key={visitor.attemptId}
          attemptId={visitor.attemptId}
          onSignedOut={signedOut}
          onLeave={leave}
        />
      );
  }
}
