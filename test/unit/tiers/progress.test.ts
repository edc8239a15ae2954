import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Measure } from '#shared/domain/partner/tiers/measures';
import { nudgeDue, progressOf, type TierStanding, tierStandingOf } from '#shared/domain/partner/tiers/progress';
import { highestReached } from '#shared/domain/partner/tiers/requirement';
import { DEFAULT_TIER_SCHEME, type TierCondition } from '#shared/domain/partner/tiers/tier-scheme';
import type { Period } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/partners';
import { aScheme, found, measuresOf } from '#test/support/builders/tiers';

type There = Parameters<typeof found>[0];
type Less = Partial<Record<TierCondition['fact'], string>>;

const november = '2026-11' as Period;
const certified = { terms_accepted: 1, certification: 1, qualified_referrals: 17 };

function progress(standing: TierStanding, there: There, less: Less = {}, scheme = DEFAULT_TIER_SCHEME) {
  const lessFrom = ({ fact }: TierCondition): Pick<Measure, 'lessFrom'> => {
    const at = less[fact];
    return at === undefined ? {} : { lessFrom: instant(at) };
  };
  return progressOf(scheme, standing, measuresOf(found(there), lessFrom));
}

const left = ({ next }: ReturnType<typeof progressOf>) =>
  next?.distances.map(({ condition, missing, by }) => [condition.fact, missing, by]);

describe('how far a partner is from its next tier', () => {
  it('is what is missing, until the first of what counts falls away', () => {
    const found = progress({ tier: 'certified' }, certified, {
      qualified_referrals: '2026-11-30T23:00:00Z',
      certification: '2027-01-01T00:00:00Z',
    });
    const by = instant('2026-11-30T23:00:00Z');
    expect(left(found)).toEqual([
      ['qualified_referrals', 3n, by],
      ['confirmation', 1n, by],
    ]);
    expect(found).toMatchObject({
      heldBy: 'facts',
      next: { tier: 'premium', by, isWithinReach: true, suggestedRateBps: 2_000 },
      keeps: { unmet: [] },
    });
    expect(found.keeps.measures.map(({ condition }) => condition.fact)).toEqual([
      'terms_accepted',
      'certification',
      'qualified_referrals',
    ]);
  });

  it('takes a certificate that runs out first for the end, and no referral of more than are needed', () => {
    const certificate = { certification: '2026-11-20T00:00:00Z', qualified_referrals: '2026-11-30T00:00:00Z' };
    expect(progress({ tier: 'certified' }, certified, certificate).next?.by).toBe('2026-11-20T00:00:00.000Z');
    const many = { ...certified, qualified_referrals: 21 };
    expect(
      progress({ tier: 'certified' }, many, { qualified_referrals: '2026-11-30T00:00:00Z' }).next?.by,
    ).toBeUndefined();
    const past = { qualified_referrals: '2026-11-01T00:00:00Z' };
    expect(progress({ tier: 'certified' }, certified, past).next?.by).toBeUndefined();
  });

  it('has no end while nothing is there that could fall away', () => {
    const none = progress({ tier: 'referral' }, { terms_accepted: 1 }, { qualified_referrals: '2026-11-30T00:00:00Z' });
    expect(left(none)).toEqual([
      ['certification', 1n, undefined],
      ['qualified_referrals', 5n, undefined],
    ]);
    expect(none.next?.isWithinReach).toBe(false);
  });

  it('takes whatever is missing below the next tier too, down to what a person gave', () => {
    const there = { terms_accepted: 1, qualified_referrals: 17 };
    expect(left(progress({ tier: 'certified' }, there))?.map(([fact]) => fact)).toEqual([
      'certification',
      'qualified_referrals',
      'confirmation',
    ]);
    const given = progress({ tier: 'certified', floor: 'certified' }, there);
    expect(left(given)?.map(([fact]) => fact)).toEqual(['qualified_referrals', 'confirmation']);
    expect(given).toMatchObject({ heldBy: 'person', keeps: { measures: [], unmet: [] } });
  });

  it('says what keeps a warned partner on its tier, until the end of the grace', () => {
    const warning = { to: 'referral', endsAt: instant('2026-12-31T00:00:00Z') };
    const found = progress(
      { tier: 'certified', warning },
      { terms_accepted: 1, certification: 1, qualified_referrals: 4 },
    );
    expect(found.warning).toEqual(warning);
    expect(found.keeps.unmet).toMatchObject([{ missing: 1n, by: warning.endsAt }]);
    expect(nudgeDue(found, undefined, november)).toBe(false);
  });

  it('names a tier above that a person alone leads to, and nothing above that', () => {
    const top = progress({ tier: 'premium' }, { ...certified, qualified_referrals: 30, confirmation: 1 });
    expect(top).toMatchObject({ heldBy: 'facts', nextByInvitation: 'strategic' });
    expect(top.next).toBeUndefined();
    expect(progress({ tier: 'strategic' }, {})).toEqual({
      tier: 'strategic',
      heldBy: 'person',
      keeps: { measures: [], unmet: [] },
    });
    expect(progress({ tier: 'own-terms' }, {})).toEqual({
      tier: 'own-terms',
      heldBy: 'other_terms',
      keeps: { measures: [], unmet: [] },
    });
  });

  it('leaves it to a person to raise whom one has lowered, until that ends', () => {
    const at = instant('2026-11-15T00:00:00Z');
    const term = {
      tier: 'certified',
      from: instant('2026-01-01T00:00:00Z'),
      sequence: 1,
      source: 'enrolment',
    } as const;
    const lowered = { tier: 'referral', from: instant('2026-02-01T00:00:00Z'), sequence: 2, source: 'person' } as const;
    const standingOf = (until?: string) => {
      const tiers = [term, until === undefined ? lowered : { ...lowered, until: instant(until) }];
      return tierStandingOf({ tiers }, DEFAULT_TIER_SCHEME, at) ?? { tier: 'none' };
    };
    expect(progress(standingOf(), certified)).toMatchObject({ tier: 'referral', nextByInvitation: 'certified' });
    expect(progress(standingOf('2026-11-01T00:00:00Z'), certified)).toMatchObject({ next: { tier: 'certified' } });
    expect(tierStandingOf({ tiers: [] }, DEFAULT_TIER_SCHEME, at)).toBeUndefined();
    const warning = {
      ...{
        warningId: 'w1',
        tier: 'certified',
        to: 'referral',
        told: [],
        sequence: 1,
        warnedAt: instant('2026-11-01T00:00:00Z'),
      },
      endsAt: instant('2026-12-31T00:00:00Z'),
    };
    const warned = (told: typeof warning) => tierStandingOf({ tiers: [term], warning: told }, DEFAULT_TIER_SCHEME, at);
    expect(warned(warning)?.warning).toEqual({ to: 'referral', endsAt: warning.endsAt });
    expect(warned({ ...warning, sequence: 9 })?.warning).toBeUndefined();
    expect(warned({ ...warning, warnedAt: instant('2026-11-16T00:00:00Z') })?.warning).toBeUndefined();
  });

  it('leaves nothing exactly when the facts reach the tier', () => {
    const there = fc.record({
      terms_accepted: fc.nat(1),
      certification: fc.nat(1),
      qualified_referrals: fc.nat(25),
      confirmation: fc.nat(1),
    });
    const rungs = ['referral', 'certified', 'premium'];
    fc.assert(
      fc.property(there, fc.nat(1), (facts, index) => {
        const found_ = progress({ tier: rungs[index] ?? '' }, facts);
        const reach = highestReached(DEFAULT_TIER_SCHEME, measuresOf(found(facts)));
        const isReached = rungs.indexOf(reach?.tier ?? '') > index;
        expect(found_.next?.distances.length === 0).toBe(isReached);
        if (isReached) expect(found_.next?.isWithinReach).toBe(false);
      }),
    );
  });
});

