import type { Page } from '#shared/application/ports';
import type { Distance, Measure } from '#shared/domain/partner/tiers/measures';
import type { Tier } from '#shared/domain/plan/plan';
import type { Instant, Period } from '#shared/domain/time/instant';

/** Something that a review decided about a partner, with what it was decided on: append-only, one item each. */
export type TierStep = {
  readonly programId: string;
  readonly partnerId: string;
  /** 1, 2, 3 ... within the partner. */
  readonly number: number;
  readonly kind: 'promoted' | 'warned' | 'lifted' | 'demoted' | 'within_reach';
  /** When it was decided, and as of when it was measured. */
  readonly at: Instant;
  readonly asOf: Instant;
  readonly schemeVersion: number;
  readonly tier: Tier;
  /** The tier it leads to, would lead to, or that is near. */
  readonly to?: Tier | undefined;
  /** Of a move: when it takes effect. */
  readonly from?: Instant | undefined;
  readonly warningId?: string | undefined;
  /** Of a warning: when its grace ends, and whether it is the last. */
  readonly endsAt?: Instant | undefined;
  readonly isLast?: boolean | undefined;
  readonly measures: readonly Pick<Measure, 'condition' | 'found' | 'wanted' | 'met'>[];
  /** What was missing. */
  readonly unmet: readonly Distance[];
};

export type TierStepReader = {
  /** The newest first. */
  list(
    programId: string,
    partnerId: string,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<TierStep>>;
  find(programId: string, partnerId: string, number: number): Promise<TierStep | undefined>;
};

/** That the partners after `after`, up to and with `through`, were reviewed: with their facts, all that a replay needs. */
export type TierReview = {
  readonly programId: string;
  readonly asOf: Instant;
  readonly at: Instant;
  readonly closedThrough: Period;
  readonly after?: string | undefined;
  readonly through?: string | undefined;
  /** That promotions heeded what plans pay; absent of reviews from before they did. */
  readonly byPlan?: boolean | undefined;
};

export type TierReviews = {
  /** The first of the same instant and partners stays. */
  record(review: TierReview): Promise<void>;
  list(programId: string): AsyncIterable<TierReview>;
  /** The last month that was paid: its facts, and those of all before it, change no more. */
  final(programId: string): Promise<{ readonly through: Period; readonly at: Instant } | undefined>;
  setFinal(programId: string, through: Period, at: Instant): Promise<void>;
};
