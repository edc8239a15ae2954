import type { Instant } from '../../time/instant.ts';
import type { TierCondition } from './tier-scheme.ts';

/** What a condition came to at an instant. Counts, minor units or basis points, as in the condition; 0 or 1 of yes and no. */
export type Measure = {
  readonly condition: TierCondition;
  readonly found: bigint;
  readonly wanted: bigint;
  readonly met: boolean;
  /** When time alone, without any new fact, first makes less of it: the oldest referral leaves the window, a certificate expires. */
  readonly lessFrom?: Instant | undefined;
  /** When time alone makes more of it: the next sale in its hold matures. */
  readonly moreFrom?: Instant | undefined;
};

/** Everything that a scheme asks of one partner, from all facts that were recorded by `asOf` and no others: never a part of them. */
export type Measures = {
  readonly asOf: Instant;
  /** @throws RangeError for a condition that was not measured */
  readonly of: (condition: TierCondition) => Measure;
};

/** What one condition leaves to do, for people: the same numbers as its measure. */
export type Distance = Pick<Measure, 'condition' | 'found' | 'wanted'> & {
  /** `wanted` less `found`, or 1 for what is a yes or no. */
  readonly missing: bigint;
  /** Until when it must be done: the end of a grace period, or when the first of what is there falls away. */
  readonly by?: Instant | undefined;
};
