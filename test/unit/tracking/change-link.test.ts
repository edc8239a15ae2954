import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { eventsOf } from '#shared/application/payouts/runs/money-events';
import { makeApplyTrackingSettings } from '#shared/application/tracking/links/apply-tracking-settings';
import { type ChangeLinkInput, makeChangeLink } from '#shared/application/tracking/links/change-link';
import { makeCreateLink } from '#shared/application/tracking/links/create-link';
import { makeGetLink } from '#shared/application/tracking/links/get-link';
import { makeShowOffer } from '#shared/application/tracking/offers/show-offer';
import type { StoredLink } from '#shared/application/tracking/ports';
import { domainEventSchema } from '#shared/contracts/events';
import { DEFAULT_SETTINGS } from '#shared/contracts/payouts/programs/program-settings';
import { aCode, aLink, instant } from '#test/support/builders/referrals';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeRedemptions } from '#test/support/fakes/redemption-store';
import { makeFakeCodes, makeFakeLinks } from '#test/support/fakes/tracking';
import { NOW, partners } from '#test/support/referrals-house';

type Tracking = Partial<ReturnType<typeof aProgram>['tracking']>;

/** Links on fakes, in a programme whose settings can be changed. */
function aDesk(tracking: Tracking = {}) {
  const links = makeFakeLinks();
  const programs = makeFakePrograms();
  let settingsVersion = 0;
  const set = (next: Tracking): void =>
    programs.set(aProgram({ tracking: { ...DEFAULT_SETTINGS.tracking, ...next }, settingsVersion: settingsVersion++ }));
  set(tracking);
  const deps = { links, programs, clock: () => NOW, pause: async () => {}, random: () => 0 };
  const changeLink = makeChangeLink(deps);
  const createLink = makeCreateLink({ ...deps, partners, digest });
  return {
    links,
    set,
    sweep: makeApplyTrackingSettings(deps),
    read: makeGetLink(deps),
    create: (given: Partial<Parameters<typeof createLink>[0]>) =>
      createLink({
        programId: 'shop',
        partnerId: 'mira',
        destination: 'https://shop.example/',
        linkId: 'request-1',
        side: 'staff',
        ...given,
      }),
    change: (change: ChangeLinkInput['change'], given: Partial<ChangeLinkInput> = {}): Promise<StoredLink> =>
      changeLink({ programId: 'shop', slug: 'spring', change, side: 'staff', by: 'person:manager', ...given }),
  };
}
const AS_MIRA = { side: 'partner', partnerIds: ['mira'], by: 'person:mira' } as const;

describe('changing a link', () => {
  it('keeps who changed what, and nothing when nothing changes', async () => {
    const desk = aDesk();
    await desk.links.add(aLink({ campaign: 'may' }));
    await desk.change({ status: 'paused', campaign: null });
    await desk.change({ status: 'paused' });
    await desk.change({ destination: 'https://shop.example/b', validUntil: instant('2026-02-01T00:00:00Z') });
    const { link, changes } = await desk.read({ programId: 'shop', slug: 'spring' });
    expect(link).toMatchObject({
      status: 'paused',
      pausedBy: 'staff',
      destination: 'https://shop.example/b',
      version: 2,
    });
    expect(changes).toEqual([
      {
        sequence: 2,
        at: instant('2026-01-16T00:00:00Z'),
        by: 'person:manager',
        onBehalfOf: undefined,
        before: { destination: 'https://shop.example/landing?ref=1' },
        after: { destination: 'https://shop.example/b', validUntil: instant('2026-02-01T00:00:00Z') },
      },
      expect.objectContaining({
        before: { status: 'active', campaign: 'may' },
        after: { status: 'paused', pausedBy: 'staff' },
      }),
    ]);
  });

  it('lets two people change different things at once', async () => {
    const desk = aDesk();
    await desk.links.add(aLink());
    await Promise.all([desk.change({ campaign: 'may' }), desk.change({ description: 'Ten off' })]);
    expect(await desk.links.find('spring')).toMatchObject({ campaign: 'may', description: 'Ten off', version: 2 });
  });

  it.each([
    ['another programme', { programId: 'other' }],
    ['no link', { slug: 'winter' }],
    ['another partner', { side: 'partner', partnerIds: ['noor'] } as const],
  ])('finds nothing for %s', async (_whose, given) => {
    const desk = aDesk({ destinationHosts: ['shop.example'] });
    await desk.links.add(aLink());
    const code = 'programId' in given ? 'unknown_program' : 'not_found';
    await expect(desk.change({ status: 'paused' }, given)).rejects.toMatchObject({ code });
  });

  it('leads only to allowed hosts, also when a link is made active again', async () => {
    const desk = aDesk({ destinationHosts: ['brand.example'] });
    await desk.links.add(aLink({ status: 'paused', pausedBy: 'staff' }));
    for (const change of [{ destination: 'https://evil.example/' }, { status: 'active' } as const]) {
      await expect(desk.change(change)).rejects.toMatchObject({ code: 'destination_not_allowed' });
    }
    const moved = await desk.change({ status: 'active', destination: 'https://brand.example/' });
    expect(moved).toMatchObject({ status: 'active', pausedBy: undefined });
  });

  it('resolves the templates again', async () => {
    const desk = aDesk({ utm: { source: 'tallystick', campaign: '{campaign}' } });
    const { link } = await desk.create({ slug: 'spring', campaign: 'may', utm: { medium: 'blog' } });
    expect(link.utm).toBe('utm_source=tallystick&utm_medium=blog&utm_campaign=may');
    expect((await desk.change({ campaign: 'june' })).utm).toBe(
      'utm_source=tallystick&utm_medium=blog&utm_campaign=june',
    );
    expect((await desk.change({ utm: null })).utm).toBe('utm_source=tallystick&utm_campaign=june');
    expect((await desk.create({ slug: 'spring', linkId: 'request-1' })).repeated).toBe(true);
  });
});

