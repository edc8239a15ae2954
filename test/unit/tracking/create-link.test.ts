import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { type CreateCodeInput, makeCreateCode } from '#shared/application/tracking/codes/create-code';
import { type CreateLinkInput, makeCreateLink } from '#shared/application/tracking/links/create-link';
import { makeListLinks } from '#shared/application/tracking/links/list-links';
import { makeShowOffer } from '#shared/application/tracking/offers/show-offer';
import { createCodeRoute } from '#shared/contracts/tracking/create-code';
import { slugSchema } from '#shared/contracts/tracking/create-link';
import { aClickToCount } from '#test/support/builders/clicks';
import { aCode, aLink, aRedemption, instant } from '#test/support/builders/referrals';
import { makeFakeClicks } from '#test/support/fakes/clicks';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeRedemptions } from '#test/support/fakes/redemption-store';
import { makeFakeCodes, makeFakeLinks } from '#test/support/fakes/tracking';
import { NOW, partners } from '#test/support/referrals-house';

const retry = { pause: async () => {}, random: () => 0 };
const common = () => ({ programs: makeFakePrograms(aProgram()), partners, clock: () => NOW, ...retry });

function aLinkDesk(links = makeFakeLinks()) {
  const create = makeCreateLink({ links, digest, ...common() });
  return (overrides: Partial<CreateLinkInput> = {}) =>
    create({
      programId: 'shop',
      partnerId: 'mira',
      destination: 'https://shop.example/',
      linkId: 'request-1',
      side: 'staff',
      ...overrides,
    });
}

function aCodeDesk(codes = makeFakeCodes(), bytes: readonly number[] = [1, 2, 3, 4, 5]) {
  let round = 0;
  const randomBytes = (size: number): Uint8Array => new Uint8Array(size).fill(bytes[round++ % bytes.length] ?? 0);
  const create = makeCreateCode({ codes, randomBytes, ...common() });
  return (overrides: Partial<CreateCodeInput> = {}) =>
    create({ programId: 'shop', partnerId: 'mira', description: '10 % off', requestId: 'request-1', ...overrides });
}

describe('creating a link', () => {
  it('makes a slug that a person can type, the same for the same request', async () => {
    const create = aLinkDesk();
    const first = await create();
    expect(first.repeated).toBe(false);
    expect(slugSchema.safeParse(first.link.slug).success).toBe(true);
    expect(await create()).toEqual({ link: first.link, repeated: true });
    expect((await create({ linkId: 'request-2' })).link.slug).not.toBe(first.link.slug);
  });

  it('makes another slug when the first belongs to another link', async () => {
    const taken = await aLinkDesk()();
    const links = makeFakeLinks();
    await links.add(aLink({ slug: taken.link.slug, linkId: 'another' }));
    const { link, repeated } = await aLinkDesk(links)();
    expect(repeated).toBe(false);
    expect(link.slug).not.toBe(taken.link.slug);
  });

  it('refuses a slug that another link has, and answers the same link again', async () => {
    const create = aLinkDesk();
    await create({ slug: 'spring' });
    expect((await create({ slug: 'spring', linkId: 'request-2' })).repeated).toBe(true);
    for (const change of [{ partnerId: 'noor' }, { destination: 'https://shop.example/b' }, { campaign: 'may' }]) {
      await expect(create({ slug: 'spring', linkId: 'request-3', ...change })).rejects.toMatchObject({
        code: 'slug_taken',
        errors: [{ pointer: '/slug' }],
      });
    }
  });

  it.each(['http://localhost:3000/x', 'http://127.0.0.1/', 'https://shop.example/a?b=c#d'])(
    'leads to %s',
    async (destination) => {
      expect((await aLinkDesk()({ destination })).link.destination).toBe(destination);
    },
  );

  it.each([
    'http://shop.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    '//shop.example',
    'shop.example',
    'https://user:secret@shop.example/',
    'http://localhost.evil.example/',
    'https://',
    '',
  ])('does not lead to %j', async (destination) => {
    await expect(aLinkDesk()({ destination })).rejects.toMatchObject({
      code: 'destination_not_allowed',
      errors: [{ pointer: '/destination' }],
    });
  });

  it('stores a destination in a spelling that cannot break a header', async () => {
    const { link } = await aLinkDesk()({ destination: 'https://shop.example/a\r\nb c\u00e9?q=\u00fc' });
    expect(link.destination).toMatch(/^[!-~]+$/);
  });

  it('needs programme and partner', async () => {
    await expect(aLinkDesk()({ partnerId: 'nobody' })).rejects.toMatchObject({ code: 'unknown_partner' });
    await expect(aLinkDesk()({ programId: 'none' })).rejects.toMatchObject({ code: 'unknown_program' });
  });

  it('is listed with its clicks, without any when it had none', async () => {
    const links = makeFakeLinks();
    const rollups = makeFakeClicks();
    await links.add(aLink());
    await links.add(aLink({ slug: 'quiet' }));
    await rollups.count([aClickToCount(), aClickToCount({ clickId: 'b', kind: 'bot' })]);
    const { items } = await makeListLinks({ links, rollups, programs: makeFakePrograms(aProgram()) })('shop', {
      limit: 10,
    });
    expect(items.map(({ slug, clicks, bots }) => [slug, clicks, bots])).toEqual([
      ['quiet', 0, 0],
      ['spring', 1, 1],
    ]);
  });
});

