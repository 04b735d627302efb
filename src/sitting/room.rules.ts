/** A room's way through a sitting. `held`: no admissions, no starts, until staffing holds again. */
export const ROOM_STATES = ['closed', 'admitting', 'running', 'held', 'collected'] as const;
export type RoomState = (typeof ROOM_STATES)[number];

export const ROOM_COMMANDS = ['open', 'start', 'hold', 'resume', 'collect'] as const;
export type RoomCommand = (typeof ROOM_COMMANDS)[number];

export type RoomRefusal =
  | 'sitting.room-not-open'
  | 'sitting.room-already-open'
  | 'sitting.room-not-running'
  | 'sitting.room-already-running'
  | 'sitting.room-held'
  | 'sitting.room-not-held'
  | 'sitting.room-collected';

export type RoomVerdict = { ok: true; next: RoomState } | { ok: false; code: RoomRefusal };

type Row = Readonly<Record<RoomCommand, RoomState | RoomRefusal>>;

/** State × command → next state, or the reason why not. `held` resumes to where it was (`judgeRoom`). */
export const ROOM_TABLE: Readonly<Record<RoomState, Row>> = {
  closed: {
    open: 'admitting',
    start: 'sitting.room-not-open',
    hold: 'sitting.room-not-open',
    resume: 'sitting.room-not-held',
    collect: 'sitting.room-not-running',
  },
  admitting: {
    open: 'sitting.room-already-open',
    start: 'running',
    hold: 'held',
    resume: 'sitting.room-not-held',
    collect: 'sitting.room-not-running',
  },
  running: {
    open: 'sitting.room-already-open',
    start: 'sitting.room-already-running',
    hold: 'held',
    resume: 'sitting.room-not-held',
    collect: 'collected',
  },
  held: {
    open: 'sitting.room-already-open',
    start: 'sitting.room-held',
    hold: 'sitting.room-held',
    resume: 'running',
    collect: 'collected',
  },
  collected: {
    open: 'sitting.room-collected',
    start: 'sitting.room-collected',
    hold: 'sitting.room-collected',
    resume: 'sitting.room-collected',
    collect: 'sitting.room-collected',
  },
};

/** Whether a room can do a command. `started`: whether its clock has begun; a room held before that goes back to admitting. */
export function judgeRoom(state: RoomState, command: RoomCommand, started: boolean): RoomVerdict {
  const cell = ROOM_TABLE[state][command];
  if (cell.startsWith('sitting.')) return { ok: false, code: cell as RoomRefusal };
  if (state === 'held' && !started) {
    return command === 'resume'
      ? { ok: true, next: 'admitting' }
      : { ok: false, code: 'sitting.room-not-running' };
  }
  return { ok: true, next: cell as RoomState };
}
