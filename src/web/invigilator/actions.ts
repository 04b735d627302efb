import { judgeSeatCommand, type CommandRefusal, type SeatCommand } from '../../proctoring/commands.rules.ts';
import type { ConsoleSeat } from '../../proctoring/proctoring.views.contract.ts';
import { judgeClosing } from '../../proctoring/closing.rules.ts';
import { judgeRoom, type RoomState } from '../../sitting/room.rules.ts';
import type { Text } from '../../shared/text.ts';

/** Everything that can be done to seats; an incident is not a command but is reported from the same place. */
export type SeatAction = SeatCommand | 'incident';

/** Why something cannot be done, for the person at the console. */
export type Refusal =
  | CommandRefusal
  | 'looks-only'
  | 'one-only'
  | 'nobody'
  | 'still-working'
  | 'not-collected'
  | 'room-not-held'
  | 'understaffed'
  | 'chief-only'
  | 'room-already-held';

/** The reasons in the words of the console (the server's are partly meant for the candidate). */
export const REFUSALS: Readonly<Record<Refusal, Text>> = {
  'looks-only': { zh: '您只能查看本考场', en: 'You can only look at this room' },
  'one-only': { zh: '请只选择一名考生', en: 'Choose one candidate only' },
  nobody: { zh: '没有可以执行的考生', en: 'There is nobody to do this to' },
  'still-working': { zh: '还有考生没有交卷', en: 'Candidates are still working' },
  understaffed: { zh: '人员不足，补足后才能恢复（11.2）', en: 'Not before staffing is complete (11.2)' },
  'room-not-held': { zh: '考场没有暂停', en: 'The room is not on hold' },
  'room-already-held': { zh: '考场已经暂停', en: 'The room is already on hold' },
  'not-collected': { zh: '考场结束后才能签字', en: 'Signed once the room is closed' },
  'chief-only': { zh: '须主考决定', en: 'The chief decides' },
  'sitting.no-second-sign-in': { zh: '没有另一台电脑在等待', en: 'No other computer waits' },
  'proctoring.no-hand': { zh: '没有举手', en: 'No hand is up' },
  'sitting.not-arrived': { zh: '考生尚未在座位登录', en: 'Has not signed in at the seat' },
  'sitting.identity-not-confirmed': {
    zh: '考生尚未在屏幕上确认身份',
    en: 'Has not confirmed the identity on screen',
  },
  'sitting.not-admitted': { zh: '尚未准入', en: 'Not admitted yet' },
  'sitting.already-admitted': { zh: '已经准入', en: 'Already admitted' },
  'sitting.paper-not-received': { zh: '试卷尚未送达该座位', en: 'The paper has not reached the seat' },
  'sitting.not-started': { zh: '尚未开始作答', en: 'Has not started' },
  'sitting.already-started': { zh: '已经开始作答', en: 'Has already started' },
  'sitting.paused': { zh: '已经暂停', en: 'Already paused' },
  'sitting.not-paused': { zh: '没有暂停', en: 'Not paused' },
  'sitting.attempt-ended': { zh: '已交卷或已收卷', en: 'Handed in or collected' },
  'sitting.attempt-not-ended': { zh: '尚未交卷', en: 'Not handed in' },
  'sitting.not-marked': { zh: '尚未评分', en: 'Not marked' },
  'sitting.room-not-open': { zh: '考场尚未开放', en: 'The room is not open' },
  'sitting.room-not-running': { zh: '考试尚未开始', en: 'The test has not started' },
  'sitting.room-held': { zh: '考场暂停中，请先恢复考场', en: 'The room is on hold; resume it first' },
  'sitting.room-collected': { zh: '考场已收卷', en: 'The room has been collected' },
};

/** Actions that are for one seat at a time. */
const ONE_ONLY: readonly SeatAction[] = ['refuse-identity', 'move-seat', 'hand-over', 'refuse-sign-in'];

/** For whom an action is possible, and why not for the others. */
export interface ActionVerdict {
  able: ConsoleSeat[];
  /** Set when it is possible for nobody. */
  refusal?: Refusal;
  /** Why the others are left out, by how many. */
  leftOut: { refusal: Refusal; count: number }[];
}

/** Judges an action for the chosen seats by the rules of the server (commands.rules.ts). */
export function judgeAction(
  action: SeatAction,
  targets: readonly ConsoleSeat[],
  facts: { room: RoomState; commands: boolean },
): ActionVerdict {
  if (!facts.commands) return { able: [], refusal: 'looks-only', leftOut: [] };
  if (action === 'incident') return { able: [...targets], leftOut: [] };
  if (ONE_ONLY.includes(action) && targets.length !== 1)
    return { able: [], refusal: 'one-only', leftOut: [] };
  const able: ConsoleSeat[] = [];
  const reasons = new Map<Refusal, number>();
  for (const seat of targets) {
    const verdict = judgeSeatCommand(
      {
        room: facts.room,
        attempt: seat.state,
        arrived: seat.arrivedAt !== undefined,
        identityConfirmed: seat.identityConfirmedAt !== undefined,
        handRaised: seat.hand !== undefined,
        secondSignIn: seat.secondSignIn !== undefined,
      },
      action,
    );
    if (verdict.ok) able.push(seat);
    else reasons.set(verdict.code, (reasons.get(verdict.code) ?? 0) + 1);
  }
  const leftOut = [...reasons]
    .map(([refusal, count]) => ({ refusal, count }))
    .sort((one, other) => other.count - one.count);
  if (able.length > 0) return { able, leftOut };
  return { able, refusal: leftOut[0]?.refusal ?? 'nobody', leftOut };
}

/** What can be done to the room itself. `sign` signs the record of a room that has been collected. */
export type RoomAction = 'hold' | 'resume' | 'close' | 'sign';

/**
 * Why a room action is not possible; undefined when it is. Whether somebody may still come in late only the server knows:
 * it refuses a closing that is too early.
 */
export function judgeRoomAction(
  action: RoomAction,
  room: { state: RoomState; startedAt?: number | undefined },
  seats: readonly ConsoleSeat[],
  facts: { commands: boolean; now: number; staffed: boolean },
): Refusal | undefined {
  if (!facts.commands) return 'looks-only';
  if (action === 'sign') return room.state === 'collected' ? undefined : 'not-collected';
  const verdict = judgeRoom(
    room.state,
    action === 'close' ? 'collect' : action,
    room.startedAt !== undefined,
  );
  if (!verdict.ok) return WORDED_OTHERWISE[verdict.code] ?? (verdict.code as Refusal);
  if (action === 'resume' && !facts.staffed) return 'understaffed';
  if (action !== 'close') return undefined;
  const closing = judgeClosing({
    now: facts.now,
    startedAt: room.startedAt,
    lateEntryMinutes: 0,
    attempts: seats.map((seat) => ({
      id: seat.attemptId,
      state: seat.state,
      arrived: seat.arrivedAt !== undefined,
    })),
  });
  return !closing.ok && closing.code === 'proctoring.still-working' ? 'still-working' : undefined;
}

/** Codes of the room that the console says in other words. */
const WORDED_OTHERWISE: Readonly<Partial<Record<string, Refusal>>> = {
  'sitting.room-not-held': 'room-not-held',
  'sitting.room-held': 'room-already-held',
};
