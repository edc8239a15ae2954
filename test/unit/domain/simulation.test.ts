import { describe, expect, it } from 'vitest';
import { MAX_SIMULATED_MONTHS, makeSimulationTally, monthsOf, underPlan } from '#shared/domain/simulation';
import { instant, period } from '#test/support/histories';

const cost = (partnerId: string, currency: string, earnedMinor: bigint) => ({ partnerId, currency, earnedMinor });

describe('the months of a simulation', () => {
  it('are both ends and what lies between, in order', () => {
    expect(monthsOf(period('2025-11'), period('2026-02'))).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(monthsOf(period('2026-01'), period('2026-01'))).toEqual(['2026-01']);
    expect(monthsOf(period('2026-02'), period('2026-01'))).toEqual([]);
  });

  it('are at most one more than may be asked for, so that a longer range is seen', () => {
    expect(MAX_SIMULATED_MONTHS).toBe(24);
    expect(monthsOf(period('2024-01'), period('2025-12'))).toHaveLength(24);
    expect(monthsOf(period('2024-01'), period('2026-01'))).toHaveLength(25);
    expect(monthsOf(period('2024-01'), period('2099-12'))).toHaveLength(25);
  });
});

it('puts every agreement of a partner under the plan and leaves time, order and tiers', () => {
  const agreement = { from: instant('2026-01-01T00:00:00Z'), endsAt: instant('2026-02-01T00:00:00Z'), sequence: 4 };
  const tiers = [{ from: instant('2026-01-01T00:00:00Z'), tier: 'premium', sequence: 1 }];
  expect(underPlan({ partnerId: 'p', agreements: [{ ...agreement, planVersion: 1 }], tiers }, 7)).toEqual({
    partnerId: 'p',
    agreements: [{ ...agreement, planVersion: 7 }],
    tiers,
  });
});

describe('the cost of a plan', () => {
  it('is summed by partner and currency, and the difference is what the plan would add', () => {
    const tally = makeSimulationTally();
    for (const paid of [cost('p2', 'GBP', 100n), cost('p1', 'GBP', 10n), cost('p1', 'GBP', 5n)]) tally.paid(paid);
    for (const made of [cost('p1', 'GBP', 20n), cost('p1', 'EUR', 7n), cost('p1', 'GBP', 1n)]) tally.simulated(made);
    expect(tally.items()).toEqual([
      { partnerId: 'p1', currency: 'EUR', paidEarnedMinor: 0n, simulatedEarnedMinor: 7n, differenceMinor: 7n },
      { partnerId: 'p1', currency: 'GBP', paidEarnedMinor: 15n, simulatedEarnedMinor: 21n, differenceMinor: 6n },
      { partnerId: 'p2', currency: 'GBP', paidEarnedMinor: 100n, simulatedEarnedMinor: 0n, differenceMinor: -100n },
    ]);
    expect(tally.totals()).toEqual([
      { currency: 'EUR', paidEarnedMinor: 0n, simulatedEarnedMinor: 7n, differenceMinor: 7n },
      { currency: 'GBP', paidEarnedMinor: 115n, simulatedEarnedMinor: 21n, differenceMinor: -94n },
    ]);
  });
});
