import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clickLine } from '#shared/application/tracking/clicks/click-line';
import type { LinkAnswer } from '#shared/application/tracking/redirect/link-cache';
import { makeRedirectLink, type Visit } from '#shared/application/tracking/redirect/redirect-link';
import { splitDestination } from '#shared/domain/tracking/destination';
import { aLink, instant } from '#test/support/builders/referrals';

const NOW = Date.parse('2026-01-15T12:00:00Z');
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';

function follow(
  visit: Partial<Visit> = {},
  destination = 'https://shop.example/landing?ref=1#top',
  found?: LinkAnswer,
) {
  const link = { ...aLink({ destination }), to: splitDestination(destination) };
  const redirect = makeRedirectLink({
    findLink: (slug) => found ?? (slug === 'spring' ? link : 'unknown'),
    sign: async () => ({ token: 'TOKEN', clickId: 'CLICKID0123456' }),
    visitorOf: async () => 'VISITOR01234',
    isBot: (userAgent) => userAgent.includes('bot'),
    clock: () => NOW,
  });
  return redirect({
    slug: 'spring',
    rawQuery: '',
    address: '203.0.113.7',
    userAgent: BROWSER,
    purpose: ' ',
    country: '',
    isHead: false,
    ...visit,
  });
}
const locationOf = async (...given: Parameters<typeof follow>): Promise<string> => {
  const result = await follow(...given);
  return result.outcome === 'redirect' ? result.location : result.outcome;
};

