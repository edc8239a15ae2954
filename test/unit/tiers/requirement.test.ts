import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  climbTo,
  conditionKey,
  conditionsOf,
  highestReached,
  isMet,
  unmetOf,
} from '#shared/domain/partner/tiers/requirement';
import {
  DEFAULT_TIER_SCHEME,
  type TierCondition,
  type TierRequirement,
  type TierScheme,
} from '#shared/domain/partner/tiers/tier-scheme';
import { instant } from '#test/support/builders/partners';
import { aScheme, found, foundByKey, measuresOf, wantedOf } from '#test/support/builders/tiers';

const referrals = (atLeast: number): TierCondition => ({ fact: 'qualified_referrals', atLeast, withinMonths: 12 });
const revenue = (atLeast: number): TierCondition => ({
  fact: 'partner_revenue',
  atLeastMinor: BigInt(atLeast),
  withinMonths: 6,
});
const certificate: TierCondition = { fact: 'certification' };
const reached = (there: Parameters<typeof found>[0], floor?: string): string | undefined =>
  highestReached(DEFAULT_TIER_SCHEME, measuresOf(found(there)), floor)?.tier;

const condition: fc.Arbitrary<TierCondition> = fc.oneof(
  fc.integer({ min: 1, max: 4 }).map(referrals),
  fc.integer({ min: 1, max: 4 }).map(revenue),
  fc.constant(certificate),
  fc.constant<TierCondition>({ fact: 'confirmation', confirmation: 'strategic_fit' }),
);
const { requirement } = fc.letrec<{ requirement: TierRequirement }>((tie) => ({
  requirement: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    condition,
    fc.record({ all: fc.array(tie('requirement'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('requirement'), { minLength: 1, maxLength: 3 }) }),
  ),
}));
const scheme: fc.Arbitrary<TierScheme> = fc
  .array(fc.record({ requires: requirement, byInvitation: fc.constant(false) }), { minLength: 1, maxLength: 4 })
  .chain((tiers) =>
    fc.nat({ max: 2 }).map((invitations) =>
      aScheme({
        tiers: [
          ...tiers,
          ...Array.from({ length: invitations }, () => ({ requires: { all: [] }, byInvitation: true })),
        ].map((tier, index) => ({ ...tier, tier: `t${index}` })),
      }),
    ),
  );
/** How much is there of every condition that the arbitraries can make. */
const facts = fc
  .record({ referrals: fc.nat(5), revenue: fc.nat(5), certificate: fc.nat(1), confirmation: fc.nat(1) })
  .map((there) =>
    found({
      qualified_referrals: there.referrals,
      partner_revenue: there.revenue,
      certification: there.certificate,
      confirmation: there.confirmation,
    }),
  );
const more = (from: ReturnType<typeof found>, by: ReturnType<typeof found>) => (asked: TierCondition) =>
  from(asked) + by(asked);

