import { hasEnded, type AttemptState } from './attempt.rules.ts';

/** Who holds the writing of an attempt, and who asks for it. */
export interface ClaimFacts {
  state: AttemptState;
  /** The session that holds it; undefined or empty when nobody does (before the first sign-in, or after a hand-over to nobody). */
  holder: string | undefined;
  /** The session that asks. */
  sessionId: string;
}

export type ClaimVerdict = { ok: true } | { ok: false; code: 'sitting.second-sign-in' };

/**
 * Whether a session may become the attempt's writer. The newest page of the holder's own browser may always (a reload, a
 * second tab: the fence makes the older page read-only). Another sign-in may only while the person has not been admitted,
 * since the invigilator has yet to look who sits there; after that the invigilator hands over. Once the attempt has ended
 * anybody signed in to it may: what comes now is evidence at most, and a computer that lost its cookie can still bring it.
 */
export function judgeClaim({ state, holder, sessionId }: ClaimFacts): ClaimVerdict {
  const free = holder === undefined || holder === '' || holder === sessionId;
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
