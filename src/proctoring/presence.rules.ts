/** A console renews its person's presence this often, ms. */
export const RENEW_MS = 3_000;
/** Without a renewal for this long a person no longer counts as present, ms of the machine's time. */
export const LEASE_MS = 10_000;

/** How a presence ended: the person left, the lease ran out, they went to another room, the room was collected. */
export type PresenceEnd = 'left' | 'lapsed' | 'moved' | 'collected';

/** What is known of where a person is. `until` and `machineNow` are machine time, ms. */
export interface PresenceFacts {
  roomId: string;
  present: boolean;
  endedBy?: PresenceEnd | undefined;
  until: number;
}

/**
 * What a console's renewal means: `renew` goes on, `enter` begins, `return` begins again after a lapse that nobody had
 * noticed yet, `move` ends a live presence elsewhere.
 */
export type RenewalVerdict =
  | { ok: true; effect: 'renew' | 'enter' | 'return' | 'move' }
  | { ok: false; code: 'proctoring.left-the-room' | 'proctoring.present-elsewhere' };

/**
 * A person is in one place. A console that merely goes on renewing neither brings back a person who has left nor takes
 * one out of another room; `enter` (the person presses "I am here") does both.
 */
export function judgeRenewal(facts: {
  roomId: string;
  machineNow: number;
  enter: boolean;
  presence: PresenceFacts | undefined;
}): RenewalVerdict {
  const { roomId, machineNow, enter, presence } = facts;
  if (presence === undefined) return { ok: true, effect: 'enter' };
  const here = presence.roomId === roomId;
  if (!presence.present) {
    if (here && presence.endedBy === 'left' && !enter) return { ok: false, code: 'proctoring.left-the-room' };
    return { ok: true, effect: 'enter' };
  }
  const live = presence.until > machineNow;
  if (here) return { ok: true, effect: live ? 'renew' : 'return' };
  if (live && !enter) return { ok: false, code: 'proctoring.present-elsewhere' };
  return { ok: true, effect: live ? 'move' : 'return' };
}
