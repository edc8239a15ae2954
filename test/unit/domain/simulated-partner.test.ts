import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BracketReached, RestatedMonth, TierEarned } from '#shared/domain/facts/restate-month';
import { compareMonths, type SimulatedPartner } from '#shared/domain/simulation/simulated-partner';
import { summariseSimulation } from '#shared/domain/simulation/simulation-summary';
import { period } from '#test/support/histories';

const JANUARY = period('2026-01');
const FEBRUARY = period('2026-02');
const restated = (
  over: Partial<{ gbp: bigint; brackets: BracketReached[]; tiers: TierEarned[] }> = {},
): RestatedMonth => ({
  earned: new Map([['GBP', over.gbp ?? 0n]]),
  brackets: over.brackets ?? [],
  tiers: over.tiers ?? [],
});
const reached = (bracket: number, over: Partial<BracketReached> = {}): BracketReached => ({
  componentId: 'growth',
  planVersion: 1,
  currency: 'GBP',
  bracket,
  of: 3,
  rateBps: bracket * 100,
  metric: 'revenue',
  counted: 5n,
  ...over,
});
const inTier = (tier: string, lines: number, earnedMinor: bigint): TierEarned => ({
  tier,
  currency: 'GBP',
  lines,
  earnedMinor,
});
const paid = (earnedMinor: bigint) => [{ currency: 'GBP', earnedMinor }];

describe('comparing the months of a partner', () => {
  it('sums what was paid and what would have been, and names apart what is estimated where nothing was stated', () => {
    const { month, outcome } = compareMonths('p');
    month({ period: JANUARY, paid: paid(10n), used: restated({ gbp: 10n }), simulated: restated({ gbp: 15n }) });
    month({ period: FEBRUARY, used: restated({ gbp: 7n }), simulated: restated({ gbp: 1n }) });
    expect(outcome()).toMatchObject({
      costs: [{ paidEarnedMinor: 10n, estimatedEarnedMinor: 7n, simulatedEarnedMinor: 16n, differenceMinor: -1n }],
      months: [
        { period: JANUARY, currency: 'GBP', paidEarnedMinor: 10n, simulatedEarnedMinor: 15n, differenceMinor: 5n },
        { period: FEBRUARY, estimatedEarnedMinor: 7n, simulatedEarnedMinor: 1n, differenceMinor: -6n },
      ],
      mismatches: [],
    });
  });

  it('names each month and currency that no longer comes to what was stated', () => {
    const { month, outcome } = compareMonths('p');
    const stated = [...paid(10n), { currency: 'USD', earnedMinor: 3n }];
    month({ period: JANUARY, paid: stated, used: restated({ gbp: 10n }), simulated: restated() });
    month({ period: FEBRUARY, paid: [], used: restated({ gbp: 1n }), simulated: restated() });
    expect(outcome().mismatches).toEqual([
      { period: JANUARY, currency: 'USD' },
      { period: FEBRUARY, currency: 'GBP' },
    ]);
  });

  it.each([
    ['the same bracket at the same rate', reached(2), reached(2, { planVersion: 2, counted: 9n }), 0],
    ['another bracket', reached(2), reached(1, { rateBps: 200 }), 1],
    ['the same bracket at another rate', reached(2), reached(2, { rateBps: 250 }), 1],
    ['a component that only the used plan has', reached(2), undefined, 1],
    ['a component that only the simulated plan has', undefined, reached(2), 1],
  ])('finds %s', (_what, used, simulated, changes) => {
    const { month, outcome } = compareMonths('p');
    const of = (found: BracketReached | undefined) => restated({ brackets: found ? [found] : [] });
    month({ period: JANUARY, paid: paid(0n), used: of(used), simulated: of(simulated) });
    const found = outcome().bracketChanges;
    expect(found).toHaveLength(changes);
    if (changes === 0) return;
    expect([found[0]?.used?.bracket, found[0]?.simulated?.bracket]).toEqual([used?.bracket, simulated?.bracket]);
  });

  it('says what a tier is worth over all months', () => {
    const { month, outcome } = compareMonths('p');
    const used = [inTier('certified', 1, 5n), inTier('gold', 1, 5n), inTier('plain', 1, 5n), inTier('same', 1, 5n)];
    const simulated = [inTier('certified', 1, 9n), inTier('plain', 1, 1n), inTier('same', 1, 5n), inTier('new', 1, 0n)];
    for (const each of [JANUARY, FEBRUARY]) {
      month({
        period: each,
        paid: paid(0n),
        used: restated({ tiers: used }),
        simulated: restated({ tiers: simulated }),
      });
    }
    expect(
      outcome().tierChanges.map(({ tier, effect, usedEarnedMinor, simulatedEarnedMinor }) => [
        tier,
        effect,
        usedEarnedMinor,
        simulatedEarnedMinor,
      ]),
    ).toEqual([
      ['certified', 'earns_more', 10n, 18n],
      ['gold', 'no_longer_paid', 10n, 0n],
      ['new', 'newly_paid', 0n, 0n],
      ['plain', 'earns_less', 10n, 2n],
    ]);
  });
});

