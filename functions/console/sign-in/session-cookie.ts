import { timingSafeEqual } from 'node:crypto';
import type { Session } from '#shared/application/console/sessions';

/**
 * The cookie that holds a session's secret and nothing else. Lax, so that a link in a mail opens signed in; what changes something
 * is protected by `isSameSitePost` and `isCsrfToken`. Over https its name keeps hosts beside this one from setting it (RFC 6265bis, 4.1.3.2).
 */
export function sessionCookieName(publicUrl: string): string {
  return isSecure(publicUrl) ? '__Host-ts_session' : 'ts_session';
}

/** As `Set-Cookie` says it. It ends with the browser's session: the store knows when it ends at the latest. */
export function sessionCookie(publicUrl: string, secret: string): string {
  return cookie(publicUrl, sessionCookieName(publicUrl), secret);
}

export function noSessionCookie(publicUrl: string): string {
  return `${cookie(publicUrl, sessionCookieName(publicUrl), '')}; Max-Age=0`;
}

/** The secret that a request brings. `cookies` as in an event of an HTTP API: each `name=value`. */
export function readSessionCookie(publicUrl: string, cookies: readonly string[] | undefined): string | undefined {
  return readCookie(sessionCookieName(publicUrl), cookies);
}

/** `undefined` too when there are two that differ: one of them is somebody else's work. */
export function readCookie(name: string, cookies: readonly string[] | undefined): string | undefined {
  const found = (cookies ?? []).flatMap((one) => (one.startsWith(`${name}=`) ? [one.slice(name.length + 1)] : []));
  return new Set(found).size === 1 ? found[0] : undefined;
}

/** Of a value that needs no quoting. */
export function cookie(publicUrl: string, name: string, value: string): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${isSecure(publicUrl) ? '; Secure' : ''}`;
}

export function isSecure(publicUrl: string): boolean {
  return new URL(publicUrl).protocol === 'https:';
}

/** Whether a form brings the token of this session; as slow for any that is as long. */
export function isCsrfToken(session: Pick<Session, 'csrfToken'>, given: string | undefined): boolean {
  const expected = Buffer.from(session.csrfToken);
  const actual = Buffer.from(given ?? '');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
