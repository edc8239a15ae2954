import fc from 'fast-check';
import { type Instant, type Period, toInstant } from '#shared/domain/time/instant';
import type { CaseHistory } from './reference-facts.ts';

/**
 * Histories of three months, as vectors state them, in which few customers, categories, countries and amounts meet often:
 * sales and refunds at the same hour, caps and brackets that are just reached, agreements that end in between.
 */

const instant = (text: string): Instant => toInstant(Date.parse(text));
const PERIODS = ['2026-01', '2026-02', '2026-03'] as Period[];
const FROM_HOURS = Date.parse('2026-01-01T00:00:00Z') / 3_600_000;
const HOURS = 89 * 24;
const COARSE_HOURS = 12;

const anyInstant = fc
  .integer({ min: 0, max: HOURS / COARSE_HOURS })
  .map((steps) => toInstant((FROM_HOURS + steps * COARSE_HOURS) * 3_600_000));

const rateBps = fc.oneof(fc.constantFrom(0, 500, 1_000, 10_000), fc.integer({ min: 0, max: 10_000 }));
const category = fc.constantFrom('books', 'toys', undefined);
const country = fc.constantFrom('DE', 'AT', undefined);
const tier = fc.constantFrom('certified', 'premium', undefined);
const currency = fc.constantFrom('EUR', 'JPY', undefined, undefined, undefined, undefined);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const minor = (max: bigint): fc.Arbitrary<bigint> => fc.bigInt({ min: 1n, max });

const rate = fc
  .record({ category, country, tier, rateBps })
  .map((rule) => (rule.category === undefined && rule.country === undefined ? { ...rule, category: 'books' } : rule));

const ofShare = {
  kind: fc.constant('revenue_share' as const),
  id: fc.constant('k'),
  rates: maybe(fc.array(rate, { minLength: 1, maxLength: 4 })),
  windowMonths: maybe(fc.integer({ min: 1, max: 2 })),
  currency,
  capPerCustomerMinor: maybe(minor(60n)),
  capPerPeriodMinor: maybe(minor(120n)),
};

const brackets = fc
  .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { maxLength: 2 }), fc.tuple(rateBps, rateBps, rateBps))
  .map(([bounds, rates]) =>
    [...bounds.sort((a, b) => a - b), null].map((upTo, index) => ({
      upTo: upTo === null ? null : BigInt(upTo),
      rateBps: rates[index] as number,
    })),
  );

type Component = CaseHistory['planHistory'][number]['components'][number];

const component: fc.Arbitrary<Component> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ ...ofShare, ratesByTier: fc.record({ certified: rateBps }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      ...ofShare,
      brackets,
      mode: fc.constantFrom('graduated' as const, 'volume' as const),
      metric: fc.constantFrom('revenue' as const, 'conversions' as const),
    }),
  },
  fc.record({
    kind: fc.constant('referral_fee' as const),
    id: fc.constant('k'),
    amountMinor: minor(50n),
    currency,
    capPerCustomerMinor: maybe(minor(60n)),
    capPerPeriodMinor: maybe(minor(120n)),
  }),
  fc.record({ kind: fc.constant('fixed_fee' as const), id: fc.constant('k'), amountMinor: minor(90n), currency }),
  fc.record({
    kind: fc.constant('minimum_commitment' as const),
    id: fc.constant('k'),
    amountMinor: minor(200n),
    currency,
  }),
);

/** Ids made unique and at most one guarantee a currency, as `validatePlan` wants it. */
const components = fc.array(component, { minLength: 1, maxLength: 3 }).map((all) => {
  const guaranteed = new Set<string>();
  const sound = all.filter((each) => {
    if (each.kind !== 'minimum_commitment') return true;
    const own = each.currency ?? 'EUR';
    return !guaranteed.has(own) && guaranteed.add(own) !== undefined;
  });
  return sound.map((each, index): Component => ({ ...each, id: `k${index}` }));
});

