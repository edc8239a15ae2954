import fc from 'fast-check';
import { timeZoneOf } from '#shared/adapters/time-zones';
import type { History, HistoryAdjustment, HistoryConversion, HistoryRefund } from '#shared/domain/facts/history';
import type { Component, Plan } from '#shared/domain/plan/plan';
import { nextPeriod } from '#shared/domain/time/calendar';
import { type Instant, type Period, toInstant } from '#shared/domain/time/instant';

export const instant = (text: string): Instant => toInstant(Date.parse(text));
export const period = (text: string): Period => text as Period;

export const FIRST_PERIOD = period('2026-01');

export function periodsFrom(first: Period, count: number): readonly Period[] {
  const periods = [first];
  while (periods.length < count) periods.push(nextPeriod(periods.at(-1)!));
  return periods;
}

export const TEN_PERCENT: Component = { kind: 'revenue_share', id: 'base', ratesByTier: { certified: 1000 } };

/** One partner in UTC, certified, under a plan of 10 %, with no facts yet: say only what a test is about. */
export function aHistory(changes: Partial<History> & { readonly components?: readonly Component[] } = {}): History {
  const { components = [TEN_PERCENT], ...rest } = changes;
  return {
    partnerId: 'acme',
    zone: timeZoneOf('UTC'),
    holdDays: 0,
    programCurrency: 'EUR',
    minimumPayoutMinor: 0n,
    plans: new Map([[1, { version: 1, components }]]),
    agreements: [{ from: instant('2025-01-01T00:00:00Z'), planVersion: 1 }],
    tiers: [{ from: instant('2025-01-01T00:00:00Z'), tier: 'certified' }],
    conversions: [],
    refunds: [],
    adjustments: [],
    suppliedFirstPurchases: new Map(),
    openingBalanceMinor: 0n,
    periods: [FIRST_PERIOD],
    ...rest,
  };
}

export function aConversion(conversionId: string, changes: Partial<HistoryConversion> = {}): HistoryConversion {
  return {
    conversionId,
    customerId: `customer of ${conversionId}`,
    occurredAt: instant('2026-01-10T12:00:00Z'),
    amountMinor: 100_00n,
    ...changes,
  };
}

export function aRefund(
  refundId: string,
  conversionId: string,
  amountMinor: bigint,
  occurredAt = '2026-02-10T12:00:00Z',
): HistoryRefund {
  return { refundId, conversionId, amountMinor, occurredAt: instant(occurredAt) };
}

const ZONES = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia', 'Asia/Kolkata', 'America/Los_Angeles'];
const PERIODS = periodsFrom(FIRST_PERIOD, 4);
const FROM_MS = Date.parse('2026-01-02T00:00:00Z');
const TO_MS = Date.parse('2026-04-28T00:00:00Z');

/** Whole hours, so that facts often share an instant and ids decide. */
const anyInstant = fc
  .integer({ min: FROM_MS / 3_600_000, max: TO_MS / 3_600_000 })
  .map((hours) => toInstant(hours * 3_600_000));

const anyRate = fc.integer({ min: 0, max: 10_000 });
const anyWindow = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });

export const anyBrackets = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 400_00 }), { maxLength: 4 }),
    fc.array(anyRate, { minLength: 5, maxLength: 5 }),
  )
  .map(([bounds, rates]) => {
    const ascending: readonly (number | null)[] = [...bounds.sort((a, b) => a - b), null];
    return ascending.map((upTo, index) => ({ upTo: upTo === null ? null : BigInt(upTo), rateBps: rates[index]! }));
  });

const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });
const CATEGORIES = ['books', 'music'];
const COUNTRIES = ['DE', 'AT'];

const anyRules = seldom(
  fc.array(
    fc
      .record({
        category: fc.constantFrom(undefined, ...CATEGORIES),
        country: fc.constantFrom(undefined, ...COUNTRIES),
        tier: fc.constantFrom(undefined, undefined, 'premium'),
        rateBps: anyRate,
      })
      .filter(({ category, country }) => category !== undefined || country !== undefined),
    { minLength: 1, maxLength: 3 },
  ),
);
/** Low enough to be reached, and to cut a line in the middle. */
const anyCap = seldom(fc.bigInt({ min: 1n, max: 60_00n }));
const inAnyCurrency = { currency: fc.constantFrom(undefined, undefined, 'EUR', 'USD') };
const inAnyLimits = { ...inAnyCurrency, capPerCustomerMinor: anyCap, capPerPeriodMinor: anyCap };

