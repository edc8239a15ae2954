import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import type { Measures } from '#shared/domain/partner/tiers/measures';
import { conditionKey } from '#shared/domain/partner/tiers/requirement';
import {
  floorOf,
  type GivenTier,
  type ReviewedPartner,
  type ReviewStep,
  stepsOf,
} from '#shared/domain/partner/tiers/review-partner';
import { DEFAULT_TIER_SCHEME, type TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import { addCalendarDays } from '#shared/domain/time/calendar';
import { type Instant, type Period, toEpochMs, toInstant } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/partners';

const zone = timeZoneOf('Europe/London');
const closedThrough = '2025-12' as Period;
const START = instant('2026-01-05T03:00:00Z');
const day = (days: number): Instant => toInstant(addCalendarDays(toEpochMs(START), days, zone));

type Numbers = { referrals: number; certified?: boolean; confirmed?: boolean };

function measures(asOf: Instant, { referrals, certified = true, confirmed = true }: Numbers): Measures {
  return {
    asOf,
    of: (condition) => {
      switch (condition.fact) {
        case 'qualified_referrals': {
          const wanted = BigInt(condition.atLeast);
          return { condition, found: BigInt(referrals), wanted, met: referrals >= condition.atLeast };
        }
        case 'certification':
          return { condition, found: certified ? 1n : 0n, wanted: 1n, met: certified };
        case 'confirmation':
          return { condition, found: confirmed ? 1n : 0n, wanted: 1n, met: confirmed };
        default:
          return { condition, found: 1n, wanted: 1n, met: true };
      }
    },
  };
}

const given = (tier: string, more: Partial<GivenTier> = {}): GivenTier => ({
  tier,
  from: instant('2025-12-01T00:00:00Z'),
  sequence: 1,
  source: 'enrolment',
  ...more,
});

/** A partner whom reviews look at, night by night. */
function aPartner(tiers: readonly GivenTier[] = [given('referral')], scheme: TierScheme = DEFAULT_TIER_SCHEME) {
  let partner: ReviewedPartner = { tiers };
  let current = scheme;
  const steps: (ReviewStep & { day: number })[] = [];
  return {
    steps,
    get partner() {
      return partner;
    },
    use: (next: TierScheme) => {
      current = next;
    },
    add: (term: GivenTier) => {
      partner = { ...partner, tiers: [...partner.tiers, term] };
    },
    review(days: number, numbers: Numbers, asOf = day(days)): ReviewStep | undefined {
      return this.close(days, numbers, { asOf, through: closedThrough });
    },
    close: (
      days: number,
      numbers: Numbers,
      { asOf, through }: { asOf: Instant; through: Period },
    ): ReviewStep | undefined => {
      const of = { scheme: current, measures: measures(asOf, numbers), at: day(days), closedThrough: through, zone };
      const taken = stepsOf(partner, of, (index) => `w${steps.length + index + 1}`);
      steps.push(...taken.steps.map((step) => ({ ...step, day: days })));
      partner = taken.partner;
      return taken.steps[0];
    },
  };
}

describe('a partner under review', () => {
  it('rises at once to the highest tier that is reached, and skips none', () => {
    expect(aPartner().review(0, { referrals: 20 })).toMatchObject({ kind: 'promoted', to: 'premium', from: START });
    expect(aPartner().review(0, { referrals: 20, certified: false })).toBeUndefined();
  });

  it('rises from the next period on where the programme says so, and only once', () => {
    const partner = aPartner([given('referral')], { ...DEFAULT_TIER_SCHEME, promotion: 'next_period' });
    expect(partner.review(0, { referrals: 5 })).toMatchObject({ to: 'certified', from: '2026-02-01T00:00:00.000Z' });
    expect(partner.review(1, { referrals: 5 })).toBeUndefined();
  });

  it('is warned, warned again seven days before the end of the grace, and then lowered', () => {
    const partner = aPartner();
    partner.review(0, { referrals: 5 });
    for (let night = 1; night <= 70; night += 1) partner.review(night, { referrals: 4 });
    expect(partner.steps).toMatchObject([
      { kind: 'promoted', day: 0 },
      { kind: 'warned', day: 1, isLast: false, to: 'referral', warning: { endsAt: day(61) } },
      { kind: 'warned', day: 54, isLast: true, warning: { endsAt: day(61) } },
      { kind: 'demoted', day: 61, to: 'referral', from: day(61) },
    ]);
  });

  it('keeps its tier when what was missing is there again in time', () => {
    const partner = aPartner();
    partner.review(0, { referrals: 5 });
    partner.review(1, { referrals: 4 });
    expect(partner.review(30, { referrals: 5 })).toMatchObject({ kind: 'lifted', warningId: 'w2' });
    expect(partner.review(80, { referrals: 5 })).toBeUndefined();
  });

  it('is warned anew for a reason that it was not told', () => {
    const partner = aPartner();
    partner.review(0, { referrals: 5 });
    partner.review(1, { referrals: 4 });
    const other = partner.review(60, { referrals: 5, certified: false });
    expect(other).toMatchObject({ kind: 'warned', isLast: false, unmet: [{ condition: { fact: 'certification' } }] });
    expect(other?.kind === 'warned' && other.warning.endsAt).toBe(day(120));
  });

  it('is not lowered when the last warning came late: the grace lasts as long after it', () => {
    const partner = aPartner();
    partner.review(0, { referrals: 5 });
    partner.review(1, { referrals: 4 });
    expect(partner.review(100, { referrals: 4 })).toMatchObject({ isLast: true, warning: { endsAt: day(107) } });
    expect(partner.review(106, { referrals: 4 })).toBeUndefined();
    expect(partner.review(107, { referrals: 4 })).toMatchObject({ kind: 'demoted' });
  });

  it('is lowered no further than it was told', () => {
    const partner = aPartner();
    partner.review(0, { referrals: 20 });
    partner.review(1, { referrals: 19 });
    partner.review(54, { referrals: 19 });
    expect(partner.review(61, { referrals: 3 })).toMatchObject({ kind: 'demoted', to: 'certified' });
    expect(partner.steps.at(-1)).toMatchObject({ kind: 'warned', day: 61, tier: 'certified', to: 'referral' });
  });

  it('is warned anew when the tiers ask for something else meanwhile', () => {
    const partner = aPartner();
    partner.review(0, { referrals: 5 });
    partner.review(1, { referrals: 4 });
    const [referral, certified, ...rest] = DEFAULT_TIER_SCHEME.tiers;
    if (!referral || !certified) throw new Error('the default has both');
    const requires = { fact: 'qualified_referrals', atLeast: 6, withinMonths: 12 } as const;
    partner.use({ ...DEFAULT_TIER_SCHEME, tiers: [referral, { ...certified, requires }, ...rest] });
    expect(partner.review(59, { referrals: 4 })).toMatchObject({ kind: 'warned', warning: { endsAt: day(119) } });
  });

  it('never falls below what a person or enrolment gave', () => {
    const partner = aPartner([given('certified')]);
    partner.review(0, { referrals: 20 });
    for (let night = 1; night < 200; night += 1) partner.review(night, { referrals: 0, certified: false });
    expect(partner.steps.at(-1)).toMatchObject({ kind: 'demoted', to: 'certified' });
  });

  it('is warned before the end of a tier that a person gave for a time, and lowered after it', () => {
    const until = day(30);
    const partner = aPartner([given('referral'), given('premium', { sequence: 2, source: 'person', until })]);
    for (let night = 0; night <= 31; night += 1) partner.review(night, { referrals: 0 });
    expect(partner.steps).toMatchObject([
      { kind: 'warned', day: 23, isLast: true, to: 'referral', warning: { endsAt: until } },
      { kind: 'demoted', day: 30, to: 'referral' },
    ]);
  });

  it('is not raised while a person keeps it low, and by the numbers after that', () => {
    const until = day(30);
    const low = given('referral', { sequence: 2, source: 'person', until, from: instant('2025-12-02T00:00:00Z') });
    const partner = aPartner([given('certified'), low]);
    expect(partner.review(29, { referrals: 20 })).toBeUndefined();
    expect(partner.review(30, { referrals: 20 })).toMatchObject({ kind: 'promoted', to: 'premium' });
  });

  it('is not warned by a review that looks back', () => {
    const partner = aPartner();
    partner.review(0, { referrals: 5 });
    expect(partner.review(5, { referrals: 0 }, day(2))).toBeUndefined();
    expect(partner.review(5, { referrals: 0 })).toMatchObject({ kind: 'warned' });
  });

  it('is left by a review of a closed month to what was decided since', () => {
    const raised = given('certified', { sequence: 2, source: 'review' });
    const lowered = given('referral', { sequence: 3, source: 'review', from: day(20) });
    const partner = aPartner([given('referral'), raised, lowered]);
    expect(partner.review(30, { referrals: 20 }, day(10))).toBeUndefined();
    expect(partner.review(30, { referrals: 20 })).toMatchObject({ kind: 'promoted', to: 'premium', from: day(30) });
    const kept = aPartner([given('certified'), given('referral', { sequence: 2, source: 'person', from: day(20) })]);
    expect(kept.review(30, { referrals: 20 }, day(10))).toBeUndefined();
    expect(kept.review(31, { referrals: 20 })).toBeUndefined();
  });

  it('is neither warned, spared nor lowered by a review of a month that is closed, however soon after it', () => {
    const closed = (days: number) => ({ asOf: day(days - 1), through: '2026-01' as Period });
    const partner = aPartner();
    partner.review(0, { referrals: 5 });
    expect(partner.close(27, { referrals: 0 }, closed(27))).toBeUndefined();
    partner.review(27, { referrals: 0 });
    expect(partner.close(27, { referrals: 5 }, closed(27))).toBeUndefined();
    expect(partner.steps.map(({ kind }) => kind)).toEqual(['promoted', 'warned']);
  });

  it('stays as low as a person said it, also when it was said twice', () => {
    const low = (sequence: number, from: string) =>
      given('referral', { sequence, source: 'person', from: instant(from) });
    const partner = aPartner([given('certified'), low(2, '2025-12-02T00:00:00Z'), low(3, '2025-12-03T00:00:00Z')]);
    expect(partner.review(0, { referrals: 20 })).toBeUndefined();
  });

  it('is lowered only after two warnings and the grace, never below its floor, whatever happens', () => {
    const night = fc.record({
      gap: fc.integer({ min: 0, max: 40 }),
      numbers: fc.record({
        referrals: fc.integer({ min: 0, max: 25 }),
        certified: fc.boolean(),
        confirmed: fc.boolean(),
      }),
      person: fc.option(
        fc.record({
          tier: fc.constantFrom('referral', 'certified', 'premium', 'house'),
          days: fc.integer({ min: 1, max: 60 }),
        }),
        { freq: 9, nil: undefined },
      ),
    });
    fc.assert(
      fc.property(fc.array(night, { maxLength: 40 }), (nights) => {
        const world = aPartner();
        let today = 0;
        for (const { gap, numbers, person } of nights) {
          today += gap;
          if (person) {
            const sequence = 1 + world.partner.tiers.length;
            const until = day(today + person.days);
            world.add({ tier: person.tier, from: day(today), sequence, source: 'person', until });
          }
          const before = world.partner;
          const step = world.review(today, numbers);
          expect(world.review(today, numbers)).toBeUndefined();
          if (step?.kind !== 'demoted') continue;
          const { warning } = before;
          expect(warning?.lastWarnedAt).toBeDefined();
          expect(warning !== undefined && day(today) >= warning.endsAt).toBe(true);
          expect(toEpochMs(day(today)) - toEpochMs(warning?.lastWarnedAt ?? day(today))).toBeGreaterThanOrEqual(
            7 * 86_400_000 - 3_600_000,
          );
          const told = new Set(warning?.told.map(conditionKey));
          expect(step.unmet.some(({ condition }) => told.has(conditionKey(condition)))).toBe(true);
          const rung = (tier: string | undefined) => DEFAULT_TIER_SCHEME.tiers.findIndex((one) => one.tier === tier);
          expect(rung(step.to)).toBeGreaterThanOrEqual(rung(floorOf(before.tiers, day(today))));
        }
      }),
      { numRuns: 300 },
    );
  });
});