describe("a partner's own links", () => {
  it('are made only where the programme names its hosts', async () => {
    await expect(aDesk().create({ side: 'partner' })).rejects.toMatchObject({ code: 'forbidden' });
    const desk = aDesk({ destinationHosts: ['shop.example'] });
    expect((await desk.create({ side: 'partner' })).repeated).toBe(false);
    await expect(desk.create({ side: 'partner', destination: 'https://evil.example/' })).rejects.toMatchObject({
      code: 'destination_not_allowed',
    });
  });

  it('are led elsewhere only where the programme names its hosts, and paused anywhere', async () => {
    const desk = aDesk();
    await desk.links.add(aLink());
    await expect(desk.change({ destination: 'https://shop.example/b' }, AS_MIRA)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await desk.change({ status: 'paused' }, AS_MIRA)).toMatchObject({ pausedBy: 'partner' });
    expect(await desk.change({ status: 'active' }, AS_MIRA)).toMatchObject({ status: 'active' });
  });

  it('are a thousand at most, those of staff apart', async () => {
    const desk = aDesk({ destinationHosts: ['shop.example'] });
    await desk.create({ linkId: 'by-staff' });
    const own = (index: number) => desk.create({ side: 'partner', linkId: `own-${index}` });
    for (let index = 0; index < 1_000; index += 1) await own(index);
    await expect(own(1_000)).rejects.toMatchObject({ code: 'too_many_links' });
    expect((await own(3)).repeated).toBe(true);
    expect((await desk.create({ linkId: 'by-staff-too' })).repeated).toBe(false);
  });

  it('are paused and made active by the partner, unless staff paused them', async () => {
    const desk = aDesk({ destinationHosts: ['shop.example'] });
    await desk.links.add(aLink());
    await desk.change({ status: 'paused' }, AS_MIRA);
    expect(await desk.change({ status: 'active' }, AS_MIRA)).toMatchObject({ status: 'active' });
    await desk.change({ status: 'paused' }, AS_MIRA);
    await desk.change({ status: 'paused' });
    await expect(desk.change({ status: 'active' }, AS_MIRA)).rejects.toMatchObject({
      code: 'forbidden',
      errors: [{ pointer: '/status' }],
    });
    expect(await desk.change({ status: 'active' })).toMatchObject({ status: 'active' });
  });

  it('say the offer and who is paid in the words of staff', async () => {
    const desk = aDesk({ destinationHosts: ['shop.example'] });
    await desk.links.add(aLink({ disclosedAs: 'Mira Makes' }));
    const refusal = { code: 'forbidden', errors: [{ pointer: '/disclosedAs' }] };
    await expect(desk.change({ disclosedAs: null }, AS_MIRA)).rejects.toMatchObject(refusal);
    await expect(desk.create({ side: 'partner', disclosedAs: 'Nobody' })).rejects.toMatchObject(refusal);
    const words = { code: 'forbidden', errors: [{ pointer: '/description' }] };
    await expect(desk.change({ description: 'Free money' }, AS_MIRA)).rejects.toMatchObject(words);
    await expect(desk.create({ side: 'partner', description: 'Free money' })).rejects.toMatchObject(words);
    expect(await desk.change({ disclosedAs: 'Mira Makes', campaign: 'may' }, AS_MIRA)).toMatchObject({ version: 1 });
    expect(await desk.change({ description: 'Ten off' })).toMatchObject({ description: 'Ten off' });
  });

  it('end when it was said, or earlier: a partner does not prolong them', async () => {
    const desk = aDesk({ destinationHosts: ['shop.example'] });
    const [early, end, late] = ['02', '03', '04'].map((month) => instant(`2027-${month}-01T00:00:00Z`));
    await desk.links.add(aLink({ validUntil: end }));
    const refusal = { code: 'forbidden', errors: [{ pointer: '/expiresAt' }] };
    for (const validUntil of [late, null]) {
      await expect(desk.change({ validUntil }, AS_MIRA)).rejects.toMatchObject(refusal);
    }
    expect(await desk.change({ validUntil: early }, AS_MIRA)).toMatchObject({ validUntil: early });
    expect(await desk.change({ validUntil: late })).toMatchObject({ validUntil: late });
  });
});

