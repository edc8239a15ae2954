import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import {
  agreementInForce,
  effectiveInstant,
  firstAgreementFrom,
  makeTermFinder,
  scheduleOf,
  tierInForce,
} from '#shared/domain/partner/terms';
import type { AgreementTerm } from '#shared/domain/plan/plan';
import { instant, period } from '#test/support/histories';

const berlin = timeZoneOf('Europe/Berlin');
const at = (day: number): ReturnType<typeof instant> => instant(`2026-01-${String(day).padStart(2, '0')}T00:00:00Z`);
const term = (sequence: number, from: number, endsAt?: number): AgreementTerm => ({
  from: at(from),
  endsAt: endsAt === undefined ? undefined : at(endsAt),
  planVersion: sequence,
  sequence,
});

describe('an agreement', () => {
  it('is in force from its start, inclusive, to its end, exclusive', () => {
    const agreements = [term(1, 5, 10)];
    expect(agreementInForce(agreements, instant('2026-01-04T23:59:59.999Z'))).toBeUndefined();
    expect(agreementInForce(agreements, at(5))?.planVersion).toBe(1);
    expect(agreementInForce(agreements, instant('2026-01-09T23:59:59.999Z'))?.planVersion).toBe(1);
    expect(agreementInForce(agreements, at(10))).toBeUndefined();
  });

  it('gives way to the next one and does not come back when that ends first', () => {
    const agreements = [term(1, 1, 20), term(2, 5, 8)];
    expect(agreementInForce(agreements, at(6))?.planVersion).toBe(2);
    expect(agreementInForce(agreements, at(9))).toBeUndefined();
  });

  it('leaves a gap from its end until the next', () => {
    const agreements = [term(1, 1, 5), term(2, 8)];
    expect(agreementInForce(agreements, at(6))).toBeUndefined();
    expect(agreementInForce(agreements, at(8))?.planVersion).toBe(2);
  });

  it('gives way to a later recorded one with the same start, in whatever order they are read', () => {
    expect(agreementInForce([term(1, 5), term(2, 5)], at(6))?.planVersion).toBe(2);
    expect(agreementInForce([term(2, 5), term(1, 5)], at(6))?.planVersion).toBe(2);
  });

  it('counts as the first only when it was in force at all', () => {
    expect(firstAgreementFrom([])).toBeUndefined();
    expect(firstAgreementFrom([term(1, 9), term(2, 5)])).toBe(at(5));
    expect(firstAgreementFrom([term(1, 5, 5), term(2, 9)])).toBe(at(9));
    // The last recorded of two that start together counts, and it ended as it started.
    expect(firstAgreementFrom([term(1, 5), term(2, 5, 5), term(3, 9)])).toBe(at(9));
  });
});

it('orders a schedule by start, then as recorded, and keeps the last of each start', () => {
  const terms = [term(5, 3), term(4, 9), term(3, 1), term(2, 9), term(1, 6)];
  expect(scheduleOf(terms).map(({ sequence }) => sequence)).toEqual([3, 5, 1, 4]);
});

describe('a tier', () => {
  it('is the last one assigned at or before the instant', () => {
    const tiers = [
      { from: at(1), tier: 'referral', sequence: 0 },
      { from: at(15), tier: 'premium', sequence: 1 },
      { from: at(15), tier: 'certified', sequence: 2 },
    ];
    expect(tierInForce(tiers, at(14))?.tier).toBe('referral');
    expect(tierInForce(tiers, at(15))?.tier).toBe('certified');
    expect(tierInForce([], at(15))).toBeUndefined();
  });
});

describe('the effective instant', () => {
  const firstOfFebruary = instant('2026-01-31T23:00:00Z');

  it('is the first of the first open period for what is recorded with a start in a closed one', () => {
    expect(effectiveInstant(at(10), period('2026-01'), berlin)).toBe(firstOfFebruary);
    expect(effectiveInstant(instant('2025-03-01T00:00:00Z'), period('2026-01'), berlin)).toBe(firstOfFebruary);
  });

  it('is the start itself in an open period', () => {
    expect(effectiveInstant(at(10), period('2025-12'), berlin)).toBe(at(10));
    expect(effectiveInstant(firstOfFebruary, period('2026-01'), berlin)).toBe(firstOfFebruary);
    expect(effectiveInstant(at(10), undefined, berlin)).toBe(at(10));
  });
});

describe('a walk through time', () => {
  it('finds at every step, forwards or back, what a fresh look finds', () => {
    const day = fc.integer({ min: 1, max: 28 });
    const anyTerm = fc.record({ from: day, endsAt: fc.option(day, { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(anyTerm, { maxLength: 6 }), fc.array(day, { maxLength: 12 }), (terms, days) => {
        const agreements = terms.map(({ from, endsAt }, sequence) => term(sequence, from, endsAt));
        const find = makeTermFinder(scheduleOf(agreements));
        for (const each of days) expect(find(at(each))).toEqual(agreementInForce(agreements, at(each)));
      }),
    );
  });
});
