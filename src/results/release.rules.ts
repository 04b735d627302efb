/** A release of an examination's results. Times are server ms. */
export interface ReleaseFacts {
  releaseAt: number;
  requestedBy: string;
  approvedBy?: string;
}

/** Whether results may be seen: approved by a second person, and the time has come. The one gate; nothing pulls it forward. */
export function isReleased(release: ReleaseFacts | undefined, now: number): boolean {
  return (
    release?.approvedBy !== undefined &&
    release.approvedBy !== release.requestedBy &&
    now >= release.releaseAt
  );
}

export type ApprovalVerdict =
  | { ok: true }
  | { ok: false; code: 'results.no-request' | 'results.same-person' | 'results.already-released' };

/** Two persons: whoever requested a release cannot approve it. */
export function judgeApproval(release: ReleaseFacts | undefined, approver: string): ApprovalVerdict {
  if (release === undefined) return { ok: false, code: 'results.no-request' };
  if (release.approvedBy !== undefined) return { ok: false, code: 'results.already-released' };
  return release.requestedBy === approver ? { ok: false, code: 'results.same-person' } : { ok: true };
}
