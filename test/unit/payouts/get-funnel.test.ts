import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import type { FigureWish, SaleDay } from '#shared/application/payouts/figures/figure-ports';
import { type GetFunnelDeps, makeGetFunnel } from '#shared/application/payouts/figures/get-funnel';
import type { Program } from '#shared/application/programs';
import type { Period } from '#shared/domain/time/instant';
import { aHeader, aProgramme, aRun, instant } from '#test/support/builders/runs';
import { makeFakeFigures } from '#test/support/fakes/figures';

type Given = {
  readonly program?: Partial<Program>;
  readonly sales?: Readonly<Record<string, readonly SaleDay[]>>;
  readonly clicks?: readonly { day: string; clicks: number; visitors: number }[];
  readonly redemptions?: readonly { day: string; redemptions: number }[];
};

const NOW = '2026-03-10T12:00:00Z';
const sale = (occurredAt: string, earnsNothing?: string): SaleDay => ({
  occurredAt: instant(occurredAt),
  ...(earnsNothing ? { earnsNothing } : {}),
});

function aFunnel(given: Given = {}) {
  const asked: string[] = [];
  const wishes: FigureWish[] = [];
  const remembered = makeFakeFigures();
  const program = aProgramme({
    timeZone: 'Europe/Berlin',
    closedThrough: '2026-01' as Period,
    booksOpenFrom: '2025-06' as Period,
    holdDays: 0,
    ...given.program,
  });
  const january = aRun({ period: '2026-01' as Period, runId: '2026-01.1', status: 'completed', decision: 'approve' });
  const deps: GetFunnelDeps = {
    programs: { get: async () => program, zone: timeZoneOf },
    runs: { latestOf: async (_programId, period) => (period === '2026-01' ? january : undefined) },
    journal: { async *ofPartner() {} },
    partners: {
      terms: async (_programId, partnerId) =>
        partnerId === 'anna' ? { partnerId, agreements: [], tiers: [] } : undefined,
    },
    statements: { list: async () => ({ items: [aHeader({ currency: 'EUR', earnedMinor: 70n })] }) },
    clicksOf: async (_programId, { from, to }) => (given.clicks ?? []).filter(({ day }) => day >= from && day <= to),
    redemptionsOf: async (_programId, { from, to }) =>
      (given.redemptions ?? []).filter(({ day }) => day >= from && day <= to),
    sales: {
      async *sales(_programId, _partnerId, period) {
        asked.push(period);
        yield* given.sales?.[period] ?? [];
      },
    },
    remembered,
    request: async (wish) => void wishes.push(wish),
    monthSoFar: async ({ partnerId, period = '2026-03' as Period }) =>
      ({
        partnerId,
        period,
        statements: [{ currency: 'EUR', earnedMinor: 30n }],
        earlier: [{ period: '2026-02', statements: [{ currency: 'EUR', earnedMinor: 50n }] }],
      }) as never,
    clock: () => Date.parse(NOW),
  };
  const get = makeGetFunnel(deps);
  return {
    asked,
    wishes,
    remembered,
    program,
    of: (range: { from?: string; to?: string } = {}, partnerId = 'anna') =>
      get({ programId: program.programId, partnerId, ...range }),
  };
}

describe('a funnel', () => {
  it('has every day of the month so far, and as many days before it', async () => {
    const funnel = await aFunnel({
      clicks: [
        { day: '2026-03-01', clicks: 10, visitors: 8 },
        { day: '2026-03-09', clicks: 5, visitors: 5 },
        { day: '2026-02-20', clicks: 3, visitors: 2 },
        { day: '2026-02-18', clicks: 99, visitors: 99 },
      ],
      redemptions: [{ day: '2026-03-09', redemptions: 2 }],
      sales: { '2026-03': [sale('2026-03-09T10:00:00Z'), sale('2026-03-09T11:00:00Z', 'self_referral')] },
    }).of();
    expect([funnel.from, funnel.to, funnel.days.length]).toEqual(['2026-03-01', '2026-03-10', 10]);
    expect(funnel.totals).toEqual({ clicks: 15, visitors: 13, redemptions: 2, conversions: 1, underReview: 0 });
    expect(funnel.days[8]).toEqual({
      day: '2026-03-09',
      clicks: 5,
      visitors: 5,
      redemptions: 2,
      conversions: 1,
      underReview: 0,
    });
    expect(funnel.before).toMatchObject({
      from: '2026-02-19',
      to: '2026-02-28',
      totals: { clicks: 3, conversions: 0 },
    });
  });

  it("counts a sale on the programme's day on which it happened, whatever month it counts in", async () => {
    const { of, asked } = aFunnel({
      program: { holdDays: 25 },
      sales: {
        // Half past eleven in the evening in London is the next day in Berlin.
        '2026-03': [sale('2026-03-04T23:30:00Z'), sale('2026-02-20T10:00:00Z')],
        '2026-04': [sale('2026-03-09T10:00:00Z', 'fraud_hold')],
      },
    });
    const funnel = await of();
    const counted = funnel.days.filter(({ conversions, underReview }) => conversions + underReview > 0);
    expect(counted.map(({ day, conversions, underReview }) => [day, conversions, underReview])).toEqual([
      ['2026-03-05', 1, 0],
      ['2026-03-09', 0, 1],
    ]);
    expect(funnel.before.totals.conversions).toBe(1);
    expect(asked.sort()).toEqual(['2026-02', '2026-03', '2026-04']);
  });

  it('tells commission by month: of statements that are final, and of months that are open so far', async () => {
    const { commission } = await aFunnel().of({ from: '2026-02-01', to: '2026-03-10' });
    expect(commission).toEqual([
      { period: '2026-01', currency: 'EUR', earnedMinor: 70n, estimate: false },
      { period: '2026-02', currency: 'EUR', earnedMinor: 50n, estimate: true },
      { period: '2026-03', currency: 'EUR', earnedMinor: 30n, estimate: true },
    ]);
  });

  it('takes a month of many sales as it was remembered, and says as of when', async () => {
    const { of, remembered, program, wishes, asked } = aFunnel();
    await remembered.putSalesDays(program.programId, {
      partnerId: 'anna',
      period: '2026-03' as Period,
      asOf: instant('2026-03-10T11:00:00Z'),
      days: [{ day: '2026-03-02', conversions: 700, underReview: 0 }],
      work: 700,
    });
    const funnel = await of();
    expect([funnel.totals.conversions, funnel.asOf]).toEqual([700, '2026-03-10T11:00:00.000Z']);
    expect(wishes).toMatchObject([{ kind: 'sales_days', period: '2026-03' }]);
    expect(asked).not.toContain('2026-03');
  });

  it('refuses days out of order, too many of them, and a partner that is not there', async () => {
    const { of } = aFunnel();
    await expect(of({ from: '2026-03-02', to: '2026-03-01' })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: 'query:from', rule: 'must not be later than `to`' }],
    });
    await expect(of({ from: '2025-12-09', to: '2026-03-11' })).rejects.toThrow('fewer days');
    expect((await of({ from: '2025-12-10', to: '2026-03-11' })).days).toHaveLength(92);
    await expect(of({}, 'nobody')).rejects.toMatchObject({ code: 'not_found' });
  });
});
