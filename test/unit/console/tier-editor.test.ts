import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldAt, schemeBody } from '#functions/console/tiers/tier-body';
import { readScheme, type TypedScheme, typedScheme, valuesOf } from '#functions/console/tiers/tier-editor';
import { step, withStep } from '#functions/console/tiers/tier-steps';
import { conditionWords, type Scheme } from '#functions/console/tiers/tier-words';
import { makeFormat } from '#functions/console/web/format';

const CURRENCY = 'EUR';
const count = fc.integer({ min: 1, max: 100_000 });
const withinMonths = fc.integer({ min: 1, max: 36 });
const bps = fc.integer({ min: 1, max: 10_000 });
const slug = fc.constantFrom('basics', 'strategic_fit', 'a1');
const fact = <F extends string>(name: F) => fc.constant(name);
const condition = fc.oneof(
  fc.record({ fact: fact('terms_accepted') }),
  fc.record({ fact: fact('qualified_referrals'), atLeast: count, withinMonths }),
  fc.record({
    fact: fact('partner_revenue'),
    atLeastMinor: fc.integer({ min: 1, max: 999_999_999_999_999 }),
    withinMonths,
  }),
  fc.record({ fact: fact('retention'), atLeastBps: bps, withinMonths, minimumCustomers: count }),
  fc.record({ fact: fact('certification'), certification: slug }, { requiredKeys: ['fact'] }),
  fc.record({ fact: fact('confirmation'), confirmation: slug }),
);
const anyOf = fc.array(condition, { minLength: 1, maxLength: 3 }).map((any) => ({ any }));
const deeper = fc.array(fc.oneof(condition, anyOf), { minLength: 1, maxLength: 3 }).map((all) => ({ all }));
const requires = fc.oneof(
  fc.constant({ all: [] }),
  fc.array(fc.oneof(condition, anyOf, deeper), { minLength: 1, maxLength: 4 }).map((all) => ({ all })),
  anyOf,
);
const tier = fc
  .record(
    { tier: slug, byInvitation: fc.boolean(), requires, suggestedRateBps: fc.integer({ min: 0, max: 10_000 }) },
    { requiredKeys: ['tier', 'byInvitation', 'requires'] },
  )
  // No review looks at what a tier by invitation asks for: it asks for nothing.
  .map((one) => (one.byInvitation ? { ...one, requires: { all: [] } } : one));
const scheme = fc.record({
  version: fc.constant(3),
  tiers: fc.array(tier, { minLength: 1, maxLength: 5 }),
  promotion: fc.constantFrom('at_once' as const, 'next_period' as const),
  graceDays: fc.integer({ min: 2, max: 366 }),
  warnAgainDays: fc.integer({ min: 1, max: 366 }),
  nudgeFromBps: bps,
});

const throughTheForm = (given: Scheme) => schemeBody(readScheme(valuesOf(typedScheme(given, CURRENCY))), CURRENCY);

describe('the form of the tiers', () => {
  it('gives back exactly the scheme that it shows', () => {
    fc.assert(
      fc.property(scheme, (given) => {
        const { version: _, tiers, ...rest } = given;
        const asked = tiers.map(({ requires: all, ...one }) => (one.byInvitation ? one : { ...one, requires: all }));
        expect(throughTheForm(given as Scheme)).toEqual({
          body: { ...rest, tiers: asked, reason: '' },
          unreadable: {},
        });
      }),
      { numRuns: 300 },
    );
  });

  it('shows one condition alone as a group of one, and names every field that holds no number', () => {
    const only = { fact: 'qualified_referrals' as const, atLeast: 5, withinMonths: 12 };
    const given = { version: 0, tiers: [{ tier: 'a', byInvitation: false, requires: only }], promotion: 'at_once' };
    const moves = { graceDays: 60, warnAgainDays: 7, nudgeFromBps: 8_000 };
    const typed = typedScheme({ ...given, ...moves } as Scheme, CURRENCY);
    expect(schemeBody(typed, CURRENCY).body.tiers[0]?.requires).toEqual({ all: [only] });
    const values = { ...valuesOf(typed), 't0.q.0.number': ['many'], graceDays: ['x'] };
    expect(Object.keys(schemeBody(readScheme(values), CURRENCY).unreadable).sort()).toEqual([
      'graceDays',
      't0.q.0.number',
    ]);
  });

  it('leaves out what a tier asks for when nothing was said, so that the API refuses it', () => {
    const typed = withStep(typedOf([{ tier: 'a' }]), step.remove('t0.q.0'));
    expect(schemeBody(typed, CURRENCY).body.tiers[0]).toEqual({ tier: 'a', byInvitation: false });
  });
});

