import { describe, expect, it } from 'vitest';
import { losesRate } from '#shared/domain/plan/loses-rate';
import type { Component, RateRule } from '#shared/domain/plan/plan';

const share = (tiers: readonly string[], rates?: readonly RateRule[]): Component => ({
  ...{ kind: 'revenue_share', id: 'share', ratesByTier: Object.fromEntries(tiers.map((tier) => [tier, 1_000])) },
  ...(rates ? { rates } : {}),
});
const brackets: Component = {
  ...{ kind: 'revenue_share', id: 'brackets', mode: 'graduated', metric: 'revenue' },
  brackets: [{ upTo: null, rateBps: 1_000 }],
};
const fee: Component = { kind: 'referral_fee', id: 'fee', amountMinor: 10_00n };
const rule = (tier: string, over: Partial<RateRule>): RateRule => ({ tier, rateBps: 500, ...over });
const loses = (...components: Component[]): boolean => losesRate(components, 'certified', 'premium');

describe('whether a move between tiers takes a share away', () => {
  it('does where a share by tier names the one and not the other', () => {
    expect(loses(share(['referral', 'certified']))).toBe(true);
    expect(loses(share(['certified', 'premium']))).toBe(false);
    // One of two is enough.
    expect(loses(share(['certified', 'premium']), share(['certified']))).toBe(true);
  });

  it('does not where the present tier has none either, nor with brackets and fees, nor without a plan', () => {
    expect(loses(share(['referral']))).toBe(false);
    expect(loses(brackets, fee)).toBe(false);
    expect(loses()).toBe(false);
  });

  it('heeds rules by tier: what one paid, the other has to pay as well', () => {
    const books = { category: 'books' };
    expect(loses(share(['referral'], [rule('certified', books)]))).toBe(true);
    expect(loses(share(['referral'], [rule('certified', books), rule('premium', books)]))).toBe(false);
    expect(loses(share(['premium'], [rule('certified', books)]))).toBe(false);
    expect(loses(share(['certified'], [rule('premium', books)]))).toBe(true);
    const german = { category: 'books', country: 'DE' };
    expect(loses(share(['referral'], [rule('certified', german), rule('premium', books)]))).toBe(false);
    expect(loses(share(['referral'], [rule('certified', books), rule('premium', german)]))).toBe(true);
  });
});
