/** What a staff member does in a room. The chief counts among the invigilators. */
export const DUTIES = ['invigilator', 'chief-invigilator', 'examiner'] as const;
export type Duty = (typeof DUTIES)[number];

/** Parts that are held in rooms under clause 11.2; the review has panels instead. */
export type RoomPart = 'theory' | 'skill';

/** The guide's ratio and least numbers (11.2). */
export const CANDIDATES_PER_STAFF = 15;
export const LEAST_STAFF: Readonly<Record<RoomPart, number>> = { theory: 2, skill: 3 };

/** A template's own staffing, which may be stricter than the guide, never looser. */
export interface StaffingTerms {
  /** Candidates one staff member may watch, at most 15. */
  candidatesPerStaff?: number | undefined;
  /** Least number of staff in a room, at least 2 (theory) or 3 (skill). */
  minimum?: number | undefined;
}

/** The facts of one judgement. */
export interface StaffingFacts {
  part: RoomPart;
  /** Candidates of the room: expected before the opening, present after it. */
  candidates: number;
  /** Staff of the kind that counts for the part (`countingStaff`): planned, or present now. */
  staff: number;
  terms?: StaffingTerms | undefined;
}

export type StaffingCode =
  'proctoring.too-few-invigilators' | 'proctoring.too-few-examiners' | 'proctoring.even-examiners';

/** Whether a room is lawfully staffed, and the numbers behind it. */
export type StaffingVerdict =
  | { ok: true; needed: number; present: number; candidates: number; clause: '11.2' }
  | { ok: false; code: StaffingCode; needed: number; present: number; candidates: number; clause: '11.2' };

/** Fewest staff that satisfy clause 11.2, and the template where it is stricter; odd for a skill test. */
export function staffNeeded(part: RoomPart, candidates: number, terms: StaffingTerms = {}): number {
  const ratio = Math.max(1, Math.min(CANDIDATES_PER_STAFF, terms.candidatesPerStaff ?? CANDIDATES_PER_STAFF));
  const least = Math.max(LEAST_STAFF[part], terms.minimum ?? 0, Math.ceil(Math.max(0, candidates) / ratio));
  return part === 'skill' && least % 2 === 0 ? least + 1 : least;
}

/**
 * Clause 11.2: theory, invigilators ≥ max(2, ⌈n/15⌉); skill, examiners ≥ max(3, ⌈n/15⌉) and odd.
 * An even number of examiners is named as such once it would otherwise be enough for the ratio.
 */
export function judgeStaffing({ part, candidates, staff, terms }: StaffingFacts): StaffingVerdict {
  const needed = staffNeeded(part, candidates, terms);
  const facts = { needed, present: staff, candidates, clause: '11.2' } as const;
  if (part === 'theory') {
    return staff >= needed
      ? { ok: true, ...facts }
      : { ok: false, code: 'proctoring.too-few-invigilators', ...facts };
  }
  if (staff % 2 === 1 && staff >= needed) return { ok: true, ...facts };
  const enoughButEven = staff % 2 === 0 && staff >= needed - 1;
  return {
    ok: false,
    code: enoughButEven && staff > 2 ? 'proctoring.even-examiners' : 'proctoring.too-few-examiners',
    ...facts,
  };
}

/** How many different people of a roster count towards the part's staffing: invigilators and chiefs, or examiners. */
export function countingStaff(part: RoomPart, roster: readonly { accountId: string; duty: Duty }[]): number {
  const counts = (duty: Duty): boolean => (part === 'skill' ? duty === 'examiner' : duty !== 'examiner');
  return new Set(roster.filter(({ duty }) => counts(duty)).map(({ accountId }) => accountId)).size;
}
