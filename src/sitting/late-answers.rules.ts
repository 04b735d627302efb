import type { HistoryReason } from './answer.model.ts';
import type { LateView } from './attempt.contract.ts';
import { hasEnded, type AttemptState } from './attempt.rules.ts';

/** Headings under which kept evidence may still come to count: an answer overtaken by a higher seq of its own page may not. */
export const LATE_REASONS = ['late', 'ended', 'not-writer', 'file'] as const satisfies HistoryReason[];
export type LateReason = (typeof LATE_REASONS)[number];

/** Kept evidence, as far as the rule needs it. Times are server ms. */
export interface LateFact {
  itemId: string;
  seq: number;
  reason: HistoryReason;
  /** When it reached the server. */
  savedAt: number;
  /** When its page says it was given. */
  claimedAt?: number;
  /** Set once a decision has been taken of it. */
  decided?: object;
}

/** The answer that counts now. */
export interface StoredFact {
  itemId: string;
  seq: number;
  savedAt: number;
}

/**
 * How much earlier than the stored answer's save an answer must claim to have been given to be the older of the two, ms. A
 * page's own save may be on its way while the next change is made, but never so long.
 */
export const CLAIM_MARGIN_MS = 60_000;

const isLateReason = (reason: HistoryReason): reason is LateReason =>
  (LATE_REASONS as readonly HistoryReason[]).includes(reason);

/**
 * Whether evidence is newer than what is stored: a higher seq, and not overtaken by what the candidate saved elsewhere. Two
 * computers count on from the same seq, so a higher one alone does not tell: what reached the server before the stored answer
 * (from a page that did not write, or in a file), or says itself that it was given well before it, is the older.
 */
function isNewer(fact: LateFact, stored: StoredFact | undefined): boolean {
  if (stored === undefined) return true;
  if (fact.seq <= stored.seq) return false;
  const fromElsewhere = fact.reason === 'not-writer' || fact.reason === 'file';
  if (fromElsewhere && fact.savedAt < stored.savedAt) return false;
  return fact.claimedAt === undefined || fact.claimedAt + CLAIM_MARGIN_MS >= stored.savedAt;
}

const isLater = (one: LateFact, other: LateFact): boolean =>
  one.seq > other.seq || (one.seq === other.seq && one.savedAt > other.savedAt);

/**
 * The late answers that wait for a decision: the newest of each item, by item id, where it is newer than the stored one.
 * `upTo` leaves out what reached the server after that, server ms: nobody decides of what they have not seen.
 */
export function waitingAnswers<T extends LateFact>(
  evidence: readonly T[],
  stored: readonly StoredFact[],
  upTo = Infinity,
): T[] {
  const counts = new Map(stored.map((answer) => [answer.itemId, answer]));
  const newest = new Map<string, T>();
  for (const fact of evidence) {
    if (!isLateReason(fact.reason) || fact.decided !== undefined || fact.savedAt > upTo) continue;
    if (!isNewer(fact, counts.get(fact.itemId))) continue;
    const known = newest.get(fact.itemId);
    if (known === undefined || isLater(fact, known)) newest.set(fact.itemId, fact);
  }
  return [...newest.values()].sort((one, other) => (one.itemId < other.itemId ? -1 : 1));
}

/** What page and console are told of the answers that wait; undefined when none do. */
export function lateOf(waiting: readonly LateFact[]): LateView | undefined {
  if (waiting.length === 0) return undefined;
  return { items: waiting.length, at: Math.max(...waiting.map(({ savedAt }) => savedAt)) };
}

/** Whether late answers wait for the chief invigilator. */
export const awaitsDecision = (late: LateView | undefined): boolean =>
  late !== undefined && late.decision === undefined;

/** States in which late answers can be decided: ended and not yet marked. */
export const DECIDABLE_STATES = [
  'handed-in',
  'collected',
  'terminated',
] as const satisfies readonly AttemptState[];

export type DecisionVerdict =
  | { ok: true }
  | {
      ok: false;
      code: 'sitting.attempt-not-ended' | 'sitting.already-marked' | 'sitting.no-late-answers';
    };

/** Whether an attempt's late answers can be decided now; `waiting` of them do. */
export function judgeDecision(state: AttemptState, waiting: number): DecisionVerdict {
  if (!hasEnded(state)) return { ok: false, code: 'sitting.attempt-not-ended' };
  if (!(DECIDABLE_STATES as readonly AttemptState[]).includes(state))
    return { ok: false, code: 'sitting.already-marked' };
  return waiting === 0 ? { ok: false, code: 'sitting.no-late-answers' } : { ok: true };
}
