import { ANONYMOUS } from '../platform/auth/actor.ts';
import type { Ctx } from '../platform/context.ts';
import { AccountModel } from './account.model.ts';
import { createAccount } from './accounts.service.ts';

/** What the demo's administrator signs in with; any other server draws a password and tells it once. */
const DEMO_ADMINISTRATOR_PASSWORD = 'kaochang-demo';

/** Creates the first administrator of an empty store and returns their password; undefined when there are accounts already. */
export async function ensureFirstAdministrator(ctx: Ctx): Promise<{ password: string } | undefined> {
  if ((await AccountModel.estimatedDocumentCount()) > 0) return undefined;
  const password = ctx.config.demo ? DEMO_ADMINISTRATOR_PASSWORD : ctx.random.bytes(12).toString('base64url');
  await createAccount(ctx, ANONYMOUS, {
    login: 'admin',
    name: '系统管理员',
    roles: ['administrator'],
    password,
  });
  return { password };
}
