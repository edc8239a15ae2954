import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { decidedBy, dependsOnTheMonth, makeDecider } from '#shared/domain/explain/explain-decisions';
import {
  capWords,
  conversionSentence,
  decisionSentence,
  type ReasonFacts,
  reasonWords,
} from '#shared/domain/explain/explain-words';
import type { Component, RateByTierComponent, ReferralFeeComponent } from '#shared/domain/plan/plan';
import type { StatementLine } from '#shared/domain/statement/statement';
import type { StatementContext } from '#shared/domain/statement/statement-context';
import { instant, period } from '#test/support/histories';

const SHARE: RateByTierComponent = { kind: 'revenue_share', id: 'base', ratesByTier: { certified: 1_000 } };
const FEE: ReferralFeeComponent = { kind: 'referral_fee', id: 'welcome', amountMinor: 50_00n };
const CAPS = { capPerCustomerMinor: 50_00n, capPerPeriodMinor: 200_00n };
const EURO: ReasonFacts = { currency: 'EUR', programCurrency: 'EUR', baseMinor: 100_00n };

const line = (amountMinor: bigint, baseMinor = 100_00n): StatementLine => ({
  kind: 'revenue_share',
  componentId: 'base',
  conversionId: 'c2',
  amountMinor,
  baseMinor,
  rateBps: 1_000,
});
const paid = (component: Component, ...lines: StatementLine[]) => ({ component, outcome: 'paid' as const, lines });

describe('a decision in words', () => {
  it('names the rule that set the rate', () => {
    expect(decisionSentence(paid(SHARE, line(10_00n)), { ...EURO, rateRule: 'rule 2: country DE' }, false)).toBe(
      'The revenue share "base" earned 10.00 EUR: 10 % of 100.00 EUR, by its rule 2: country DE.',
    );
  });

  it('names the caps where one cut it, and only there', () => {
    const capped = { ...SHARE, ...CAPS };
    const caps = ', cut to its cap: at most 50.00 EUR for one customer and 200.00 EUR in all in a statement.';
    expect(decisionSentence(paid(capped, line(9_99n)), EURO, true)).toBe(
      `The revenue share "base" would earn 9.99 EUR: 10 % of 100.00 EUR${caps}`,
    );
    expect(decisionSentence(paid(capped, line(10_00n)), EURO, false)).toBe(
      'The revenue share "base" earned 10.00 EUR: 10 % of 100.00 EUR.',
    );
    // The line of a later bracket was left out.
    expect(decisionSentence(paid(capped, line(6_00n, 60_00n)), EURO, false)).toBe(
      `The revenue share "base" earned 6.00 EUR: 10 % of 60.00 EUR${caps}`,
    );
    expect(decisionSentence(paid(SHARE, line(9_99n)), EURO, false)).not.toContain('cap');
    const fee = { kind: 'referral_fee', amountMinor: 20_00n } as const;
    expect(decisionSentence(paid({ ...FEE, capPerPeriodMinor: 70_00n }, fee), EURO, false)).toBe(
      'The referral fee "welcome" earned 20.00 EUR, cut to its cap: at most 70.00 EUR in all in a statement.',
    );
    const whole = { ...fee, amountMinor: 50_00n };
    expect(decisionSentence(paid({ ...FEE, capPerPeriodMinor: 70_00n }, whole), EURO, false)).toBe(
      'The referral fee "welcome" earned 50.00 EUR.',
    );
  });

  it('says why a component paid nothing', () => {
    const because = (reason: string, component: Component, facts: ReasonFacts = EURO): string =>
      decisionSentence({ component, outcome: 'nothing', lines: [], reason }, facts, false).replace(/^.*because /, '');
    expect(because('cap_reached', { ...SHARE, capPerCustomerMinor: 50_00n })).toBe(
      'earlier sales of the month had reached its cap: it pays at most 50.00 EUR for one customer in a statement.',
    );
    expect(because('cap_reached', { ...SHARE, ...CAPS }, { ...EURO, currency: 'USD', paysIn: 'JPY' })).toBe(
      'earlier sales of the month had reached its cap: it pays at most 5000 JPY for one customer and 20000 JPY in all in a statement.',
    );
    expect(
      because('after_agreement_ended', SHARE, { ...EURO, agreementEndedAt: instant('2026-02-01T00:00:00Z') }),
    ).toBe('the agreement ended at 2026-02-01T00:00:00.000Z and since then only shares with a window go on.');
    expect(because('other_currency', FEE, { ...EURO, currency: 'USD', paysIn: 'JPY' })).toBe(
      'it pays in JPY only and the sale is in USD.',
    );
    expect(because('other_currency', FEE, { ...EURO, currency: 'USD' })).toBe(
      'it pays in EUR only and the sale is in USD.',
    );
    expect(reasonWords('cap_reached', EURO)).toBe(
      'earlier sales of the month had reached its cap: it pays no more than that',
    );
  });

  it('knows the caps of what pays on conversions alone', () => {
    expect(capWords(SHARE, 'EUR')).toBeUndefined();
    expect(capWords({ ...FEE, ...CAPS }, 'JPY')).toBe(
      'at most 5000 JPY for one customer and 20000 JPY in all in a statement',
    );
    expect(capWords({ kind: 'fixed_fee', id: 'x', amountMinor: 1n, ...CAPS } as Component, 'EUR')).toBeUndefined();
  });

  it('tells what converted money was before', () => {
    const from = {
      minor: 10_000n,
      currency: 'JPY',
      rate: '0.0061',
      source: 'ECB',
      at: instant('2026-01-10T15:00:00Z'),
    };
    expect(conversionSentence(from, 61_00n, 'EUR')).toBe(
      'It was made in 10000 JPY and converted at 0.0061 EUR for one JPY, as ECB stated at 2026-01-10T15:00:00.000Z: 61.00 EUR.',
    );
  });
});

