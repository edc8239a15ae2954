import type { Tier } from '../plan/plan.ts';
import { addCalendarDays, addCalendarMonths } from '../time/calendar.ts';
import { type Instant, toEpochMs, toInstant } from '../time/instant.ts';
import type { TimeZone } from '../time/time-zone.ts';

/** The certification by which a manager confirms that a partner fits the programme's strategy; it is no training. */
export const STRATEGIC_FIT = 'strategic_fit';

/** Qualified referrals count while their sale is at most this old. */
export const REVIEW_MONTHS = 12;

/** One rung of a programme's tiers and what a review must find before a partner stands on it. */
export type TierRule = {
  readonly tier: Tier;
  /** Least number of qualified referrals in the last `REVIEW_MONTHS` months. */
  readonly qualifiedReferrals: number;
  readonly certification: 'none' | 'any_training' | typeof STRATEGIC_FIT;
  /** No review leads here, only a person. */
  readonly byInvitation: boolean;
};

/** The default tiers, lowest first. */
export const DEFAULT_TIERS: readonly TierRule[] = [
  { tier: 'referral', qualifiedReferrals: 0, certification: 'none', byInvitation: false },
  { tier: 'certified', qualifiedReferrals: 5, certification: 'any_training', byInvitation: false },
  { tier: 'premium', qualifiedReferrals: 20, certification: STRATEGIC_FIT, byInvitation: false },
  { tier: 'strategic', qualifiedReferrals: 0, certification: 'none', byInvitation: true },
];

export type HeldCertification = {
  readonly certification: string;
  readonly certifiedAt: Instant;
  readonly expiresAt?: Instant | undefined;
};

/**
 * The rungs above `current` that the certifications held at `asOf` open, lowest first. They end at the first rung that
 * they do not open: no rung is skipped. Empty for the top, for an invitation and for a tier that the rules do not name,
 * which somebody made for this partner alone.
 */
export function openRungs(
  rules: readonly TierRule[],
  current: Tier,
  certifications: readonly HeldCertification[],
  asOf: Instant,
): readonly TierRule[] {
  const index = rules.findIndex((rule) => rule.tier === current);
  if (index < 0 || rules[index]?.byInvitation) return [];
  const above = rules.slice(index + 1);
  const closed = above.findIndex((rule) => rule.byInvitation || !isCertified(rule, certifications, asOf));
  return closed < 0 ? above : above.slice(0, closed);
}

/** The highest rung that a complete count of qualified referrals reaches; `undefined`: the partner stays where it is. */
export function promotion(rungs: readonly TierRule[], qualifiedReferrals: number): TierRule | undefined {
  const missed = rungs.findIndex((rule) => qualifiedReferrals < rule.qualifiedReferrals);
  return missed < 0 ? rungs.at(-1) : rungs[missed - 1];
}

function isCertified(rule: TierRule, held: readonly HeldCertification[], asOf: Instant): boolean {
  if (rule.certification === 'none') return true;
  return held.some(
    ({ certification, certifiedAt, expiresAt }) =>
      (certification === STRATEGIC_FIT) === (rule.certification === STRATEGIC_FIT) &&
      certifiedAt <= asOf &&
      (expiresAt === undefined || asOf < expiresAt),
  );
}

export type ReviewWindow = {
  /** Sales after this instant count: twelve calendar months back on the wall clock. */
  readonly after: Instant;
  readonly asOf: Instant;
  readonly holdDays: number;
  readonly zone: TimeZone;
};

export function reviewWindow(asOf: Instant, holdDays: number, zone: TimeZone): ReviewWindow {
  return { after: toInstant(addCalendarMonths(toEpochMs(asOf), -REVIEW_MONTHS, zone)), asOf, holdDays, zone };
}

/**
 * Whether a sale may be a qualified referral: it lies in the window, its hold has passed, something of it is left after
 * all refunds and it may earn. It is one if it is also its customer's first purchase.
 */
export function isQualifyingSale(
  sale: {
    readonly occurredAt: Instant;
    readonly amountMinor: bigint;
    readonly refundedMinor: bigint;
    readonly earnsNothing?: string | undefined;
  },
  { after, asOf, holdDays, zone }: ReviewWindow,
): boolean {
  return (
    sale.occurredAt > after &&
    sale.occurredAt <= asOf &&
    sale.amountMinor > sale.refundedMinor &&
    sale.earnsNothing === undefined &&
    addCalendarDays(toEpochMs(sale.occurredAt), holdDays, zone) <= toEpochMs(asOf)
  );
}
