import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import type { History } from '#shared/domain/facts/history';
import type { Component } from '#shared/domain/plan/plan';
import { computeHistory } from '#shared/domain/statement/compute-history';
import type { StatementLine } from '#shared/domain/statement/statement';
import { aConversion, aHistory, aRefund, instant, period, TEN_PERCENT } from '#test/support/histories';

const FEE: Component = { kind: 'referral_fee', id: 'fee', amountMinor: 25_00n };
const RETAINER: Component = { kind: 'fixed_fee', id: 'retainer', amountMinor: 280n };
const FLOOR: Component = { kind: 'minimum_commitment', id: 'floor', amountMinor: 500_00n };

function briefly(line: StatementLine): string {
  const about = line.refundId ?? line.adjustmentId ?? line.conversionId;
  return [line.componentId, about, line.amountMinor].filter((part) => part !== undefined).join(' ');
}

function linesOf(history: History, index = 0): readonly string[] {
  return computeHistory(history)[index]!.statement.lines.map(briefly);
}

function reasonsOf(history: History): readonly string[] {
  return computeHistory(history)[0]!.nothing.map((entry) =>
    [entry.conversionId, entry.componentId, entry.reason].filter((part) => part !== undefined).join(' '),
  );
}

describe('agreements', () => {
  const sales = [
    aConversion('c1', { occurredAt: instant('2026-01-09T23:59:59.999Z') }),
    aConversion('c2', { occurredAt: instant('2026-01-10T00:00:00Z') }),
    aConversion('c3', { occurredAt: instant('2026-01-20T00:00:00Z') }),
  ];

  it('earn nothing from their end until the next one', () => {
    const agreements = [
      { from: instant('2026-01-01T00:00:00Z'), endsAt: instant('2026-01-10T00:00:00Z'), planVersion: 1 },
      { from: instant('2026-01-20T00:00:00Z'), planVersion: 1 },
    ];
    const history = aHistory({ conversions: sales, agreements });
    expect(linesOf(history)).toEqual(['base c1 1000', 'base c3 1000']);
    expect(reasonsOf(history)).toEqual(['c2 no_agreement']);
  });

  it('recorded with a start in a closed month take effect in the first open one', () => {
    const agreements = [{ from: instant('2026-01-01T00:00:00Z'), planVersion: 1, closedThrough: period('2026-01') }];
    const later = aConversion('c4', { occurredAt: instant('2026-02-01T00:00:00Z') });
    const periods = [period('2026-01'), period('2026-02')];
    const history = aHistory({ conversions: [...sales, later], agreements, periods });
    expect(linesOf(history, 0)).toEqual([]);
    expect(linesOf(history, 1)).toEqual(['base c4 1000']);
  });

  it('recorded last win over another that takes effect at the same instant', () => {
    const closedThrough = period('2025-12');
    const plans = new Map([
      [1, { version: 1, components: [TEN_PERCENT] }],
      [2, { version: 2, components: [{ ...TEN_PERCENT, id: 'other' }] }],
    ]);
    const agreements = [
      { from: instant('2025-11-15T00:00:00Z'), planVersion: 1, closedThrough },
      { from: instant('2025-11-01T00:00:00Z'), planVersion: 2, closedThrough },
    ];
    expect(linesOf(aHistory({ conversions: [sales[0]!], agreements, plans }))).toEqual(['other c1 1000']);
  });

  it('that end in a closed month end with its close', () => {
    const agreements = [
      {
        from: instant('2025-06-01T00:00:00Z'),
        endsAt: instant('2025-12-15T00:00:00Z'),
        planVersion: 1,
        closedThrough: period('2025-12'),
      },
    ];
    expect(linesOf(aHistory({ conversions: sales, agreements }))).toEqual([]);
  });
});

describe('once a month', () => {
  const ended = (endsAt: string): History =>
    aHistory({
      components: [RETAINER, FLOOR],
      agreements: [{ from: instant('2025-01-01T00:00:00Z'), endsAt: instant(endsAt), planVersion: 1 }],
    });

  it('pays neither retainer nor guarantee when the agreement ends with the month, but does a millisecond later', () => {
    expect(linesOf(ended('2026-01-31T23:59:59.999Z'))).toEqual([]);
    expect(linesOf(ended('2026-02-01T00:00:00Z'))).toEqual(['retainer 280', 'floor 49720']);
  });

  it('prorates a retainer by the first agreement, whatever came between', () => {
    const agreements = [
      { from: instant('2026-02-08T00:00:00Z'), endsAt: instant('2026-02-09T00:00:00Z'), planVersion: 1 },
      { from: instant('2026-02-27T00:00:00Z'), planVersion: 1 },
    ];
    const history = aHistory({ components: [RETAINER], agreements, periods: [period('2026-02')] });
    expect(linesOf(history)).toEqual(['retainer 210']);
  });

  it('counts the days by their start in the time zone of the programme', () => {
    // 8 February 00:00 in Kolkata; in UTC that is still the 7th.
    const agreements = [{ from: instant('2026-02-07T18:30:00Z'), planVersion: 1 }];
    const history = aHistory({ components: [RETAINER], agreements, periods: [period('2026-02')] });
    expect(linesOf({ ...history, zone: timeZoneOf('Asia/Kolkata') })).toEqual(['retainer 210']);
  });

  it('pays the guarantee in full and no retainer when the first agreement starts within the last day', () => {
    const agreements = [{ from: instant('2026-01-31T12:00:00Z'), planVersion: 1 }];
    expect(linesOf(aHistory({ components: [RETAINER, FLOOR], agreements }))).toEqual(['floor 50000']);
  });

  it('writes no top-up when exactly the guarantee was earned', () => {
    const conversions = [aConversion('c1', { amountMinor: 5_000_00n })];
    expect(linesOf(aHistory({ components: [TEN_PERCENT, FLOOR], conversions }))).toEqual(['base c1 50000']);
  });
});

