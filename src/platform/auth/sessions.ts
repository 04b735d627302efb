import { createSecretKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Role } from '../../shared/roles.ts';
import type { Ctx } from '../context.ts';
import { ANONYMOUS, type Actor } from './actor.ts';
import { SessionModel, type Session } from './session.model.ts';

/** A session lasts this long after its last renewal, ms: longer than any sitting. */
export const SESSION_MS = 12 * 60 * 60 * 1000;
/** How long this process trusts its memory of a session before it looks again, ms. Changes made here take effect at once. */
const CACHE_MS = 2_000;
const AUDIENCE = 'kaochang';

const keys = new Map<string, KeyObject>();

/** The secret as a key object: given a text, jsonwebtoken tries to read a public key from it at every call. */
function tokenKey(ctx: Ctx): KeyObject {
  const { tokenSecret } = ctx.config;
  const known = keys.get(tokenSecret) ?? createSecretKey(Buffer.from(tokenSecret));
  keys.set(tokenSecret, known);
  return known;
}

const remembered = new Map<string, { session: Session; until: number }>();

/** The token and when it ends, for the cookie. */
export interface IssuedToken {
  token: string;
  expiresAt: number;
}

type Opening = Pick<Session, 'kind' | 'subjectId' | 'attemptId' | 'name' | 'address'> & {
  roles: readonly Role[];
};

function sign(ctx: Ctx, session: Session): IssuedToken {
  const token = jwt.sign(
    { exp: Math.floor(session.expiresAt / 1000), iat: Math.floor(ctx.clock.now() / 1000) },
    tokenKey(ctx),
    {
      algorithm: 'HS256',
      audience: AUDIENCE,
      subject: session.subjectId,
      jwtid: session._id,
      issuer: AUDIENCE,
    },
  );
  return { token, expiresAt: session.expiresAt };
}

/** Opens a session and returns its token. */
export async function openSession(ctx: Ctx, opening: Opening): Promise<IssuedToken & { sessionId: string }> {
  const now = ctx.clock.now();
  const session: Session = {
    _id: ctx.random.id('ses'),
    ...opening,
    roles: [...opening.roles],
    createdAt: now,
    expiresAt: now + SESSION_MS,
  };
  await SessionModel.create(session);
  return { ...sign(ctx, session), sessionId: session._id };
}

/** Ends sessions of a person, or one session; sockets opened with them are cut. Returns how many ended. */
export async function endSessions(
  ctx: Ctx,
  which: { sessionId?: string; subjectId?: string; attemptId?: string; except?: string },
): Promise<number> {
  const filter = {
    ...(which.sessionId === undefined ? {} : { _id: which.sessionId }),
    ...(which.subjectId === undefined ? {} : { subjectId: which.subjectId }),
    ...(which.attemptId === undefined ? {} : { attemptId: which.attemptId }),
  };
  if (Object.keys(filter).length === 0) return 0;
  const open = await SessionModel.find({ ...filter, endedAt: null }).lean();
  const ending = open.filter((session) => session._id !== which.except);
  for (const session of ending) {
    await SessionModel.updateOne({ _id: session._id }, { $set: { endedAt: ctx.clock.now() } });
    remembered.delete(session._id);
    ctx.live.dropSession(session._id);
  }
  return ending.length;
}

/** Applies changed roles to a person's open sessions, at once. */
export async function changeSessionRoles(ctx: Ctx, subjectId: string, roles: readonly Role[]): Promise<void> {
  await SessionModel.updateMany({ subjectId, endedAt: null }, { $set: { roles: [...roles] } });
  for (const [id, { session }] of remembered) {
    if (session.subjectId === subjectId) {
      remembered.delete(id);
      ctx.live.dropSession(id);
    }
  }
}

async function load(ctx: Ctx, id: string): Promise<Session | undefined> {
  const known = remembered.get(id);
  // Wall time on purpose: how stale memory may be does not depend on the demo's moved clock.
  if (known !== undefined && known.until > performance.now()) return known.session;
  const session = await SessionModel.findById(id).lean();
  if (
    session === null ||
    (session.endedAt ?? undefined) !== undefined ||
    session.expiresAt <= ctx.clock.now()
  ) {
    remembered.delete(id);
    return undefined;
  }
  if (remembered.size > 20_000) remembered.clear();
  remembered.set(id, { session, until: performance.now() + CACHE_MS });
  return session;
}

/** Forgets what is remembered of sessions; for tests that open several databases in one process. */
export function forgetSessions(): void {
  remembered.clear();
}

function actorOf(session: Session): Actor {
  const { _id, subjectId, name } = session;
  if (session.kind === 'candidate') {
    return {
      kind: 'candidate',
      candidateId: subjectId,
      attemptId: session.attemptId ?? '',
      sessionId: _id,
      name,
      roles: ['candidate'],
    };
  }
  return { kind: 'staff', accountId: subjectId, sessionId: _id, name, roles: session.roles };
}

/**
 * Who a token stands for; anonymous when it is missing, forged, expired or its session has ended.
 * `renewed` is a fresh token when more than half of the old one's life is over.
 */
export async function readToken(
  ctx: Ctx,
  token: string | undefined,
): Promise<{ actor: Actor; renewed?: IssuedToken }> {
  if (token === undefined) return { actor: ANONYMOUS };
  let id: string | undefined;
  try {
    const claims = jwt.verify(token, tokenKey(ctx), {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      issuer: AUDIENCE,
      clockTimestamp: Math.floor(ctx.clock.now() / 1000),
    });
    id = typeof claims === 'string' ? undefined : claims.jti;
  } catch {
    return { actor: ANONYMOUS };
  }
  const session = id === undefined ? undefined : await load(ctx, id);
  if (session === undefined) return { actor: ANONYMOUS };
  const now = ctx.clock.now();
  if (session.expiresAt - now > SESSION_MS / 2) return { actor: actorOf(session) };
  const expiresAt = now + SESSION_MS;
  await SessionModel.updateOne({ _id: session._id }, { $set: { expiresAt } });
  remembered.delete(session._id);
  return { actor: actorOf(session), renewed: sign(ctx, { ...session, expiresAt }) };
}
