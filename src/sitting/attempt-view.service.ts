import type { Ctx } from '../platform/context.ts';
import type { AttemptView } from './attempt.contract.ts';
import { loadAttempt, type AttemptFacts } from './attempts.service.ts';
import { deadlineOf, earliestHandInAt, remainingMs, type ClockFacts } from './deadline.rules.ts';
import { acknowledgedBy } from './ledger-ack.service.ts';
import { ledgerOf, viewLine } from './ledger.service.ts';
import type { LedgerEntry } from './ledger.model.ts';
import { withProgress } from './progress.ts';
import { clockOf } from './rooms.service.ts';

/**
 * Everything a candidate's page knows of its attempt; `known` where it was read just now. The deadline is worked out from the
 * ledger, not from the copy.
 */
export async function viewAttempt(
  ctx: Ctx,
  attemptId: string,
  sessionId: string,
  known?: AttemptFacts,
): Promise<AttemptView> {
  const facts = known ?? (await loadAttempt(attemptId));
  const [entries, acknowledged] = await Promise.all([ledgerOf(facts.attempt), acknowledgedBy(attemptId)]);
  const { room, sitting } = facts;
  const attempt = withProgress(ctx, facts.attempt);
  return {
    attemptId,
    version: attempt.version,
    state: attempt.state,
    part: sitting.part,
    level: sitting.level,
    paperTitle: sitting.title,
    formLabel: attempt.formLabel,
    candidate: {
      id: attempt.candidateId,
      name: attempt.name,
      admissionNumber: attempt.admissionNumber,
      hasPhoto: attempt.hasPhoto,
    },
    seat: attempt.seat,
    room: {
      id: room._id,
      code: room.code,
      name: room.name,
      state: room.state,
      version: room.version,
      ...defined({ startedAt: room.startedAt, heldAt: room.heldAt }),
    },
    startsAt: sitting.startsAt,
    minutes: sitting.minutes,
    identityConfirmed: attempt.identityConfirmedAt !== undefined,
    ...viewTime(ctx.clock.now(), facts, entries),
    warnings: sitting.terms.warnings,
    ledger: entries.map((entry) => viewLine(entry, acknowledged.has(entry._id))),
    answered: attempt.progress.answered,
    total: attempt.total,
    handRaised: attempt.hand !== undefined,
    writer: { mine: attempt.writer?.sessionId === sessionId, fence: attempt.writer?.fence ?? 0 },
    ...defined({
      lastSaveAt: attempt.progress.lastSaveAt,
      receipt: attempt.receipt,
      awaySince: attempt.awaySince,
      late: attempt.late,
    }),
  };
}

type TimeView = Pick<
  AttemptView,
  'now' | 'deadline' | 'remainingMs' | 'pausedAt' | 'clockStopped' | 'limits'
>;

function viewTime(
  now: number,
  { attempt, room, sitting }: AttemptFacts,
  entries: readonly LedgerEntry[],
): TimeView {
  const { lateEntryMinutes, earliestHandInMinutes, graceSeconds, calculator } = sitting.terms;
  const base = { lateEntryMinutes, earliestHandInMinutes, graceMs: graceSeconds * 1000, calculator };
  if (room.startedAt === undefined) return { now, clockStopped: false, limits: base };
  const deadline = deadlineOf({ startedAt: room.startedAt, minutes: sitting.minutes, entries });
  const clock: ClockFacts = clockOf({ ...attempt, deadline }, room, sitting);
  return {
    now,
    deadline,
    remainingMs: remainingMs(now, clock),
    clockStopped: clock.pausedAt !== undefined || clock.heldAt !== undefined,
    ...defined({ pausedAt: attempt.pausedAt }),
    limits: { ...base, earliestHandInAt: earliestHandInAt(room.startedAt, earliestHandInMinutes) },
  };
}

/** Only the fields that have a value. */
function defined<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
