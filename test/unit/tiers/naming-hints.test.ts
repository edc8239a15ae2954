import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCertificationHint, makeTierHint } from '#shared/application/partners/tiers/hint-names';
import { certificationHint, tierHint } from '#shared/domain/partner/tiers/naming-hints';
import { DEFAULT_TIER_SCHEME, type TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import type { Component } from '#shared/domain/plan/plan';
import { nearestName } from '#shared/domain/text/nearest-name';
import { aStanding, instant } from '#test/support/builders/partners';
import { makeFakeTierSchemes } from '#test/support/fakes/tier-schemes';

const components: readonly Component[] = [
  { kind: 'revenue_share', id: 'share', ratesByTier: { gold: 100 }, rates: [{ tier: 'silver', rateBps: 1 }] },
  { kind: 'referral_fee', id: 'fee', amountMinor: 1n },
];

describe('the nearest name', () => {
  it.each<[string, string | undefined]>([
    ['certifed', 'certified'],
    ['cretified', 'certified'],
    ['certificated', 'certified'],
    ['premum', 'premium'],
    ['gold', undefined],
    ['gol', 'gold'],
    ['old', 'gold'],
    ['x', undefined],
    ['platinum', undefined],
  ])('to %s is %s', (written, nearest) => {
    expect(nearestName(written, ['referral', 'certified', 'premium', 'gold'])).toBe(nearest);
  });

  it('is found after any one slip in a name of four letters or more', () => {
    const name = fc.stringMatching(/^[a-z]{4,40}$/);
    const slip = fc.constantFrom<(text: string, at: number) => string>(
      (text, at) => text.slice(0, at) + text.slice(at + 1),
      (text, at) => `${text.slice(0, at)}0${text.slice(at)}`,
      (text, at) => `${text.slice(0, at)}0${text.slice(at + 1)}`,
    );
    fc.assert(
      fc.property(name, fc.nat(39), slip, (known, at, make) => {
        expect(nearestName(make(known, at % known.length), ['0'.repeat(60), known])).toBe(known);
      }),
    );
  });
});

describe('what is said of a tier', () => {
  it('is nothing where the tiers of the programme or the plan name it', () => {
    for (const tier of ['premium', 'gold', 'silver']) {
      expect(tierHint(tier, DEFAULT_TIER_SCHEME, components)).toBeUndefined();
    }
  });

  it('is what it earns, and the name that is nearly it', () => {
    expect(tierHint('certifed', DEFAULT_TIER_SCHEME, components)).toBe(
      "Neither the programme's tiers nor the plan in force name certifed: its sales earn nothing by tier. Did you mean certified?",
    );
    expect(tierHint('sliver', DEFAULT_TIER_SCHEME, components)).toMatch(/Did you mean silver\?$/);
    expect(tierHint('friends', DEFAULT_TIER_SCHEME, components)).toMatch(/nothing by tier\.$/);
  });

  const agreement = aStanding().agreements[0]!;
  const hinting = (standing: ReturnType<typeof aStanding> | undefined, schemes = makeFakeTierSchemes()) =>
    makeTierHint({
      schemes,
      partners: {
        standing: async () => standing,
        components: async () => [{ kind: 'revenue_share', id: 'own', ratesByTier: { bespoke: 1 } }],
      },
      plans: { get: async (_programId, version) => (version === 7 ? { version, components } : undefined) },
      clock: () => Date.parse('2026-03-01T00:00:00Z'),
    })({ programId: 'acme', partnerId: 'p1' }, 'gold');

  it('looks at the plan in force, else at the one that is to come', async () => {
    const on = (planVersion: number, from: string) => ({ ...agreement, planVersion, from: instant(from) });
    const past = on(7, '2026-01-01T00:00:00Z');
    const future = on(7, '2026-05-01T00:00:00Z');
    expect(await hinting(aStanding({ agreements: [past] }))).toBeUndefined();
    expect(await hinting(aStanding({ agreements: [future] }))).toBeUndefined();
    expect(await hinting(aStanding({ agreements: [{ ...past, planVersion: 1 }, future] }))).toContain('earn nothing');
    expect(await hinting(aStanding({ agreements: [{ ...past, planVersion: 1_000_001 }] }))).toContain('earn nothing');
    expect(await hinting(undefined)).toContain('earn nothing');
  });

  it('is left out where it cannot be read: the tier stands', async () => {
    const schemes = { ...makeFakeTierSchemes(), current: async () => Promise.reject(new Error('busy')) };
    expect(await hinting(undefined, schemes)).toBeUndefined();
  });
});

describe('what is said of a certification', () => {
  const asking: TierScheme = {
    ...DEFAULT_TIER_SCHEME,
    tiers: [
      {
        ...{ tier: 'expert', byInvitation: false },
        requires: {
          any: [
            { fact: 'certification', certification: 'product-basics' },
            { fact: 'confirmation', confirmation: 'site_visit' },
          ],
        },
      },
    ],
  };

  it('is that no tier asks for it, and the name that is nearly it', () => {
    expect(certificationHint('product-basics', asking)).toBeUndefined();
    expect(certificationHint('site_visit', asking)).toBeUndefined();
    expect(certificationHint('product_basics', asking)).toBe(
      'No tier of the programme asks for product_basics: it counts for none. Did you mean product-basics?',
    );
    expect(certificationHint('chess', asking)).toBe('No tier of the programme asks for chess: it counts for none.');
  });

  it('is nothing where any certification counts, unless it is nearly a confirmation', async () => {
    const hint = makeCertificationHint({ schemes: makeFakeTierSchemes() });
    expect(await hint('acme', 'product-basics')).toBeUndefined();
    expect(await hint('acme', 'strategic_fit')).toBeUndefined();
    expect(await hint('acme', 'strategic-fit')).toBe(
      'No tier names strategic-fit: it counts only where any certification does. Did you mean strategic_fit?',
    );
  });
});
