import type { AccountView } from '../../../people/people.contract.ts';
import type { Page } from '../../../shared/paging.ts';
import { DUTIES, type Duty } from '../../../sitting/staffing.rules.ts';
import { useLoad } from '../lib/load.ts';

/** A person's duty in a room. */
export interface RosterEntry {
  accountId: string;
  duty: Duty;
}

/** Staff by the duty that their roles allow, and everyone's name. */
export interface StaffDirectory {
  byDuty: Readonly<Record<Duty, readonly AccountView[]>>;
  nameOf(accountId: string): string;
}

/** Everyone who can be put on a roster (at most 200 a duty). */
export function useStaff(): StaffDirectory {
  const invigilators = useLoad<Page<AccountView>>('/api/accounts?role=invigilator&limit=200');
  const chiefs = useLoad<Page<AccountView>>('/api/accounts?role=chief-invigilator&limit=200');
  const examiners = useLoad<Page<AccountView>>('/api/accounts?role=examiner&limit=200');
  const byDuty = {
    invigilator: invigilators.data?.items ?? [],
    'chief-invigilator': chiefs.data?.items ?? [],
    examiner: examiners.data?.items ?? [],
  };
  const names = new Map(DUTIES.flatMap((duty) => byDuty[duty]).map(({ id, name }) => [id, name]));
  return { byDuty, nameOf: (accountId) => names.get(accountId) ?? accountId };
}