describe('creating a code', () => {
  it('makes a random one, the same for the same request, and another when it is taken', async () => {
    const codes = makeFakeCodes();
    const create = aCodeDesk(codes, [1, 2, 1, 3]);
    const first = await create();
    expect(first.code.code).toMatch(/^(-?[0-9A-HJKMNP-TV-Z]{4}){4}$/);
    expect(await create()).toEqual({ code: first.code, repeated: true });
    const other = await create({ requestId: 'request-2' });
    expect(other.repeated).toBe(false);
    expect(other.code.code).not.toBe(first.code.code);
  });

  it('refuses one that reads like another, and answers the same one again', async () => {
    const create = aCodeDesk();
    await create({ code: 'tally-10' });
    expect(await create({ code: 'TALLY-10', requestId: 'request-2' })).toMatchObject({ repeated: true });
    await expect(create({ code: 'TA11Y10', requestId: 'request-3' })).rejects.toMatchObject({
      code: 'already_exists',
      errors: [{ pointer: '/code' }],
    });
  });

  it('refuses to end before it begins', async () => {
    const times = { validFrom: instant('2026-02-01T00:00:00Z'), validUntil: instant('2026-02-01T00:00:00Z') };
    await expect(aCodeDesk()(times)).rejects.toMatchObject({ errors: [{ pointer: '/expiresAt' }] });
  });

  it('remembers who pays and who is paid as customers shall read it', async () => {
    expect((await aCodeDesk()()).code).toMatchObject({ merchantName: 'Corner shop', payeeName: 'mira' });
    expect((await aCodeDesk()({ disclosedAs: 'Mira Makes' })).code.payeeName).toBe('Mira Makes');
  });

  it('needs no more than a partner', () => {
    expect(createCodeRoute.body.parse({ partnerId: 'mira' })).toEqual({ partnerId: 'mira' });
    expect(createCodeRoute.body.safeParse({ partnerId: 'mira', code: '<b>' }).success).toBe(false);
  });
});

describe('showing an offer', () => {
  const offers = async (typed: string) => {
    const codes = makeFakeCodes();
    await codes.add(aCode(), '1');
    await codes.add(aCode({ code: 'ENDED', validUntil: instant('2026-01-16T00:00:00Z') }), '2');
    await codes.add(aCode({ code: 'SOON', validFrom: instant('2026-01-16T00:00:00.001Z') }), '3');
    await codes.add(aCode({ code: 'STOPPED', disabled: true }), '4');
    await codes.add(aCode({ code: 'GONE', maxRedemptions: 1 }), '5');
    const seats = makeFakeRedemptions();
    const held = aRedemption({ code: 'G0NE', limited: true, shard: 0, reservedUntil: instant('2026-01-17T00:00:00Z') });
    await seats.reserve(held, instant('2026-01-15T00:00:00Z'), { index: 0, places: 1 });
    return makeShowOffer({ codes, programs: makeFakePrograms(aProgram()), seats, clock: () => NOW })(typed);
  };

  it('reads a code as people type it', async () => {
    expect(await offers('tally 10')).toMatchObject({ code: 'TALLY10', payee: 'Mira Makes' });
  });

  it.each(['NOPE', 'ENDED', 'SOON', 'STOPPED', 'GONE', '0000-0000-0000-0001', '', '-', 'x'.repeat(100)])(
    'shows nothing for %j',
    async (typed) => {
      expect(await offers(typed)).toBeUndefined();
    },
  );
});
