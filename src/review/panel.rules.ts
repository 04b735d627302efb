import { judgeCount } from '../marking/aggregate.rules.ts';
import { shuffled } from '../shared/seeded.ts';

/** A person who could judge a defence. */
export interface PoolMember {
  accountId: string;
  institutionId?: string;
}

/** Facts about the candidate that may bar a member. */
export interface DefenceFacts {
  candidateInstitutionId: string;
  taughtBy: readonly string[];
  /** Conflicts declared beforehand, such as kinship. */
  declared: readonly string[];
}

export type ConflictReason = 'same-institution' | 'taught' | 'declared';

/** Why a member may not judge this candidate; undefined when they may (design section 9). */
export function conflictOf(member: PoolMember, facts: DefenceFacts): ConflictReason | undefined {
  if (member.institutionId !== undefined && member.institutionId === facts.candidateInstitutionId)
    return 'same-institution';
  if (facts.taughtBy.includes(member.accountId)) return 'taught';
  return facts.declared.includes(member.accountId) ? 'declared' : undefined;
}

export type PanelVerdict =
  | { ok: true }
  | { ok: false; code: 'review.panel-too-small' | 'review.panel-even'; clause: '11.2'; members: number };

/** Clause 11.2, each time a panel acts: an odd number of members, three or more, after recusals. */
export function judgePanel(members: number): PanelVerdict {
  const verdict = judgeCount(members);
  if (verdict.ok) return verdict;
  const code = verdict.code === 'marking.too-few-judges' ? 'review.panel-too-small' : 'review.panel-even';
  return { ok: false, code, clause: '11.2', members };
}

export type PanelDraw =
  | {
      ok: true;
      members: string[];
      reserve: string[];
      excluded: { accountId: string; reason: ConflictReason }[];
    }
  | { ok: false; code: 'review.pool-too-small'; available: number; needed: number }
  | Extract<PanelVerdict, { ok: false }>;

/** Draws a panel of `size` and an ordered reserve from the pool by a recorded seed; anyone with pool and seed draws the same. */
export function drawPanel(
  pool: readonly PoolMember[],
  facts: DefenceFacts,
  size: number,
  seed: string,
): PanelDraw {
  const verdict = judgePanel(size);
  if (!verdict.ok) return verdict;
  const excluded: { accountId: string; reason: ConflictReason }[] = [];
  const free: string[] = [];
  for (const member of [...pool].sort((a, b) => (a.accountId < b.accountId ? -1 : 1))) {
    const reason = conflictOf(member, facts);
    if (reason === undefined) free.push(member.accountId);
    else excluded.push({ accountId: member.accountId, reason });
  }
  if (free.length < size)
    return { ok: false, code: 'review.pool-too-small', available: free.length, needed: size };
  const order = shuffled(free, seed);
  return { ok: true, members: order.slice(0, size), reserve: order.slice(size), excluded };
}

/** A panel as it stands: who acts, who waits in drawn order. */
export interface PanelState {
  members: readonly string[];
  reserve: readonly string[];
}

/** Takes a member off the panel; the panel may be unlawful until it is completed, and then it cannot act. */
export function recuse(panel: PanelState, accountId: string): PanelState {
  return { members: panel.members.filter((member) => member !== accountId), reserve: panel.reserve };
}

/** Brings in the next of the reserve, in drawn order; the same panel when the reserve is empty. */
export function replaceNext(panel: PanelState): PanelState {
  const [next, ...reserve] = panel.reserve;
  return next === undefined ? panel : { members: [...panel.members, next], reserve };
}
