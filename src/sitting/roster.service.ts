import { AccountModel, type Account } from '../people/account.model.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Role } from '../shared/roles.ts';
import type { Duty } from './staffing.rules.ts';

/** Planned staff of a room. */
export type Roster = readonly { accountId: string; duty: Duty }[];

/** Roles that may take each duty. A chief may invigilate. */
const ROLES_FOR: Readonly<Record<Duty, readonly Role[]>> = {
  invigilator: ['invigilator', 'chief-invigilator'],
  'chief-invigilator': ['chief-invigilator'],
  examiner: ['examiner'],
};

/**
 * Checks everyone on the roster of a sitting: known, active, of the right role, and only once.
 * @throws AppError sitting.unknown-staff, sitting.staff-wrong-role, sitting.staff-twice
 */
export async function checkRoster(roster: Roster): Promise<void> {
  const accounts = await AccountModel.find({
    _id: { $in: roster.map((s) => s.accountId) },
    active: true,
  }).lean();
  const byId = new Map<string, Account>(accounts.map((account) => [account._id, account]));
  const seen = new Set<string>();
  for (const { accountId, duty } of roster) {
    const account = byId.get(accountId);
    if (account === undefined)
      throw new AppError('sitting.unknown-staff', { field: '/rooms', params: { account: accountId } });
    if (seen.has(accountId))
      throw new AppError('sitting.staff-twice', { field: '/rooms', params: { name: account.name } });
    if (!account.roles.some((role) => ROLES_FOR[duty].includes(role))) {
      throw new AppError('sitting.staff-wrong-role', {
        field: '/rooms',
        params: { name: account.name, duty },
      });
    }
    seen.add(accountId);
  }
}
