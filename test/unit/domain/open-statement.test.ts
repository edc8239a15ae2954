import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { countBrackets, needsWeighing, weighStatement } from '#shared/domain/pay/weigh-statement';
import type { Component } from '#shared/domain/plan/plan';
import { calculationOf } from '#shared/domain/statement/calculation-of';
import {
  canonicalAmounts,
  canonicalHeader,
  canonicalLine,
  canonicalStatement,
} from '#shared/domain/statement/canonical-statement';
import { computeStatement } from '#shared/domain/statement/compute-statement';
import { openStatement, settleBalance } from '#shared/domain/statement/open-statement';
import type { LateRefund, MaturedConversion, StatementLine } from '#shared/domain/statement/statement';
import type { StatementContext } from '#shared/domain/statement/statement-context';
import { instant, period, TEN_PERCENT } from '#test/support/histories';

const GROWTH: Component = {
  kind: 'revenue_share',
  id: 'growth',
  mode: 'volume',
  metric: 'revenue',
  brackets: [
    { upTo: 150_00n, rateBps: 500 },
    { upTo: null, rateBps: 800 },
  ],
};
const RETAINER: Component = { kind: 'fixed_fee', id: 'retainer', amountMinor: 310n };
const FLOOR: Component = { kind: 'minimum_commitment', id: 'floor', amountMinor: 500_00n };

function contextWith(...components: readonly Component[]): StatementContext {
  return {
    partnerId: 'acme',
    period: period('2026-01'),
    currency: 'EUR',
    programCurrency: 'EUR',
    zone: timeZoneOf('UTC'),
    minimumPayoutMinor: 0n,
    terms: {
      partnerId: 'acme',
      agreements: [{ from: instant('2025-01-01T00:00:00Z'), planVersion: 1, sequence: 0 }],
      tiers: [{ from: instant('2025-01-01T00:00:00Z'), tier: 'certified', sequence: 0 }],
    },
    plans: new Map([[1, { version: 1, components }]]),
    openingBalanceMinor: 0n,
  };
}

function sale(conversionId: string, changes: Partial<MaturedConversion> = {}): MaturedConversion {
  const occurredAt = instant('2026-01-10T00:00:00Z');
  return {
    conversionId,
    customerId: 'u',
    occurredAt,
    amountMinor: 100_00n,
    nettedMinor: 0n,
    firstPurchase: { at: occurredAt, conversionId: 'c1' },
    ...changes,
  };
}

function lateRefund(refundId: string, changes: Partial<LateRefund> = {}): LateRefund {
  return {
    refundId,
    conversionId: 'c0',
    occurredAt: instant('2026-01-20T00:00:00Z'),
    amountMinor: 100n,
    lateRefundedBeforeMinor: 0n,
    paidBaseMinor: 300n,
    earnedLines: [
      { kind: 'revenue_share', componentId: 'base', planVersion: 1, conversionId: 'c0', amountMinor: 100n },
    ],
    ...changes,
  };
}

