import { describe, expect, it } from 'vitest';
import { MAX_SIMULATED_MONTHS, monthsOf, underPlan } from '#shared/domain/simulation/simulation';
import { instant, period } from '#test/support/histories';

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

it('leaves custom components out, and agreements on versions that are not replaced as they are', () => {
  const from = instant('2026-01-01T00:00:00Z');
  const afterEnd = 'honour_until_window_ends' as const;
  const custom = { from, sequence: 1, planVersion: 1_000_002, afterEnd, components: [] };
  const standard = { from, sequence: 2, planVersion: 1 };
  const terms = { partnerId: 'p', agreements: [custom, standard], tiers: [] };
  expect(underPlan(terms, 7).agreements).toEqual([
    { from, sequence: 1, planVersion: 7, afterEnd },
    { from, sequence: 2, planVersion: 7 },
  ]);
  expect(underPlan(terms, 7, [1]).agreements).toEqual([custom, { from, sequence: 2, planVersion: 7 }]);
});