const partners = fc
  .uniqueArray(
    fc.tuple(
      fc.string({ minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(fc.constantFrom('EUR', 'GBP'), fc.bigInt(0n, 50n), fc.bigInt(0n, 50n)), { maxLength: 4 }),
    ),
    {
      selector: ([partnerId]) => partnerId,
      maxLength: 12,
    },
  )
  .map((rows) =>
    rows.map(([partnerId, months]): SimulatedPartner => {
      const { month, outcome } = compareMonths(partnerId);
      for (const [at, [currency, used, simulated]] of months.entries()) {
        const of = (minor: bigint): RestatedMonth => ({ ...restated(), earned: new Map([[currency, minor]]) });
        month({ period: at % 2 === 0 ? JANUARY : FEBRUARY, used: of(used), simulated: of(simulated) });
      }
      return outcome();
    }),
  );

describe('the summary of a simulation', () => {
  it('adds parts up to the whole, in any order of the partners, and ranks within a currency', () => {
    fc.assert(
      fc.property(partners, fc.nat(), (all, turn) => {
        const summary = summariseSimulation(all);
        expect(summariseSimulation([...all.slice(turn % 5), ...all.slice(0, turn % 5)])).toEqual(summary);
        for (const { currency, differenceMinor, better, worse, same } of summary.totals) {
          const rows = summary.items.filter((item) => item.currency === currency);
          expect(rows.reduce((sum, item) => sum + item.differenceMinor, 0n)).toBe(differenceMinor);
          const months = summary.monthTotals.filter((month) => month.currency === currency);
          expect(months.reduce((sum, month) => sum + month.differenceMinor, 0n)).toBe(differenceMinor);
          expect(better + worse + same).toBe(rows.length);
          const winners = summary.winners.filter((item) => item.currency === currency);
          const losers = summary.losers.filter((item) => item.currency === currency);
          expect([winners.length, losers.length]).toEqual([better, worse]);
          for (const [index, winner] of winners.entries()) {
            expect(winner.differenceMinor).toBeGreaterThan(0n);
            expect(winner.differenceMinor <= (winners[index - 1]?.differenceMinor ?? winner.differenceMinor)).toBe(
              true,
            );
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('says a change in basis points of what was paid, and none where nothing was', () => {
    const { month, outcome } = compareMonths('p');
    month({ period: JANUARY, paid: paid(300n), used: restated({ gbp: 300n }), simulated: restated({ gbp: 200n }) });
    const fresh = compareMonths('q');
    fresh.month({ period: JANUARY, used: restated(), simulated: restated({ gbp: 50n }) });
    const { largestChanges } = summariseSimulation([fresh.outcome(), outcome()]);
    expect(largestChanges.map(({ partnerId, changeBps }) => [partnerId, changeBps])).toEqual([
      ['p', -3_333n],
      ['q', undefined],
    ]);
  });

  it('says what each tier is worth to all', () => {
    const of = (partnerId: string, used: bigint, simulated: bigint): SimulatedPartner => {
      const { month, outcome } = compareMonths(partnerId);
      const tiers = (minor: bigint) => restated({ tiers: [inTier('gold', 1, minor)] });
      month({ period: JANUARY, used: tiers(used), simulated: tiers(simulated) });
      return outcome();
    };
    expect(summariseSimulation([of('a', 5n, 9n), of('b', 7n, 1n), of('c', 4n, 4n)]).tiers).toEqual([
      {
        tier: 'gold',
        currency: 'GBP',
        partners: 2,
        usedEarnedMinor: 12n,
        simulatedEarnedMinor: 10n,
        differenceMinor: -2n,
      },
    ]);
  });
});