describe('an open statement', () => {
  it('takes conversions only in order of time, then id', () => {
    const open = openStatement(contextWith(TEN_PERCENT));
    open.conversion(sale('c2'));
    expect(() => open.conversion(sale('c10'))).toThrow('conversions must come by time, then id');
    expect(() => open.conversion(sale('c2'))).toThrow('by time, then id');
    expect(() => open.conversion(sale('c3', { occurredAt: instant('2026-01-09T00:00:00Z') }))).toThrow('by time');
  });

  it('takes late refunds and adjustments only in order, after the conversions', () => {
    const open = openStatement(contextWith(TEN_PERCENT));
    expect(() => open.clawback(lateRefund('r1'))).toThrow('takes conversions now');
    expect(() => open.close()).toThrow('takes conversions now');
    open.endConversions();
    expect(() => open.conversion(sale('c1'))).toThrow('takes reversals now');
    open.clawback(lateRefund('r2'));
    expect(() => open.clawback(lateRefund('r10'))).toThrow('late refunds must come by time, then id');
    const adjustment = { occurredAt: instant('2026-01-20T00:00:00Z'), amountMinor: 5n };
    open.adjustment({ ...adjustment, adjustmentId: 'a2' });
    expect(() => open.adjustment({ ...adjustment, adjustmentId: 'a1' })).toThrow('adjustments must come by time');
    open.close();
    expect(() => open.close()).toThrow('takes closed now');
  });

  it('refuses facts that do not fit together', () => {
    const open = openStatement(contextWith({ kind: 'referral_fee', id: 'fee', amountMinor: 5n }));
    expect(() => open.conversion(sale('c1', { nettedMinor: 100_01n }))).toThrow('above the sale');
    expect(() => open.conversion(sale('c2', { firstPurchase: undefined }))).toThrow('no first purchase');
    open.endConversions();
    expect(() => open.clawback(lateRefund('r1', { amountMinor: 0n }))).toThrow('r1');
    expect(() => open.clawback(lateRefund('r2', { lateRefundedBeforeMinor: 201n }))).toThrow('r2');
    expect(() => open.clawback(lateRefund('r3', { lateRefundedBeforeMinor: -1n }))).toThrow('r3');
    expect(open.clawback(lateRefund('r4', { lateRefundedBeforeMinor: 200n }))).toHaveLength(1);
  });

  it('never pays nothing because a plan is missing', () => {
    const open = openStatement({ ...contextWith(TEN_PERCENT), plans: new Map() });
    expect(() => open.conversion(sale('c1'))).toThrow('plan version 1');
    expect(() => open.endConversions()).toThrow('plan version 1');
  });

  it('leaves out what the attribution decided to earn nothing, and does not count it', () => {
    const context = contextWith(GROWTH);
    const conversions = [sale('c1'), sale('c2', { earnsNothing: 'self_referral' })];
    const { statement, nothing } = computeStatement({ ...context, conversions, lateRefunds: [], adjustments: [] });
    expect(statement.lines.map((line) => [line.conversionId, line.rateBps])).toEqual([['c1', 500]]);
    expect(nothing).toEqual([{ conversionId: 'c2', reason: 'self_referral' }]);
  });
});

it('names the rule that set the rate on its line, whatever kind of share it is', () => {
  const rates = [{ category: 'books', rateBps: 700 }];
  const shares = [TEN_PERCENT, GROWTH, { ...GROWTH, id: 'steps', mode: 'graduated' }] as const;
  const components = shares.map((share) => ({ ...share, rates }) as Component);
  const { statement } = computeStatement({
    ...contextWith(...components),
    conversions: [sale('c1', { category: 'books' }), sale('c2', { category: 'music' })],
    lateRefunds: [],
    adjustments: [],
  });
  const named = statement.lines.filter((line) => line.rateRule !== undefined);
  expect(named.map((line) => [line.conversionId, line.componentId, line.rateBps, line.rateRule])).toEqual([
    ['c1', 'base', 700, 'rule 1: category books'],
    ['c1', 'growth', 700, 'rule 1: category books'],
    ['c1', 'steps', 700, 'rule 1: category books'],
  ]);
});

describe('brackets with a window', () => {
  const bracketed = (over: object): Component => ({ ...GROWTH, ...over, windowMonths: 1 }) as Component;

  it.each([
    ['in volume mode', { mode: 'volume' }],
    ['graduated by revenue', { mode: 'graduated' }],
    ['graduated by conversions', { mode: 'graduated', metric: 'conversions' }],
  ])('neither pay nor count what lies outside it, %s', (_, over) => {
    const first = { at: instant('2025-12-01T00:00:00Z'), conversionId: 'c0' };
    const { statement, nothing } = computeStatement({
      ...contextWith(
        bracketed({
          ...over,
          brackets: [
            { upTo: 1n, rateBps: 500 },
            { upTo: null, rateBps: 800 },
          ],
        }),
      ),
      conversions: [sale('c1', { firstPurchase: first }), sale('c2', { amountMinor: 1n })],
      lateRefunds: [],
      adjustments: [],
    });
    expect(nothing).toEqual([{ conversionId: 'c1', componentId: 'growth', reason: 'outside_window' }]);
    expect(statement.lines.map((line) => [line.conversionId, line.rateBps])).toEqual([['c2', 500]]);
  });

  it('refuse a plan whose last bracket has a bound', () => {
    const conversions = [sale('c1')];
    for (const mode of ['volume', 'graduated'] as const) {
      const broken = { ...GROWTH, mode, brackets: [{ upTo: 1n, rateBps: 500 }] } as Component;
      const facts = { ...contextWith(broken), conversions, lateRefunds: [], adjustments: [] };
      expect(() => computeStatement(facts)).toThrow('the last bracket must be without a bound');
    }
  });
});

