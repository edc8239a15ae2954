import { describe, expect, it } from 'vitest';
import { dashboardAnswer } from '#functions/partners/overview/dashboard-answer';
import { toJson } from '#functions/runtime/http';
import type { Dashboard, OverviewMonth } from '#shared/application/partners/overview/overview';
import { dashboardSchema } from '#shared/contracts/partners/overview/get-dashboard';
import type { Period } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/partners';

const AT = instant('2026-06-20T12:00:00Z');
const month = (period: string, partnerMinor: bigint, activePartners: number): OverviewMonth => ({
  ...{ period: period as Period, activePartners },
  figures: [
    {
      ...{ currency: 'GBP', partnerMinor, totalMinor: 40_00n, conversions: 3 },
      ...{ refundedMinor: 1_00n, refundedConversions: 1, heldConversions: 0, heldMinor: 0n },
    },
  ],
});
const aDashboard = (over: Partial<Dashboard> = {}): Dashboard => ({
  ...{ programId: 'acme', period: '2026-06' as Period, asOf: AT, tookMs: 1, trendAsOf: AT, isRunning: true },
  month: month('2026-06', 30_00n, 3),
  before: month('2026-05', 60_00n, 5),
  sameDaysBefore: month('2026-05', 20_00n, 2),
  ...{ trend: [], commissions: [] },
  newPartners: { count: 0, partners: [] },
  endedPartners: { count: 0, partners: [] },
  topPerformers: [
    { partnerId: 'p1', name: 'Ada & Co', currency: 'GBP', revenueMinor: 15_00n, beforeMinor: 0n, conversions: 2 },
  ],
  health: { at_risk: 0, watch: 0, new: 0, healthy: 1, ended: 0 },
  pipeline: { agreementNotAccepted: 0, noLink: 0, noClick: 0, noSale: 0, heldSales: 0 },
  alerts: { count: 7, items: [] },
  ...over,
});
const answerOf = (dashboard: Dashboard) =>
  dashboardSchema.parse(JSON.parse(toJson(dashboardAnswer({ dashboard, isStale: false }))));

describe('the answer of a dashboard', () => {
  it('is as the contract says, with shares and changes against the same days of the month before', () => {
    expect(answerOf(aDashboard())).toMatchObject({
      comparedWith: 'same_days',
      month: { currencies: [{ partnerRevenueMinor: 30_00, totalRevenueMinor: 40_00, shareBps: 7_500 }] },
      changes: [{ currency: 'GBP', revenueBps: 5_000, totalBps: 0 }],
      activePartnersChange: 1,
      topPerformers: [{ revenueMinor: 15_00, shareBps: 5_000 }],
      alerts: { total: 7 },
    });
    expect(answerOf(aDashboard()).topPerformers[0]).not.toHaveProperty('changeBps');
  });

  it('of a month that is over is against all of the one before', () => {
    const { comparedWith, changes, activePartnersChange } = answerOf(
      aDashboard({ isRunning: false, sameDaysBefore: undefined }),
    );
    expect({ comparedWith, changes, activePartnersChange }).toEqual({
      comparedWith: 'whole_month',
      changes: [{ currency: 'GBP', revenueBps: -5_000, totalBps: 0 }],
      activePartnersChange: -2,
    });
  });
});
