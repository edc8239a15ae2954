import { describe, expect, it } from 'vitest';
import type { Bracket } from '#shared/domain/plan/plan';
import { type ProposedComponent, validatePlan } from '#shared/domain/plan/plan-rules';

const share: ProposedComponent = { kind: 'revenue_share', id: 'base', ratesByTier: { certified: 1_000 } };
const growth = (brackets: readonly Bracket[]): ProposedComponent => ({
  kind: 'revenue_share',
  id: 'growth',
  mode: 'graduated',
  metric: 'revenue',
  brackets,
});
const pointersOf = (...components: readonly ProposedComponent[]): readonly string[] =>
  validatePlan({ version: 1, components }).map(({ pointer }) => pointer);

describe('a plan', () => {
  it('may hold every kind of component', () => {
    const plan = {
      version: 3,
      components: [
        { ...share, windowMonths: 12 },
        growth([
          { upTo: 100n, rateBps: 0 },
          { upTo: null, rateBps: 10_000 },
        ]),
        { kind: 'referral_fee' as const, id: 'fee', amountMinor: 1n },
        { kind: 'fixed_fee' as const, id: 'retainer', amountMinor: 1n, prorate: false },
        { kind: 'minimum_commitment' as const, id: 'floor', amountMinor: 1n },
      ],
    };
    expect(validatePlan(plan)).toEqual([]);
  });

  it.each([0, -1, 1.5, Number.NaN])('has a version above zero, not %s', (version) => {
    expect(validatePlan({ version, components: [share] })).toEqual([
      { pointer: '/version', rule: 'must be a whole number above zero' },
    ]);
  });

  it('has at least one component', () => {
    expect(pointersOf()).toEqual(['/components']);
  });

  it('names each component once', () => {
    expect(pointersOf(share, { ...share }, { ...share })).toEqual(['/components/1/id', '/components/2/id']);
    expect(pointersOf({ ...share, id: '' })).toEqual(['/components/0/id']);
  });

  it('has one guarantee a currency at most', () => {
    const floor = { kind: 'minimum_commitment' as const, amountMinor: 5n };
    const components = [
      { ...floor, id: 'a' },
      { ...floor, id: 'b', currency: 'EUR' },
      { ...floor, id: 'c', currency: 'USD' },
      { ...floor, id: 'd', currency: 'USD' },
      { ...share, currency: 'USD' },
    ];
    const rule = 'a plan may have one minimum_commitment a currency at most';
    expect(pointersOf({ ...floor, id: 'a' }, { ...floor, id: 'b' })).toEqual(['/components/1']);
    // Without the programme's currency, the one that names none may be in any other.
    expect(validatePlan({ version: 1, components })).toEqual([{ pointer: '/components/3', rule }]);
    expect(validatePlan({ version: 1, components }, 'EUR')).toEqual([
      { pointer: '/components/1', rule },
      { pointer: '/components/3', rule },
    ]);
    expect(validatePlan({ version: 1, components }, 'USD')).toEqual([
      { pointer: '/components/2', rule },
      { pointer: '/components/3', rule },
    ]);
  });

  it('caps what pays on conversions, above zero', () => {
    const caps = { capPerCustomerMinor: 1n, capPerPeriodMinor: 1n };
    const fee = { kind: 'referral_fee' as const, id: 'fee', amountMinor: 1n };
    expect(pointersOf({ ...share, ...caps }, { ...fee, ...caps })).toEqual([]);
    expect(validatePlan({ version: 1, components: [{ ...share, capPerCustomerMinor: 0n }] })).toEqual([
      { pointer: '/components/0/capPerCustomerMinor', rule: 'must be above zero' },
    ]);
    expect(pointersOf({ ...fee, capPerPeriodMinor: -1n })).toEqual(['/components/0/capPerPeriodMinor']);
    for (const kind of ['fixed_fee', 'minimum_commitment'] as const) {
      expect(validatePlan({ version: 1, components: [{ kind, id: 'x', amountMinor: 1n, ...caps }] })).toEqual([
        { pointer: '/components/0/capPerCustomerMinor', rule: `does not belong to a ${kind}` },
        { pointer: '/components/0/capPerPeriodMinor', rule: `does not belong to a ${kind}` },
      ]);
    }
  });

  it('has rate rules that each name something and can win', () => {
    const broken = (...rates: NonNullable<ProposedComponent['rates']>) =>
      validatePlan({ version: 1, components: [{ ...share, rates }] }).map(
        ({ pointer, rule }) => `${pointer.replace('/components/0/rates', '')} ${rule}`,
      );
    const books = { category: 'books', rateBps: 500 };
    expect(broken(books, { ...books, country: 'DE' }, { country: 'DE', rateBps: 500 })).toEqual([]);
    expect(broken(books, { ...books, tier: 'premium' }, { category: 'toys', rateBps: 500 })).toEqual([]);
    expect(broken()).toEqual([' must have at least one rule, or be left out']);
    expect(broken({ rateBps: 500 }, { tier: 'premium', rateBps: 500 })).toEqual([
      '/0 must name a category, a country or both',
      '/1 must name a category, a country or both',
    ]);
    expect(broken({ ...books, rateBps: 10_001 }, { country: 'DE', rateBps: -1 })).toEqual([
      '/0/rateBps must be a whole number of basis points from 0 to 10000',
      '/1/rateBps must be a whole number of basis points from 0 to 10000',
    ]);
    expect(broken(books, { country: 'DE', rateBps: 1 }, books, { ...books, rateBps: 700 })).toEqual([
      '/2 must not repeat /components/0/rates/0',
      '/3 can never win: /components/0/rates/0 names the same and comes earlier',
    ]);
  });

  it('holds the rate rules of brackets to the same', () => {
    const rates = [{ rateBps: 1 }];
    expect(pointersOf({ ...growth([{ upTo: null, rateBps: 1 }]), rates })).toEqual(['/components/0/rates/0']);
  });

  it.each(['referral_fee', 'fixed_fee', 'minimum_commitment'] as const)('has a %s above zero', (kind) => {
    expect(pointersOf({ kind, id: 'x', amountMinor: 0n })).toEqual(['/components/0/amountMinor']);
    expect(pointersOf({ kind, id: 'x', amountMinor: -1n })).toEqual(['/components/0/amountMinor']);
    expect(pointersOf({ kind, id: 'x' })).toEqual(['/components/0/amountMinor']);
    expect(pointersOf({ kind, id: 'x', amountMinor: 1n })).toEqual([]);
  });

  it.each([-1, 10_001, 0.5, Number.NaN])('has rates from 0 to 10000, not %s', (rateBps) => {
    expect(pointersOf({ ...share, ratesByTier: { 'a/b~c': rateBps } })).toEqual(['/components/0/ratesByTier/a~1b~0c']);
    expect(pointersOf(growth([{ upTo: null, rateBps }]))).toEqual(['/components/0/brackets/0/rateBps']);
  });

  it('shares either by tier or by brackets', () => {
    expect(pointersOf({ kind: 'revenue_share', id: 'x' })).toEqual(['/components/0']);
    expect(pointersOf({ ...growth([{ upTo: null, rateBps: 1 }]), ratesByTier: { a: 1 } })).toEqual(['/components/0']);
    expect(pointersOf({ ...share, ratesByTier: {} })).toEqual(['/components/0/ratesByTier']);
  });

  it('has brackets that go upwards, the last without a bound', () => {
    const upTo = (...bounds: readonly (bigint | null)[]): readonly string[] =>
      pointersOf(growth(bounds.map((bound) => ({ upTo: bound, rateBps: 1 }))));
    expect(upTo(10n, 20n, null)).toEqual([]);
    expect(upTo()).toEqual(['/components/0/brackets']);
    expect(upTo(10n)).toEqual(['/components/0/brackets/0/upTo']);
    expect(upTo(0n, null)).toEqual(['/components/0/brackets/0/upTo']);
    expect(upTo(10n, 10n, null)).toEqual(['/components/0/brackets/1/upTo']);
    expect(upTo(10n, 5n, 7n, null)).toEqual(['/components/0/brackets/1/upTo', '/components/0/brackets/2/upTo']);
    expect(upTo(null, null)).toEqual(['/components/0/brackets/0/upTo']);
  });

  it('says how its brackets count', () => {
    const { mode: _mode, metric: _metric, ...bare } = growth([{ upTo: null, rateBps: 1 }]);
    expect(pointersOf(bare)).toEqual(['/components/0/mode', '/components/0/metric']);
    expect(pointersOf({ ...bare, mode: 'stepped', metric: 'clicks' })).toEqual([
      '/components/0/mode',
      '/components/0/metric',
    ]);
  });

  it('counts nothing where it has no brackets', () => {
    expect(pointersOf({ ...share, mode: 'volume', metric: 'revenue' })).toEqual([
      '/components/0/mode',
      '/components/0/metric',
    ]);
  });

  it('is held against what is there of it, and told what is not', () => {
    const { kind: _kind, ...kindless } = share;
    const { id: _id, ...nameless } = share;
    expect(pointersOf(kindless, share, nameless, nameless)).toEqual([
      '/components/0/kind',
      '/components/2/id',
      '/components/3/id',
      '/components/1/id',
    ]);
    const brackets = [{ rateBps: 1 }, { upTo: 5n, rateBps: 1 }, { upTo: null, rateBps: 1 }];
    expect(pointersOf({ ...growth([]), brackets })).toEqual(['/components/0/brackets/0/upTo']);
  });

  it.each([0, -3, 1.5])('has windows of whole months above zero, not %s', (windowMonths) => {
    expect(pointersOf({ ...share, windowMonths })).toEqual(['/components/0/windowMonths']);
  });
});
