import { judgeRoom, type RoomRefusal, type RoomState } from '../sitting/room.rules.ts';
import type { SittingState } from '../sitting/sitting.rules.ts';
import type { StaffingCode, StaffingVerdict } from '../sitting/staffing.rules.ts';

const MINUTE = 60_000;

export type OpeningCode =
  | RoomRefusal
  | 'sitting.not-published'
  | 'proctoring.too-early-to-open'
  | 'proctoring.admission-over'
  | StaffingCode;

/** One reason why a room may not open, with the numbers its text speaks of. */
export interface OpeningRefusal {
  code: OpeningCode;
  params: Readonly<Record<string, number>>;
}

/**
 * Every reason why a room may not open now, the first to be told first; none: it may. Rooms open from `admissionMinutes`
 * before the start until the paper's minutes after it, in a published sitting (or one whose other rooms are already under
 * way), with lawful staffing of those present (11.2).
 */
export function openingRefusals(facts: {
  now: number;
  startsAt: number;
  minutes: number;
  admissionMinutes: number;
  sitting: SittingState;
  room: RoomState;
  staffing: StaffingVerdict;
}): OpeningRefusal[] {
  const reasons: OpeningRefusal[] = [];
  const room = judgeRoom(facts.room, 'open', false);
  if (!room.ok) reasons.push({ code: room.code, params: {} });
  if (!['published', 'admitting', 'running'].includes(facts.sitting)) {
    reasons.push({ code: 'sitting.not-published', params: {} });
  }
  const opensAt = facts.startsAt - facts.admissionMinutes * MINUTE;
  if (facts.now < opensAt) {
    reasons.push({
      code: 'proctoring.too-early-to-open',
      params: { minutes: facts.admissionMinutes, wait: Math.ceil((opensAt - facts.now) / MINUTE), opensAt },
    });
  }
  if (facts.now > facts.startsAt + facts.minutes * MINUTE) {
    reasons.push({ code: 'proctoring.admission-over', params: {} });
  }
  if (!facts.staffing.ok) {
    const { code, needed, present, candidates } = facts.staffing;
    reasons.push({ code, params: { needed, present, candidates } });
  }
  return reasons;
}
