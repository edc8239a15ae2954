import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDestination, isDestinationAllowed } from '#shared/application/tracking/links/check-destination';
import { destinationHostsSchema } from '#shared/contracts/tracking/destination-hosts';
import { deepDestination, joinDestination, splitDestination } from '#shared/domain/tracking/destination';

const HOSTS = destinationHostsSchema.parse(['shop.example', '*.brand.example', 'test.example:8443', 'localhost']);

describe('the hosts of a programme', () => {
  it.each([
    ['Shop.Example.', 'shop.example'],
    ['MÜNCHEN.example', 'xn--mnchen-3ya.example'],
    ['*.münchen.example', '*.xn--mnchen-3ya.example'],
    ['shop.example:443', 'shop.example'],
    ['shop.example.:8443', 'shop.example:8443'],
  ])('%s is kept as %s', (given, kept) => {
    expect(destinationHostsSchema.parse([given])).toEqual([kept]);
    expect(destinationHostsSchema.parse([kept])).toEqual([kept]);
  });

  it.each([
    'com',
    '*.com',
    '*',
    '*.*.example',
    'https://shop.example',
    'shop.example/x',
    'a@shop.example',
    '192.0.2.1',
    '0x7f.1',
    '[::1]',
    'shop..example',
    '-a.example',
    'a_b.example',
    'shop.example:0',
    'shop.example:99999',
    'shop%2eexample.de',
    '*.localhost',
    '',
  ])('%j is refused', (given) => {
    expect(destinationHostsSchema.safeParse([given]).success).toBe(false);
  });
});

describe('a destination under allowed hosts', () => {
  it.each([
    ['https://shop.example/a?b=c#d', 'https://shop.example/a?b=c#d'],
    ['https://SHOP.example./a', 'https://shop.example/a'],
    ['https://a.b.brand.example/', 'https://a.b.brand.example/'],
    ['https://test.example:8443/', 'https://test.example:8443/'],
    ['https://shop.example:443/', 'https://shop.example/'],
    ['http://localhost/', 'http://localhost/'],
    // A browser reads a backslash as a slash; stored is what it would read.
    ['https://shop.example\\@evil.example/', 'https://shop.example/@evil.example/'],
  ])('%s is stored as %s', (given, stored) => {
    expect(checkDestination(given, HOSTS)).toBe(stored);
    expect(isDestinationAllowed(stored, HOSTS)).toBe(true);
  });

  it.each([
    'https://evil.example/',
    'https://brand.example/',
    'https://evilbrand.example/',
    'https://shop.example.evil.example/',
    'https://shop.example@evil.example/',
    'https://shop.example:8443/',
    'https://test.example/',
    'https://evil.example#shop.example',
    'https://evil.example/?x=shop.example',
    'https://shop。example.evil.example/',
    'https://shоp.example/',
    'https://127.0.0.1/',
    'https://[::ffff:192.0.2.1]/',
    'http://shop.example/',
    'https://shop.example/?a=1&ts%5Fclick=forged',
    'javascript://shop.example/%0aalert(1)',
  ])('%s is refused, with what is allowed', (given) => {
    expect(() => checkDestination(given, HOSTS)).toThrow(expect.objectContaining({ code: 'destination_not_allowed' }));
  });

  it.each([
    'https://192.0.2.1/',
    'https://3221225985/',
    'https://0xc0000201/',
    'https://[2001:db8::1]/',
    'https://a..b.example/',
  ])('%s is refused also where every host is allowed', (given) => {
    expect(() => checkDestination(given)).toThrow('https address');
  });

  it('names the hosts in its refusal', () => {
    expect(() => checkDestination('https://evil.example/', HOSTS)).toThrow('shop.example, *.brand.example');
  });

  it('is where every deep link stays, whatever path is asked for', () => {
    const to = splitDestination(checkDestination('https://shop.example/landing?ref=1#top', HOSTS));
    const nasty = fc.stringMatching(/^[/\\@:.?#a-z%0-9\r\n\t ]{0,24}$/);
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 30 })), (path) => {
        const deep = deepDestination(to, `/${path}`);
        if (deep) expect(new URL(joinDestination(deep, '', 'TOKEN')).host).toBe('shop.example');
      }),
      { numRuns: 500 },
    );
  });
});