const plan = (version: number, from: fc.Arbitrary<Instant>): fc.Arbitrary<CaseHistory['planHistory'][number]> =>
  fc.record({
    version: fc.constant(version),
    from,
    endsAt: fc.option(anyInstant, { nil: undefined, freq: 2 }),
    afterEnd: fc.constantFrom('stop' as const, 'honour_until_window_ends' as const, undefined),
    components,
    closedThroughAtRecording: fc.option(fc.constantFrom(PERIODS[0]), { nil: undefined, freq: 1 }),
  });

/** Now and then two to five partners have a part of the sale, however small. */
const credit = fc.option(
  fc.uniqueArray(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 4 }).chain((bounds) => {
    const upTo = [...bounds.sort((a, b) => a - b), 10_000];
    const sharesBps = upTo.map((bound, index) => bound - (upTo[index - 1] ?? 0));
    return fc.record({ sharesBps: fc.constant(sharesBps), part: fc.integer({ min: 0, max: bounds.length }) });
  }),
  { nil: undefined, freq: 1 },
);

const conversion = (index: number): fc.Arbitrary<CaseHistory['conversions'][number]> =>
  fc.record({
    id: fc.constant(`c${index}`),
    customerId: fc.constantFrom('u0', 'u1', 'u2'),
    occurredAt: anyInstant,
    amountMinor: fc.oneof(fc.bigInt({ min: 0n, max: 400n }), fc.constantFrom(5n, 15n, 25n, 105n, 300n)),
    currency: fc.constantFrom(undefined, undefined, undefined, undefined, 'JPY'),
    category,
    country,
    credit,
    closedThroughAtRecording: fc.constantFrom(undefined, undefined, undefined, PERIODS[0]),
  });

const refundsOf = (sale: CaseHistory['conversions'][number]): fc.Arbitrary<CaseHistory['refunds']> =>
  fc
    .array(fc.record({ percent: fc.constantFrom(10, 33, 50, 100), occurredAt: anyInstant }), { maxLength: 2 })
    .map((parts) =>
      parts.map(({ percent, occurredAt }, index) => ({
        id: `r${index} of ${sale.id}`,
        conversionId: sale.id,
        occurredAt,
        amountMinor: (sale.amountMinor * BigInt(percent)) / 100n,
        closedThroughAtRecording: undefined,
      })),
    );

export const anyCaseHistory: fc.Arbitrary<CaseHistory> = fc
  .integer({ min: 2, max: 9 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => conversion(index))))
  .chain((conversions) =>
    fc.record({
      program: fc.record({
        timeZone: fc.constantFrom('UTC', 'UTC', 'UTC', 'Europe/Berlin', 'America/St_Johns'),
        holdDays: fc.constantFrom(0, 0, 14),
        currency: fc.constant('EUR'),
        minimumPayoutMinor: fc.constantFrom(0n, 50n),
      }),
      planHistory: fc
        .tuple(
          plan(1, fc.constant(instant('2025-06-01T00:00:00Z'))),
          fc.option(plan(2, anyInstant), { nil: undefined, freq: 1 }),
        )
        .map(([first, second]) => (second === undefined ? [first] : [first, second])),
      tierHistory: maybe(anyInstant).map((premiumFrom) => [
        { tier: 'certified', from: instant('2025-06-01T00:00:00Z'), closedThroughAtRecording: undefined },
        ...(premiumFrom === undefined
          ? []
          : [{ tier: 'premium', from: premiumFrom, closedThroughAtRecording: undefined }]),
      ]),
      conversions: fc.constant(conversions),
      refunds: fc.tuple(...conversions.map(refundsOf)).map((refunds) => refunds.flat()),
      adjustments: fc.constant([]),
      customerFirstPurchaseAt: maybe(anyInstant).map(
        (at): Record<string, Instant> => (at === undefined ? {} : { u0: at }),
      ),
      openingBalanceMinor: fc.bigInt({ min: -100n, max: 100n }),
      currency: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, 'JPY'),
      periods: fc.constant(PERIODS),
    }),
  );