describe('a slug of its own', () => {
  it("is refused when it reads like another partner's, and not when it is the own", async () => {
    const desk = aDesk();
    await desk.create({ slug: 'modern-1' });
    expect((await desk.create({ slug: 'rnodern-l', linkId: 'request-2' })).repeated).toBe(false);
    await expect(desk.create({ slug: 'm0dern--i', partnerId: 'noor', linkId: 'request-3' })).rejects.toMatchObject({
      code: 'slug_looks_alike',
      errors: [{ pointer: '/slug' }],
    });
  });

  it('is no reserved word', async () => {
    await expect(aDesk().create({ slug: 'adrnin' })).rejects.toMatchObject({
      code: 'slug_reserved',
      errors: [{ pointer: '/slug', rule: expect.stringContaining('admin') }],
    });
  });

  it('may meet a look-alike when it was made here: another is made', async () => {
    const first = (await aDesk().create({})).link.slug;
    const desk = aDesk();
    await desk.links.add(aLink({ slug: `${first}-`.replace(/-$/, '').replace(/^./, '$&-'), partnerId: 'noor' }));
    const { link } = await desk.create({});
    expect(link.slug).not.toBe(first);
    expect(await desk.create({})).toEqual({ link, repeated: true });
  });

  it('answers the same request again after the link was changed', async () => {
    const desk = aDesk();
    const { link } = await desk.create({});
    const changed = await desk.change({ destination: 'https://shop.example/b' }, { slug: link.slug });
    expect(await desk.create({})).toEqual({ link: changed, repeated: true });
  });
});

describe('new settings', () => {
  it('pause the links that lead outside, once, and make none active again', async () => {
    const desk = aDesk();
    await desk.create({ slug: 'inside' });
    await desk.create({ slug: 'outside', destination: 'https://lost.example/', linkId: 'request-2' });
    desk.set({ destinationHosts: ['shop.example'] });
    expect(await desk.sweep('shop')).toEqual({ seen: 2, changed: 1 });
    expect(await desk.sweep('shop')).toEqual({ seen: 2, changed: 0 });
    const { link, changes, destinationAllowed } = await desk.read({ programId: 'shop', slug: 'outside' });
    expect(link).toMatchObject({ status: 'paused', pausedBy: 'staff' });
    expect(changes).toMatchObject([{ by: 'settings:1', before: { status: 'active' } }]);
    expect(destinationAllowed).toBe(false);
    expect(await desk.links.find('inside')).toMatchObject({ status: 'active' });
    desk.set({});
    expect(await desk.sweep('shop')).toEqual({ seen: 2, changed: 0 });
  });

  it("leave the way to a lost host out of a code's page", async () => {
    const offerUnder = async (destinationHosts: string[]) => {
      const codes = makeFakeCodes();
      await codes.add(aCode({ destination: 'https://shop.example/' }), 'request-1');
      const programs = makeFakePrograms(aProgram({ tracking: { ...DEFAULT_SETTINGS.tracking, destinationHosts } }));
      const seats = makeFakeRedemptions();
      return makeShowOffer({ codes, programs, seats, clock: () => NOW })('TALLY10');
    };
    expect((await offerUnder([]))?.destination).toBe('https://shop.example/');
    const offer = await offerUnder(['brand.example']);
    expect([offer?.code, offer?.destination]).toEqual(['TALLY10', undefined]);
  });

  it('bring their templates to every link, over as many pages as there are', async () => {
    const desk = aDesk();
    for (let index = 0; index < 203; index += 1)
      await desk.create({ slug: `link-${index}-x`, linkId: `request-${index}` });
    desk.set({ utm: { source: 'new', content: '{slug}' } });
    expect(await desk.sweep('shop')).toEqual({ seen: 203, changed: 203 });
    expect(await desk.links.find('link-202-x')).toMatchObject({ utm: 'utm_source=new&utm_content=link-202-x' });
  });

  it('are told of when links keep what follows from them', () => {
    const { attribution, fraud, tracking } = DEFAULT_SETTINGS;
    const before = { attribution, fraud, tracking };
    const changeTo = (next: Tracking) => {
      const after = { attribution, fraud, tracking: { ...tracking, ...next } };
      const at = instant('2026-01-16T00:00:00Z');
      return eventsOf({
        type: 'settings',
        change: { programId: 'shop', version: 3, before, after, by: 'person:a', at },
      });
    };
    expect(changeTo({ language: 'de' })).toEqual([]);
    const [event, ...more] = changeTo({ destinationHosts: ['shop.example'] });
    expect(more).toEqual([]);
    expect(domainEventSchema.parse(event)).toEqual(event);
    expect(event).toMatchObject({ type: 'tracking_settings.changed', eventId: 'shop/settings/3' });
    expect(changeTo({ utm: { source: 'x' } })).toHaveLength(1);
  });
});
