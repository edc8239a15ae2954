import type { ShownDashboard } from '#shared/application/partners/overview/get-dashboard';
import type { OverviewFigures, OverviewMonth } from '#shared/application/partners/overview/overview';
import { changeBps, shareBps } from '#shared/domain/partner/health/sales-tally';

/** A dashboard in the API's words, with what follows from its sums. */
export function dashboardAnswer({ dashboard, isStale }: ShownDashboard): Record<string, unknown> {
  const { period, asOf, isRunning, month, before, sameDaysBefore, topPerformers, ...rest } = dashboard;
  const { trend, commissions, newPartners, endedPartners, health, pipeline, alerts } = rest;
  const against = sameDaysBefore ?? before;
  return {
    ...{ status: 'ready', period, asOf, isStale, isRunning },
    comparedWith: sameDaysBefore ? 'same_days' : 'whole_month',
    month: monthAnswer(month),
    before: monthAnswer(before),
    ...(sameDaysBefore && { sameDaysBefore: monthAnswer(sameDaysBefore) }),
    changes: month.figures.map(({ currency, partnerMinor, totalMinor }) => ({
      currency,
      revenueBps: changeBps(partnerMinor, figuresIn(against, currency)?.partnerMinor ?? 0n),
      totalBps: changeBps(totalMinor, figuresIn(against, currency)?.totalMinor ?? 0n),
    })),
    activePartnersChange: month.activePartners - against.activePartners,
    trend: trend.map(monthAnswer),
    ...{ commissions, newPartners, endedPartners, health, pipeline },
    alerts: { total: alerts.count, items: alerts.items },
    topPerformers: topPerformers.map((top) => ({
      ...top,
      changeBps: changeBps(top.revenueMinor, top.beforeMinor),
      shareBps: shareBps(top.revenueMinor, figuresIn(month, top.currency)?.partnerMinor ?? 0n),
    })),
  };
}

function figuresIn({ figures }: OverviewMonth, currency: string): OverviewFigures | undefined {
  return figures.find((one) => one.currency === currency);
}

function monthAnswer({ period, activePartners, figures }: OverviewMonth): Record<string, unknown> {
  return {
    period,
    activePartners,
    currencies: figures.map(({ partnerMinor, totalMinor, ...sums }) => ({
      ...sums,
      partnerRevenueMinor: partnerMinor,
      totalRevenueMinor: totalMinor,
      shareBps: shareBps(partnerMinor, totalMinor),
    })),
  };
}
