/** States of a defence, in order; `final` when its score stands. */
export const DEFENCE_STATES = ['scheduled', 'defending', 'deliberating', 'final'] as const;
export type DefenceState = (typeof DEFENCE_STATES)[number];

/** Shortest review, minutes (clause 11.3). A template may ask for more, never less. */
export const REVIEW_FLOOR_MINUTES = 15;

export type DefenceCommand = 'start' | 'close' | 'finalise';

const NEXT: Record<DefenceState, Partial<Record<DefenceCommand, DefenceState>>> = {
  scheduled: { start: 'defending' },
  defending: { close: 'deliberating' },
  deliberating: { finalise: 'final' },
  final: {},
};

export type DefenceVerdict =
  { ok: true; next: DefenceState } | { ok: false; code: 'review.wrong-state'; state: DefenceState };

/** The state a command leads to. */
export function moveDefence(state: DefenceState, command: DefenceCommand): DefenceVerdict {
  const next = NEXT[state][command];
  return next === undefined ? { ok: false, code: 'review.wrong-state', state } : { ok: true, next };
}

export type CloseVerdict =
  { ok: true } | { ok: false; code: 'review.too-early'; clause: '11.3'; minutes: number; seconds: number };

/** Clause 11.3: a review can be closed once its minutes (15 or the template's more) have run; `seconds` is what is left, rounded up. */
export function judgeClose(startedAt: number, now: number, templateMinutes: number): CloseVerdict {
  const minutes = Math.max(REVIEW_FLOOR_MINUTES, templateMinutes);
  const left = startedAt + minutes * 60_000 - now;
  return left <= 0
    ? { ok: true }
    : { ok: false, code: 'review.too-early', clause: '11.3', minutes, seconds: Math.ceil(left / 1000) };
}
