import type { Tier } from '../../plan/plan.ts';

/**
 * One thing that a tier asks for and that facts can answer. Months are calendar months back from the instant of the question,
 * amounts minor units of the programme's currency.
 */
export type TierCondition =
  /** An agreement is in force. */
  | { readonly fact: 'terms_accepted' }
  /** New customers whose first sale came through the partner, matured, and was not fully refunded. */
  | { readonly fact: 'qualified_referrals'; readonly atLeast: number; readonly withinMonths: number }
  /** What matured sales of the partner came to after their refunds. */
  | { readonly fact: 'partner_revenue'; readonly atLeastMinor: bigint; readonly withinMonths: number }
  /**
   * Of the customers whom the partner had brought before the window, the share that bought through it again inside the window.
   * With fewer such customers than `minimumCustomers` it is not met: too few to tell.
   */
  | {
      readonly fact: 'retention';
      readonly atLeastBps: number;
      readonly withinMonths: number;
      readonly minimumCustomers: number;
    }
  /** A training certificate that has not expired; without a name any. */
  | { readonly fact: 'certification'; readonly certification?: string | undefined }
  /** A person of the programme has confirmed it, and the confirmation has not expired. */
  | { readonly fact: 'confirmation'; readonly confirmation: string };

/** What a tier asks for: conditions, joined. `all` of nothing is met, `any` of nothing is not. */
export type TierRequirement =
  | TierCondition
  | { readonly all: readonly TierRequirement[] }
  | { readonly any: readonly TierRequirement[] };

export type ProgramTier = {
  readonly tier: Tier;
  readonly requires: TierRequirement;
  /** No review leads here, only a person. */
  readonly byInvitation: boolean;
  /** The rate that a new plan draft starts from; what is paid is in the plan alone. Absent: custom terms. */
  readonly suggestedRateBps?: number | undefined;
};

/** A programme's tiers and how a partner moves between them. */
export type TierScheme = {
  /** Lowest first. */
  readonly tiers: readonly ProgramTier[];
  /** When a promotion takes effect. */
  readonly promotion: 'at_once' | 'next_period';
  /** Calendar days from the first warning until a demotion takes effect. */
  readonly graceDays: number;
  /** Days before the end of the grace at which the partner is warned again. */
  readonly warnAgainDays: number;
  /** Within reach: at least this share of every number that the next tier asks for is there, in basis points. */
  readonly nudgeFromBps: number;
};

/** The confirmation by which a manager says that a partner fits the programme's strategy. */
export const STRATEGIC_FIT = 'strategic_fit';

/** What holds for a programme that says nothing. */
export const DEFAULT_TIER_SCHEME: TierScheme = {
  tiers: [
    { tier: 'referral', requires: { fact: 'terms_accepted' }, byInvitation: false, suggestedRateBps: 1_000 },
    {
      tier: 'certified',
      requires: {
        all: [{ fact: 'certification' }, { fact: 'qualified_referrals', atLeast: 5, withinMonths: 12 }],
      },
      byInvitation: false,
      suggestedRateBps: 1_500,
    },
    {
      tier: 'premium',
      requires: {
        all: [
          { fact: 'qualified_referrals', atLeast: 20, withinMonths: 12 },
          { fact: 'confirmation', confirmation: STRATEGIC_FIT },
        ],
      },
      byInvitation: false,
      suggestedRateBps: 2_000,
    },
    { tier: 'strategic', requires: { all: [] }, byInvitation: true },
  ],
  promotion: 'at_once',
  graceDays: 60,
  warnAgainDays: 7,
  nudgeFromBps: 7_000,
};
