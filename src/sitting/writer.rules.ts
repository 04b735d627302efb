import { hasEnded, type AttemptState } from './attempt.rules.ts';

/** Who holds the writing of an attempt, and who asks for it. */
export interface ClaimFacts {
  state: AttemptState;
  /** The session that holds it; undefined before the first sign-in; empty when staff have released it for the next one. */
  holder: string | undefined;
  /** The session that asks. */
  sessionId: string;
  /** It asks by signing in at the seat just now, not as a page that was there before. */
  signingIn: boolean;
}

export type ClaimVerdict = { ok: true } | { ok: false; code: 'sitting.second-sign-in' };

/**
 * Whether a session may become the attempt's writer. The newest page of the holder's own browser may always (a reload, a
 * second tab: the fence makes the older page read-only). Another sign-in may only while the person has not been admitted,
 * since the invigilator has yet to look who sits there; after that the invigilator hands over. Where staff have released the
 * writing (a move to another seat, a hand-over before anybody waits), the next sign-in has it without a second step: a page
 * that was open before does not take it back by a reload. Once the attempt has ended anybody signed in to it may: what comes
 * now is evidence at most, and a computer that lost its cookie can still bring it.
 */
export function judgeClaim({ state, holder, sessionId, signingIn }: ClaimFacts): ClaimVerdict {
  const free = holder === undefined || holder === sessionId || (holder === '' && signingIn);
  return free || state === 'expected' || hasEnded(state)
    ? { ok: true }
    : { ok: false, code: 'sitting.second-sign-in' };
}

/** Whether a request comes from the attempt's one writer: the holder's session, and its newest page. */
export const isWriter = (
  writer: { sessionId: string; fence: number } | undefined,
  request: { sessionId: string; fence: number | undefined },
): boolean =>
  writer !== undefined && writer.sessionId === request.sessionId && writer.fence === request.fence;
