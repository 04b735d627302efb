import { AppError } from '../../shared/errors/index.ts';
import type { Role } from '../../shared/roles.ts';

/** A signed-in staff member. */
export interface StaffActor {
  kind: 'staff';
  accountId: string;
  sessionId: string;
  name: string;
  roles: readonly Role[];
}

/** A candidate signed in to one attempt at one seat. */
export interface CandidateActor {
  kind: 'candidate';
  candidateId: string;
  attemptId: string;
  sessionId: string;
  name: string;
  roles: readonly ['candidate'];
}

export interface AnonymousActor {
  kind: 'anonymous';
  roles: readonly [];
}

/** Whoever asks. */
export type Actor = StaffActor | CandidateActor | AnonymousActor;

export const ANONYMOUS: AnonymousActor = { kind: 'anonymous', roles: [] };

/** How the audit names an actor. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'staff') return `account:${actor.accountId}`;
  return actor.kind === 'candidate' ? `candidate:${actor.candidateId}` : 'public';
}

/** The staff member who asks, on routes open to staff alone. @throws AppError platform.forbidden */
export function staffOf(actor: Actor): StaffActor {
  if (actor.kind !== 'staff') throw new AppError('platform.forbidden');
  return actor;
}
