import { describe, expect, it } from 'vitest';
import {
  isCsrfToken,
  noSessionCookie,
  readSessionCookie,
  sessionCookie,
} from '#functions/console/sign-in/session-cookie';

const HTTPS = 'https://go.shop.example';
const HTTP = 'http://127.0.0.1:4510';

describe('the cookie of a session', () => {
  it('is for this host alone, over https alone, and not for scripts', () => {
    expect(sessionCookie(HTTPS, 'x')).toBe('__Host-ts_session=x; Path=/; HttpOnly; SameSite=Lax; Secure');
    expect(noSessionCookie(HTTPS)).toBe('__Host-ts_session=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0');
  });

  it('is also set on a machine without https', () => {
    expect(sessionCookie(HTTP, 'x')).toBe('ts_session=x; Path=/; HttpOnly; SameSite=Lax');
  });

  it('is read among others, and not from one that only looks alike', () => {
    expect(readSessionCookie(HTTPS, ['a=1', '__Host-ts_session=s=1', 'b=2'])).toBe('s=1');
    for (const cookies of [undefined, [], ['ts_session=s'], ['x__Host-ts_session=s'], ['__host-ts_session=s']])
      expect(readSessionCookie(HTTPS, cookies)).toBeUndefined();
  });

  it('counts as none when there are two that differ', () => {
    expect(readSessionCookie(HTTP, ['ts_session=mine', 'ts_session=tossed'])).toBeUndefined();
    expect(readSessionCookie(HTTP, ['ts_session=mine', 'ts_session=mine'])).toBe('mine');
  });
});

describe('the token of a form', () => {
  it('is the session’s own and no other', () => {
    expect(isCsrfToken({ csrfToken: 'abc' }, 'abc')).toBe(true);
    for (const given of [undefined, '', 'abd', 'ab', 'abcd', 'ABC'])
      expect(isCsrfToken({ csrfToken: 'abc' }, given)).toBe(false);
  });
});