describe('a requirement', () => {
  it('joins conditions: all of nothing is met, any of nothing is not', () => {
    const measures = measuresOf(found({ qualified_referrals: 5 }));
    expect(isMet({ all: [] }, measures)).toBe(true);
    expect(isMet({ any: [] }, measures)).toBe(false);
    expect(isMet({ all: [referrals(5), certificate] }, measures)).toBe(false);
    expect(isMet({ any: [referrals(5), certificate] }, measures)).toBe(true);
    expect(isMet({ any: [{ all: [referrals(6)] }, { all: [referrals(4), referrals(5)] }] }, measures)).toBe(true);
  });

  it('leaves whatever is missing of all, each once and in its order, until when', () => {
    const measures = measuresOf(found({ qualified_referrals: 3 }));
    const by = instant('2026-11-30T00:00:00Z');
    expect(unmetOf({ all: [certificate, referrals(5), { all: [referrals(5), referrals(2)] }] }, measures, by)).toEqual([
      { condition: certificate, found: 0n, wanted: 1n, missing: 1n, by },
      { condition: referrals(5), found: 3n, wanted: 5n, missing: 2n, by },
    ]);
  });

  it('leaves the nearest of alternatives: the fewest things, then the least share, then the first', () => {
    const there = measuresOf(found({ qualified_referrals: 9, partner_revenue: 50 }));
    const left = (any: TierRequirement[]) =>
      unmetOf({ any }, there).map((distance) => conditionKey(distance.condition));
    expect(left([{ all: [referrals(10), certificate] }, revenue(100)])).toEqual([conditionKey(revenue(100))]);
    // A tenth is missing of one, half of the other.
    expect(left([revenue(100), referrals(10)])).toEqual([conditionKey(referrals(10))]);
    expect(left([revenue(100), referrals(18)])).toEqual([conditionKey(revenue(100))]);
    expect(left([referrals(18), revenue(100)])).toEqual([conditionKey(referrals(18))]);
    expect(left([{ any: [] }, revenue(100)])).toEqual([conditionKey(revenue(100))]);
  });

  it('is met exactly when nothing is left, and by doing what is left', () => {
    fc.assert(
      fc.property(requirement, facts, (asked, there) => {
        const measures = measuresOf(there);
        const left = unmetOf(asked, measures);
        expect(left.length === 0).toBe(isMet(asked, measures));
        const done = new Map(left.map((distance) => [conditionKey(distance.condition), distance.wanted]));
        const after = foundByKey(done);
        expect(
          isMet(
            asked,
            measuresOf((one) => (done.has(conditionKey(one)) ? after(one) : there(one))),
          ),
        ).toBe(true);
      }),
    );
  });

  it('obeys the laws of all and any', () => {
    fc.assert(
      fc.property(fc.array(requirement, { maxLength: 3 }), facts, (parts, there) => {
        const measures = measuresOf(there);
        expect(isMet({ all: parts }, measures)).toBe(parts.every((part) => isMet(part, measures)));
        expect(isMet({ any: parts }, measures)).toBe(parts.some((part) => isMet(part, measures)));
        expect(isMet({ all: [...parts].reverse() }, measures)).toBe(isMet({ all: parts }, measures));
        expect(isMet({ any: [...parts].reverse() }, measures)).toBe(isMet({ any: parts }, measures));
      }),
    );
  });

  it('names each condition of a scheme once', () => {
    expect(conditionsOf(DEFAULT_TIER_SCHEME).map(conditionKey)).toEqual([
      'terms_accepted',
      'certification',
      'qualified_referrals:5:12',
      'qualified_referrals:20:12',
      'confirmation:strategic_fit',
    ]);
    expect(conditionKey({ fact: 'certification', certification: 'a' })).not.toBe(conditionKey(certificate));
    expect(conditionKey({ fact: 'retention', atLeastBps: 1, withinMonths: 2, minimumCustomers: 3 })).toBe(
      'retention:1:2:3',
    );
  });
});

describe('the highest tier that facts reach', () => {
  it('skips no rung and leads to no tier by invitation', () => {
    expect(reached({})).toBeUndefined();
    expect(reached({ terms_accepted: 1 })).toBe('referral');
    expect(reached({ terms_accepted: 1, certification: 1, qualified_referrals: 5 })).toBe('certified');
    expect(reached({ terms_accepted: 1, qualified_referrals: 20, confirmation: 1 })).toBe('referral');
    const all = { terms_accepted: 1, certification: 1, qualified_referrals: 99, confirmation: 1 };
    expect(reached(all)).toBe('premium');
  });

  it('stands at least on what a person gave, and asks nothing for what lies below it', () => {
    expect(reached({}, 'certified')).toBe('certified');
    expect(reached({ qualified_referrals: 20, confirmation: 1 }, 'certified')).toBe('premium');
    expect(reached({}, 'strategic')).toBe('strategic');
    expect(reached({ terms_accepted: 1 }, 'somebodys-own')).toBe('referral');
    expect(climbTo(DEFAULT_TIER_SCHEME, 'premium', 'certified')).toEqual({
      all: [DEFAULT_TIER_SCHEME.tiers[2]?.requires],
    });
  });

  it('is never lower with more facts', () => {
    fc.assert(
      fc.property(scheme, facts, facts, (tiers, there, besides) => {
        const indexOf = (reach: ReturnType<typeof highestReached>) => (reach ? tiers.tiers.indexOf(reach) : -1);
        const before = indexOf(highestReached(tiers, measuresOf(there)));
        expect(indexOf(highestReached(tiers, measuresOf(more(there, besides))))).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it('has every rung below it met, and the one above it missed or by invitation', () => {
    fc.assert(
      fc.property(scheme, facts, (tiers, there) => {
        const measures = measuresOf(there);
        const reach = highestReached(tiers, measures);
        const index = reach ? tiers.tiers.indexOf(reach) : -1;
        for (const rung of tiers.tiers.slice(0, index + 1)) {
          expect(rung.byInvitation).toBe(false);
          expect(isMet(rung.requires, measures)).toBe(true);
        }
        const above = tiers.tiers[index + 1];
        if (above) expect(above.byInvitation || !isMet(above.requires, measures)).toBe(true);
      }),
    );
  });

  it('asks for what the builder of this test measures', () => {
    for (const asked of conditionsOf(DEFAULT_TIER_SCHEME)) expect(wantedOf(asked)).toBeGreaterThan(0n);
  });
});
