import { timeZoneOf } from '#shared/adapters/time-zones';
import type { ConversionFact, ReferralFacts } from '#shared/application/referral-facts';
import type { Component, PartnerTerms, Plan } from '#shared/domain/plan/plan';
import { monthsOf } from '#shared/domain/simulation/simulation';
import { startOfPeriod } from '#shared/domain/time/calendar';
import type { Instant, Period } from '#shared/domain/time/instant';
import { toInstant } from '#shared/domain/time/instant';

/** Generated, the same in every run: partners, terms and sales. Rules, engine and use cases are the real ones. */
export const ZONE = timeZoneOf('Europe/Berlin');
export const MONTHS = monthsOf('2025-01' as Period, '2025-12' as Period);
const CUSTOMERS = 100_000;
const FIRST_INSTANT = '2024-01-01T00:00:00.000Z' as Instant;
const TIERS = ['referral', 'certified', 'premium'];

const byTier = (rateBps: number): Component => ({
  kind: 'revenue_share',
  id: 'share',
  ratesByTier: Object.fromEntries(TIERS.map((tier, index) => [tier, rateBps + index * 250])),
  windowMonths: 12,
});
const growth = (mode: 'graduated' | 'volume', bound: bigint): Component => ({
  kind: 'revenue_share',
  id: 'growth',
  mode,
  metric: 'revenue',
  brackets: [
    { upTo: bound, rateBps: 100 },
    { upTo: bound * 20n, rateBps: 250 },
    { upTo: null, rateBps: 400 },
  ],
});

export const USED: Plan = {
  version: 1,
  components: [
    byTier(1_000),
    growth('graduated', 1_000_000n),
    { kind: 'referral_fee', id: 'welcome', amountMinor: 500n },
  ],
};
export const GRADUATED: readonly Component[] = [byTier(900), growth('graduated', 2_000_000n)];
/** Volume brackets need the month's total first: each of its facts is read twice. */
export const VOLUME: readonly Component[] = [byTier(900), growth('volume', 2_000_000n)];

export const partnerIds = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `partner-${String(index).padStart(6, '0')}`);

export function termsOf(partnerId: string): PartnerTerms {
  const tier = TIERS[Number(partnerId.slice(-1)) % TIERS.length] as string;
  return {
    partnerId,
    agreements: [{ from: FIRST_INSTANT, planVersion: 1, sequence: 0 }],
    tiers: [{ from: FIRST_INSTANT, tier, sequence: 0 }],
  };
}

/** Sales of a partner's month in order of time, made one by one: none is kept. */
export function* salesOf(partnerId: string, period: Period, count: number): Generator<ConversionFact> {
  const startMs = startOfPeriod(period, ZONE);
  const seed = Number(partnerId.slice(-6)) * 12 + Number(period.slice(-2));
  const size = 500 + (seed % 40) * 400;
  for (let index = 0; index < count; index += 1) {
    const mixed = (seed * 7_919 + index * 104_729) % 1_000_003;
    yield {
      orderId: `${partnerId}-${period}-${String(index).padStart(6, '0')}`,
      customerId: `customer-${mixed % CUSTOMERS}`,
      partnerId,
      occurredAt: toInstant(startMs + index * 1_000),
      period,
      amountMinor: BigInt(size + (mixed % 20_000)),
      currency: 'EUR',
      nettedMinor: mixed % 50 === 0 ? BigInt(mixed % size) : 0n,
      refundedMinor: 0n,
    };
  }
}

/** First purchases spread over the eighteen months before the last, so that windows end before, in and after a month. */
export function firstPurchaseAt(customerId: string): Instant {
  const customer = Number(customerId.slice('customer-'.length));
  return toInstant(Date.UTC(2024, 5, 1) + ((customer * 7_919) % CUSTOMERS) * 473_000);
}

export function generatedFacts(salesAMonth: number): Pick<ReferralFacts, 'conversions' | 'firstPurchases'> {
  return {
    async *conversions(_programId, partnerId, period) {
      if (partnerId !== undefined) yield* salesOf(partnerId, period, salesAMonth);
    },
    firstPurchases: async (_programId, customerIds) =>
      new Map(customerIds.map((customerId) => [customerId, { at: firstPurchaseAt(customerId) }])),
  };
}
