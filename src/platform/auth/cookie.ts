import { parse, serialize } from 'cookie';
import type { IssuedToken } from './sessions.ts';

const NAME = 'kaochang_session';

/** Reads the session token from a Cookie header. */
export const tokenFromCookies = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : parse(header)[NAME];

/** The Set-Cookie header of a token: httpOnly, SameSite=Strict, Secure on https. */
export const sessionCookie = (issued: IssuedToken, secure: boolean): string =>
  serialize(NAME, issued.token, {
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: '/',
    maxAge: Math.floor(issued.keepMs / 1000),
  });

/** The Set-Cookie header that takes the cookie away. */
export const noCookie = (secure: boolean): string =>
  serialize(NAME, '', { httpOnly: true, sameSite: 'strict', secure, path: '/', maxAge: 0 });
