import type { Page } from '#shared/application/ports';
import type { Currency } from '#shared/domain/money/money';
import type { DisputeDecision, DisputeKind, DisputeStatus, RemedyEffect } from '#shared/domain/partner/dispute';
import type { Instant, Period } from '#shared/domain/time/instant';

export type Evidence = { readonly kind: 'note' | 'url' | 'reference'; readonly value: string };

/** A decision with what the partner is told of it. */
export type ExplainedDecision = DisputeDecision & { readonly explanation: string };

export type Dispute = {
  readonly programId: string;
  readonly disputeId: string;
  readonly partnerId: string;
  readonly orderId: string;
  readonly kind: DisputeKind;
  readonly statement: string;
  readonly expected?: { readonly amountMinor: bigint; readonly currency: Currency } | undefined;
  readonly evidence: readonly Evidence[];
  /** Whether the order was recorded when the dispute was filed. For staff alone. */
  readonly order: 'recorded' | 'not_recorded';
  /** Whose it was then; absent: nobody's. A partner learns of its own alone, or it could ask for the orders of others. */
  readonly orderPartnerId?: string | undefined;
  readonly status: DisputeStatus;
  readonly filedAt: Instant;
  readonly filedBy: string;
  readonly answerBy: Instant;
  readonly escalatedAt?: Instant | undefined;
  readonly withdrawnAt?: Instant | undefined;
  /** Oldest first. */
  readonly decisions: readonly ExplainedDecision[];
  /** Of the last decision's remedy. */
  readonly effect?: RemedyEffect | undefined;
  readonly messages: number;
  /** Of the texts and evidence of all messages, in UTF-8. */
  readonly messageBytes: number;
  /** Grows by one with each save; a save of anything but the newest is refused. */
  readonly version: number;
};

export type DisputeMessage = {
  readonly messageId: string;
  readonly at: Instant;
  readonly by: string;
  readonly from: 'partner' | 'staff';
  /** A note among staff: never shown to partners. */
  readonly internal: boolean;
  readonly text: string;
  readonly evidence: readonly Evidence[];
};

/** Open disputes and disputes filed a day, of one partner. */
export type FilingLimits = { readonly open: number; readonly aDay: number };

export type FilingOutcome =
  | { readonly outcome: 'filed' | 'too_many_open' | 'too_many_today' | 'contended' }
  /** `openDisputeId`: the partner's open dispute about the same order, or this one, filed before. */
  | { readonly outcome: 'exists'; readonly openDisputeId: string };

export type DisputeStore = {
  /** Stores a dispute if the partner has none open about the order and stays within the limits, all or nothing. */
  file(dispute: Dispute, limits: FilingLimits): Promise<FilingOutcome>;
  /** Read consistently. */
  find(programId: string, disputeId: string): Promise<Dispute | undefined>;
  /**
   * The dispute that `version` was read of, changed; together with the message, and with the record of a new decision, from
   * which others learn of it. One that has come to an end frees its order.
   */
  save(
    dispute: Dispute,
    added?: { readonly message?: DisputeMessage | undefined; readonly decision?: DisputeDecision | undefined },
  ): Promise<'saved' | 'stale'>;
  /** Oldest first. */
  messages(programId: string, disputeId: string): Promise<readonly DisputeMessage[]>;
  /** Whoever filed them, oldest first; of many the newest. Which there are is read consistently. */
  ofOrder(programId: string, orderId: string, limit: number): Promise<readonly Dispute[]>;
  /** Newest first. */
  ofPartner(
    programId: string,
    partnerId: string,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<Dispute>>;
  /** Status by status in the order given, in each the one to be answered first. From an index, so a moment late. */
  list(
    programId: string,
    statuses: readonly DisputeStatus[],
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<Dispute>>;
  /** Open disputes whose answer was due before `now`. From an index, so a moment late. */
  overdue(programId: string, now: Instant): AsyncIterable<Dispute>;
};

/** A recorded sale that went to another partner. */
export type SaleMove = {
  readonly reattributionId: string;
  readonly at: Instant;
  readonly disputeId?: string | undefined;
  readonly before: { readonly partnerId: string | undefined };
  readonly after: { readonly partnerId: string | undefined; readonly period: Period };
};

export type MovedOrders = {
  /** Moves oldest first; `undefined` when the order is not recorded. */
  findOrder(programId: string, orderId: string): Promise<{ readonly reattributions: readonly SaleMove[] } | undefined>;
};

/** Decisions as other services may read them: who, what and when, without a word of the dispute. */
export type DisputeDecisionReader = {
  get(programId: string, disputeId: string, number: number): Promise<DecisionRecord | undefined>;
};

export type DecisionRecord = DisputeDecision & {
  readonly programId: string;
  readonly disputeId: string;
  readonly partnerId: string;
  readonly orderId: string;
};
