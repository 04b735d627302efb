import { useCallback, useEffect, useState } from 'react';
import type { Me } from '../../people/people.contract.ts';
import { api } from '../lib/api.ts';
import { forgetPage, keptPage, type KeptPage } from './page-cache.ts';

/** Who sits at this computer, as far as the page knows. */
export type Visitor =
  /** `offline`: the server has not answered, and this computer has kept nobody. */
  | { kind: 'unknown'; offline: boolean }
  | { kind: 'nobody' }
  /** A session here has ended, and its candidate should sign in again. */
  | { kind: 'signed-out' }
  /** `silent`: known from what this computer kept, since the server does not answer. */
  | { kind: 'candidate'; attemptId: string; kept: KeptPage | undefined; silent: boolean };

/** How long the server may take before the page goes by what this computer kept, ms; how long before it is asked anew. */
const PATIENCE_MS = 3_000;
const GIVEN_UP_MS = 8_000;
const RETRY_MS = 2_000;

function told(me: Me, kept: KeptPage | undefined): Visitor {
  const { attemptId } = me;
  if (me.kind !== 'candidate' || attemptId === undefined) return { kind: 'nobody' };
  return {
    kind: 'candidate',
    attemptId,
    kept: kept?.attemptId === attemptId ? kept : undefined,
    silent: false,
  };
}

const remembered = (kept: KeptPage | undefined): Visitor =>
  kept === undefined
    ? { kind: 'unknown', offline: true }
    : { kind: 'candidate', attemptId: kept.attemptId, kept, silent: true };

/** Asks who is signed in here: the server, whose word counts; this computer's memory, while the server does not answer. */
function askWho(kept: KeptPage | undefined, tell: (visitor: Visitor) => void): () => void {
  const life = { over: false };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async (): Promise<void> => {
    timer = setTimeout(() => {
      tell(remembered(kept));
    }, PATIENCE_MS);
    const answer = await api.get<Me>('/api/me', AbortSignal.timeout(GIVEN_UP_MS)).catch(() => undefined);
    clearTimeout(timer);
    if (life.over) return;
    tell(answer === undefined ? remembered(kept) : told(answer, kept));
    // Who goes by memory asks for the attempt itself from here on, and learns there whose session it is.
    if (answer === undefined && kept === undefined) timer = setTimeout(() => void ask(), RETRY_MS);
  };
  void ask();
  return () => {
    life.over = true;
    clearTimeout(timer);
  };
}

interface VisitorHandle {
  visitor: Visitor;
  signedIn(attemptId: string): void;
  /** The server says that the session has ended. */
  signedOut(): void;
  /** The person here wants to sign in anew. */
  leave(): void;
}

/** Who sits here, with what changes it. Once it is nobody, what this computer kept of the page goes. */
export function useVisitor(): VisitorHandle {
  const [visitor, setVisitor] = useState<Visitor>({ kind: 'unknown', offline: false });
  useEffect(() => {
    const life = { over: false, end: (): void => undefined };
    void keptPage().then((kept) => {
      if (!life.over) life.end = askWho(kept, setVisitor);
    });
    return () => {
      life.over = true;
      life.end();
    };
  }, []);
  const nobody = visitor.kind === 'nobody' || visitor.kind === 'signed-out';
  useEffect(() => {
    if (nobody) void forgetPage();
  }, [nobody]);
  const signedIn = useCallback((attemptId: string) => {
    setVisitor({ kind: 'candidate', attemptId, kept: undefined, silent: false });
  }, []);
  const signedOut = useCallback(() => {
    setVisitor({ kind: 'signed-out' });
  }, []);
  const leave = useCallback(() => {
    // Whether or not the server heard: the next sign-in replaces the session.
    void api.post('/api/sign-out').catch(() => undefined);
    setVisitor({ kind: 'nobody' });
  }, []);
  return { visitor, signedIn, signedOut, leave };
}
