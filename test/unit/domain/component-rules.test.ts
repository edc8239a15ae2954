import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { History } from '#shared/domain/facts/history';
import { withCaps } from '#shared/domain/pay/caps';
import { currencyOf, paysIn } from '#shared/domain/pay/component-currency';
import { isEarnedByConversion } from '#shared/domain/pay/earned-lines';
import { currenciesOfPeriodLines } from '#shared/domain/pay/period-lines';
import { makeRateFinder } from '#shared/domain/pay/rate-rules';
import { makeAgreementFinder, type Sale } from '#shared/domain/pay/sale';
import { currenciesToWeigh } from '#shared/domain/pay/weigh-statement';
import { type Component, hasCap, isPaidByThePeriod, type RateByTierComponent } from '#shared/domain/plan/plan';
import { calculationOf, wordedLine } from '#shared/domain/statement/calculation-of';
import { computeHistory } from '#shared/domain/statement/compute-history';
import type { StatementLine } from '#shared/domain/statement/statement';
import { anyCaseHistory } from '#test/support/case-histories';
import { aConversion, aHistory, aRefund, instant, period } from '#test/support/histories';
import { historyOf } from '#test/support/vector-file';

const TEN: RateByTierComponent = { kind: 'revenue_share', id: 'base', ratesByTier: { certified: 1_000 } };
const GROWTH: Component = {
  kind: 'revenue_share',
  id: 'growth',
  mode: 'graduated',
  metric: 'revenue',
  brackets: [{ upTo: null, rateBps: 1_000 }],
};
const FEE: Component = { kind: 'referral_fee', id: 'fee', amountMinor: 500n };
const RETAINER: Component = { kind: 'fixed_fee', id: 'retainer', amountMinor: 500n };
const FLOOR: Component = { kind: 'minimum_commitment', id: 'floor', amountMinor: 500n };

/** The statement of January and why sales of it earned nothing. */
const january = (changes: Parameters<typeof aHistory>[0]) => computeHistory(aHistory(changes))[0]!;