describe('weighing', () => {
  it('is needed for volume components in the currency of the programme only', () => {
    expect(needsWeighing(contextWith(TEN_PERCENT))).toBe(false);
    expect(needsWeighing(contextWith(TEN_PERCENT, GROWTH))).toBe(true);
    expect(needsWeighing({ ...contextWith(GROWTH), currency: 'USD' })).toBe(false);
    expect(needsWeighing({ ...contextWith(GROWTH), terms: { partnerId: 'x', agreements: [], tiers: [] } })).toBe(false);
  });

  it('gives the total that sets the rate', () => {
    const context = contextWith(GROWTH);
    const scale = weighStatement(context);
    for (const each of [sale('c1'), sale('c2')]) scale.conversion(each);
    const open = openStatement({ ...context, volumeTotals: scale.totals() });
    expect(open.conversion(sale('c1')).lines[0]?.rateBps).toBe(800);
    expect(open.conversion(sale('c2')).lines[0]?.rateBps).toBe(800);
    expect(open.endConversions()).toEqual([]);
  });

  it('is held against what was paid: other facts in the second pass are refused', () => {
    const context = contextWith(GROWTH);
    const unweighed = openStatement(context);
    unweighed.conversion(sale('c1'));
    expect(() => unweighed.endConversions()).toThrow('weighed as 0 but came to 10000');
  });

  it('counts graduated brackets too where a comparison of plans asks for it, in the currency that they pay in', () => {
    const graduated = { ...GROWTH, id: 'steps', mode: 'graduated', metric: 'conversions' } as Component;
    const context = contextWith(GROWTH, graduated, { ...graduated, id: 'elsewhere', currency: 'USD' }, TEN_PERCENT);
    const counted = (scale: ReturnType<typeof countBrackets>): readonly (readonly [string, bigint])[] => {
      for (const each of [sale('c1'), sale('c2')]) scale.conversion(each);
      return [...scale.totals()];
    };
    expect(counted(countBrackets(context))).toEqual([
      ['1:growth', 200_00n],
      ['1:steps', 2n],
    ]);
    expect(counted(weighStatement(context))).toEqual([['1:growth', 200_00n]]);
  });

  it('asks for the same order as the statement', () => {
    const scale = weighStatement(contextWith(GROWTH));
    scale.conversion(sale('c2'));
    expect(() => scale.conversion(sale('c1'))).toThrow('conversions must come by time, then id');
  });
});

describe('a balance', () => {
  const settle = (openingBalanceMinor: bigint, earnedMinor: bigint, minimumMinor: bigint): readonly bigint[] => {
    const sums = { openingBalanceMinor, earnedMinor, clawbackMinor: -10n, adjustmentMinor: 10n };
    const { payableMinor, closingBalanceMinor } = settleBalance(sums, minimumMinor);
    return [payableMinor, closingBalanceMinor];
  };

  it('is payable from the minimum on, carried below it, and never paid when it is not above zero', () => {
    expect(settle(10n, 40n, 50n)).toEqual([50n, 0n]);
    expect(settle(10n, 39n, 50n)).toEqual([0n, 49n]);
    expect(settle(0n, 0n, 0n)).toEqual([0n, 0n]);
    expect(settle(-60n, 50n, 0n)).toEqual([0n, -10n]);
    expect(settle(-60n, 50n, -20n)).toEqual([0n, -10n]);
  });
});

it('takes late refunds and adjustments of one instant in the order of their ids, however they come', () => {
  const at = instant('2026-01-20T00:00:00Z');
  const { statement } = computeStatement({
    ...contextWith(TEN_PERCENT),
    conversions: [],
    lateRefunds: [lateRefund('r2', { lateRefundedBeforeMinor: 100n }), lateRefund('r1')],
    adjustments: ['a2', 'a1'].map((adjustmentId) => ({ adjustmentId, occurredAt: at, amountMinor: 1n })),
  });
  expect(statement.lines.map((line) => line.refundId ?? line.adjustmentId)).toEqual(['r1', 'r2', 'a1', 'a2']);
});

