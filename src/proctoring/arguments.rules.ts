import type { SeatCommand } from './commands.rules.ts';

/** Minutes that one command may add. */
export const MINUTES_RANGE = { min: 1, max: 120 } as const;
/** Minutes that one staff member may give a candidate alone, over the whole sitting; more needs a second person. */
export const MINUTES_ALONE = 15;
/** How long a request waits for its second person, ms of server time. */
export const REQUEST_MS = 10 * 60_000;

/** Reasons for which staff may add time; a pause is credited by itself. */
export const ADDED_KINDS = ['incident', 'accommodation', 'correction'] as const;
export type AddedKind = (typeof ADDED_KINDS)[number];

/** What comes with a command; each command reads its own. */
export interface CommandArgs {
  minutes?: number | undefined;
  kind?: AddedKind | undefined;
  reason?: string | undefined;
  text?: string | undefined;
  seat?: number | undefined;
  roomId?: string | undefined;
  sessionId?: string | undefined;
  /** The seat numbers, typed again, of those whose attempt is to be ended. */
  confirmSeats?: readonly number[] | undefined;
}

export type ArgumentRefusal =
  | 'proctoring.reason-needed'
  | 'proctoring.minutes-out-of-range'
  | 'proctoring.text-needed'
  | 'proctoring.seat-needed'
  | 'proctoring.one-seat-only'
  | 'proctoring.seats-not-confirmed';

export type ArgumentVerdict =
  | { ok: true }
  | {
      ok: false;
      code: ArgumentRefusal;
      /** JSON pointer into the request. */
      field: string;
    };

const refuse = (code: ArgumentRefusal, field: string): ArgumentVerdict => ({ ok: false, code, field });
const blank = (text: string | undefined): boolean => (text ?? '').trim().length < 2;

/** Commands whose reason goes into the record. */
const REASONED: readonly SeatCommand[] = ['add-time', 'terminate', 'refuse-identity'];

/** Whether a command has all it needs. `seats`: the seat numbers of its targets. */
export function judgeArguments(
  command: SeatCommand,
  args: CommandArgs,
  seats: readonly number[],
): ArgumentVerdict {
  if (command === 'add-time') {
    const { minutes } = args;
    const fits =
      minutes !== undefined &&
      Number.isInteger(minutes) &&
      minutes >= MINUTES_RANGE.min &&
      minutes <= MINUTES_RANGE.max;
    if (!fits) return refuse('proctoring.minutes-out-of-range', '/args/minutes');
  }
  if (REASONED.includes(command) && blank(args.reason)) {
    return refuse('proctoring.reason-needed', '/args/reason');
  }
  if (command === 'message' && (args.text ?? '').trim() === '') {
    return refuse('proctoring.text-needed', '/args/text');
  }
  if (command === 'move-seat') {
    if (seats.length !== 1) return refuse('proctoring.one-seat-only', '/attemptIds');
    if (args.seat === undefined) return refuse('proctoring.seat-needed', '/args/seat');
  }
  const ofOneSeat = command === 'hand-over' || command === 'refuse-sign-in';
  if (ofOneSeat && seats.length !== 1) return refuse('proctoring.one-seat-only', '/attemptIds');
  if (command === 'terminate' && !sameNumbers(args.confirmSeats ?? [], seats)) {
    return refuse('proctoring.seats-not-confirmed', '/args/confirmSeats');
  }
  return { ok: true };
}

function sameNumbers(one: readonly number[], other: readonly number[]): boolean {
  const sorted = (values: readonly number[]): string => [...values].sort((a, b) => a - b).join();
  return sorted(one) === sorted(other);
}

/**
 * Whose agreement a command needs beside that of the person who gives it: anybody else of the room's staff for more time
 * than one may give alone (`givenMinutes`: what this person has given the same candidate in this sitting, at most over the
 * targets), a chief where somebody else ends an attempt.
 */
export function secondPerson(
  command: SeatCommand,
  facts: { minutes?: number | undefined; givenMinutes: number; chief: boolean },
): 'nobody' | 'anybody-else' | 'chief' {
  if (command === 'terminate') return facts.chief ? 'nobody' : 'chief';
  if (command === 'add-time' && facts.givenMinutes + (facts.minutes ?? 0) > MINUTES_ALONE) {
    return 'anybody-else';
  }
  return 'nobody';
}

/** Whether somebody may confirm a request that waits for a second person. */
export function judgeConfirmation(facts: {
  state: string;
  needs: 'anybody-else' | 'chief';
  now: number;
  requestedAt: number;
  same: boolean;
  chief: boolean;
}):
  | { ok: true }
  | {
      ok: false;
      code:
        | 'proctoring.request-settled'
        | 'proctoring.request-expired'
        | 'proctoring.same-person'
        | 'proctoring.chief-needed';
    } {
  if (facts.state !== 'awaiting') return { ok: false, code: 'proctoring.request-settled' };
  if (facts.now > facts.requestedAt + REQUEST_MS) return { ok: false, code: 'proctoring.request-expired' };
  if (facts.same) return { ok: false, code: 'proctoring.same-person' };
  if (facts.needs === 'chief' && !facts.chief) return { ok: false, code: 'proctoring.chief-needed' };
  return { ok: true };
}
