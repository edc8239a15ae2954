import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routes } from '#shared/contracts/routes';
import { slugSchema } from '#shared/contracts/tracking/create-link';
import { OWN_WORDS, reservedWordIn, slugSkeleton } from '#shared/domain/tracking/slug';

describe('the look of a slug', () => {
  it.each([
    ['spring-sale', 'springsale'],
    ['spring--sale', 'sp-ring-sale'],
    ['paypal', 'paypa1'],
    ['summer', 'surnrner'],
    ['wow', 'vv0vv'],
    ['illi', '1l1l'],
    ['modern', 'rnodem'],
    ['SALE', 'sa1e'],
  ])('is the same for %s and %s', (one, other) => {
    expect(slugSkeleton(one)).toBe(slugSkeleton(other));
  });

  it.each([
    ['spring', 'string'],
    ['sale-1', 'sale-2'],
    ['mira', 'nira'],
    ['nova', 'novva'],
  ])('differs for %s and %s', (one, other) => {
    expect(slugSkeleton(one)).not.toBe(slugSkeleton(other));
  });

  it('is stable, and no swap of look-alikes changes it', () => {
    const swaps = [
      ['0', 'o'],
      ['1', 'l'],
      ['1', 'i'],
      ['rn', 'm'],
      ['vv', 'w'],
      ['-', ''],
    ] as const;
    const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/);
    fc.assert(
      fc.property(slug, fc.constantFrom(...swaps), fc.boolean(), (text, [a, b], isBack) => {
        const swapped = isBack && b !== '' ? text.replaceAll(b, a) : text.replaceAll(a, b);
        expect(slugSkeleton(swapped)).toBe(slugSkeleton(text));
        expect(slugSkeleton(slugSkeleton(text))).toBe(slugSkeleton(text));
      }),
      { numRuns: 300 },
    );
  });

  it.each(['ſale-now', 'pаypal', 'ѕale', 'sale’s', 'münchen', 'sale\u200b1', 'sale_1', '-sale', 'sale-'])(
    'is asked of plain letters only: %j is no slug',
    (slug) => {
      expect(slugSchema.safeParse(slug).success).toBe(false);
    },
  );
});

describe('reserved words', () => {
  it.each([
    'admin',
    'ADMIN',
    'adrnin',
    'l0gin',
    '1ogin',
    'log-in',
    'login-here',
    'our-support-team',
    'api',
    'ap1',
    'v1',
    'health',
    'links',
    'fuck-this',
    'sh1t',
  ])('refuse %s', (slug) => {
    expect(reservedWordIn(slug)).toBeDefined();
  });

  it.each([
    'scunthorpe',
    'pinewood',
    'apiary',
    'homeware',
    'linksfield',
    'health-food',
    'spring-sale',
    'cockpit',
    'essex',
  ])('leave %s to whoever asks first', (slug) => {
    expect(reservedWordIn(slug)).toBeUndefined();
  });

  it('hold the first part of every address of the installation', () => {
    const own = new Set(OWN_WORDS.map(slugSkeleton));
    const firstParts = new Set(routes.map(({ path }) => path.split('/')[1]?.replace(/\..*$/, '') ?? ''));
    expect([...firstParts].filter((part) => !own.has(slugSkeleton(part)))).toEqual([]);
  });
});
