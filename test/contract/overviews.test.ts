import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOverviews } from '#shared/adapters/dynamodb/partners/overview/overviews';
import { makeReturnedPayouts } from '#shared/adapters/dynamodb/partners/overview/returned-payouts';
import { makeCodeStore } from '#shared/adapters/dynamodb/referrals/codes/codes';
import { makeLinkStore } from '#shared/adapters/dynamodb/referrals/links/links';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeOverviewFacts } from '#shared/adapters/dynamodb/referrals/sales/overview-facts';
import type { Dashboard, OverviewFacts, Overviews, PartnerRow } from '#shared/application/partners/overview/overview';
import type { CountedSale } from '#shared/domain/partner/health/sales-tally';
import type { Period } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/partners';
import { aCode, aConversion, aLink } from '#test/support/builders/referrals';
import { makeFakeOverviewFacts, makeMemoryOverviews, makeMemoryReturned } from '#test/support/fakes/overviews';
import { makeFakeReferrals } from '#test/support/fakes/referrals';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

const JUNE = '2026-06' as Period;
const AT = instant('2026-06-20T12:00:00Z');
const LATER = instant('2026-06-20T12:05:00Z');
const retries = { pause: async () => undefined, random: () => 0 };
let partners: PartnersTable;
let referrals: TestTable;

beforeAll(async () => {
  [partners, referrals] = await Promise.all([aPartnersTable(), aReferralsTable()]);
});
afterAll(() => Promise.all([partners?.stop(), referrals?.stop()]));

const month = (period: Period): Dashboard['month'] => ({
  period,
  activePartners: 1,
  figures: [
    {
      ...{ currency: 'GBP', partnerMinor: 9_007_199_254_740_993n, totalMinor: -1n, conversions: 1 },
      ...{ refundedMinor: 0n, refundedConversions: 0, heldConversions: 0, heldMinor: 0n },
    },
  ],
});
const reason = { code: 'quiet', severity: 'watch', text: 'No sale for 31 days.' } as const;
const aDashboard = (over: Partial<Dashboard> = {}): Dashboard => ({
  ...{ programId: 'acme', period: JUNE, asOf: AT, tookMs: 12, trendAsOf: AT, isRunning: true },
  month: month(JUNE),
  before: month('2026-05' as Period),
  trend: [month('2026-05' as Period)],
  commissions: [
    {
      ...{ period: '2026-05' as Period, runId: '2026-05.1' },
      totals: [{ currency: 'GBP', earnedMinor: 5n, clawbackMinor: -2n, adjustmentMinor: 0n }],
    },
  ],
  newPartners: { count: 1, partners: [{ partnerId: 'p1', name: 'Ada & Co', at: AT }] },
  endedPartners: { count: 0, partners: [] },
  topPerformers: [
    { partnerId: 'p1', name: 'Ada & Co', currency: 'GBP', revenueMinor: 3n, beforeMinor: 0n, conversions: 1 },
  ],
  health: { at_risk: 0, watch: 1, new: 0, healthy: 0, ended: 0 },
  pipeline: { agreementNotAccepted: 0, noLink: 1, noClick: 0, noSale: 0, heldSales: 2 },
  alerts: { count: 1, items: [{ ...reason, partnerId: 'p1', name: 'Ada & Co', target: 'links' }] },
  ...over,
});
const aRow = (partnerId: string): PartnerRow => ({
  ...{ partnerId, name: `Partner ${partnerId} Ünal`, tier: 'referral', status: 'watch', reasons: [reason] },
  lastSaleAt: AT,
  lastActivity: { at: AT, kind: 'sale' },
  ...{ conversions: 1, conversionsBefore: 2 },
  revenue: [{ currency: 'GBP', monthMinor: 10n, sameDaysBeforeMinor: 0n, beforeMinor: 9_007_199_254_740_993n }],
});

