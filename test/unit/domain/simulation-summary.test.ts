import { describe, expect, it } from 'vitest';
import type {
  BracketChange,
  PartnerCost,
  SimulatedPartner,
  TierChange,
} from '#shared/domain/simulation/simulated-partner';
import { MAX_LISTED_CHANGES, summariseSimulation } from '#shared/domain/simulation/simulation-summary';
import { period } from '#test/support/histories';

const JANUARY = period('2026-01');
const row = (
  partnerId: string,
  currency: string,
  paidEarnedMinor: bigint,
  simulatedEarnedMinor: bigint,
): PartnerCost => ({
  partnerId,
  currency,
  paidEarnedMinor,
  simulatedEarnedMinor,
  differenceMinor: simulatedEarnedMinor - paidEarnedMinor,
});
const partner = (partnerId: string, over: Partial<SimulatedPartner> = {}): SimulatedPartner => ({
  partnerId,
  costs: [],
  months: [],
  bracketChanges: [],
  tierChanges: [],
  mismatches: [],
  ...over,
});
const withCosts = (...costs: readonly PartnerCost[]): SimulatedPartner => partner(costs[0]!.partnerId, { costs });
const tierChange = (
  partnerId: string,
  tier: string,
  currency: string,
  used: bigint,
  simulated: bigint,
): TierChange => ({
  partnerId,
  tier,
  currency,
  effect: simulated > used ? 'earns_more' : 'earns_less',
  usedEarnedMinor: used,
  simulatedEarnedMinor: simulated,
});
const bracketChange = (partnerId: string): BracketChange => ({
  partnerId,
  period: JANUARY,
  componentId: 'growth',
  currency: 'GBP',
});

describe('the summary of partners in two currencies', () => {
  const { totals, items, winners, losers, largestChanges } = summariseSimulation([
    withCosts(row('d', 'GBP', 100n, 100n)),
    withCosts(row('c', 'GBP', 100n, 90n)),
    withCosts(row('b', 'EUR', 10n, 60n), row('b', 'GBP', 100n, 130n)),
    withCosts(row('e', 'GBP', 100n, 130n)),
    withCosts(row('a', 'GBP', 100n, 60n)),
    withCosts(row('f', 'EUR', 0n, 70n)),
  ]);
  const named = (rows: readonly PartnerCost[]) => rows.map(({ partnerId, currency }) => `${partnerId} ${currency}`);

  it('adds each currency up by itself and counts for whom it is better, worse and the same', () => {
    expect(totals).toEqual([
      {
        currency: 'EUR',
        paidEarnedMinor: 10n,
        simulatedEarnedMinor: 130n,
        differenceMinor: 120n,
        better: 2,
        worse: 0,
        same: 0,
      },
      {
        currency: 'GBP',
        paidEarnedMinor: 500n,
        simulatedEarnedMinor: 510n,
        differenceMinor: 10n,
        better: 2,
        worse: 2,
        same: 1,
      },
    ]);
  });

  it('keeps what is estimated apart from what was paid, and measures a change against both', () => {
    const estimate = { ...row('z', 'GBP', 100n, 180n), estimatedEarnedMinor: 60n, differenceMinor: 20n };
    const found = summariseSimulation([withCosts(estimate), withCosts(row('a', 'GBP', 5n, 5n))]);
    expect(found.totals).toMatchObject([{ paidEarnedMinor: 105n, estimatedEarnedMinor: 60n, differenceMinor: 20n }]);
    expect(found.winners).toMatchObject([{ partnerId: 'z', changeBps: 1_250n }]);
  });

  it('lists every partner by id', () => {
    expect(named(items)).toEqual(['a GBP', 'b EUR', 'b GBP', 'c GBP', 'd GBP', 'e GBP', 'f EUR']);
  });

  it('ranks gains, losses and changes of either sign downwards within a currency; equal ones by id', () => {
    expect(named(winners)).toEqual(['f EUR', 'b EUR', 'b GBP', 'e GBP']);
    expect(named(losers)).toEqual(['a GBP', 'c GBP']);
    expect(named(largestChanges)).toEqual(['f EUR', 'b EUR', 'a GBP', 'b GBP', 'e GBP', 'c GBP']);
    expect(losers.map(({ changeBps }) => changeBps)).toEqual([-4_000n, -1_000n]);
  });
});

it('ranks fifty of a currency, and ten as the largest changes', () => {
  const many = Array.from({ length: 60 }, (_, index) => {
    const id = `p${String(index).padStart(2, '0')}`;
    return withCosts(row(id, 'GBP', 100n, 100n + BigInt(index + 1)));
  });
  const { winners, largestChanges, items } = summariseSimulation(many);
  expect([winners.length, largestChanges.length, items.length]).toEqual([50, 10, 60]);
  expect([winners[0]?.partnerId, winners.at(-1)?.partnerId, largestChanges.at(-1)?.partnerId]).toEqual([
    'p59',
    'p10',
    'p50',
  ]);
});

it('lists so many changes and counts them all', () => {
  const each = MAX_LISTED_CHANGES / 2 + 1;
  const changing = ['b', 'a'].map((id) =>
    partner(id, {
      bracketChanges: Array.from({ length: each }, () => bracketChange(id)),
      tierChanges: Array.from({ length: each }, () => tierChange(id, 'gold', 'GBP', 1n, 2n)),
      mismatches: Array.from({ length: each }, () => ({ period: JANUARY, currency: 'GBP' })),
    }),
  );
  const summary = summariseSimulation(changing);
  expect([summary.bracketChangeCount, summary.tierChangeCount]).toEqual([2 * each, 2 * each]);
  for (const listed of [summary.bracketChanges, summary.tierChanges, summary.mismatches]) {
    expect(listed).toHaveLength(MAX_LISTED_CHANGES);
    expect([listed[0]?.partnerId, listed.at(-1)?.partnerId]).toEqual(['a', 'b']);
  }
  expect(summary.mismatches[0]).toEqual({ partnerId: 'a', period: JANUARY, currency: 'GBP' });
});

it('says what a tier is worth to all whom it changes for, by tier and currency', () => {
  const { tiers } = summariseSimulation([
    partner('b', { tierChanges: [tierChange('b', 'silver', 'GBP', 5n, 1n), tierChange('b', 'gold', 'GBP', 3n, 10n)] }),
    partner('a', { tierChanges: [tierChange('a', 'gold', 'GBP', 2n, 4n), tierChange('a', 'gold', 'EUR', 7n, 8n)] }),
  ]);
  const worth = (tier: string, currency: string, partners: number, used: bigint, simulated: bigint) => ({
    tier,
    currency,
    partners,
    usedEarnedMinor: used,
    simulatedEarnedMinor: simulated,
    differenceMinor: simulated - used,
  });
  expect(tiers).toEqual([
    worth('gold', 'EUR', 1, 7n, 8n),
    worth('gold', 'GBP', 2, 5n, 14n),
    worth('silver', 'GBP', 1, 5n, 1n),
  ]);
});

it('of nobody is empty', () => {
  expect(summariseSimulation([])).toMatchObject({ totals: [], items: [], winners: [], losers: [], tiers: [] });
});
