import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Role } from '../../shared/roles.ts';
import type { Ctx } from '../context.ts';
import { ANONYMOUS, type Actor } from './actor.ts';
import { SessionModel, type Session } from './session.model.ts';

/** A session lasts this long after its last renewal, ms: longer than any sitting. */
export const SESSION_MS = 12 * 60 * 60 * 1000;
/**
 * How long this process trusts its memory of a session before it looks again, ms. Changes made here take effect at once;
 * with the embedded store nobody else can make any, so that candidates who save every few seconds cost no reading.
 */
const TRUST_MS = { shared: 2_000, embedded: 60_000 } as const;
/** Sessions, and tokens, kept in memory at most. */
const KEPT = 20_000;
const AUDIENCE = 'kaochang';

/** A secret as a key object (given a text, jsonwebtoken tries to read a public key from it at every call), and its name in tokens. */
interface TokenKey {
  id: string;
  key: KeyObject;
}
const keys = new Map<string, TokenKey>();

function keyOf(secret: string): TokenKey {
  let known = keys.get(secret);
  if (known === undefined) {
    const id = createHash('sha256').update(`key:${secret}`).digest('hex').slice(0, 12);
    known = { id, key: createSecretKey(Buffer.from(secret)) };
    keys.set(secret, known);
  }
  return known;
}

/** The key a token names, if it is the signing one or one from before a rotation. */
function keyNamed(ctx: Ctx, id: string | undefined): TokenKey | undefined {
  const { tokenSecret, previousTokenSecrets } = ctx.config;
  const newest = keyOf(tokenSecret);
  return newest.id === id ? newest : previousTokenSecrets.map(keyOf).find((key) => key.id === id);
}

const remembered = new Map<string, { session: Session; until: number }>();
/** Counts what changes sessions here: what was read before a change is not remembered after it. */
let changes = 0;

function forget(sessionId: string): void {
  changes += 1;
  remembered.delete(sessionId);
}

/** What a token's signature vouches for. `exp` in seconds, as in the token. */
interface Claims {
  sessionId: string;
  keyId: string;
  exp: number;
}
/** Tokens whose signature has been checked by this process; checking again would say the same while the key is in use. */
const checked = new Map<string, Claims>();

/** The token and how long its cookie is to be kept, ms. */
export interface IssuedToken {
  token: string;
  keepMs: number;
}

/**
 * How long a browser keeps the cookie, ms. The server alone decides when a session ends; a candidate's cookie is kept long,
 * because a lab computer whose clock jumps by a day would throw a shorter one away in the middle of an exam.
 */
const KEEP_MS = { staff: SESSION_MS, candidate: 30 * 24 * 60 * 60 * 1000 } as const;

type Opening = Pick<Session, 'kind' | 'subjectId' | 'attemptId' | 'name' | 'address'> & {
  roles: readonly Role[];
};

function sign(ctx: Ctx, session: Session): IssuedToken {
  const { id, key } = keyOf(ctx.config.tokenSecret);
  const token = jwt.sign(
    { exp: Math.floor(session.expiresAt / 1000), iat: Math.floor(ctx.clock.now() / 1000) },
    key,
    {
      algorithm: 'HS256',
      keyid: id,
      audience: AUDIENCE,
      subject: session.subjectId,
      jwtid: session._id,
      issuer: AUDIENCE,
    },
  );
  return { token, keepMs: KEEP_MS[session.kind] };
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
    forget(session._id);
    ctx.live.dropSession(session._id);
  }
  return ending.length;
}

/** Applies changed roles to a person's open sessions, at once. */
export async function changeSessionRoles(ctx: Ctx, subjectId: string, roles: readonly Role[]): Promise<void> {
  await SessionModel.updateMany({ subjectId, endedAt: null }, { $set: { roles: [...roles] } });
  changes += 1;
  for (const [id, { session }] of remembered) {
    if (session.subjectId === subjectId) {
      forget(id);
      ctx.live.dropSession(id);
    }
  }
}

async function load(ctx: Ctx, id: string): Promise<Session | undefined> {
  const known = remembered.get(id);
  // Wall time on purpose: how stale memory may be does not depend on the demo's moved clock.
  if (known !== undefined && known.until > performance.now()) return lasting(ctx, known.session);
  const before = changes;
  const session = lasting(ctx, await SessionModel.findById(id).lean());
  if (session === undefined) {
    remembered.delete(id);
    return undefined;
  }
  if (changes !== before) return session;
  if (remembered.size > KEPT) remembered.clear();
  const trustMs = ctx.config.mongodbUri === undefined ? TRUST_MS.embedded : TRUST_MS.shared;
  remembered.set(id, { session, until: performance.now() + trustMs });
  return session;
}

/** A session that has neither ended nor run out. */
function lasting(ctx: Ctx, session: Session | null): Session | undefined {
  if (session === null || (session.endedAt ?? undefined) !== undefined) return undefined;
  return session.expiresAt <= ctx.clock.now() ? undefined : session;
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

function keyIdOf(token: string): string | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header.kid;
  } catch {
    return undefined;
  }
}

/** What a token says, if a secret in use has signed it and it has not run out. */
function claimsOf(ctx: Ctx, token: string): Claims | undefined {
  const now = Math.floor(ctx.clock.now() / 1000);
  const known = checked.get(token);
  if (known !== undefined)
    return known.exp > now && keyNamed(ctx, known.keyId) !== undefined ? known : undefined;
  const key = keyNamed(ctx, keyIdOf(token));
  if (key === undefined) return undefined;
  try {
    const claims = jwt.verify(token, key.key, {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      issuer: AUDIENCE,
      clockTimestamp: now,
    });
    if (typeof claims === 'string' || claims.jti === undefined || claims.exp === undefined) return undefined;
    if (checked.size > KEPT) checked.clear();
    const found = { sessionId: claims.jti, keyId: key.id, exp: claims.exp };
    checked.set(token, found);
    return found;
  } catch {
    return undefined;
  }
}

/**
 * Who a token stands for; anonymous when it is missing, forged, expired or its session has ended.
 * `renewed` is a fresh token when more than half of the old one's life is over, or an older secret has signed it.
 */
export async function readToken(
  ctx: Ctx,
  token: string | undefined,
): Promise<{ actor: Actor; renewed?: IssuedToken }> {
  const claims = token === undefined ? undefined : claimsOf(ctx, token);
  const session = claims === undefined ? undefined : await load(ctx, claims.sessionId);
  if (claims === undefined || session === undefined) return { actor: ANONYMOUS };
  const now = ctx.clock.now();
  const signedByNewest = claims.keyId === keyOf(ctx.config.tokenSecret).id;
  if (signedByNewest && session.expiresAt - now > SESSION_MS / 2) return { actor: actorOf(session) };
  const expiresAt = now + SESSION_MS;
  await SessionModel.updateOne({ _id: session._id }, { $set: { expiresAt } });
  forget(session._id);
  return { actor: actorOf(session), renewed: sign(ctx, { ...session, expiresAt }) };
}
