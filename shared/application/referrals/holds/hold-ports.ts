import type { Page } from '#shared/application/ports';
import type { FraudSignal } from '#shared/domain/fraud/fraud-signal';
import type { HoldDecision, HoldStatus } from '#shared/domain/fraud/hold';
import type { Currency } from '#shared/domain/money/money';
import type { Instant, Period } from '#shared/domain/time/instant';

/** That a sale is looked at before it earns. One a sale, ever: what somebody decided is not held again. */
export type Hold = {
  readonly programId: string;
  readonly orderId: string;
  /** By partner id; several of a split sale. */
  readonly partnerIds: readonly string[];
  readonly occurredAt: Instant;
  /** Where the sale counts, once it is released. */
  readonly period: Period;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly status: HoldStatus;
  readonly signals: readonly FraudSignal[];
  readonly heldAt: Instant;
  /** When it is escalated if nobody decided. */
  readonly deadline: Instant;
  readonly escalatedAt?: Instant | undefined;
  /** Who decided, and why. */
  readonly decision?: MadeDecision | undefined;
};

export type MadeDecision = {
  readonly decisionId: string;
  readonly decision: HoldDecision;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
};

export type HoldPages = {
  /**
   * Holds of one status by deadline, then order id; of a partner where one is named. A page may be short or empty although
   * more follows: it says where to go on.
   * @throws Failure invalid_request for a cursor that no such list gave
   */
  list(
    of: { readonly programId: string; readonly status: HoldStatus; readonly partnerId?: string | undefined },
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<Hold>>;
};

export type HoldStore = HoldPages & {
  /** Consistent. */
  find(programId: string, orderId: string): Promise<Hold | undefined>;
  /** Open ones whose deadline is before `now`, by deadline. From an index: one may be decided by now. */
  overdue(programId: string, now: Instant): AsyncIterable<Hold>;
  /** From `open` to `escalated`; `changed`: somebody decided meanwhile, or it was escalated before. */
  escalate(hold: Hold, at: Instant): Promise<'done' | 'changed'>;
};

/** Sales of a partner just before another, for counting. */
export type RecentSales = {
  /** Newest first, at most `limit`, that occurred in `from`..`to` inclusive and count in `period`. From an index, so a moment late. */
  between(
    of: { readonly programId: string; readonly partnerId: string; readonly period: Period },
    span: { readonly from: Instant; readonly to: Instant; readonly limit: number },
  ): Promise<readonly RecentSale[]>;
};

export type RecentSale = {
  readonly orderId: string;
  readonly customerId: string;
  readonly deviceHash?: string | undefined;
};

/** Devices from which partners bought by their own address or account. Hashes alone. */
export type PartnerDevices = {
  has(programId: string, partnerId: string, deviceHash: string): Promise<boolean>;
  /** Once or again, the same. */
  remember(programId: string, partnerId: string, deviceHash: string): Promise<void>;
};