describe('a component with a cap', () => {
  const capped = { ...SHARE, capPerPeriodMinor: 15_00n };
  const context: StatementContext = {
    partnerId: 'acme',
    period: period('2026-01'),
    currency: 'EUR',
    programCurrency: 'EUR',
    zone: timeZoneOf('UTC'),
    minimumPayoutMinor: 0n,
    openingBalanceMinor: 0n,
    terms: {
      partnerId: 'acme',
      agreements: [{ from: instant('2025-01-01T00:00:00Z'), planVersion: 1, sequence: 0 }],
      tiers: [{ from: instant('2025-01-01T00:00:00Z'), tier: 'certified', sequence: 0 }],
    },
    plans: new Map([[1, { version: 1, components: [capped, { ...SHARE, id: 'free' }] }]]),
  };
  const sale = (conversionId: string, day: string) => ({
    conversionId,
    customerId: 'u',
    occurredAt: instant(`2026-01-${day}T00:00:00Z`),
    amountMinor: 100_00n,
    nettedMinor: 0n,
    firstPurchase: undefined,
  });

  it('depends on the month, and is counted by its earlier sales', () => {
    expect([dependsOnTheMonth(SHARE), dependsOnTheMonth(capped)]).toEqual([false, true]);
    const decider = makeDecider(context, context.plans.get(1));
    decider.count(sale('c1', '01'));
    const { components } = decider.decide(sale('c2', '02'));
    expect(components.map(({ lines }) => lines.map(({ amountMinor }) => amountMinor))).toEqual([[5_00n], [10_00n]]);
    const [first, second] = decider.decide(sale('c3', '03')).components;
    expect([first?.outcome, first?.reason, second?.outcome]).toEqual(['nothing', 'cap_reached', 'paid']);
  });

  it('was reached where a statement holds the sale but no line of it', () => {
    const computed = makeDecider(context, context.plans.get(1)).decide(sale('c3', '03'));
    const lines = [{ ...line(10_00n), componentId: 'free' }];
    const [first, second] = decidedBy(computed, { lines, nothing: [] }).components;
    expect([first?.outcome, first?.reason, first?.lines]).toEqual(['nothing', 'cap_reached', []]);
    expect(second).toMatchObject({ outcome: 'paid', lines });
    const swapped = decidedBy(computed, { lines: [line(5_00n)], nothing: [] }).components;
    expect(swapped.map(({ reason }) => reason)).toEqual([undefined, 'not_stated']);
  });
});
