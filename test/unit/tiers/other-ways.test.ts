import { describe, expect, it } from 'vitest';
import { progressWords } from '#shared/adapters/words/progress-words';
import { progressOf } from '#shared/domain/partner/tiers/progress';
import type { TierRequirement } from '#shared/domain/partner/tiers/tier-scheme';
import { aScheme, found, measuresOf } from '#test/support/builders/tiers';

const referrals = { fact: 'qualified_referrals', atLeast: 5, withinMonths: 12 } as const;
const revenue = { fact: 'partner_revenue', atLeastMinor: 100_000n, withinMonths: 12 } as const;
const certified = { fact: 'certification' } as const;

function next(requires: TierRequirement, there: Parameters<typeof found>[0]) {
  const tiers = [
    { tier: 'basic', requires: { all: [] }, byInvitation: false },
    { tier: 'gold', requires, byInvitation: false },
  ];
  const progress = progressOf(aScheme({ tiers }), { tier: 'basic' }, measuresOf(found(there)));
  const words = progressWords(progress, { language: 'en', timeZone: 'Europe/Berlin', currency: 'EUR' });
  const factsOf = progress.next?.alternatives?.map((way) => way.map(({ condition }) => condition.fact));
  return { others: factsOf, words };
}

describe('other ways to a tier', () => {
  it('are told beside the nearest', () => {
    const { others, words } = next({ any: [referrals, revenue] }, { qualified_referrals: 4 });
    expect(others).toEqual([['partner_revenue']]);
    expect(words).toMatch(/^Still missing for Gold: 1 more qualified referral.*\. Or else: .*1,000.*\.$/);
  });

  it('take what all ways take as well', () => {
    const { others } = next({ all: [certified, { any: [referrals, revenue] }] }, { qualified_referrals: 4 });
    expect(others).toEqual([['certification', 'partner_revenue']]);
  });

  it('are none where one is met, or takes all that another one takes', () => {
    expect(next({ any: [referrals, revenue] }, { qualified_referrals: 5 }).others).toBeUndefined();
    expect(next({ all: [referrals, certified] }, {}).others).toBeUndefined();
    expect(next({ any: [referrals, { all: [referrals, certified] }] }, {}).others).toBeUndefined();
  });
});
