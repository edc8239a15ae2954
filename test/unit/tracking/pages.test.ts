import { describe, expect, it } from 'vitest';
import { PAGE_HEADERS } from '#functions/runtime/page';
import type { Principal } from '#functions/runtime/principal';
import { languageOf } from '#functions/runtime/reader-language';
import { nothingPage } from '#functions/tracking/pages/nothing-page';
import { codePage, linkPage } from '#functions/tracking/pages/offer-page';
import { WORDS } from '#functions/tracking/pages/words';
import { visiblePartner } from '#functions/tracking/visible-partner';
import { offerProgram } from '#shared/application/tracking/offers/offer';
import { makeShowLink } from '#shared/application/tracking/offers/show-link';
import { makeShowOffer } from '#shared/application/tracking/offers/show-offer';
import type { StoredCode, StoredLink } from '#shared/application/tracking/ports';
import { DEFAULT_SETTINGS } from '#shared/contracts/payouts/programs/program-settings';
import type { Language } from '#shared/domain/tracking/disclosure';
import { aCode, aLink, instant } from '#test/support/builders/referrals';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeRedemptions } from '#test/support/fakes/redemption-store';

const HOSTILE = `"><script>alert('x')</script>&`;
const NOW = '2026-01-15T12:00:00Z';
const clock = (): number => Date.parse(NOW);
const LANGUAGES: readonly Language[] = ['en', 'de', 'es', 'fr'];

const programIn = (tracking: Partial<typeof DEFAULT_SETTINGS.tracking> = {}, name = 'Corner shop') =>
  aProgram({ name, tracking: { ...DEFAULT_SETTINGS.tracking, ...tracking } });

async function pageOfCode(code: Partial<StoredCode>, program = programIn()): Promise<string> {
  const stored = aCode(code);
  const show = makeShowOffer({
    codes: { find: async () => stored },
    programs: makeFakePrograms(program),
    seats: makeFakeRedemptions(),
    clock,
  });
  const offer = await show(stored.code);
  if (!offer) throw new Error('no offer');
  return codePage(offer);
}

async function pageOfLink(link: Partial<StoredLink>, query = '', program = programIn()): Promise<string> {
  const show = makeShowLink({ links: { find: async () => aLink(link) }, programs: makeFakePrograms(program), clock });
  const offer = await show('spring');
  if (typeof offer === 'string') throw new Error(offer);
  return linkPage(offer, query);
}

/** As people read it: tags away, entities and hard spaces as they look. */
const textOf = (html: string): string =>
  html
    .replace(/<style>.*<\/style>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/[\u00a0\u202f\s]+/g, ' ');

describe("the customer's page of a code", () => {
  it('says the code, the offer and who is paid, with one button', async () => {
    const html = await pageOfCode({ destination: 'https://shop.example/' });
    for (const text of ['TALLY10', '10 % off', 'Corner shop', 'Mira Makes']) expect(html).toContain(text);
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).toContain('lang="en"');
    expect(Buffer.byteLength(html)).toBeLessThan(15_000);
    expect(await pageOfCode({})).not.toContain('<a ');
  });

  it.each([
    ['en', '12.5% off, at most €20.00', 'From €50.00 on', 'Valid through 31 January 2026'],
    ['de', '12,5 % Rabatt, höchstens 20,00 €', 'Ab 50,00 € Einkaufswert', 'Gültig bis einschließlich 31. Januar 2026'],
    [
      'es',
      '12,5 % de descuento, como máximo 20,00 €',
      'A partir de 50,00 €',
      'Válido hasta el 31 de enero de 2026 inclusive',
    ],
    [
      'fr',
      '12,5 % de réduction, au maximum 20,00 €',
      'À partir de 50,00 € d’achat',
      'Valable jusqu’au 31 janvier 2026 inclus',
    ],
  ] as const)(
    'says what it gives and on which conditions, as %s writes it',
    async (language, discount, minimum, end) => {
      const html = await pageOfCode(
        {
          discount: { kind: 'percent', rateBps: 1_250, capMinor: 20_00n },
          currency: 'EUR',
          minimumSpendMinor: 50_00n,
          newCustomersOnly: true,
          validUntil: instant('2026-02-01T00:00:00Z'),
        },
        programIn({ language }),
      );
      const text = textOf(html);
      for (const words of [discount, minimum, WORDS[language].newCustomersOnly]) expect(text).toContain(words);
      // English has both orders of day and month.
      if (language !== 'en') expect(text).toContain(end);
      else expect(text).toMatch(/Valid through (31 January|January 31,) 2026/);
      expect(html).toContain(`<html lang="${language}">`);
      expect(Buffer.byteLength(html)).toBeLessThan(15_000);
    },
  );

  it('says a fixed amount, a free time, the only currency and a minute in the zone of the programme', async () => {
    const fixed = await pageOfCode({ discount: { kind: 'fixed', amountMinor: 1_000n }, currency: 'JPY' });
    expect(textOf(fixed)).toContain('Once per customer');
    expect(textOf(await pageOfCode({}))).not.toContain('per customer');
    expect(textOf(fixed)).toContain('¥1,000 off');
    expect(textOf(fixed)).toContain('Only for purchases in JPY');
    const free = await pageOfCode({ discount: { kind: 'free_period', length: 2, unit: 'months' } });
    expect(textOf(free)).toContain('2 months free');
    const minute = await pageOfCode({ validUntil: instant('2026-07-01T11:30:00Z') });
    expect(textOf(minute)).toMatch(/Valid until .*12:30.*\(Europe\/London\)/);
  });

  it('shows hostile text as text', async () => {
    const html = await pageOfCode(
      { code: HOSTILE.slice(0, 20), description: HOSTILE, payeeName: HOSTILE, destination: HOSTILE },
      programIn({ disclosure: HOSTILE }, HOSTILE),
    );
    expect(html).not.toMatch(/<script|alert\('/);
  });

  it('runs no script and loads nothing', async () => {
    expect(PAGE_HEADERS['content-security-policy']).toContain("default-src 'none'");
    expect((await pageOfCode({})) + nothingPage('codeGone', 'en')).not.toMatch(/<script|src=/);
  });
});

describe("the customer's page of a link", () => {
  it('leads on through the link itself with what was sent along, and says who is paid', async () => {
    const link = { description: 'Spring in a box', disclosedAs: 'Mira Makes' };
    const html = await pageOfLink(link, 'path=%2Foffers&sub1=a%22b');
    expect(html).toContain('href="/r/spring?path=%2Foffers&amp;sub1=a%22b"');
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).toContain('rel="sponsored nofollow"');
    expect(textOf(html)).toContain('Corner shop pays a commission to Mira Makes');
    expect(await pageOfLink({ description: undefined })).toContain('href="/r/spring"');
  });

  it('stays small and leads on whatever is sent along: what the link itself would refuse is left out', async () => {
    const html = await pageOfLink({ slug: 'spring' }, `path=${'%C3%BC'.repeat(1_400)}`);
    expect(Buffer.byteLength(html)).toBeLessThan(15_000);
    expect(html).toContain('href="/r/spring"');
    const longest = `sub1=${'&'.repeat(2_043)}`;
    expect(Buffer.byteLength(await pageOfLink({ slug: 'spring' }, longest))).toBeLessThan(15_000);
  });

  it('is not there for a slug that nobody has, and over for one that is paused or has ended', async () => {
    const of = (link: StoredLink | undefined) =>
      makeShowLink({ links: { find: async () => link }, programs: makeFakePrograms(programIn()), clock });
    expect(await of(undefined)('spring')).toBe('unknown');
    expect(await of(aLink())('../etc')).toBe('unknown');
    expect(await of(aLink())('spring', '//evil.example')).toBe('damaged');
    expect(await of(aLink())('spring', '/offers')).toMatchObject({ slug: 'spring' });
    expect(await of(aLink({ status: 'paused' }))('spring')).toBe('ended');
    expect(await of(aLink({ validUntil: instant(NOW) }))('spring')).toBe('ended');
    expect(await of(aLink({ validUntil: instant('2026-01-15T12:00:01Z') }))('SPRING')).toMatchObject({
      slug: 'spring',
    });
  });
});