describe('a rate rule', () => {
  const find = makeRateFinder([
    { category: 'books', rateBps: 1 },
    { country: 'DE', rateBps: 2 },
    { category: 'books', country: 'DE', rateBps: 3 },
    { category: 'books', country: 'AT', tier: 'premium', rateBps: 4 },
  ]);
  const rateOf = (category?: string, country?: string, tier?: string) =>
    find({ conversion: { category, country }, tier })?.rateBps;

  it('wins by what it names of a sale, then by its place', () => {
    expect(rateOf('books')).toBe(1);
    expect(rateOf('books', 'FR')).toBe(1);
    expect(rateOf('toys', 'DE')).toBe(2);
    expect(rateOf(undefined, 'DE')).toBe(2);
    expect(rateOf('books', 'DE', 'premium')).toBe(3);
    expect(rateOf('books', 'AT', 'premium')).toBe(4);
    expect(rateOf('books', 'AT', 'certified')).toBe(1);
    expect(rateOf('books', 'AT')).toBe(1);
    expect(rateOf('toys', 'FR', 'premium')).toBeUndefined();
    expect(rateOf()).toBeUndefined();
  });

  it('names itself for readers', () => {
    expect(find({ conversion: { category: 'books', country: 'AT' }, tier: 'premium' })?.words).toBe(
      'rule 4: category books, country AT, tier premium',
    );
    expect(find({ conversion: { country: 'DE' } })?.words).toBe('rule 2: country DE');
  });

  it('without a tier is for the tiers that a share by tier names', () => {
    const inShare = makeRateFinder(
      [
        { category: 'books', rateBps: 1 },
        { category: 'books', country: 'DE', tier: 'referral', rateBps: 2 },
      ],
      { certified: 1_000 },
    );
    const at = (tier?: string) => inShare({ conversion: { category: 'books', country: 'DE' }, tier })?.rateBps;
    expect([at('certified'), at('referral'), at('premium'), at('toString'), at()]).toEqual([
      1,
      2,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is not looked for where there is none', () => {
    expect(makeRateFinder(undefined)({ conversion: { category: 'books' } })).toBeUndefined();
    expect(makeRateFinder([])({ conversion: { category: 'books' } })).toBeUndefined();
  });
});

describe('a line says how it came about', () => {
  const share: StatementLine = { kind: 'revenue_share', amountMinor: 696n, baseMinor: 13_912n, rateBps: 500 };
  const cut = { per: 'customer', limitMinor: 1_500n, fromMinor: 696n } as const;

  it('with the rule that set its rate', () => {
    expect(calculationOf({ ...share, rateRule: 'rule 1: category books' })).toBe(
      '13912 x 500 / 10000 (rate of rule 1: category books) = 695.6, half to even: 696',
    );
  });

  it('with the cap that it was cut to', () => {
    expect(calculationOf({ ...share, amountMinor: 200n, cut })).toBe(
      '13912 x 500 / 10000 = 695.6, half to even: 696, cut to the cap of 1500 per customer: 200 was left',
    );
    const fee: StatementLine = { kind: 'referral_fee', amountMinor: 200n };
    expect(calculationOf({ ...fee, cut: { per: 'period', limitMinor: 700n, fromMinor: 500n } })).toBe(
      "a fixed amount for the customer's first purchase: 500, cut to the cap of 700 per period: 200 was left",
    );
    expect(calculationOf(fee)).toBe("a fixed amount for the customer's first purchase");
  });

  it('in words alone once it is kept', () => {
    expect(wordedLine(share)).toBe(share);
    const kept = wordedLine({ ...share, rateRule: 'rule 1: category books' });
    expect(kept).toEqual({ ...share, calculation: expect.stringContaining('(rate of rule 1: category books)') });
    expect(wordedLine({ ...share, amountMinor: 200n, cut })).toEqual({
      ...share,
      amountMinor: 200n,
      calculation: expect.stringMatching(/cut to the cap of 1500 per customer: 200 was left$/),
    });
  });
});

describe('a capped component', () => {
  const sales = [1, 2, 3].map((n) => aConversion(`c${n}`, { customerId: 'u', amountMinor: 100_00n }));

  it('says which cap cut a line, and that it was reached', () => {
    const { statement, nothing } = january({
      components: [{ ...TEN, capPerCustomerMinor: 15_00n, capPerPeriodMinor: 90_00n }],
      conversions: sales,
    });
    expect(statement.lines.map(({ amountMinor, cut }) => [amountMinor, cut])).toEqual([
      [10_00n, undefined],
      [5_00n, { per: 'customer', limitMinor: 15_00n, fromMinor: 10_00n }],
    ]);
    expect(nothing).toEqual([{ conversionId: 'c3', componentId: 'base', reason: 'cap_reached' }]);
  });

  it('leaves a line whole that just reaches the cap', () => {
    const { statement, nothing } = january({
      components: [{ ...TEN, capPerCustomerMinor: 20_00n, capPerPeriodMinor: 20_00n }],
      conversions: sales,
    });
    expect(statement.lines.map(({ amountMinor, cut }) => [amountMinor, cut])).toEqual([
      [10_00n, undefined],
      [10_00n, undefined],
    ]);
    expect(nothing).toEqual([{ conversionId: 'c3', componentId: 'base', reason: 'cap_reached' }]);
  });

  it('has paid as long as any line of the sale is left', () => {
    const line: StatementLine = { kind: 'revenue_share', amountMinor: 6n };
    const pay = withCaps({ capPerPeriodMinor: 10n }, (_sale, lines) => {
      lines.push(line, line);
      return undefined;
    });
    const sale = { conversion: { customerId: 'u' } } as Sale;
    const lines: StatementLine[] = [line];
    expect(pay(sale, lines)).toBeUndefined();
    expect(lines.map(({ amountMinor }) => amountMinor)).toEqual([6n, 6n, 4n]);
    expect(pay(sale, lines)).toBe('cap_reached');
    expect(lines).toHaveLength(3);
    const other = withCaps({ capPerPeriodMinor: 10n }, () => 'no_tier');
    expect(other(sale, lines)).toBe('no_tier');
  });

  it('is topped up to a guarantee by what is missing, and by nothing when the cap is the guarantee', () => {
    const paidUnder = (amountMinor: bigint) =>
      january({
        components: [
          { ...TEN, capPerPeriodMinor: 15_00n },
          { ...FLOOR, amountMinor },
        ],
        conversions: sales,
      }).statement.lines.map((line) => line.amountMinor);
    expect(paidUnder(15_00n)).toEqual([10_00n, 5_00n]);
    expect(paidUnder(15_01n)).toEqual([10_00n, 5_00n, 1n]);
  });

  it('names the last cap that cut, with what the line would have been', () => {
    const { statement } = january({
      components: [{ ...TEN, capPerCustomerMinor: 8_00n, capPerPeriodMinor: 5_00n }],
      conversions: sales,
    });
    expect(statement.lines.map(({ cut }) => cut)).toEqual([{ per: 'period', limitMinor: 5_00n, fromMinor: 10_00n }]);
  });

  it('keeps the reason of the component itself where that pays nothing', () => {
    const { nothing } = january({
      components: [{ ...FEE, capPerPeriodMinor: 5_00n }],
      conversions: sales.slice(0, 2),
    });
    expect(nothing).toEqual([{ conversionId: 'c2', componentId: 'fee', reason: 'not_the_first_purchase' }]);
  });

  it.each([TEN, GROWTH, FEE])('is capped when it has any cap', (component) => {
    expect(hasCap(component)).toBe(false);
    expect(hasCap({ ...component, capPerCustomerMinor: 1n } as Component)).toBe(true);
    expect(hasCap({ ...component, capPerPeriodMinor: 1n } as Component)).toBe(true);
    expect(hasCap({ ...RETAINER, capPerPeriodMinor: 1n } as Component)).toBe(false);
    expect(isPaidByThePeriod(component)).toBe(false);
    expect([isPaidByThePeriod(RETAINER), isPaidByThePeriod(FLOOR)]).toEqual([true, true]);
  });

  it('never pays above a cap', () => {
    fc.assert(
      fc.property(anyCaseHistory, (generated) => {
        const history = historyOf({ name: 'generated', history: generated, statements: [] });
        for (const { statement } of computeHistory(history)) {
          for (const plan of history.plans.values()) {
            for (const component of plan.components) {
              if (isPaidByThePeriod(component)) continue;
              const { capPerCustomerMinor, capPerPeriodMinor } = component;
              const own = statement.lines.filter(
                (line) =>
                  isEarnedByConversion(line) && line.componentId === component.id && line.planVersion === plan.version,
              );
              const paid = new Map<string, bigint>();
              for (const { conversionId, amountMinor } of own) {
                const sale = history.conversions.find((fact) => fact.conversionId === conversionId)!;
                paid.set(sale.customerId, (paid.get(sale.customerId) ?? 0n) + amountMinor);
              }
              const sums = [...paid.values()];
              if (capPerCustomerMinor !== undefined) expect(sums.every((sum) => sum <= capPerCustomerMinor)).toBe(true);
              const all = sums.reduce((total, sum) => total + sum, 0n);
              if (capPerPeriodMinor !== undefined) expect(all <= capPerPeriodMinor).toBe(true);
            }
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is reversed to nothing by a full refund, however it is split', () => {
    fc.assert(
      fc.property(anyCaseHistory, fc.integer({ min: 1, max: 99 }), (generated, percent) => {
        const history = historyOf({ name: 'generated', history: generated, statements: [] });
        const periods = [1, 2, 3, 4, 5, 6].map((month) => period(`2026-0${month}`));
        const refunds = history.conversions.flatMap(({ conversionId, amountMinor }) => {
          const first = (amountMinor * BigInt(percent)) / 100n;
          const parts = [
            aRefund(`r1 of ${conversionId}`, conversionId, first, '2026-05-01T00:00:00Z'),
            aRefund(`r2 of ${conversionId}`, conversionId, amountMinor - first, '2026-06-01T00:00:00Z'),
          ];
          return parts.filter((refund) => refund.amountMinor > 0n);
        });
        const left = new Map<string, bigint>();
        for (const { statement } of computeHistory({ ...history, refunds, periods } as History)) {
          for (const line of statement.lines) {
            if (!isEarnedByConversion(line) && line.kind !== 'clawback') continue;
            const key = `${line.conversionId} ${line.planVersion} ${line.componentId}`;
            left.set(key, (left.get(key) ?? 0n) + line.amountMinor);
          }
        }
        expect([...left.values()].filter((rest) => rest !== 0n)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the currency of a component', () => {
  it("is its own, else the programme's, and any for a share by tier that names no amount", () => {
    expect(currencyOf(TEN, 'EUR')).toBeUndefined();
    expect(currencyOf({ ...TEN, rates: [{ category: 'books', rateBps: 1 }] }, 'EUR')).toBeUndefined();
    expect(currencyOf({ ...TEN, currency: 'USD' }, 'EUR')).toBe('USD');
    expect(currencyOf({ ...TEN, capPerCustomerMinor: 1n }, 'EUR')).toBe('EUR');
    expect(currencyOf({ ...TEN, capPerPeriodMinor: 1n }, 'EUR')).toBe('EUR');
    for (const component of [GROWTH, FEE, RETAINER, FLOOR]) {
      expect(currencyOf(component, 'EUR')).toBe('EUR');
      expect(currencyOf({ ...component, currency: 'USD' }, 'EUR')).toBe('USD');
    }
  });

  it('is the only one that it pays in', () => {
    expect([paysIn(TEN, 'USD', 'EUR'), paysIn(FEE, 'USD', 'EUR'), paysIn(FEE, 'EUR', 'EUR')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(paysIn({ ...FEE, currency: 'USD' }, 'EUR', 'EUR')).toBe(false);
    const { statement, nothing } = january({
      components: [{ ...TEN, currency: 'USD' }],
      conversions: [aConversion('c1')],
    });
    expect(statement.lines).toEqual([]);
    expect(nothing).toEqual([{ conversionId: 'c1', componentId: 'base', reason: 'other_currency' }]);
  });

  it('says which statements must be weighed first', () => {
    const volume = { ...GROWTH, mode: 'volume' } as Component;
    const plans = (...components: Component[]) => [{ version: 1, components }];
    expect([...currenciesToWeigh(plans(TEN, GROWTH), 'EUR')]).toEqual([]);
    expect([...currenciesToWeigh(plans(volume, { ...volume, currency: 'USD' }, volume), 'EUR')]).toEqual([
      'EUR',
      'USD',
    ]);
  });

  it("has a statement when the plan at the month's end pays a fee or a guarantee in it", () => {
    const currencies = (
      components: readonly Component[],
      agreements: History['agreements'] = [{ from: instant('2025-01-01T00:00:00Z'), planVersion: 1 }],
    ) => {
      const { partnerId, zone, programCurrency, minimumPayoutMinor, openingBalanceMinor } = aHistory();
      return [
        ...currenciesOfPeriodLines({
          partnerId,
          zone,
          programCurrency,
          minimumPayoutMinor,
          openingBalanceMinor,
          period: period('2026-01'),
          currency: 'EUR',
          terms: { partnerId, agreements: agreements.map((term, sequence) => ({ ...term, sequence })), tiers: [] },
          plans: new Map([[1, { version: 1, components }]]),
        }),
      ];
    };
    const dollars = { ...RETAINER, currency: 'USD' };
    const yen = { ...FLOOR, currency: 'JPY' };
    expect(currencies([TEN, { ...FEE, currency: 'CHF' }])).toEqual([]);
    expect(currencies([RETAINER, dollars, { ...dollars, id: 'other' }, yen])).toEqual(['EUR', 'USD', 'JPY']);
    // An agreement that is over by then pays neither; half a cent of a fee that began on the last day rounds to nothing.
    const ended = { from: instant('2025-01-01T00:00:00Z'), endsAt: instant('2026-01-31T00:00:00Z'), planVersion: 1 };
    expect(currencies([dollars, yen], [ended])).toEqual([]);
    const late = { from: instant('2026-01-31T00:00:00Z'), planVersion: 1 };
    expect(currencies([{ ...dollars, amountMinor: 15n }, yen], [late])).toEqual(['JPY']);
  });
});

describe('a sale that no component is asked about', () => {
  it('says why', () => {
    const { nothing } = january({
      agreements: [{ from: instant('2026-01-05T00:00:00Z'), planVersion: 1 }],
      conversions: [
        aConversion('early', { occurredAt: instant('2026-01-04T00:00:00Z') }),
        aConversion('empty', { amountMinor: 0n }),
        aConversion('gone'),
      ],
      refunds: [aRefund('r', 'gone', 100_00n, '2026-01-11T00:00:00Z')],
    });
    expect(nothing).toEqual([
      { conversionId: 'early', reason: 'no_agreement' },
      { conversionId: 'empty', reason: 'no_value' },
      { conversionId: 'gone', reason: 'refunded_before_the_statement' },
    ]);
  });
});

describe('the agreement that pays a sale', () => {
  const HONOURS = 'honour_until_window_ends';
  const terms = [
    { from: instant('2026-01-01T00:00:00Z'), endsAt: instant('2026-02-01T00:00:00Z'), planVersion: 1, sequence: 0 },
    { from: instant('2026-04-01T00:00:00Z'), planVersion: 2, sequence: 1 },
  ] as const;
  const honoured = [{ ...terms[0], afterEnd: HONOURS }, terms[1]] as const;
  const paying = (agreements: Parameters<typeof makeAgreementFinder>[0], occurredAt: string, firstAt: string) => {
    const sale = { conversionId: 'c', occurredAt: instant(occurredAt), firstPurchase: { at: instant(firstAt) } };
    const found = makeAgreementFinder(agreements)(sale);
    return found && [found.agreement.planVersion, found.afterEnd];
  };
  const JANUARY = '2026-01-15T00:00:00Z';
  const MARCH = '2026-03-01T00:00:00Z';

  it('is the one in force', () => {
    expect(paying(honoured, '2025-12-31T23:59:59.999Z', '2025-12-01T00:00:00Z')).toBeUndefined();
    expect(paying(honoured, JANUARY, JANUARY)).toEqual([1, false]);
    expect(paying(honoured, '2026-01-31T23:59:59.999Z', JANUARY)).toEqual([1, false]);
    expect(paying(honoured, '2026-04-01T00:00:00Z', JANUARY)).toEqual([2, false]);
  });

  it('is the ended one for customers from before its end, where it honours them', () => {
    expect(paying(honoured, '2026-02-01T00:00:00Z', JANUARY)).toEqual([1, true]);
    expect(paying(honoured, MARCH, '2026-01-31T23:59:59.999Z')).toEqual([1, true]);
    expect(paying(honoured, MARCH, '2026-02-01T00:00:00Z')).toBeUndefined();
    expect(paying(terms, MARCH, JANUARY)).toBeUndefined();
    expect(paying([{ ...terms[0], afterEnd: 'stop' }], MARCH, JANUARY)).toBeUndefined();
    const never = { ...honoured[0], endsAt: honoured[0].from };
    expect(paying([never], MARCH, '2025-01-01T00:00:00Z')).toBeUndefined();
  });

  it('needs the first purchase only where an ended one honours', () => {
    const sale = { conversionId: 'c', occurredAt: instant(MARCH), firstPurchase: undefined };
    expect(makeAgreementFinder(terms)(sale)).toBeUndefined();
    expect(() => makeAgreementFinder(honoured)(sale)).toThrow('no first purchase');
  });

  it('pays after its end by shares with a window alone, and says so', () => {
    const window = { ...TEN, id: 'lasting', windowMonths: 2 };
    const { statement, nothing } = computeHistory(
      aHistory({
        components: [TEN, window, FEE],
        agreements: [{ ...honoured[0], from: instant('2025-01-01T00:00:00Z') }],
        conversions: [
          aConversion('c1', { customerId: 'u' }),
          aConversion('c2', { customerId: 'u', occurredAt: instant('2026-03-01T00:00:00Z') }),
          aConversion('c3', { customerId: 'u', occurredAt: instant('2026-03-20T00:00:00Z') }),
        ],
        periods: [period('2026-03')],
      }),
    )[0]!;
    expect(statement.lines.map(({ conversionId, componentId }) => [conversionId, componentId])).toEqual([
      ['c2', 'lasting'],
    ]);
    expect(nothing).toEqual([
      { conversionId: 'c3', componentId: 'base', reason: 'after_agreement_ended' },
      { conversionId: 'c3', componentId: 'lasting', reason: 'outside_window' },
      { conversionId: 'c3', componentId: 'fee', reason: 'after_agreement_ended' },
    ]);
  });
});
