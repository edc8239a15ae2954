import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { type RestatedMonth, restateMonth, type Side } from '#shared/domain/facts/restate-month';
import type { BracketComponent, Component, PartnerTerms } from '#shared/domain/plan/plan';
import type { MaturedConversion } from '#shared/domain/statement/statement';
import { instant, period } from '#test/support/histories';

const JANUARY = period('2026-01');
const month = { partnerId: 'p', period: JANUARY, programCurrency: 'GBP', zone: timeZoneOf('Europe/London') };
const terms = (over: Partial<PartnerTerms> = {}): PartnerTerms => ({
  partnerId: 'p',
  agreements: [{ from: instant('2026-01-01T00:00:00Z'), planVersion: 1, sequence: 0 }],
  tiers: [{ from: instant('2026-01-01T00:00:00Z'), tier: 'referral', sequence: 0 }],
  ...over,
});
const side = (...components: Component[]): Side => ({
  terms: terms(),
  plans: new Map([[1, { version: 1, components }]]),
});
const sale = (day: number, amountMinor: bigint, over: Partial<MaturedConversion> = {}): MaturedConversion => ({
  conversionId: `o${day}`,
  customerId: `u${day}`,
  occurredAt: instant(`2026-01-${String(day).padStart(2, '0')}T12:00:00Z`),
  amountMinor,
  nettedMinor: 0n,
  firstPurchase: { at: instant('2026-01-01T12:00:00Z') },
  ...over,
});
const brackets = (over: Partial<BracketComponent> = {}): BracketComponent => ({
  kind: 'revenue_share',
  id: 'growth',
  mode: 'graduated',
  metric: 'revenue',
  brackets: [
    { upTo: 1_000n, rateBps: 500 },
    { upTo: 2_000n, rateBps: 1_000 },
    { upTo: null, rateBps: 2_000 },
  ],
  ...over,
});

function restated(given: Side, sales: readonly (MaturedConversion & { readonly currency?: string })[]): RestatedMonth {
  const making = restateMonth(month, given);
  if (making.mustWeigh) for (const one of sales) making.weigh(one, one.currency ?? 'GBP');
  for (const one of sales) making.pay(one, one.currency ?? 'GBP');
  return making.finish();
}

describe('the bracket that a month reaches', () => {
  it.each([
    ['nothing was sold', [], undefined],
    ['the bound itself was sold', [sale(1, 1_000n)], { bracket: 1, counted: 1_000n, rateBps: 500 }],
    ['a unit more was sold', [sale(1, 1_000n), sale(2, 1n)], { bracket: 2, counted: 1_001n, rateBps: 1_000 }],
    ['the last bound was passed', [sale(1, 2_001n)], { bracket: 3, counted: 2_001n, rateBps: 2_000 }],
    ['a part was refunded in time', [sale(1, 1_500n, { nettedMinor: 600n })], { bracket: 1, counted: 900n }],
    ['a sale earns nothing', [sale(1, 1_500n, { earnsNothing: 'self_referral' })], undefined],
  ])('when %s', (_what, sales, reached) => {
    for (const mode of ['graduated', 'volume'] as const) {
      const found = restated(side(brackets({ mode })), sales).brackets;
      expect(found).toEqual(reached ? [expect.objectContaining({ componentId: 'growth', of: 3, ...reached })] : []);
    }
  });

  it('counts conversions where that is the metric', () => {
    const byCount = brackets({
      metric: 'conversions',
      brackets: [
        { upTo: 2n, rateBps: 1 },
        { upTo: null, rateBps: 2 },
      ],
    });
    const sales = [1, 2, 3].map((day) => sale(day, 100n));
    expect(restated(side(byCount), sales).brackets).toMatchObject([{ bracket: 2, counted: 3n, metric: 'conversions' }]);
  });

  it('counts what a cap cut and leaves out what lies outside the window', () => {
    const capped = brackets({ capPerPeriodMinor: 10n, windowMonths: 1 });
    const old = { firstPurchase: { at: instant('2025-06-01T00:00:00Z') } };
    const month = restated(side(capped), [sale(1, 1_000n), sale(2, 1_000n), sale(3, 1_000n, old)]);
    expect(month.earned.get('GBP')).toBe(10n);
    expect(month.brackets).toMatchObject([{ bracket: 2, counted: 2_000n }]);
  });

  it('is that of the currency a component pays in', () => {
    const inEuro = brackets({ id: 'euro', currency: 'EUR', mode: 'volume' });
    const sales = [sale(1, 5_000n), { ...sale(2, 1_500n), currency: 'EUR' }];
    const found = restated(side(brackets(), inEuro), sales);
    expect(found.brackets.map(({ componentId, currency, bracket }) => [componentId, currency, bracket]).sort()).toEqual(
      [
        ['euro', 'EUR', 2],
        ['growth', 'GBP', 3],
      ],
    );
    expect(found.earned).toEqual(
      new Map([
        ['GBP', 750n],
        ['EUR', 150n],
      ]),
    );
  });

  it('is shown by the version that the agreements name last, when the plan changed within the month', () => {
    const agreements = [
      { from: instant('2026-01-01T00:00:00Z'), planVersion: 1, sequence: 0 },
      { from: instant('2026-01-10T00:00:00Z'), planVersion: 2, sequence: 1 },
    ];
    const plans = new Map([1, 2].map((version) => [version, { version, components: [brackets()] }]));
    const { brackets: found } = restated({ terms: terms({ agreements }), plans }, [sale(1, 2_500n), sale(20, 500n)]);
    expect(found).toMatchObject([{ planVersion: 2, bracket: 1, counted: 500n }]);
  });
});