describe('who is paid', () => {
  it('is told in the language of the programme, with the version of the words', async () => {
    for (const language of LANGUAGES) {
      const text = textOf(await pageOfCode({}, programIn({ language, disclosureVersion: 3 })));
      expect(text).toContain('Mira Makes');
      expect(text).toContain(WORDS[language].disclosureVersion(3));
      expect(text).not.toContain('{');
    }
  });

  it("is told in the programme's own words, and by name also where they name nobody", async () => {
    const disclosure = 'We thank {payee} for {merchant}.';
    expect(textOf(await pageOfCode({}, programIn({ disclosure })))).toContain('We thank Mira Makes for Corner shop.');
    const text = textOf(await pageOfCode({}, programIn({ disclosure: 'Advertisement.' })));
    expect(text).toContain('Paid: Mira Makes');
    expect(text).toContain('Advertisement.');
    expect(offerProgram(programIn({ disclosure })).disclosure).toBe(disclosure);
  });
});

it('names who is paid although the words of the programme hold its name by chance', async () => {
  const program = programIn({ disclosure: 'Our shop pays for this.' });
  expect(textOf(await pageOfLink({ partnerId: 'shop', disclosedAs: undefined }, '', program))).toContain('Paid: shop');
});

describe('a page without an offer', () => {
  it('says what to do, in each language', () => {
    for (const language of LANGUAGES) {
      for (const what of ['codeGone', 'linkUnknown', 'linkEnded', 'linkDamaged', 'linkWaits'] as const) {
        const html = nothingPage(what, language);
        expect(html).toContain(`lang="${language}"`);
        expect(textOf(html).length).toBeGreaterThan(100);
      }
    }
  });

  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['pt, fr;q=0.3, es;q=0.7', 'es'],
    ['fr;q=0, *', 'en'],
    ['toString, __proto__', 'en'],
    [`${'x'.repeat(5_000)},de`, 'en'],
  ])('speaks the language of its reader: %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

describe('whose links and codes a caller sees', () => {
  const caller = (role: Principal['grants'][number]['role'], partnerId?: string): Principal => ({
    kind: 'person',
    id: 'person:1',
    grants: [{ programId: 'shop', role, partnerId }],
  });

  it('is anyone for staff', () => {
    expect(visiblePartner(caller('partner_manager'), 'shop', undefined)).toBeUndefined();
    expect(visiblePartner(caller('partner_manager'), 'shop', 'mira')).toBe('mira');
  });

  it('is only itself for a partner', () => {
    expect(visiblePartner(caller('partner', 'mira'), 'shop', undefined)).toBe('mira');
    expect(visiblePartner(caller('partner', 'mira'), 'shop', 'mira')).toBe('mira');
    expect(() => visiblePartner(caller('partner', 'mira'), 'shop', 'noor')).toThrow('no such partner');
  });
});
