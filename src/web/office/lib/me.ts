import { createContext, useContext } from 'react';
import type { Me } from '../../../people/people.contract.ts';
import type { Role } from '../../../shared/roles.ts';

/** Who is signed in, for every page of the office. */
export const MeContext = createContext<Me>({ kind: 'anonymous', roles: [], now: 0, demo: false });

export const useMe = (): Me => useContext(MeContext);

/** Whether the person holds one of these roles. */
export function useMay(...roles: readonly Role[]): boolean {
  const me = useMe();
  return me.roles.some((role) => roles.includes(role));
}
