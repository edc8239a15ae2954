import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Distance } from '#shared/domain/partner/tiers/measures';
import { tellingDistances } from '#shared/domain/partner/tiers/telling-distances';
import type { TierCondition } from '#shared/domain/partner/tiers/tier-scheme';

const referrals = (atLeast: number, withinMonths = 12): TierCondition => ({
  fact: 'qualified_referrals',
  atLeast,
  withinMonths,
});
const revenue = (atLeastMinor: bigint): TierCondition => ({ fact: 'partner_revenue', atLeastMinor, withinMonths: 12 });
const retention = (atLeastBps: number, minimumCustomers = 10): TierCondition => ({
  fact: 'retention',
  ...{ atLeastBps, withinMonths: 6, minimumCustomers },
});
const certificate = (certification?: string): TierCondition => ({
  fact: 'certification',
  ...(certification === undefined ? {} : { certification }),
});
const confirmation = (name: string): TierCondition => ({ fact: 'confirmation', confirmation: name });

const distance = (condition: TierCondition): Distance => ({ condition, found: 0n, wanted: 1n, missing: 1n });
const told = (...conditions: readonly TierCondition[]): readonly TierCondition[] =>
  tellingDistances(conditions.map(distance)).map(({ condition }) => condition);

describe('what is left to do for a tier', () => {
  it.each([
    ['fewer referrals', referrals(5), referrals(20)],
    ['less revenue', revenue(5n), revenue(20n)],
    ['a smaller share that comes back', retention(5_000), retention(6_000)],
    ['any certificate', certificate(), certificate('basics')],
  ])('leaves out %s, as it comes with what stays, in whichever order', (_, weaker, stronger) => {
    expect(told(weaker, stronger)).toEqual([stronger]);
    expect(told(stronger, weaker)).toEqual([stronger]);
  });

  it('leaves out nothing that takes something of its own', () => {
    const all = [
      ...[referrals(5), referrals(20, 3), revenue(5n), retention(5_000), retention(6_000, 20)],
      ...[certificate('basics'), certificate('pro'), confirmation('fit'), confirmation('trust')],
      { fact: 'terms_accepted' } as const,
    ];
    expect(told(...all)).toEqual(all);
  });

  it('is never made empty by that', () => {
    const one = fc.oneof(
      fc
        .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 2 }))
        .map(([n, months]) => referrals(n, months)),
      fc.bigInt(1n, 5n).map(revenue),
      fc.integer({ min: 1, max: 3 }).map((bps) => retention(bps)),
      fc.constantFrom(certificate(), certificate('a'), certificate('b'), confirmation('a')),
    );
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 8 }), (all) => {
        const kept = told(...all);
        expect(kept.length).toBeGreaterThan(0);
        expect(told(...kept)).toEqual(kept);
      }),
    );
  });
});
