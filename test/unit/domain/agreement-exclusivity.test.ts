import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import type { AgreementVersion, Exclusivity } from '#shared/domain/partner/agreement';
import {
  conflictWith,
  type Holding,
  holdingsOf,
  holdingsText,
  stillRelevant,
} from '#shared/domain/partner/agreement-exclusivity';
import { toInstant } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/partners';

const zone = timeZoneOf('Etc/UTC');
const day = (text: string) => instant(`${text}T00:00:00Z`);
const books = (over: Partial<Exclusivity> = {}): Exclusivity => ({ kind: 'category', values: ['books'], ...over });
const aVersion = (sequence: number, from: string, over: Partial<AgreementVersion> = {}): AgreementVersion => ({
  agreementId: `a${sequence}`,
  from: day(from),
  planVersion: 1,
  sequence,
  ...over,
});
const holds = (over: Partial<Holding> = {}): Holding => ({
  partnerId: 'p1',
  agreementId: 'a1',
  kind: 'category',
  values: ['books'],
  from: day('2026-01-01'),
  ...over,
});

describe('what a partner holds alone', () => {
  it('begins with the version and has no end when the version has none', () => {
    expect(holdingsOf('p1', [aVersion(1, '2026-01-01', { exclusivity: books() })], [], zone)).toEqual([holds()]);
  });

  it.each([
    ['its own until', { exclusivity: books({ until: day('2026-03-01') }) }, [], '2026-03-01'],
    [
      'the end of the version',
      { exclusivity: books({ until: day('2026-03-01') }), endsAt: day('2026-02-01') },
      [],
      '2026-02-01',
    ],
    ['the next version', { exclusivity: books() }, [aVersion(2, '2026-04-01')], '2026-04-01'],
  ])('ends with %s', (_what, over, later, until) => {
    const held = holdingsOf('p1', [aVersion(1, '2026-01-01', over), ...later], [], zone);
    expect(held).toEqual([holds({ until: day(until) })]);
  });

  it('is nothing when it is over before it starts', () => {
    for (const until of [day('2025-12-01'), day('2026-01-01')]) {
      const version = aVersion(1, '2026-01-01', { exclusivity: books({ until }) });
      expect(holdingsOf('p1', [version], [], zone)).toEqual([]);
    }
  });

  it('is kept for an open proposal until its term ends, and not for one that was taken back', () => {
    const proposal = aVersion(1, '2026-01-01', { exclusivity: books(), termMonths: 6, renewal: 'none' });
    expect(holdingsOf('p1', [], [proposal], zone)).toEqual([holds({ until: day('2026-07-01') })]);
    expect(holdingsOf('p1', [], [{ ...proposal, withdrawnAt: day('2026-01-02') }], zone)).toEqual([]);
  });
});

describe('two exclusivities', () => {
  const from2 = { partnerId: 'p2', agreementId: 'b1' };
  it.each([
    ['the same category', {}, true],
    ['one category in common', { values: ['films', 'books'] }, true],
    ['other categories', { values: ['films'] }, false],
    ['another kind with the same word', { kind: 'geography' as const }, false],
    ['one that ends as the other begins', { until: day('2026-01-01'), from: day('2025-01-01') }, false],
    ['one that ends just after', { until: instant('2026-01-01T00:00:00.001Z'), from: day('2025-01-01') }, true],
    ['one in the future of an open one', { from: day('2030-01-01') }, true],
    ['the same partner', { partnerId: 'p1' }, false],
  ])('with %s', (_what, over, overlap) => {
    expect(conflictWith([holds()], [holds({ ...from2, ...over })]) !== undefined).toBe(overlap);
  });

  it('conflict whichever of the two comes first', () => {
    const when = fc.integer({ min: 0, max: 20 }).map((days) => toInstant(Date.UTC(2026, 0, 1 + days)));
    const holding = (partnerId: string) =>
      fc.record({
        partnerId: fc.constant(partnerId),
        agreementId: fc.constant('a'),
        kind: fc.constantFrom('category' as const, 'geography' as const),
        values: fc.subarray(['DE', 'FR', 'GB'], { minLength: 1 }),
        from: when,
        until: fc.option(when, { nil: undefined }),
      });
    fc.assert(
      fc.property(holding('p1'), holding('p2'), (a, b) => {
        expect(conflictWith([a], [b]) === undefined).toBe(conflictWith([b], [a]) === undefined);
      }),
      { numRuns: 300 },
    );
  });

  it('are forgotten once nothing can start in their time', () => {
    const past = holds({ until: day('2026-02-01') });
    expect(stillRelevant([past, holds()], day('2026-02-01'))).toEqual([holds()]);
    expect(stillRelevant([past], day('2026-01-31'))).toEqual([past]);
  });

  it('have a text that tells every difference', () => {
    const texts = [holds(), holds({ until: day('2027-01-01') }), holds({ values: ['b'] })].map((one) =>
      holdingsText([one]),
    );
    expect(new Set(texts).size).toBe(3);
  });
});
