import type { Instant } from './instant.ts';

export type Tier = string;

export type Bracket = { readonly upTo: bigint | null; readonly rateBps: number };

export type RateByTierComponent = {
  readonly kind: 'revenue_share';
  readonly id: string;
  readonly ratesByTier: Readonly<Record<Tier, number>>;
  readonly windowMonths?: number | undefined;
};

export type BracketComponent = {
  readonly kind: 'revenue_share';
  readonly id: string;
  readonly brackets: readonly Bracket[];
  readonly mode: 'graduated' | 'volume';
  /** `upTo` counts minor units of base for `revenue`, conversions for `conversions`. */
  readonly metric: 'revenue' | 'conversions';
  readonly windowMonths?: number | undefined;
};

export type ReferralFeeComponent = { readonly kind: 'referral_fee'; readonly id: string; readonly amountMinor: bigint };

export type FixedFeeComponent = {
  readonly kind: 'fixed_fee';
  readonly id: string;
  readonly amountMinor: bigint;
  readonly prorate?: boolean | undefined;
};

export type MinimumCommitmentComponent = {
  readonly kind: 'minimum_commitment';
  readonly id: string;
  readonly amountMinor: bigint;
};

export type Component =
  | RateByTierComponent
  | BracketComponent
  | ReferralFeeComponent
  | FixedFeeComponent
  | MinimumCommitmentComponent;

export type Plan = { readonly version: number; readonly components: readonly Component[] };

/** One version of a partner's terms. `from` is the effective instant, after the shift of semantics 4. */
export type AgreementTerm = {
  readonly from: Instant;
  readonly endsAt?: Instant | undefined;
  readonly planVersion: number;
  /** Orders two terms with the same `from`: the last recorded counts. */
  readonly sequence: number;
  /** What `endsAt` means for customers who bought before it; absent: `stop`. */
  readonly afterEnd?: 'stop' | 'honour_until_window_ends' | undefined;
  /** Components agreed with this partner alone, in place of a published plan's; `planVersion` then names only them. */
  readonly components?: readonly Component[] | undefined;
};

export type TierTerm = { readonly from: Instant; readonly tier: Tier; readonly sequence: number };

/** What a statement needs to know of a partner: no personal data. */
export type PartnerTerms = {
  readonly partnerId: string;
  readonly agreements: readonly AgreementTerm[];
  readonly tiers: readonly TierTerm[];
};
