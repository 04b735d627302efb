/** Minutes in ms. */
export const MINUTE = 60_000;

/** Why time was given (design section 3.2). Minutes may be fractional for a pause credit, and negative only to take back what was given too much. */
export const LEDGER_KINDS = ['accommodation', 'incident', 'pause-credit', 'correction'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];
export const LEDGER_SCOPES = ['candidate', 'room', 'sitting'] as const;
export type LedgerScope = (typeof LEDGER_SCOPES)[number];

/** What a deadline needs to know of a ledger entry. For scope `candidate` the scope id is the attempt's. */
export interface LedgerFact {
  scope: LedgerScope;
  scopeId: string;
  minutes: number;
}

/** The entries that count for one attempt. */
export function applicableEntries<T extends LedgerFact>(
  entries: readonly T[],
  where: { attemptId: string; roomId: string; sittingId: string },
): T[] {
  const id: Record<LedgerScope, string> = {
    candidate: where.attemptId,
    room: where.roomId,
    sitting: where.sittingId,
  };
  return entries.filter((entry) => entry.scopeId === id[entry.scope]);
}

/** Minutes an attempt has beside the base time; never below 0, so that nobody gets less than the paper's minutes (11.3). */
export const extraMinutes = (entries: readonly { minutes: number }[]): number =>
  Math.max(
    0,
    entries.reduce((sum, { minutes }) => sum + minutes, 0),
  );

/**
 * When an attempt's time is over, server ms: the room's start, the paper's minutes and the ledger. Nothing else moves it.
 * `entries` are the applicable ones.
 */
export function deadlineOf(facts: {
  startedAt: number;
  minutes: number;
  entries: readonly { minutes: number }[];
}): number {
  return facts.startedAt + Math.round((facts.minutes + extraMinutes(facts.entries)) * MINUTE);
}

/** Whoever has the longest time of their own, minutes with the extra time; undefined of nobody. */
export const longestTime = (
  minutes: number,
  people: readonly { name: string; entries: readonly { minutes: number }[] }[],
): { name: string; minutes: number } | undefined =>
  people
    .map(({ name, entries }) => ({ name, minutes: minutes + extraMinutes(entries) }))
    .reduce<{ name: string; minutes: number } | undefined>(
      (longest, one) => (longest === undefined || one.minutes > longest.minutes ? one : longest),
      undefined,
    );

/** A span of server time, ms. */
export interface Span {
  from: number;
  to: number;
}

/** How much of `span` lies in the holds, ms. Holds of a room never overlap each other. */
const overlapMs = (span: Span, holds: readonly Span[]): number =>
  holds.reduce(
    (sum, hold) => sum + Math.max(0, Math.min(span.to, hold.to) - Math.max(span.from, hold.from)),
    0,
  );

/** A clock that runs towards a deadline, and since when it stands still, if it does. */
export interface ClockFacts {
  deadline: number;
  /** The attempt was paused then. */
  pausedAt?: number | undefined;
  /** The room was held then, and its template lets clocks pause. */
  heldAt?: number | undefined;
  /** Earlier holds of the room that the ledger has credited: a pause that spans one must not count it twice. */
  creditedHolds?: readonly Span[] | undefined;
}

/** The time an attempt's clock shows: now, or when it stopped. */
export function clockTime(now: number, { pausedAt, heldAt, creditedHolds }: ClockFacts): number {
  const paused =
    pausedAt === undefined ? now : pausedAt + overlapMs({ from: pausedAt, to: now }, creditedHolds ?? []);
  return Math.min(now, paused, heldAt ?? now);
}

/** Time left, ms; never negative, and not running down while the clock stands still. */
export const remainingMs = (now: number, clock: ClockFacts): number =>
  Math.max(0, clock.deadline - clockTime(now, clock));

/** How long after the deadline answers that were given in time may still arrive. */
export interface GraceFacts {
  graceMs: number;
  /** When the server began to serve, server ms: after an outage across the deadline the grace counts from here. */
  servingSince: number;
}

/** Whether an answer that arrives now still counts: up to the deadline and the grace for answers already on their way. */
export const acceptsAnswer = (
  now: number,
  deadline: number,
  { graceMs, servingSince }: GraceFacts,
): boolean => now <= Math.max(deadline, servingSince) + graceMs;

/** Whether an attempt is due for collection: its time and the grace are over, by its own clock. */
export const isDue = (now: number, clock: ClockFacts, grace: GraceFacts): boolean =>
  !acceptsAnswer(clockTime(now, clock), clock.deadline, grace);

/** Whether someone who arrives now may still come in; before the start always. */
export const mayEnter = (now: number, startedAt: number | undefined, lateEntryMinutes: number): boolean =>
  startedAt === undefined || now <= startedAt + lateEntryMinutes * MINUTE;

/** The earliest moment a paper may be handed in by the candidate. */
export const earliestHandInAt = (startedAt: number, earliestHandInMinutes: number): number =>
  startedAt + earliestHandInMinutes * MINUTE;

/** Length of a pause that has not been credited yet, ms: without what fell into credited holds of the room. */
export const pauseCreditMs = (pause: Span, creditedHolds: readonly Span[]): number =>
  Math.max(0, pause.to - pause.from - overlapMs(pause, creditedHolds));
