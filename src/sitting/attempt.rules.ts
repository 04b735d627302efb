import type { RoomState } from './room.rules.ts';

/** An attempt's way through a sitting (docs/stages/sitting.md). `expected` until an invigilator admits the person. */
export const ATTEMPT_STATES = [
  'expected',
  'checked-in',
  'ready',
  'answering',
  'paused',
  'handed-in',
  'collected',
  'terminated',
  'marked',
  'released',
] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** States in which the candidate may still be working or come in. */
export const LIVE_STATES = [
  'expected',
  'checked-in',
  'ready',
  'answering',
  'paused',
] as const satisfies readonly AttemptState[];
/** States in which the answers are final. */
export const ENDED_STATES = [
  'handed-in',
  'collected',
  'terminated',
  'marked',
  'released',
] as const satisfies readonly AttemptState[];

/**
 * What can be done with an attempt: `arrive` signs in, `confirm` says "this is me", `admit` is the invigilator's look at
 * the person, `receive-paper` takes the sealed paper, `collect` is by time, `terminate` by a chief with a reason.
 */
export const ATTEMPT_COMMANDS = [
  'arrive',
  'confirm',
  'admit',
  'receive-paper',
  'start',
  'save',
  'pause',
  'resume',
  'hand-in',
  'collect',
  'terminate',
  'mark',
  'release',
] as const;
export type AttemptCommand = (typeof ATTEMPT_COMMANDS)[number];

/** Why an attempt can't do something in its state, or in the state of its room. */
export type AttemptRefusal =
  | 'sitting.not-admitted'
  | 'sitting.already-admitted'
  | 'sitting.paper-not-received'
  | 'sitting.not-started'
  | 'sitting.already-started'
  | 'sitting.paused'
  | 'sitting.not-paused'
  | 'sitting.attempt-ended'
  | 'sitting.attempt-not-ended'
  | 'sitting.not-marked'
  | 'sitting.room-not-open'
  | 'sitting.room-not-running'
  | 'sitting.room-held'
  | 'sitting.room-collected';

export type AttemptVerdict = { ok: true; next: AttemptState } | { ok: false; code: AttemptRefusal };

type Row = Readonly<Record<AttemptCommand, AttemptState | AttemptRefusal>>;

const ended = (state: AttemptState, mark: Row['mark'], release: Row['release']): Row => ({
  // Whoever has finished may still sign in and look at the receipt.
  arrive: state,
  confirm: 'sitting.attempt-ended',
  admit: 'sitting.attempt-ended',
  'receive-paper': 'sitting.attempt-ended',
  start: 'sitting.attempt-ended',
  save: 'sitting.attempt-ended',
  pause: 'sitting.attempt-ended',
  resume: 'sitting.attempt-ended',
  'hand-in': 'sitting.attempt-ended',
  collect: 'sitting.attempt-ended',
  terminate: 'sitting.attempt-ended',
  mark,
  release,
});

const waiting = {
  save: 'sitting.not-started',
  pause: 'sitting.not-started',
  resume: 'sitting.not-started',
  'hand-in': 'sitting.not-started',
  collect: 'collected',
  terminate: 'terminated',
  mark: 'sitting.attempt-not-ended',
  release: 'sitting.attempt-not-ended',
} as const;

/** State × command → next state, or the reason why not. */
export const ATTEMPT_TABLE: Readonly<Record<AttemptState, Row>> = {
  expected: {
    ...waiting,
    arrive: 'expected',
    confirm: 'expected',
    admit: 'checked-in',
    'receive-paper': 'sitting.not-admitted',
    start: 'sitting.not-admitted',
  },
  'checked-in': {
    ...waiting,
    arrive: 'checked-in',
    confirm: 'checked-in',
    admit: 'sitting.already-admitted',
    'receive-paper': 'ready',
    start: 'sitting.paper-not-received',
  },
  ready: {
    ...waiting,
    arrive: 'ready',
    confirm: 'ready',
    admit: 'sitting.already-admitted',
    'receive-paper': 'ready',
    start: 'answering',
  },
  answering: {
    arrive: 'answering',
    confirm: 'answering',
    admit: 'sitting.already-admitted',
    'receive-paper': 'answering',
    start: 'answering',
    save: 'answering',
    pause: 'paused',
    resume: 'sitting.not-paused',
    'hand-in': 'handed-in',
    collect: 'collected',
    terminate: 'terminated',
    mark: 'sitting.attempt-not-ended',
    release: 'sitting.attempt-not-ended',
  },
  paused: {
    arrive: 'paused',
    confirm: 'paused',
    admit: 'sitting.already-admitted',
    'receive-paper': 'paused',
    start: 'sitting.paused',
    // Answers given just before the pause still come in: the saving rule allows them the grace.
    save: 'paused',
    pause: 'sitting.paused',
    resume: 'answering',
    'hand-in': 'sitting.paused',
    collect: 'collected',
    terminate: 'terminated',
    mark: 'sitting.attempt-not-ended',
    release: 'sitting.attempt-not-ended',
  },
  'handed-in': ended('handed-in', 'marked', 'sitting.not-marked'),
  collected: ended('collected', 'marked', 'sitting.not-marked'),
  terminated: ended('terminated', 'marked', 'sitting.not-marked'),
  marked: ended('marked', 'marked', 'released'),
  released: ended('released', 'sitting.attempt-ended', 'released'),
};

/** Rooms in which each command is possible; a command not listed does not depend on the room. */
const ROOMS: Readonly<Partial<Record<AttemptCommand, readonly RoomState[]>>> = {
  arrive: ['admitting', 'running', 'held', 'collected'],
  confirm: ['admitting', 'running', 'held'],
  admit: ['admitting', 'running'],
  'receive-paper': ['admitting', 'running', 'held'],
  start: ['running'],
  save: ['running', 'held'],
  pause: ['running', 'held'],
  resume: ['running'],
  'hand-in': ['running', 'held'],
  collect: ['running', 'held'],
  terminate: ['admitting', 'running', 'held'],
};

const ROOM_REFUSAL: Readonly<Record<RoomState, AttemptRefusal>> = {
  closed: 'sitting.room-not-open',
  admitting: 'sitting.room-not-running',
  running: 'sitting.room-not-running',
  held: 'sitting.room-held',
  collected: 'sitting.room-collected',
};

const isRefusal = (cell: AttemptState | AttemptRefusal): cell is AttemptRefusal =>
  cell.startsWith('sitting.');

/** Whether a command is possible for an attempt in a room, and what comes of it. The attempt's own reason goes first. */
export function judgeAttempt(state: AttemptState, command: AttemptCommand, room: RoomState): AttemptVerdict {
  const cell = ATTEMPT_TABLE[state][command];
  if (isRefusal(cell)) return { ok: false, code: cell };
  const rooms = ROOMS[command];
  if (rooms !== undefined && !rooms.includes(room)) return { ok: false, code: ROOM_REFUSAL[room] };
  return { ok: true, next: cell };
}

/** Whether the answers of an attempt are final. */
export const hasEnded = (state: AttemptState): boolean =>
  (ENDED_STATES as readonly AttemptState[]).includes(state);
