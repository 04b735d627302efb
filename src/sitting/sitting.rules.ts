import type { RoomState } from './room.rules.ts';

/** A sitting's way from plan to archive. */
export const SITTING_STATES = [
  'draft',
  'published',
  'admitting',
  'running',
  'collected',
  'marked',
  'released',
  'archived',
] as const;
export type SittingState = (typeof SITTING_STATES)[number];

/** `admit`, `run` and `collect` follow the rooms (`followRooms`); the rest are people's or later stages' commands. */
export const SITTING_COMMANDS = [
  'edit',
  'publish',
  'admit',
  'run',
  'collect',
  'mark',
  'release',
  'archive',
] as const;
export type SittingCommand = (typeof SITTING_COMMANDS)[number];

export type SittingRefusal =
  | 'sitting.not-published'
  | 'sitting.already-published'
  | 'sitting.not-admitting'
  | 'sitting.not-running'
  | 'sitting.not-collected'
  | 'sitting.not-marked'
  | 'sitting.not-released'
  | 'sitting.archived';

export type SittingVerdict = { ok: true; next: SittingState } | { ok: false; code: SittingRefusal };

/** The one way onward from each state. */
const ONWARD: Readonly<
  Record<Exclude<SittingCommand, 'edit'>, readonly [from: SittingState, to: SittingState]>
> = {
  publish: ['draft', 'published'],
  admit: ['published', 'admitting'],
  run: ['admitting', 'running'],
  collect: ['running', 'collected'],
  mark: ['collected', 'marked'],
  release: ['marked', 'released'],
  archive: ['released', 'archived'],
};

/** Why a command is refused anywhere else than in its `from` state. */
const REFUSAL: Readonly<Record<keyof typeof ONWARD, SittingRefusal>> = {
  publish: 'sitting.already-published',
  admit: 'sitting.not-published',
  run: 'sitting.not-admitting',
  collect: 'sitting.not-running',
  mark: 'sitting.not-collected',
  release: 'sitting.not-marked',
  archive: 'sitting.not-released',
};

/** State × command → next state, or the reason why not. Only a draft can be edited. */
export function judgeSitting(state: SittingState, command: SittingCommand): SittingVerdict {
  if (command === 'edit')
    return state === 'draft' ? { ok: true, next: 'draft' } : { ok: false, code: 'sitting.already-published' };
  const [from, to] = ONWARD[command];
  if (state === from) return { ok: true, next: to };
  return { ok: false, code: state === 'archived' ? 'sitting.archived' : REFUSAL[command] };
}

/**
 * The state a sitting takes from its rooms (those with candidates): admitting once one is open, running once one has started,
 * collected when all are. A sitting that is still a draft, or that later stages have taken over, stays as it is.
 */
export function followRooms(
  state: SittingState,
  rooms: readonly { state: RoomState; started: boolean }[],
): SittingState {
  if (!['published', 'admitting', 'running'].includes(state) || rooms.length === 0) return state;
  if (rooms.every((room) => room.state === 'collected')) return 'collected';
  if (state === 'running' || rooms.some((room) => room.started)) return 'running';
  return state === 'admitting' || rooms.some((room) => room.state !== 'closed') ? 'admitting' : 'published';
}