describe('refunds', () => {
  const periods = [period('2026-01'), period('2026-02')];

  it('above what is left of the sale are refused whole, and a smaller one after them is taken', () => {
    const refunds = [aRefund('r1', 'c1', 60_00n), aRefund('r2', 'c1', 50_00n), aRefund('r3', 'c1', 40_00n)];
    const history = aHistory({ conversions: [aConversion('c1')], refunds, periods });
    expect(linesOf(history, 1)).toEqual(['base r1 -600', 'base r3 -400']);
  });

  it('are refused in the order recorded, not in the order they happened', () => {
    const refunds = [
      aRefund('r1', 'c1', 60_00n, '2026-02-20T00:00:00Z'),
      aRefund('r2', 'c1', 50_00n, '2026-02-01T00:00:00Z'),
    ];
    const history = aHistory({ conversions: [aConversion('c1')], refunds, periods });
    expect(linesOf(history, 1)).toEqual(['base r1 -600']);
  });

  it('without a sale, of nothing or below nothing are refused', () => {
    const refunds = [aRefund('r1', 'gone', 10n), aRefund('r2', 'c1', 0n), aRefund('r3', 'c1', -10n)];
    const history = aHistory({ conversions: [aConversion('c1')], refunds, periods });
    expect(linesOf(history, 0)).toEqual(['base c1 1000']);
    expect(linesOf(history, 1)).toEqual([]);
  });

  it('net a sale that was reported late when their own month is earlier', () => {
    const conversions = [aConversion('c1', { closedThrough: period('2026-01') })];
    const refunds = [aRefund('r1', 'c1', 40_00n, '2026-01-12T00:00:00Z')];
    expect(linesOf(aHistory({ conversions, refunds, periods }), 1)).toEqual(['base c1 600']);
  });
});

describe('a first purchase', () => {
  it('of a sale in another currency is used up all the same', () => {
    const conversions = [
      aConversion('c1', { customerId: 'u', currency: 'USD' }),
      aConversion('c2', { customerId: 'u', occurredAt: instant('2026-01-11T00:00:00Z') }),
    ];
    const history = aHistory({ components: [FEE], conversions });
    expect(reasonsOf(history)).toEqual(['c2 fee not_the_first_purchase']);
    expect(reasonsOf({ ...history, currency: 'USD' })).toEqual(['c1 fee other_currency']);
  });

  it('opens the window at the supplied date', () => {
    const components: Component[] = [{ ...TEN_PERCENT, windowMonths: 1 } as Component];
    const conversions = [aConversion('c1', { customerId: 'u' })];
    const suppliedFirstPurchases = new Map([['u', instant('2025-12-10T12:00:00Z')]]);
    const history = aHistory({ components, conversions, suppliedFirstPurchases });
    expect(reasonsOf(history)).toEqual(['c1 base outside_window']);
  });
});

describe('a statement in another currency', () => {
  const components = [
    FLOOR,
    RETAINER,
    FEE,
    TEN_PERCENT,
    {
      kind: 'revenue_share',
      id: 'growth',
      mode: 'volume',
      metric: 'revenue',
      brackets: [{ upTo: null, rateBps: 500 }],
    } as const,
  ];

  it('earns only shares by tier and has its own adjustments and clawbacks', () => {
    const history = aHistory({
      components,
      currency: 'USD',
      conversions: [aConversion('c1', { currency: 'USD' }), aConversion('c2')],
      refunds: [aRefund('r1', 'c1', 50_00n), aRefund('r2', 'c2', 50_00n)],
      adjustments: [
        { adjustmentId: 'a1', occurredAt: instant('2026-01-03T00:00:00Z'), amountMinor: 7n, currency: 'USD' },
        { adjustmentId: 'a2', occurredAt: instant('2026-01-03T00:00:00Z'), amountMinor: 9n },
      ],
      periods: [period('2026-01'), period('2026-02')],
    });
    expect(linesOf(history, 0)).toEqual(['base c1 1000', 'a1 7']);
    expect(linesOf(history, 1)).toEqual(['base r1 -500']);
  });
});

describe('a conversion that earns nothing', () => {
  it('says why', () => {
    const components: Component[] = [{ kind: 'revenue_share', id: 'base', ratesByTier: { toString: 5 } }, FEE];
    const earlier = { occurredAt: instant('2026-01-05T00:00:00Z') };
    const conversions = [
      aConversion('c1', { ...earlier, customerId: 'u' }),
      aConversion('c2', { customerId: 'u' }),
      aConversion('c3', { amountMinor: 0n }),
      aConversion('c4'),
      aConversion('c5', { occurredAt: instant('2024-12-31T23:59:59Z'), closedThrough: period('2025-12') }),
    ];
    const refunds = [aRefund('r4', 'c4', 100_00n, '2026-01-12T00:00:00Z')];
    expect(reasonsOf(aHistory({ components, conversions, refunds }))).toEqual([
      'c5 no_agreement',
      'c2 base tier_not_named',
      'c2 fee not_the_first_purchase',
      'c3 no_value',
      'c4 refunded_before_the_statement',
    ]);
  });

  it('says so when the plan only pays once a month, and when there is no tier', () => {
    const conversions = [aConversion('c1')];
    expect(reasonsOf(aHistory({ components: [RETAINER], conversions }))).toEqual(['c1 plan_pays_no_conversions']);
    expect(reasonsOf(aHistory({ conversions, tiers: [] }))).toEqual(['c1 base no_tier']);
  });
});
