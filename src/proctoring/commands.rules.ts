import { judgeAttempt, type AttemptRefusal, type AttemptState } from '../sitting/attempt.rules.ts';
import type { RoomState } from '../sitting/room.rules.ts';

/** What staff can do to a seat from the console. The room's own commands are open, hold, resume and close. */
export const SEAT_COMMANDS = [
  'admit',
  'refuse-identity',
  'pause',
  'resume',
  'add-time',
  'message',
  'move-seat',
  'hand-over',
  'refuse-sign-in',
  'lower-hand',
  'terminate',
] as const;
export type SeatCommand = (typeof SEAT_COMMANDS)[number];

/** Why a command is not possible at a seat now; also the code of the server's refusal. */
export type CommandRefusal =
  | AttemptRefusal
  | 'sitting.not-arrived'
  | 'sitting.identity-not-confirmed'
  | 'sitting.no-second-sign-in'
  | 'proctoring.no-hand';

export type CommandVerdict = { ok: true } | { ok: false; code: CommandRefusal };

/** What the console knows of a seat. */
export interface SeatFacts {
  room: RoomState;
  attempt: AttemptState;
  /** The candidate has signed in at the seat. */
  arrived: boolean;
  /** The candidate has said "this is me". */
  identityConfirmed: boolean;
  handRaised: boolean;
  /** A second sign-in waits for a hand-over. */
  secondSignIn: boolean;
}

const ALLOWED: CommandVerdict = { ok: true };
const refused = (code: CommandRefusal): CommandVerdict => ({ ok: false, code });

/** Commands that move the attempt: the attempt's own table decides. */
const MOVES = { admit: 'admit', pause: 'pause', resume: 'resume', terminate: 'terminate' } as const;
type MovingCommand = keyof typeof MOVES;
const isMove = (command: SeatCommand): command is MovingCommand => command in MOVES;

/** The room's answer to a command that leaves the attempt's state alone; undefined lets it through. */
function roomRefusal(room: RoomState): CommandRefusal | undefined {
  if (room === 'closed') return 'sitting.room-not-open';
  return room === 'collected' ? 'sitting.room-collected' : undefined;
}

const ENDED: CommandRefusal = 'sitting.attempt-ended';
/** Commands that leave the attempt's state alone: possible until it ends, and the refusal of identity until it is admitted. */
const OTHERS: Readonly<
  Record<Exclude<SeatCommand, MovingCommand>, Readonly<Record<AttemptState, CommandRefusal | undefined>>>
> = (() => {
  const untilEnd = {
    expected: undefined,
    'checked-in': undefined,
    ready: undefined,
    answering: undefined,
    paused: undefined,
    'handed-in': ENDED,
    collected: ENDED,
    terminated: ENDED,
    marked: ENDED,
    released: ENDED,
  } as const;
  const admitted: CommandRefusal = 'sitting.already-admitted';
  return {
    'refuse-identity': {
      ...untilEnd,
      'checked-in': admitted,
      ready: admitted,
      answering: admitted,
      paused: admitted,
    },
    'add-time': untilEnd,
    message: untilEnd,
    'move-seat': untilEnd,
    'hand-over': untilEnd,
    'refuse-sign-in': untilEnd,
    'lower-hand': untilEnd,
  };
})();

/** Room state × attempt state × command → possible, or the reason why not. The attempt's own reason goes first. */
export function judgeCommand(room: RoomState, attempt: AttemptState, command: SeatCommand): CommandVerdict {
  if (isMove(command)) {
    const verdict = judgeAttempt(attempt, MOVES[command], room);
    return verdict.ok ? ALLOWED : refused(verdict.code);
  }
  const code = OTHERS[command][attempt] ?? roomRefusal(room);
  return code === undefined ? ALLOWED : refused(code);
}

/** The same with the facts of the seat: nobody is admitted who has not come, or has not said who they are. */
export function judgeSeatCommand(facts: SeatFacts, command: SeatCommand): CommandVerdict {
  const verdict = judgeCommand(facts.room, facts.attempt, command);
  if (!verdict.ok) return verdict;
  const needsArrival = command === 'admit' || command === 'refuse-identity' || command === 'hand-over';
  if (needsArrival && !facts.arrived) return refused('sitting.not-arrived');
  if (command === 'admit' && !facts.identityConfirmed) return refused('sitting.identity-not-confirmed');
  if (command === 'lower-hand' && !facts.handRaised) return refused('proctoring.no-hand');
  if (command === 'refuse-sign-in' && !facts.secondSignIn) return refused('sitting.no-second-sign-in');
  return ALLOWED;
}