const anyComponent: fc.Arbitrary<Component> = fc.oneof(
  fc.record({
    kind: fc.constant('revenue_share' as const),
    id: fc.constant(''),
    ratesByTier: fc.record({ certified: anyRate, premium: anyRate }),
    windowMonths: anyWindow,
    rates: anyRules,
    ...inAnyLimits,
  }),
  fc.record({
    kind: fc.constant('revenue_share' as const),
    id: fc.constant(''),
    brackets: anyBrackets,
    mode: fc.constantFrom('graduated' as const, 'volume' as const),
    metric: fc.constantFrom('revenue' as const, 'conversions' as const),
    windowMonths: anyWindow,
    rates: anyRules,
    ...inAnyLimits,
  }),
  fc.record({
    kind: fc.constant('referral_fee' as const),
    id: fc.constant(''),
    amountMinor: fc.bigInt({ min: 1n, max: 90_00n }),
    ...inAnyLimits,
  }),
  fc.record({
    kind: fc.constant('fixed_fee' as const),
    id: fc.constant(''),
    amountMinor: fc.bigInt({ min: 1n, max: 90_00n }),
    prorate: fc.constantFrom(undefined, true, false),
    ...inAnyCurrency,
  }),
);

const anyPlan = (version: number): fc.Arbitrary<Plan> =>
  fc
    .tuple(fc.array(anyComponent, { minLength: 1, maxLength: 4 }), fc.option(fc.bigInt({ min: 1n, max: 500_00n })))
    .map(([components, guarantee]) => {
      const minimum: Component[] =
        guarantee === null ? [] : [{ kind: 'minimum_commitment', id: '', amountMinor: guarantee }];
      const all = [...minimum, ...components].map((component, index) => ({ ...component, id: `k${index}` }));
      return { version, components: all };
    });

const anyConversion = (index: number): fc.Arbitrary<HistoryConversion> =>
  fc.record({
    conversionId: fc.constant(`c${index}`),
    customerId: fc.integer({ min: 0, max: 5 }).map((customer) => `u${customer}`),
    occurredAt: anyInstant,
    amountMinor: fc.bigInt({ min: 0n, max: 300_00n }),
    closedThrough: fc.constantFrom(undefined, undefined, PERIODS[0], PERIODS[1]),
    category: fc.constantFrom(undefined, ...CATEGORIES),
    country: fc.constantFrom(undefined, ...COUNTRIES),
  });

/** Splits part of a sale into refunds, by shares of a hundred, so that their sum stays within the sale. */
const anyRefundsOf = (sale: HistoryConversion): fc.Arbitrary<readonly HistoryRefund[]> =>
  fc
    .array(fc.record({ percent: fc.integer({ min: 1, max: 33 }), occurredAt: anyInstant }), { maxLength: 3 })
    .map((parts) =>
      parts.flatMap(({ percent, occurredAt }, index) => {
        const amountMinor = (sale.amountMinor * BigInt(percent)) / 100n;
        const refundId = `r${index} of ${sale.conversionId}`;
        return amountMinor === 0n ? [] : [{ refundId, conversionId: sale.conversionId, occurredAt, amountMinor }];
      }),
    );

const anyAdjustments: fc.Arbitrary<readonly HistoryAdjustment[]> = fc
  .array(fc.record({ occurredAt: anyInstant, amountMinor: fc.bigInt({ min: -90_00n, max: 90_00n }) }), { maxLength: 3 })
  .map((facts) => facts.map((fact, index) => ({ ...fact, adjustmentId: `a${index}` })));

const AFTER_END = [undefined, 'stop', 'honour_until_window_ends'] as const;

/** Histories of four months with every kind of component and fact; no refund is refused. */
export const anyHistory: fc.Arbitrary<History> = fc
  .integer({ min: 0, max: 14 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => anyConversion(index))))
  .chain((conversions) =>
    fc.record({
      zone: fc.constantFrom(...ZONES).map(timeZoneOf),
      holdDays: fc.constantFrom(0, 0, 14, 30),
      minimumPayoutMinor: fc.constantFrom(0n, 50_00n),
      plans: fc.tuple(anyPlan(1), anyPlan(2)).map((plans) => new Map(plans.map((plan) => [plan.version, plan]))),
      agreements: fc
        .tuple(anyInstant, fc.option(anyInstant, { nil: undefined }), fc.constantFrom(...AFTER_END))
        .map(([secondFrom, endsAt, afterEnd]) => [
          { from: instant('2025-06-01T00:00:00Z'), planVersion: 1 },
          { from: secondFrom, endsAt, afterEnd, planVersion: 2 },
        ]),
      tiers: anyInstant.map((from) => [
        { from: instant('2025-06-01T00:00:00Z'), tier: 'certified' },
        { from, tier: 'premium' },
      ]),
      conversions: fc.constant(conversions),
      refunds: fc.tuple(...conversions.map(anyRefundsOf)).map((refunds) => refunds.flat()),
      adjustments: anyAdjustments,
      suppliedFirstPurchases: fc
        .option(anyInstant, { nil: undefined })
        .map((at) => new Map(at === undefined ? [] : [['u0', at]])),
      openingBalanceMinor: fc.bigInt({ min: -100_00n, max: 100_00n }),
      periods: fc.constant(PERIODS),
    }),
  )
  .map((facts) => aHistory(facts));
