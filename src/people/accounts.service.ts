import { actorName, type Actor } from '../platform/auth/actor.ts';
import { hashPassword, verifyPassword } from '../platform/auth/password.ts';
import { changeSessionRoles, endSessions, openSession, type IssuedToken } from '../platform/auth/sessions.ts';
import type { Ctx } from '../platform/context.ts';
import { AppError } from '../shared/errors/index.ts';
import type { Page, PageQuery } from '../shared/paging.ts';
import type { Role } from '../shared/roles.ts';
import { AccountModel, type Account } from './account.model.ts';
import type { AccountView } from './people.contract.ts';

/** Shortest password, characters (NIST SP 800-63B-4 asks 15 without a second factor and allows 8 with one; staff sign in inside the lab). */
export const PASSWORD_MIN = 8;

// An unknown name must take as long as a wrong password, so that names cannot be guessed by time.
const decoy = hashPassword('no such account');

/** Signs a staff member in. @throws AppError people.wrong-credentials, without saying which of the two was wrong */
export async function signIn(
  ctx: Ctx,
  input: { login: string; password: string; address: string },
): Promise<{ account: Account; issued: IssuedToken }> {
  const account = await AccountModel.findOne({ login: input.login.toLowerCase(), active: true }).lean();
  const right = await verifyPassword(input.password, account?.passwordHash ?? (await decoy));
  if (account === null || !right) {
    await ctx.audit.record({
      actor: 'public',
      action: 'people.sign-in.refused',
      subject: `login:${input.login.slice(0, 60)}`,
    });
    throw new AppError('people.wrong-credentials');
  }
  const issued = await openSession(ctx, {
    kind: 'staff',
    subjectId: account._id,
    name: account.name,
    roles: account.roles,
    address: input.address,
  });
  await ctx.audit.record({
    actor: `account:${account._id}`,
    action: 'people.sign-in',
    subject: `account:${account._id}`,
  });
  return { account, issued };
}

/** Ends the session of whoever asks. */
export async function signOut(ctx: Ctx, actor: Actor): Promise<void> {
  if (actor.kind === 'anonymous') return;
  await endSessions(ctx, { sessionId: actor.sessionId });
}

/** Creates a staff account. @throws AppError people.login-taken, people.weak-password */
export async function createAccount(
  ctx: Ctx,
  actor: Actor,
  input: { login: string; name: string; roles: readonly Role[]; password: string; institutionId?: string },
): Promise<AccountView> {
  if (input.password.length < PASSWORD_MIN) {
    throw new AppError('people.weak-password', { field: '/password', params: { min: PASSWORD_MIN } });
  }
  const { password, ...fields } = input;
  const account: Account = {
    _id: ctx.random.id('acc'),
    ...fields,
    roles: [...input.roles],
    passwordHash: await hashPassword(password),
    active: true,
    createdAt: ctx.clock.now(),
  };
  await ctx.transact(async (session) => {
    if (await AccountModel.exists({ login: account.login }).session(session)) {
      throw new AppError('people.login-taken', { field: '/login', params: { login: account.login } });
    }
    await AccountModel.create([account], { session });
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'people.account.create',
        subject: `account:${account._id}`,
        facts: { login: account.login, roles: account.roles },
      },
      session,
    );
  });
  return viewAccount(account);
}

/** Changes a person's roles; open sessions change with them at once. @throws AppError platform.not-found */
export async function setRoles(
  ctx: Ctx,
  actor: Actor,
  accountId: string,
  roles: readonly Role[],
): Promise<AccountView> {
  const account = await ctx.transact(async (session) => {
    const changed = await AccountModel.findByIdAndUpdate(
      accountId,
      { $set: { roles: [...roles] } },
      { returnDocument: 'after', session },
    ).lean();
    if (changed === null) throw new AppError('platform.not-found');
    await ctx.audit.append(
      {
        actor: actorName(actor),
        action: 'people.account.roles',
        subject: `account:${accountId}`,
        facts: { roles: [...roles] },
      },
      session,
    );
    return changed;
  });
  await changeSessionRoles(ctx, accountId, roles);
  return viewAccount(account);
}

/** Staff accounts by sign-in name. */
export async function listAccounts(query: PageQuery & { role?: Role }): Promise<Page<AccountView>> {
  const { offset = 0, limit = 50 } = query;
  const filter = {
    ...(query.role === undefined ? {} : { roles: query.role }),
    ...(query.q === undefined
      ? {}
      : { login: { $gte: query.q.toLowerCase(), $lt: `${query.q.toLowerCase()}\uffff` } }),
  };
  const [accounts, total] = await Promise.all([
    AccountModel.find(filter).sort({ login: 1 }).skip(offset).limit(limit).lean(),
    AccountModel.countDocuments(filter),
  ]);
  return { items: accounts.map(viewAccount), total, offset, limit };
}

function viewAccount({ _id, login, name, roles, institutionId, active }: Account): AccountView {
  return { id: _id, login, name, roles, active, ...(institutionId === undefined ? {} : { institutionId }) };
}
