import { Type, type Static } from '@sinclair/typebox';
import { PageQuery } from '../shared/paging.ts';
import { ROLES, STAFF_ROLES } from '../shared/roles.ts';
import { Text } from '../shared/text.ts';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 60 });

export const SignInBody = Type.Object(
  {
    login: Type.String({ minLength: 1, maxLength: 60 }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
  },
  closed,
);

/** Who is signed in, for the page head. */
export const Me = Type.Object({
  kind: Type.Union([Type.Literal('staff'), Type.Literal('candidate'), Type.Literal('anonymous')]),
  id: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  roles: Type.Array(Type.Union(ROLES.map((role) => Type.Literal(role)))),
  /** The candidate's attempt. */
  attemptId: Type.Optional(Type.String()),
  /** Server time, ms. */
  now: Type.Integer(),
  demo: Type.Boolean(),
});
export type Me = Static<typeof Me>;

const StaffRole = Type.Union(STAFF_ROLES.map((role) => Type.Literal(role)));

export const AccountBody = Type.Object(
  {
    login: Type.String({ pattern: '^[a-z0-9._-]{2,40}$' }),
    name: Type.String({ minLength: 1, maxLength: 60 }),
    roles: Type.Array(StaffRole, { minItems: 1, uniqueItems: true }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
    institutionId: Type.Optional(Id),
  },
  closed,
);
export const RolesBody = Type.Object(
  { roles: Type.Array(StaffRole, { minItems: 1, uniqueItems: true }) },
  closed,
);
export const IdParams = Type.Object({ id: Id }, closed);

/** Query of the staff list: `q` begins the sign-in name. */
export const AccountsQuery = Type.Object({ ...PageQuery.properties, role: Type.Optional(StaffRole) }, closed);

/** A staff member as lists show them. */
export interface AccountView {
  id: string;
  login: string;
  name: string;
  roles: string[];
  institutionId?: string;
  active: boolean;
}

export const InstitutionBody = Type.Object(
  {
    code: Type.String({ pattern: '^[A-Z0-9]{2,12}$' }),
    name: Text,
    kind: Type.Union(
      (['professional-body', 'enterprise', 'college', 'recognised-base'] as const).map((k) =>
        Type.Literal(k),
      ),
    ),
    areaSquareMetres: Type.Number({ minimum: 0, maximum: 1_000_000 }),
    legalPerson: Type.Boolean(),
    goodCredit: Type.Boolean(),
  },
  closed,
);

/** One candidate of an import. `photo` is a PNG or JPEG in base64, at most 200 KiB. */
export const CandidateBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    idNumber: Type.String({ pattern: '^[0-9A-Za-z]{6,30}$' }),
    institutionId: Id,
    photo: Type.Optional(Type.String({ maxLength: 280_000, pattern: '^[A-Za-z0-9+/=]+$' })),
    taughtBy: Type.Optional(Type.Array(Id, { maxItems: 20 })),
  },
  closed,
);
export const CandidatesBody = Type.Object(
  { candidates: Type.Array(CandidateBody, { minItems: 1, maxItems: 500 }) },
  closed,
);

/** A candidate as staff lists show them: never the whole identity number. */
export interface CandidateView {
  id: string;
  name: string;
  idTail: string;
  institutionId: string;
  hasPhoto: boolean;
}
export const AdvanceBody = Type.Object(
  { minutes: Type.Number({ exclusiveMinimum: 0, maximum: 1440 }) },
  closed,
);
