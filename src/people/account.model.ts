import { defineModel } from '../platform/model.ts';
import type { Role } from '../shared/roles.ts';

/** A staff member who can sign in. */
export interface Account {
  _id: string;
  /** Sign-in name, lower case. */
  login: string;
  name: string;
  roles: Role[];
  passwordHash: string;
  /** The institution the person belongs to; panels draw conflicts from it. */
  institutionId?: string;
  active: boolean;
  createdAt: number;
}

export const AccountModel = defineModel<Account>(
  'Account',
  'accounts',
  {
    login: { type: String, required: true },
    name: { type: String, required: true },
    roles: { type: [String], required: true },
    passwordHash: { type: String, required: true },
    institutionId: String,
    active: { type: Boolean, required: true },
    createdAt: { type: Number, required: true },
  },
  { indexes: [[{ login: 1 }, { unique: true }], [{ roles: 1 }]] },
);
