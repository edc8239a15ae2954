import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeReturnTo } from '#functions/console/sign-in/return-to';
import { attemptCookies, newAttempt, readAttempt, secretsOf } from '#functions/console/sign-in/sign-in-attempt';

const HTTPS = 'https://go.shop.example';
const MINUTE = 60_000;

describe('where a person goes after signing in', () => {
  it.each([
    '/console',
    '/console?x=1',
    '/console/runs',
    '/console/programs/acme/statements/2026-01.1~anna~EUR?open=line-1&x=%2F%2Fevil',
  ])('is the page it came from: %s', (path) => {
    expect(safeReturnTo(path, HTTPS)).toBe(path);
  });

  it.each([
    undefined,
    '',
    'console',
    'https://evil.example',
    'https://evil.example/console',
    'https://go.shop.example/console/runs',
    '//evil.example/console',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/console\\..\\..\\x',
    '/\t/evil.example/console',
    '/console/\n//evil.example',
    ' /console',
    'javascript:alert(1)',
    'data:text/html,x',
    '/console/../v1/programs',
    '/console/%2e%2e/v1/programs',
    '/consolex',
    '/v1/programs',
    '/r/slug',
    '/console/sign-in?returnTo=/console/sign-in',
    '/console/signed-in?code=x',
    '/console/sign-out',
    '/console/signed-out',
    `/console/${'x'.repeat(2_000)}`,
  ])('is the first page instead of %j', (given) => {
    expect(safeReturnTo(given, HTTPS)).toBe('/console');
  });

  it('is never another place, whatever is given', () => {
    const piece = fc.constantFrom(
      '/',
      '//',
      '\\',
      '/console',
      'console',
      '..',
      '.',
      '%2e',
      '%5c',
      '@',
      ':',
      'evil.example',
      '?',
      '#',
      '\t',
      'https:',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        const to = new URL(safeReturnTo(pieces.join(''), HTTPS), HTTPS);
        expect(to.origin).toBe(HTTPS);
        expect(to.pathname).toMatch(/^\/console(\/|$)/);
      }),
    );
  });
});

describe('a sign-in under way', () => {
  const attempt = newAttempt({ returnTo: '/console/runs', isFresh: true, startedAt: 1_000_000 });
  const { state } = secretsOf(attempt);
  const kept = (lines: readonly string[]): string[] => lines.map((line) => line.split(';')[0]!);
  const cookies = kept(attemptCookies(HTTPS, attempt, undefined));

  it('is found by the state that it sent, in the browser that has its cookie', () => {
    expect(readAttempt(HTTPS, state, cookies, 1_000_001)).toEqual(attempt);
    expect(attemptCookies(HTTPS, attempt, undefined)[0]).toMatch(
      /^__Host-ts_sign_in_[\w-]{8}=[\w-]+\.[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=900$/,
    );
  });

  it('tells the provider nothing of what it is made from', () => {
    const { nonce, verifier } = secretsOf(attempt);
    expect(new Set([state, nonce, verifier, attempt.ticket]).size).toBe(4);
    for (const secret of [state, nonce, verifier]) expect(secret).toMatch(/^[\w-]{43}$/);
    expect(newAttempt(attempt).ticket).not.toBe(attempt.ticket);
  });

  it('is none after a quarter of an hour, in another browser, or with another state', () => {
    expect(readAttempt(HTTPS, state, cookies, 1_000_000 + 15 * MINUTE - 1)).toBeDefined();
    expect(readAttempt(HTTPS, state, cookies, 1_000_000 + 15 * MINUTE)).toBeUndefined();
    expect(readAttempt(HTTPS, state, undefined, 1_000_001)).toBeUndefined();
    for (const other of [undefined, '', 'x', `${state.slice(0, 8)}${'A'.repeat(35)}`, `${state}A`])
      expect(readAttempt(HTTPS, other, cookies, 1_000_001)).toBeUndefined();
  });

  it('is none when its plan was changed', () => {
    const [name = '', value = ''] = cookies[0]!.split('=');
    const [ticket = ''] = value.split('.');
    const planned = (plan: unknown): string[] => [
      `${name}=${ticket}.${Buffer.from(JSON.stringify(plan)).toString('base64url')}`,
    ];
    const { returnTo, isFresh, startedAt } = attempt;
    expect(readAttempt(HTTPS, state, planned({ returnTo, isFresh, startedAt }), 1_000_001)).toBeDefined();
    for (const plan of [
      { returnTo: '/console/x', isFresh, startedAt },
      { returnTo, isFresh: false, startedAt },
      { returnTo, isFresh, startedAt: startedAt + 1 },
      'x',
      null,
    ])
      expect(readAttempt(HTTPS, state, planned(plan), 1_000_001)).toBeUndefined();
    expect(readAttempt(HTTPS, state, [`${name}=${ticket}`], 1_000_001)).toBeUndefined();
  });

  it('leaves those of other tabs alone, until there are too many', () => {
    const others = Array.from({ length: 4 }, (_, at) => `__Host-ts_sign_in_tab0000${at}=x`);
    expect(attemptCookies(HTTPS, attempt, [...others, 'other=1'])).toHaveLength(1);
    const crowd = [...others, '__Host-ts_sign_in_tab00009=x', 'other=1'];
    const set = attemptCookies(HTTPS, attempt, crowd);
    expect(set).toHaveLength(6);
    expect(set.slice(0, 5).every((line) => line.endsWith('Max-Age=0'))).toBe(true);
    expect(set.join()).not.toContain('other=');
  });
});