describe('within reach', () => {
  const near = (referrals: number, scheme = DEFAULT_TIER_SCHEME): boolean | undefined =>
    progress({ tier: 'certified' }, { ...certified, qualified_referrals: referrals }, {}, scheme).next?.isWithinReach;

  it('is the share of every number that the programme set, to the unit', () => {
    expect([13, 14, 19, 20].map((referrals) => near(referrals))).toEqual([false, true, true, true]);
    expect([19, 20].map((referrals) => near(referrals, aScheme({ nudgeFromBps: 10_000 })))).toEqual([false, true]);
  });

  it('takes every number, not one of them', () => {
    const revenue = { fact: 'partner_revenue', atLeastMinor: 1_000n, withinMonths: 12 } as const;
    const tiers = DEFAULT_TIER_SCHEME.tiers.map((tier) =>
      tier.tier === 'premium' ? { ...tier, requires: { all: [tier.requires, revenue] } } : tier,
    );
    const at = (partner_revenue: number) =>
      progress({ tier: 'certified' }, { ...certified, partner_revenue }, {}, aScheme({ tiers })).next?.isWithinReach;
    expect([699, 700].map(at)).toEqual([false, true]);
  });

  it('is no tier that asks for no number', () => {
    const tiers = DEFAULT_TIER_SCHEME.tiers.map((tier) =>
      tier.byInvitation ? tier : { ...tier, requires: { fact: 'certification' } as const },
    );
    expect(progress({ tier: 'referral' }, {}, {}, aScheme({ tiers })).next?.isWithinReach).toBe(false);
  });

  it('is told once a month, and never of what the partner cannot do itself', () => {
    const here = progress({ tier: 'certified' }, certified);
    expect(nudgeDue(here, undefined, november)).toBe(true);
    expect(nudgeDue(here, '2026-10' as Period, november)).toBe(true);
    expect(nudgeDue(here, november, november)).toBe(false);
    // A clock that was set back tells nobody twice.
    expect(nudgeDue(here, '2026-12' as Period, november)).toBe(false);
    const unconfirmed = progress({ tier: 'certified' }, { ...certified, qualified_referrals: 20 });
    expect(unconfirmed.next?.isWithinReach).toBe(true);
    expect(nudgeDue(unconfirmed, undefined, november)).toBe(false);
    expect(nudgeDue(progress({ tier: 'strategic' }, {}), undefined, november)).toBe(false);
  });
});