describe('following a link', () => {
  it('leads to the stored destination with a click token, before its fragment', async () => {
    expect(await locationOf()).toBe('https://shop.example/landing?ref=1&ts_click=TOKEN#top');
    expect(await locationOf({}, 'https://shop.example/')).toBe('https://shop.example/?ts_click=TOKEN');
  });

  it('reads a slug in any case', async () => {
    expect(await locationOf({ slug: 'SPRING' })).toContain('shop.example');
  });

  it('passes sub-ids on, encoded, and nothing else', async () => {
    const location = await locationOf({
      rawQuery: 'sub1=a%20b%26c&evil=1&sub5=z&url=https://evil.example&ts_click=forged',
    });
    expect(location).toBe('https://shop.example/landing?ref=1&sub1=a+b%26c&sub5=z&ts_click=TOKEN#top');
  });

  it('goes deeper on the same host', async () => {
    expect(await locationOf({ rawQuery: 'path=/offers/spring%3Fcolour=red' })).toBe(
      'https://shop.example/offers/spring?colour=red&ts_click=TOKEN',
    );
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '@evil.example',
    '.evil.example',
    '/a\r\nset-cookie: x=1',
    '/\u0000',
    '\\\\evil.example',
    `/${'a'.repeat(2_000)}`,
  ])('is never led away by path=%j', async (path) => {
    const location = await locationOf({ rawQuery: `path=${encodeURIComponent(path)}` });
    expect(location).toBe('malformed');
  });

  it('never leads to another origin, whatever is asked', async () => {
    const hostile = fc.constantFrom(
      ...['//', '/\\', '\\', '@', ':', '.', '..', '?', '#', '%2f', '%5c', '%2F%2F', '%0d%0a', '%00', '%ff', '%c0%af'],
      ...[
        '\t',
        '\n',
        '\r',
        'https:',
        'javascript:',
        'evil.example',
        '\u3002',
        '\uff0f',
        '\u212a',
        '\ud800',
        '&',
        '=',
        '+',
      ],
    );
    const texts = fc.array(fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 6 });
    const named = fc.constantFrom('path', 'sub1', 'sub5', 'url', 'ts_click', 'gclid', '');
    const encode = fc.constantFrom(
      (text: string) => text,
      (text: string) => encodeURIComponent(text.toWellFormed()),
    );
    const parameters = fc.array(fc.tuple(named, texts, fc.constantFrom('/', ''), encode), { maxLength: 4 });
    const destinations = fc.constantFrom(
      ...[
        'https://shop.example/',
        'https://shop.example:8443/a?b=c#d',
        'http://localhost:3000/x',
        'https://xn--bcher-kva.example/',
      ],
    );
    await fc.assert(
      fc.asyncProperty(destinations, parameters, async (destination, given) => {
        const rawQuery = given.map(([name, text, start, as]) => `${name}=${as(start + text.join(''))}`).join('&');
        const result = await follow({ rawQuery }, destination);
        if (result.outcome !== 'redirect') {
          expect(result.outcome).toBe('malformed');
          return;
        }
        expect(new URL(result.location).origin).toBe(new URL(destination).origin);
        expect(result.location).toMatch(/^[\x21-\x7e]+$/);
        expect(result.click && clickLine(result.click).length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    'sub1=%ff',
    'x=%c0%af',
    'x=%E9',
    'sub2=a%0d%0aset-cookie:x',
    'x=%00',
    'sub1=caf\u00e9',
    'a=\u0000',
    'x=%7f',
  ])('refuses what is no clean text: %j', async (rawQuery) => {
    expect(await locationOf({ rawQuery })).toBe('malformed');
  });

  it('lets a sloppy per cent sign pass', async () => {
    expect(await locationOf({ rawQuery: 'sub1=50%&off=10%25' })).toContain('sub1=50%25&');
  });

  it('lets no path bring a token of its own', async () => {
    expect(await locationOf({ rawQuery: `path=${encodeURIComponent('/a?ts_click=forged')}` })).toBe('malformed');
    for (const name of ['ts%5Fclick', '%74s_clic%6B', 'ts_click', 'a&ts%5fclick']) {
      expect(await locationOf({ rawQuery: `path=${encodeURIComponent(`/a?${name}=forged`)}` })).toBe('malformed');
      expect(await locationOf({ rawQuery: `path=${encodeURIComponent(`/a?${name}`)}` })).toBe('malformed');
    }
  });

  it('refuses queries too long to be meant', async () => {
    expect(await locationOf({ rawQuery: `sub1=${'x'.repeat(8_000)}` })).toBe('malformed');
  });

  it.each([
    '',
    '..',
    'a b',
    '%0d%0a',
    'x'.repeat(500),
    'no-such-link',
    '__proto__',
    'spr\u0131ng',
    'SPR\u0130NG',
    '\u{1f600}',
    'spring\n',
    'spring/..',
  ])('knows no link under %j', async (slug) => {
    expect(await locationOf({ slug })).toBe('unknown');
  });

  it('says so when the link cannot be looked up', async () => {
    expect(await locationOf({}, undefined, 'unavailable')).toBe('unavailable');
  });

  it.each([
    ['paused', { status: 'paused' }],
    ['over at this very moment', { validUntil: instant('2026-01-15T12:00:00Z') }],
    ['over, looked at by HEAD', { validUntil: instant('2026-01-15T11:59:59.999Z') }, { isHead: true }],
  ] as const)('leads nowhere when the link is %s', async (_what, change, visit: Partial<Visit> = {}) => {
    const link = aLink(change);
    const found = { ...link, to: splitDestination(link.destination) };
    expect(await follow(visit, undefined, found)).toEqual({ outcome: 'ended' });
  });

  it('leads on until the moment its time is over', async () => {
    const link = aLink({ validUntil: instant('2026-01-15T12:00:00.001Z') });
    expect(await locationOf({}, undefined, { ...link, to: splitDestination(link.destination) })).toContain('TOKEN');
  });

  it('adds the UTM parameters that the destination has not, with sub-ids filled in and encoded', async () => {
    const link = aLink({
      destination: 'https://shop.example/?utm_source=own#top',
      utm: 'utm_source=tallystick&utm_medium=affiliate&utm_term={sub2}&utm_content=mira-{sub1}',
    });
    const found = { ...link, to: splitDestination(link.destination) };
    expect(await locationOf({ rawQuery: 'sub1=a%26b%C3%BC' }, undefined, found)).toBe(
      'https://shop.example/?utm_source=own&sub1=a%26b%C3%BC&utm_medium=affiliate&utm_content=mira-a%26b%C3%BC&ts_click=TOKEN#top',
    );
    expect(await locationOf({ rawQuery: 'path=/b?utm_medium=mail' }, undefined, found)).toBe(
      'https://shop.example/b?utm_medium=mail&utm_source=tallystick&utm_content=mira-&ts_click=TOKEN',
    );
    expect(await locationOf({}, undefined, found)).toBe(
      'https://shop.example/?utm_source=own&utm_medium=affiliate&utm_content=mira-&ts_click=TOKEN#top',
    );
  });

  it('does not count HEAD, and gives it no token', async () => {
    expect(await follow({ isHead: true })).toEqual({
      outcome: 'redirect',
      location: 'https://shop.example/landing?ref=1#top',
      click: undefined,
    });
  });

  it.each([
    [{}, 'human'],
    [{ userAgent: 'somebot/1.0' }, 'bot'],
    [{ purpose: 'prefetch;prerender ' }, 'prefetch'],
    [{ purpose: ' preview' }, 'prefetch'],
    [{ purpose: ' prefetch', userAgent: 'somebot/1.0' }, 'prefetch'],
  ] as const)('tells people from machines: %j is %s', async (visit, kind) => {
    const result = await follow(visit);
    expect(result).toMatchObject({ click: { kind, slug: 'spring', programId: 'shop', at: NOW } });
  });

  it('passes an advertisement, the country and the sub-ids to the log', async () => {
    const visit = { rawQuery: 'sub2=news%20letter&sub4=&gclid=abc', country: 'DE' };
    expect(await follow(visit)).toMatchObject({
      click: { isPaidSearch: true, country: 'DE', subs: ['', 'news_letter', '', ''] },
    });
    expect(await follow({ country: 'de"}' })).toMatchObject({ click: { country: undefined, isPaidSearch: false } });
  });
});