function typedOf(tiers: readonly { readonly tier: string }[]): TypedScheme {
  const settings = { promotion: 'at_once', graceDays: '60', warnAgainDays: '7', nudge: '80', reason: 'x' };
  return tiers.reduce(
    (all, { tier: name }) => {
      const more = withStep(all, step.addTier());
      return { ...more, tiers: more.tiers.with(-1, { ...more.tiers.at(-1)!, tier: name }) };
    },
    { tiers: [], ...settings } as TypedScheme,
  );
}

describe('buttons of the editor', () => {
  it('add tiers above, move them, and take them away', () => {
    const typed = typedOf([{ tier: 'low' }, { tier: 'high' }]);
    const names = (one: TypedScheme): string[] => one.tiers.map((each) => each.tier);
    expect(names(typed)).toEqual(['low', 'high']);
    expect(names(withStep(typed, step.raise(0)))).toEqual(['high', 'low']);
    expect(names(withStep(typed, step.lower(1)))).toEqual(['high', 'low']);
    expect(names(withStep(typed, step.removeTier(0)))).toEqual(['high']);
  });

  it('add and remove conditions and groups where they stand', () => {
    const grouped = withStep(typedOf([{ tier: 'a' }]), step.addGroup('t0.q'));
    const deep = withStep(grouped, step.addCondition('t0.q.1'));
    expect(deep.tiers[0]?.requires.parts[1]).toMatchObject({ join: 'any', parts: [{}, {}] });
    expect(withStep(deep, step.remove('t0.q.1')).tiers[0]?.requires.parts).toHaveLength(1);
    expect(withStep(deep, step.remove('t0.q.1.0')).tiers[0]?.requires.parts[1]).toMatchObject({ parts: [{}] });
  });

  it.each(['', 'removeTier:', 'removeTier:9', 'remove:t9.q.0', 'remove:t0.q.7', 'nonsense:0'])(
    'change nothing by "%s"',
    (text) => {
      const typed = typedOf([{ tier: 'a' }]);
      expect(withStep(typed, text)).toEqual(typed);
    },
  );
});

it.each([
  ['/tiers/1/requires/all/0/atLeast', 't1.q.0.number'],
  ['/tiers/1/requires/all/1/any/2/withinMonths', 't1.q.1.2.months'],
  ['/tiers/1/requires/all/1/any', 't1.q.1.join'],
  ['/tiers/1/requires/all/1', 't1.q.1.fact'],
  ['/tiers/1/requires', 't1.q.join'],
  ['/tiers/0/suggestedRateBps', 't0.rate'],
  ['/tiers/0/byInvitation', 't0.byInvitation'],
  ['/nudgeFromBps', 'nudge'],
  ['/graceDays', 'graceDays'],
])('what the API says of %s stands at %s', (pointer, field) => {
  expect(fieldAt(pointer)).toBe(field);
});

it.each([
  [{ fact: 'qualified_referrals', atLeast: 1, withinMonths: 1 }, '1 new customer in the last month'],
  [{ fact: 'partner_revenue', atLeastMinor: 123_450, withinMonths: 6 }, 'sales of €1,234.50 in the last 6 months'],
  [{ fact: 'confirmation', confirmation: 'strategic_fit' }, 'strategic fit, confirmed by a manager'],
] as const)('%o is said in words', (given, words) => {
  expect(conditionWords(given, CURRENCY, makeFormat('en-GB', 'UTC'))).toBe(words);
});
