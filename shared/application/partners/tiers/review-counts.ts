import type { TierStep } from '#shared/application/partners/tiers/tier-steps';

/** What a review came to. `unmeasured`: partners with more facts than it could read. */
export type ReviewCounts = {
  readonly reviewed: number;
  readonly promoted: number;
  readonly warned: number;
  readonly lifted: number;
  readonly demoted: number;
  readonly nudged: number;
  readonly unmeasured: number;
};

export const NOTHING_COUNTED: ReviewCounts = {
  reviewed: 0,
  promoted: 0,
  warned: 0,
  lifted: 0,
  demoted: 0,
  nudged: 0,
  unmeasured: 0,
};

export function addCounts(counts: ReviewCounts, steps: readonly Pick<TierStep, 'kind'>[]): ReviewCounts {
  const sum = { ...counts };
  for (const { kind } of steps) sum[kind === 'within_reach' ? 'nudged' : kind] += 1;
  return sum;
}
