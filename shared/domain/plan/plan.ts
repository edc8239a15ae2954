import type { Currency } from '../money/money.ts';
import type { Instant } from '../time/instant.ts';

export type Tier = string;

export type Bracket = { readonly upTo: bigint | null; readonly rateBps: number };

/** A rate for the sales of a category, of a country or of both, where it is wanted only for partners of a tier. */
export type RateRule = {
  readonly category?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  readonly tier?: Tier | undefined;
  readonly rateBps: number;
};

/** Where every fixed amount of a component is: fees, guarantees, bracket bounds and caps. Absent: the programme's. */
type InCurrency = { readonly currency?: Currency | undefined };

/** The most that a component pays in one statement by one plan version, before clawbacks. Minor units, above zero. */
export type Caps = {
  /** On the sales of any one customer. */
  readonly capPerCustomerMinor?: bigint | undefined;
  /** On all sales. */
  readonly capPerPeriodMinor?: bigint | undefined;
};

type RevenueShare = InCurrency &
  Caps & {
    readonly kind: 'revenue_share';
    readonly id: string;
    /** Outrank the component's own rate where they match; see `makeRateFinder`. */
    readonly rates?: readonly RateRule[] | undefined;
    readonly windowMonths?: number | undefined;
  };

export type RateByTierComponent = RevenueShare & {
  readonly ratesByTier: Readonly<Record<Tier, number>>;
};

export type BracketComponent = RevenueShare & {
  readonly brackets: readonly Bracket[];
  readonly mode: 'graduated' | 'volume';
  /** `upTo` counts minor units of base for `revenue`, conversions for `conversions`. */
  readonly metric: 'revenue' | 'conversions';
};

export type ReferralFeeComponent = InCurrency &
  Caps & { readonly kind: 'referral_fee'; readonly id: string; readonly amountMinor: bigint };

export type FixedFeeComponent = InCurrency & {
  readonly kind: 'fixed_fee';
  readonly id: string;
  readonly amountMinor: bigint;
  readonly prorate?: boolean | undefined;
};

export type MinimumCommitmentComponent = InCurrency & {
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

/** Whether a component pays once a period, whatever is sold. */
export function isPaidByThePeriod(component: Component): component is FixedFeeComponent | MinimumCommitmentComponent {
  return component.kind === 'fixed_fee' || component.kind === 'minimum_commitment';
}

export function hasCap(component: Component): boolean {
  if (isPaidByThePeriod(component)) return false;
  return component.capPerCustomerMinor !== undefined || component.capPerPeriodMinor !== undefined;
}

export type Plan = { readonly version: number; readonly components: readonly Component[] };

/** One version of a partner's terms. `from` is the effective instant, after the shift of semantics 4. */
export type AgreementTerm = {
  /** By which people find it; the engine looks at `planVersion` and `sequence`. */
  readonly agreementId?: string | undefined;
  readonly from: Instant;
  readonly endsAt?: Instant | undefined;
  readonly planVersion: number;
  /** Orders two terms with the same `from`: the last recorded counts. */
  readonly sequence: number;
  /** What `endsAt` means for customers who bought before it; absent: `stop`. */
  readonly afterEnd?: 'stop' | 'honour_until_window_ends' | undefined;
  /** Components agreed with this partner alone, in place of a published plan's; `planVersion` then names only them. */
  readonly components?: readonly Component[] | undefined;
  /** When it came to hold as a term, and when its end was decided: what was known at an instant. */
  readonly recordedAt?: Instant | undefined;
  readonly endRecordedAt?: Instant | undefined;
};

export type TierTerm = {
  readonly from: Instant;
  readonly tier: Tier;
  readonly sequence: number;
  readonly recordedAt?: Instant | undefined;
};

/** What a statement needs to know of a partner: no personal data. */
export type PartnerTerms = {
  readonly partnerId: string;
  readonly agreements: readonly AgreementTerm[];
  readonly tiers: readonly TierTerm[];
};