describe('the calculation of a line', () => {
  const facts = {
    ...contextWith(TEN_PERCENT, RETAINER, FLOOR, { kind: 'referral_fee', id: 'fee', amountMinor: 5n }),
    conversions: [sale('c1', { amountMinor: 125n })],
    lateRefunds: [lateRefund('r1', { lateRefundedBeforeMinor: 100n })],
    adjustments: [
      { adjustmentId: 'a1', occurredAt: instant('2026-01-20T00:00:00Z'), amountMinor: 5n, reason: 'a lost parcel' },
      { adjustmentId: 'a2', occurredAt: instant('2026-01-20T00:00:00Z'), amountMinor: 5n },
    ],
  };

  it('can be redone with a calculator, for every kind', () => {
    const { statement } = computeStatement(facts);
    expect(statement.lines.map(calculationOf)).toEqual([
      '125 x 1000 / 10000 = 12.5, half to even: 12',
      "a fixed amount for the customer's first purchase",
      '310 x 31 / 31 days, half to even',
      '50000 guaranteed - 327 earned',
      '-(100 x 200 / 300 - 100 x 100 / 300), each half to even: -(67 - 33)',
      'as recorded: a lost parcel',
      'as recorded',
    ]);
  });

  it('says that a fee is for a whole month where the days do not matter', () => {
    const context = contextWith({ ...RETAINER, prorate: false } as Component);
    const { statement } = computeStatement({ ...context, conversions: [], lateRefunds: [], adjustments: [] });
    expect(statement.lines.map(calculationOf)).toEqual(['a whole month, not prorated']);
  });

  it('states a share with all its decimals and no more', () => {
    const share = (baseMinor: bigint, rateBps: number): string =>
      calculationOf({ kind: 'revenue_share', amountMinor: 1n, baseMinor, rateBps });
    expect(share(101n, 1001)).toBe('101 x 1001 / 10000 = 10.1101, half to even: 1');
    expect(share(1n, 5)).toBe('1 x 5 / 10000 = 0.0005, half to even: 1');
    expect(share(100n, 1000)).toBe('100 x 1000 / 10000 = 10, half to even: 1');
    expect(share(10_001n, 100)).toBe('10001 x 100 / 10000 = 100.01, half to even: 1');
  });

  it('says no more than that a line is stated when the line does not carry what it needs', () => {
    expect(calculationOf({ kind: 'revenue_share', amountMinor: 1n })).toBe('as stated');
    expect(calculationOf({ kind: 'revenue_share', amountMinor: 1n, baseMinor: 1n })).toBe('as stated');
    expect(calculationOf({ kind: 'revenue_share', amountMinor: 1n, rateBps: 1 })).toBe('as stated');
    expect(calculationOf({ kind: 'adjustment', amountMinor: 1n, baseMinor: 1n, rateBps: 1 })).toBe('as stated');
  });
});

describe('the canonical bytes of a statement', () => {
  const line: StatementLine = { kind: 'adjustment', adjustmentId: 'a "1"', amountMinor: -5n };

  it('are its header, its lines and its amounts, one after the other', () => {
    const { statement } = computeStatement({
      ...contextWith(TEN_PERCENT),
      conversions: [sale('c1')],
      lateRefunds: [],
      adjustments: [],
    });
    const parts = [canonicalHeader(statement), ...statement.lines.map(canonicalLine), canonicalAmounts(statement)];
    expect(canonicalStatement(statement)).toBe(parts.join(''));
    expect(canonicalStatement(statement)).toBe(
      '["tallystick/statement/v1","acme","2026-01","EUR"]\n' +
        '["revenue_share","base",1,"c1",null,null,"10000",1000,"1000"]\n' +
        '["amounts","0","1000","0","0","1000","0"]\n',
    );
  });

  it('change with every fact of a line and not with its wording', () => {
    const others: readonly StatementLine[] = [
      { ...line, amountMinor: 5n },
      { ...line, adjustmentId: 'a2' },
      { ...line, kind: 'clawback' },
      { ...line, refundId: 'r' },
      { ...line, conversionId: 'c' },
      { ...line, componentId: 'k' },
      { ...line, planVersion: 1 },
      { ...line, baseMinor: 1n },
      { ...line, rateBps: 1 },
    ];
    expect(new Set([line, ...others].map(canonicalLine)).size).toBe(others.length + 1);
    expect(canonicalLine({ ...line, calculation: 'as recorded' })).toBe(canonicalLine(line));
  });
});