describe.each(['engine', 'fake'])('overviews (%s)', (kind) => {
  const make = (): Overviews => (kind === 'fake' ? makeMemoryOverviews() : makeOverviews(partners));
  let overviews: Overviews;
  beforeAll(() => {
    overviews = make();
  });

  it('keep a month as it was computed, amounts to the minor unit', async () => {
    expect(await overviews.dashboard('acme', JUNE)).toBeUndefined();
    await overviews.saveDashboard(aDashboard());
    expect(await overviews.dashboard('acme', JUNE)).toEqual(aDashboard());
    await overviews.saveDashboard(aDashboard({ asOf: LATER }));
    expect((await overviews.dashboard('acme', JUNE))?.asOf).toBe(LATER);
    expect(await overviews.dashboard('other', JUNE)).toBeUndefined();
  });

  it('keep rows in their order, the older ones for who still pages through them', async () => {
    const rows = Array.from({ length: 2_100 }, (_, index) => aRow(`p${String(index).padStart(4, '0')}`));
    expect(await overviews.rowsHead('acme')).toBeUndefined();
    await overviews.saveRows('acme', { asOf: AT, tookMs: 3 }, rows);
    await overviews.saveRows('acme', { asOf: LATER, tookMs: 4 }, []);
    expect(await overviews.rowsHead('acme')).toMatchObject({ asOf: LATER, tookMs: 4 });
    expect(await overviews.rows('acme', AT)).toEqual(rows);
    expect(await overviews.rows('acme', LATER)).toEqual([]);
    expect(await overviews.rows('acme', instant('2026-06-01T00:00:00Z'))).toBeUndefined();
  });

  it('are asked for anew once at a time, and taken up by whoever asked', async () => {
    const request = (requestId: string, at = AT) => ({ programId: 'acme', period: JUNE, requestId, at });
    const until = instant('2026-06-20T12:02:00Z');
    const both = await Promise.all([overviews.request(request('a'), until), overviews.request(request('a'), until)]);
    expect(both.toSorted()).toEqual([false, true]);
    expect(await overviews.begin(request('b'), LATER)).toBe(false);
    expect(await overviews.begin(request('a'), LATER)).toBe(true);
    expect(await overviews.request(request('c', instant('2026-06-20T12:03:00Z')), until)).toBe(false);
    await overviews.end(request('b'), 'done');
    await overviews.end(request('a'), 'failed');
    expect(await overviews.begin(request('a'), LATER)).toBe(true);
    await overviews.end(request('a'), 'done');
    expect(await overviews.begin(request('a'), LATER)).toBe(false);
    expect(await overviews.request(request('c'), until)).toBe(true);
    expect(await overviews.request(request('d', LATER), until)).toBe(true);
    expect(await overviews.begin(request('c'), LATER)).toBe(false);
  });

  it('count payouts that came back once each, and forget old ones', async () => {
    const returned = kind === 'fake' ? makeMemoryReturned() : makeReturnedPayouts(partners);
    const payout = { programId: 'acme', partnerId: 'p1', payoutId: 'po1', at: AT };
    for (const one of [payout, payout, { ...payout, payoutId: 'po2', at: LATER }]) await returned.note(one);
    expect(await returned.count('acme', AT)).toEqual(new Map([['p1', 2]]));
    expect(await returned.count('acme', LATER)).toEqual(new Map([['p1', 1]]));
    expect(await returned.count('other', AT)).toEqual(new Map());
  });
});

describe.each(['engine', 'fake'])('facts of overviews (%s)', (kind) => {
  let facts: OverviewFacts;
  beforeAll(async () => {
    const fake = makeFakeReferrals();
    const conversions = kind === 'fake' ? fake.conversions : makeConversionStore(referrals);
    facts = kind === 'fake' ? makeFakeOverviewFacts(fake) : makeOverviewFacts({ ...referrals, ...retries });
    const sale = { programId: 'acme', partnerId: 'p1', period: JUNE };
    await conversions.add(aConversion({ ...sale, orderId: 'old', occurredAt: instant('2026-04-30T00:00:00Z') }), {});
    await conversions.add(aConversion({ ...sale, orderId: 'own', earnsNothing: 'self_referral', occurredAt: AT }), {});
    await conversions.add(aConversion({ ...sale, orderId: 'nobodys', partnerId: undefined, occurredAt: AT }), {});
  });
  const sales = async (partnerId: string | undefined, from = '2026-05-01T00:00:00Z'): Promise<CountedSale[]> => {
    const found: CountedSale[] = [];
    for await (const page of facts.sales('acme', partnerId, JUNE, instant(from))) found.push(...page);
    return found;
  };

  it('are sales of a partner, or nobody, that took place since, and whether they count', async () => {
    const counted = { currency: 'GBP', amountMinor: 10_00n, refundedMinor: 0n, isHeld: false, isFurtherPart: false };
    expect(await sales('p1')).toEqual([{ ...counted, occurredAt: AT, counts: false }]);
    expect(await sales('p1', '2026-04-01T00:00:00Z')).toHaveLength(2);
    expect(await sales(undefined)).toEqual([{ ...counted, occurredAt: AT, counts: true }]);
    expect(await sales('p2')).toEqual([]);
  });
});

describe('the next step of a partner that never sold', () => {
  it('is a link or code, then somebody who follows it, then a sale', async () => {
    const facts = makeOverviewFacts({ ...referrals, ...retries });
    const whose = { programId: 'steps', partnerId: 'p1' };
    expect(await facts.firstStep('steps', 'p1')).toBe('no_link');
    await makeLinkStore(referrals).add(aLink({ ...whose, slug: 'steps-link' }), undefined);
    expect(await facts.firstStep('steps', 'p1')).toBe('no_click');
    await makeCodeStore(referrals).add(aCode({ ...whose, partnerId: 'p2', code: 'STEPS10' }), 'request-1');
    expect(await facts.firstStep('steps', 'p2')).toBe('no_sale');
    expect(await facts.firstStep('steps', 'p')).toBe('no_link');
  });
});