describe('what a tier earns', () => {
  const share = (ratesByTier: Record<string, number>): Component => ({
    kind: 'revenue_share',
    id: 'share',
    ratesByTier,
  });

  it('is summed over the sales that were made in it, of shares by tier alone', () => {
    const tiers = [
      { from: instant('2026-01-01T00:00:00Z'), tier: 'referral', sequence: 0 },
      { from: instant('2026-01-15T00:00:00Z'), tier: 'certified', sequence: 1 },
    ];
    const given = side(share({ referral: 1_000, certified: 2_000 }), brackets());
    const sales = [sale(1, 100n), sale(2, 100n), sale(20, 100n), sale(21, 2n)];
    const { tiers: found } = restated({ ...given, terms: terms({ tiers }) }, sales);
    expect(found).toEqual([
      { tier: 'referral', currency: 'GBP', lines: 2, earnedMinor: 20n },
      // 2 at 20 % is 0: a line of nothing is a line.
      { tier: 'certified', currency: 'GBP', lines: 2, earnedMinor: 20n },
    ]);
  });

  it('is nothing for a sale that was made in no tier, nor of fees', () => {
    const fee: Component = { kind: 'referral_fee', id: 'welcome', amountMinor: 5n };
    const first = { firstPurchase: { at: instant('2026-01-01T12:00:00Z'), conversionId: 'o1' } };
    const later = [{ from: instant('2026-01-15T00:00:00Z'), tier: 'referral', sequence: 0 }];
    const given = { ...side(share({ referral: 1_000 }), fee), terms: terms({ tiers: later }) };
    const month = restated(given, [sale(1, 100n, first), sale(20, 100n)]);
    expect(month.earned.get('GBP')).toBe(15n);
    expect(month.tiers).toEqual([{ tier: 'referral', currency: 'GBP', lines: 1, earnedMinor: 10n }]);
  });

  it('is nothing for a tier that no share names', () => {
    expect(restated(side(share({ premium: 1_000 })), [sale(1, 100n)]).tiers).toEqual([]);
  });
});

describe('what a month earns', () => {
  it('is the programme currency at least, fees and guarantees of other currencies too', () => {
    const fee: Component = { kind: 'fixed_fee', id: 'fee', amountMinor: 700n, currency: 'EUR' };
    expect(restated(side(fee), []).earned).toEqual(
      new Map([
        ['GBP', 0n],
        ['EUR', 700n],
      ]),
    );
  });

  it('must be weighed first when a plan has volume brackets, and not otherwise', () => {
    expect(restateMonth(month, side(brackets())).mustWeigh).toBe(false);
    expect(restateMonth(month, side(brackets({ mode: 'volume' }))).mustWeigh).toBe(true);
    expect(restateMonth(month, side(brackets({ mode: 'volume', currency: 'USD' }))).mustWeigh).toBe(true);
  });
});
