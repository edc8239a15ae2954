import { describe, expect, it } from 'vitest';
import { proposedComponent } from '#functions/payouts/plans/proposed-component';
import { componentsFromText, componentsToText } from '#shared/application/payouts/plans/plan-text';
import { planBodySchema } from '#shared/contracts/payouts/plans/plan';
import { conversionSchema } from '#shared/contracts/referrals/record-conversion';
import type { Component } from '#shared/domain/plan/plan';
import { validatePlan } from '#shared/domain/plan/plan-rules';

const rates = [{ category: 'books', country: 'DE', tier: 'certified', rateBps: 500 }];
const caps = { capPerCustomerMinor: 100, capPerPeriodMinor: 2_000 };
const components = [
  { kind: 'revenue_share', id: 'a', ratesByTier: { certified: 1_000 }, rates, currency: 'JPY', ...caps },
  {
    kind: 'revenue_share',
    id: 'b',
    mode: 'volume',
    metric: 'revenue',
    brackets: [{ upTo: null, rateBps: 1 }],
    rates,
    capPerPeriodMinor: 1,
  },
  { kind: 'referral_fee', id: 'c', amountMinor: 500, currency: 'EUR', ...caps },
  { kind: 'fixed_fee', id: 'd', amountMinor: 500, currency: 'USD', prorate: false },
  { kind: 'minimum_commitment', id: 'e', amountMinor: 500, currency: 'USD' },
];

/** The rules that a body breaks, each by its place. */
function broken(component: Record<string, unknown>): readonly string[] {
  const parsed = planBodySchema.safeParse({ version: 1, components: [component] });
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.slice(2).join('/'));
}

describe('the contract of a plan', () => {
  it('takes rates, caps and currencies, and its text keeps them to the unit', () => {
    const body = planBodySchema.parse({ version: 1, components });
    const proposed = body.components.map(proposedComponent);
    expect(validatePlan({ version: 1, components: proposed })).toEqual([]);
    expect(proposed[0]).toEqual({
      ...components[0],
      capPerCustomerMinor: 100n,
      capPerPeriodMinor: 2_000n,
    });
    expect(proposed[1]).toMatchObject({ rates, capPerPeriodMinor: 1n, brackets: [{ upTo: null, rateBps: 1 }] });
    expect(proposed[2]).toEqual({
      ...components[2],
      amountMinor: 500n,
      capPerCustomerMinor: 100n,
      capPerPeriodMinor: 2_000n,
    });
    expect(proposed[3]).toEqual({ ...components[3], amountMinor: 500n });
    expect(componentsFromText(componentsToText(proposed as readonly Component[]))).toEqual(proposed);
  });

  it('names what it does not take', () => {
    const [share, , fee, retainer] = components as Record<string, unknown>[];
    expect(broken({ ...share, currency: 'EURO' })).toEqual(['currency']);
    expect(broken({ ...fee, currency: 'eur' })).toEqual(['currency']);
    expect(broken({ ...share, capPerPeriodMinor: 0.5 })).toEqual(['capPerPeriodMinor']);
    expect(broken({ ...retainer, capPerPeriodMinor: 1 })).toEqual(['']);
    expect(broken({ ...fee, rates })).toEqual(['']);
    expect(broken({ ...share, rates: [{ ...rates[0], country: 'UK' }] })).toEqual(['rates/0/country']);
    expect(broken({ ...share, rates: [{ ...rates[0], category: 'Books' }] })).toEqual(['rates/0/category']);
    expect(broken({ ...share, rates: [{ ...rates[0], tier: '' }] })).toEqual(['rates/0/tier']);
    expect(broken({ ...share, rates: [{ ...rates[0], channel: 'web' }] })).toEqual(['rates/0']);
    expect(broken({ ...share, rates: Array.from({ length: 101 }, () => rates[0]) })).toEqual(['rates']);
  });
});

describe('the contract of a sale', () => {
  const convertedFrom = { minor: 1, currency: 'JPY', rate: '0.0061', source: 'ECB', at: '2026-01-01T00:00:00Z' };
  const sale = {
    orderId: 'o',
    customerId: 'c',
    occurredAt: '2026-01-01T00:00:00Z',
    amount: { minor: 1, currency: 'EUR' },
  };
  const brokenBy = (changes: Record<string, unknown>): readonly string[] =>
    conversionSchema.safeParse({ ...sale, ...changes }).error?.issues.map(({ path }) => path.join('/')) ?? [];

  it('takes a category, a country and what it was converted from', () => {
    expect(brokenBy({})).toEqual([]);
    expect(brokenBy({ category: 'gift-cards.2', country: 'GB', convertedFrom })).toEqual([]);
  });

  it.each([
    [{ category: 'Books' }, 'category'],
    [{ category: '-books' }, 'category'],
    [{ category: 'b'.repeat(65) }, 'category'],
    [{ category: '' }, 'category'],
    [{ country: 'UK' }, 'country'],
    [{ country: 'de' }, 'country'],
    [{ convertedFrom: { ...convertedFrom, rate: 0.0061 } }, 'convertedFrom/rate'],
    [{ convertedFrom: { ...convertedFrom, rate: '0' } }, 'convertedFrom/rate'],
    [{ convertedFrom: { ...convertedFrom, source: ' ' } }, 'convertedFrom/source'],
    [{ convertedFrom: { ...convertedFrom, minor: -1 } }, 'convertedFrom/minor'],
    [{ convertedFrom: { ...convertedFrom, currency: 'XYZ' } }, 'convertedFrom/currency'],
    [{ convertedFrom: { ...convertedFrom, at: 'today' } }, 'convertedFrom/at'],
  ])('refuses %j by its field', (changes, pointer) => {
    expect(brokenBy(changes)).toContain(pointer);
  });
});
